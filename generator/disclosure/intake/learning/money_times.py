"""Of which time money is: of the document's year, of another one, or of the whole term."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels, value_fields
from disclosure.intake.learning.cell_map import CellMap, HeadAbove
from disclosure.model.whitespace import squeezed

#: Money that is the year's where nothing says otherwise.
_YEARLY = frozenset({"budget.fiscal", "budget.other"})
_BEGINS_WITH_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_OF_YEAR = re.compile(r"当年|本年|年度")
_TERM = "实施期"
_THIS_YEAR = {"本年", "本年度", "当年", "年度"}
_KIND_OF = re.compile(r"^其中[:：]?")
#: What is done with a project's money in a year.
_ACTS = re.compile(r"资金|经费|预算|金额|投资|投入|安排|申请|申报|发行|下达|需求")
_MIN_YEARS = 2
_SUMS = {"budget.total", "budget.term_total"}
#: A label or a head.
_Said = TypeVar("_Said", FilledCell, HeadAbove)


def says_money_of_year(path: str, year: str = "[0-9]{4}") -> bool:
    """Whether a field is of money of a year whose label says little more: 2026年拟安排."""
    name = path.removeprefix("budget.parts.").removeprefix("facts.")
    said = _KIND_OF.sub("", name)
    begins = re.match(f"本年|当年|拟?申[请报]|拟安排|{year}年", said)
    alone = re.fullmatch(f"{year}年度?", said)
    return name != path and bool(alone or (begins and _ACTS.search(said)))


def sums_of_term(sheet: CellMap) -> frozenset[str]:
    """The labels 资金总额 beside which 当年资金总额 or 2026年 stands: they are of the term."""
    beside: list[str] = []
    for number, row in enumerate(sheet.rows):
        sums = {squeezed(cell.text) for cell in row
                if field_labels.label(cell.text) == "budget.total"}  # fmt: skip
        if len(_years(sheet, number + 1)) >= _MIN_YEARS:
            beside += (squeezed(cell.text) for cell in row if _names_all_money(cell))
        general = {text for text in sums if not _OF_YEAR.search(text)}
        years = any(_says_year(cell) for cell in row)
        beside += general if len(sums) > len(general) or years else ()
    return frozenset(beside)


def _years(sheet: CellMap, number: int) -> set[str]:
    """The years that labels of a row say, each with an amount beside it: 其中：2026年, 2027年."""
    row = sheet.rows[number] if number < len(sheet.rows) else ()
    labels = ((cell, sheet.at(cell.row, cell.column + cell.columns)) for cell in row)
    return {
        said
        for cell, amount in labels
        if amount is not None and value_fields.is_amount_of_money(amount.text)
        if value_fields.YEAR.fullmatch(said := _KIND_OF.sub("", field_labels.core(cell.text)))
    }


def _names_all_money(label: FilledCell) -> bool:
    """Whether a label names all money of a project, of no time that it says."""
    name = field_labels.core(label.text)
    is_all = field_labels.label(name) == "budget.total" or value_fields.is_all_money(name)
    return is_all and not _OF_YEAR.search(name)


def _says_year(label: FilledCell) -> bool:
    """Whether a label is a year, or the money of one: 2026年, 2026年预算."""
    said = _KIND_OF.sub("", squeezed(label.text))
    money = _BEGINS_WITH_YEAR.sub("", said).removeprefix("度")
    begins = bool(_BEGINS_WITH_YEAR.match(said))
    is_money = (begins and value_fields.is_all_money(money)) or _is_part_of_year(label)
    return is_money or bool(value_fields.YEAR.fullmatch(said))


def _is_part_of_year(label: FilledCell) -> bool:
    """Whether a label says that the year's money is a part of another: 其中：本年预算."""
    name = field_labels.core(label.text)
    said = _KIND_OF.sub("", name)
    is_of_year = said != name and bool(_OF_YEAR.search(said))
    return is_of_year and field_labels.label(said) == "budget.total"


def _other_year(label: FilledCell, year: str) -> str:
    """The year that a label of money says, if it is not that of the document."""
    found = _BEGINS_WITH_YEAR.match(squeezed(label.text))
    is_other = found is not None and bool(year) and not found[0].startswith(year)
    return found[0] if found and is_other and value_fields.is_money(label, None) else ""


def of_columns(heads: Sequence[str]) -> Mapping[str, str]:
    """The fields of the money below two heads of a list: of the term, and of the year.

    So 总预算 stands beside 本年预算; none where a list has no such pair.
    """
    said = {head: _KIND_OF.sub("", field_labels.core(head)) for head in heads}
    sums = [head for head in heads if field_labels.label(said[head]) in _SUMS]
    of_year = [head for head in sums if _OF_YEAR.search(said[head])]
    others = [head for head in sums if head not in of_year]
    if (len(of_year), len(others)) != (1, 1):
        return {}
    return {others[0]: "budget.term_total", of_year[0]: "budget.total"}


