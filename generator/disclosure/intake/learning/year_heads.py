"""Heads that say the year of the document: 2026年预算, 2026年目标值, 2026年 below 预算金额."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels, value_fields
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text
from disclosure.model.whitespace import squeezed

_LEVELS = {"level1", "level2", "level3"}
#: What a head begins with that says the document's year, and what one that says another.
_OWN = re.compile(r"本年|当年|年度|预算年度")
_YEAR = re.compile(r"上年|前年|去年|(?:19|20)[0-9]{2}年")


def of_region(sheet: CellMap, region: RepeatedRows, year: str) -> list[Leaf]:
    """The columns of repeated rows, those of the document's year as such."""
    leaves = [_of_other_year(leaf, region.leaves, year) for leaf in region.leaves]
    return [_of_year_alone(sheet, region, _of_this_year(leaf, year), year) for leaf in leaves]


def is_money_of_year(leaf: Leaf, cells: Sequence[FilledCell], region: RepeatedRows) -> bool:
    """Whether amounts below a year stand left of the indicators, beside other money."""
    names = [one.left for one in region.leaves if field_labels.column(one.head) in _LEVELS]
    heads = [field_labels.label(one.head) or "" for one in region.leaves]
    money = all(field_labels.is_amount(cell.text) for cell in cells if cell.text)
    beside = any(head.startswith("budget.") for head in heads)
    is_left = not names or leaf.left < min(names)
    return bool(value_fields.YEAR.fullmatch(squeezed(leaf.head))) and money and beside and is_left


def _of_other_year(leaf: Leaf, leaves: Sequence[Leaf], year: str) -> Leaf:
    """A column below the head of another year, or of the term, where one of the year has its head.

    So 指标值 stands below 2025年 and once more below 2026年, or below 中期 and 年度.
    """
    parent = field_labels.without_brackets(leaf.parent)
    others = [one.parent for one in leaves if squeezed(one.head) == squeezed(leaf.head)]
    of_year = any(_says_own(one, year) for one in others)
    is_other = bool(_YEAR.match(parent) or field_labels.time(parent) == "term")
    if not (of_year and is_other) or _says_own(leaf.parent, year):
        return leaf
    return replace(leaf, head=f"{parent}{squeezed(leaf.head)}")


def _says_own(parent: str, year: str) -> bool:
    """Whether a head says the year of the document."""
    said = squeezed(parent)
    return bool(_OWN.match(said)) or (bool(year) and said.startswith(f"{year}年"))


def _of_year_alone(sheet: CellMap, region: RepeatedRows, leaf: Leaf, year: str) -> Leaf:
    """A column of a list that is headed by the year alone, as one of money if it holds amounts."""
    is_year = bool(year) and squeezed(leaf.head).removesuffix("度") == f"{year}年"
    if not is_year or region.each != "projects":
        return leaf
    said = [cell for cell in sheet.column_cells(region, leaf) if bare_text(cell)]
    money = bool(said) and all(cell and field_labels.is_amount(cell.text) for cell in said)
    return replace(leaf, head="本年预算") if money else leaf


def _of_this_year(leaf: Leaf, year: str) -> Leaf:
    """A column whose head says the year of the document, as one whose head says 本年."""
    head = squeezed(leaf.head)
    if not year or not head.startswith(f"{year}年") or _is_known(head):
        return leaf
    rest = head.removeprefix(f"{year}年").removeprefix("度")
    said = f"本年{rest}" if rest else leaf.parent
    return replace(leaf, head=said) if _is_known(said) else leaf


def _is_known(head: str) -> bool:
    name = field_labels.core(head)
    known = field_labels.column(head) or field_labels.label(head)
    return bool(known) or value_fields.is_all_money(name)