def of_term(
    sheet: CellMap,
    label: FilledCell,
    path: str,
    sums: frozenset[str],
    year: str,
    *,
    is_only_term: bool,
) -> str:
    """The field of a kind of money: of the whole term, or of another year, as is the sum above it.

    Args:
        sheet: The table.
        label: The label of the money.
        path: Its field where nothing says otherwise.
        sums: Labels of sums of the whole term that do not say so.
        year: The year of the document.
        is_only_term: Whether the table has no sum but that of the term, which is taken for it.
    """
    if path == "budget.total" and squeezed(label.text) in sums:
        return "budget.term_total"
    beside_term = any(
        field_labels.label(cell.text) == "budget.term_total" for cell in sheet.rows[label.row]
    )
    name = _KIND_OF.sub("", field_labels.core(label.text))
    is_of_year = name in _THIS_YEAR or name.rstrip("年度") == year or _is_part_of_year(label)
    if is_of_year and (beside_term or (sums and _is_part_of_year(label))):
        return "budget.total"
    if sums and value_fields.YEAR.fullmatch(name) and (not year or name.startswith(year)):
        amount = sheet.at(label.row, label.column + label.columns)
        return "budget.total" if amount and value_fields.may_be_amount(amount.text) else path
    prefix = _below_other_sum(sheet, label, sums, year) if path in _YEARLY else ""
    if not prefix or (is_only_term and prefix == _TERM):
        return path
    return f"facts.{prefix}{_KIND_OF.sub('', field_labels.core(label.text))}"


def _below_other_sum(sheet: CellMap, label: FilledCell, sums: frozenset[str], year: str) -> str:
    """Of which time the sum is that money stands below; "" where it is this year's."""
    for row in range(label.row - 1, -1, -1):
        above = sheet.at(row, label.column)
        if above is None:
            return ""
        if other := _other_year(above, year):
            return other
        meaning = field_labels.label(above.text)
        if meaning == "budget.term_total" or squeezed(above.text) in sums:
            return _TERM
        if meaning not in _YEARLY:
            return ""
    return ""


def of_years(
    heads: Sequence[HeadAbove],
    head: HeadAbove | None,
    label: FilledCell | None,
    path: str,
    year: str,
) -> str:
    """The field of money below the heads of several years, or below the sum of them.

    Args:
        heads: The heads above the row.
        head: The one above the money.
        label: The label beside it.
        path: Its field where nothing says otherwise.
        year: The year of the document.
    """
    years = [one.text for one in heads if value_fields.YEAR.fullmatch(squeezed(one.text))]
    if head is None or label is None or len(years) < _MIN_YEARS:
        return path
    name, above = field_labels.core(label.text), squeezed(head.text)
    is_sum = bool(field_labels.SUMS.fullmatch(name))
    if above.rstrip("年度") == year:
        meaning = "budget.total" if is_sum else field_labels.label(name) or ""
        return meaning if meaning.startswith("budget.") else path
    if not (path.startswith("budget.") or is_sum) or not field_labels.SUMS.fullmatch(above):
        return path
    is_total = is_sum or path == "budget.total"
    return "budget.term_total" if is_total else f"facts.{_TERM}{name}"


def of_years_alone(
    heads: Sequence[HeadAbove], head: HeadAbove | None, text: str, path: str, year: str
) -> str:
    """The field of an amount below the heads of several years that has no label beside it."""
    years = [one.text for one in heads if value_fields.YEAR.fullmatch(squeezed(one.text))]
    if head is None or len(years) < _MIN_YEARS or not value_fields.is_amount_of_money(text):
        return path
    above = squeezed(head.text)
    if above.rstrip("年度") == year:
        return "budget.total"
    is_sum = field_labels.SUMS.fullmatch(above) or field_labels.label(above) == "budget.total"
    return "budget.term_total" if is_sum and not _OF_YEAR.search(above) else path


def of_this_year(one: _Said | None, year: str) -> _Said | None:
    """A label or head that says the year of the document, as one that says 本年: 2026年预算."""
    name = field_labels.core(one.text) if one is not None else ""
    if one is None or not year or not name.startswith(f"{year}年"):
        return one
    said = f"本年{name.removeprefix(f'{year}年').removeprefix('度')}"
    is_money = value_fields.is_all_money(said) or field_labels.label(said) is not None
    known = field_labels.label(name) is None and is_money
    return replace(one, text=said) if known else one
