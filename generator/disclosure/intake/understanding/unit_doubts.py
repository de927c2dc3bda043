"""Amounts whose unit of money is doubtful: another one, none, or two in one table.

A table of the data is in one unit: 万元, or 元. Read in the other one an amount is ten thousand
times too much or too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from disclosure.forms import templates
from disclosure.forms.form import Form, FormBlock, FormCell, cells_of
from disclosure.forms.values import Values
from disclosure.intake.formats import labels
from disclosure.intake.learning.cell_map import MONEY_UNITS
from disclosure.intake.understanding import fund_doubts
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.model.whitespace import squeezed

#: So much money in 万元 that it is rather in 元 where no unit is printed.
_LARGE = 10_000
#: Lists of which each row has money of its own.
_WITH_MONEY = frozenset({"tasks", "funds"})
#: A unit behind the field of an amount, or alone in its cell.
_UNIT_BEHIND = re.compile(r"\{budget\.[^{}]+\}万?元|^万?元$")


def doubts(table: ReadTable) -> Iterator[str]:
    """What is said against the unit of a table's amounts, in Chinese."""
    form, texts = table.form, table.values.texts
    facts = (f"单位：{text}" for path, text in texts.items() if path.endswith("单位"))
    said = (*form.above, table.heading, *_words(form.cells()), *form.below, *facts)
    for unit in dict.fromkeys(one["money"] for one in map(labels.OTHER_MONEY.search, said) if one):
        yield f"金额以{unit}为单位，数据文件里只能写万元或者元"
    yield from _of_two_units(table)
    unit = form.money or texts.get("money") or "万元"
    is_stated = texts.get("money") or any(map(labels.money_unit, said)) or _state_unit(form)
    if is_stated or (form.money and not table.is_learned):
        return  # else it is that of the table before, or no table's
    amounts = [text for path, text in _amounts(table.values) if path.startswith("budget.")]
    doubtful = (text for text in amounts if unit == "元" or _number(text) >= _LARGE)
    if (text := next(filter(str.strip, doubtful), None)) is not None:
        other = "元" if unit == "万元" else "万元"
        yield f"没有写明金额的单位，“{text.strip()}”按{unit}读，但可能是{other}"


def _of_two_units(table: ReadTable) -> Iterator[str]:
    """A unit in a cell of its own beside another in labels; tasks in another than the rest."""
    form, texts = table.form, table.values.texts
    own, listed = _of_project_and_lists(form)
    if not own and any(path.startswith("budget.") and texts[path].strip() for path in texts):
        own = _units((*form.above, table.heading, *form.below))
    if len(own | listed) > 1:
        units = "、".join(sorted(own | listed))
        yield f"同一张表的金额有{units}两种单位，只能按一种读"


def _of_project_and_lists(form: Form) -> tuple[set[str], set[str]]:
    """The units that the labels of a table state, and those of its lists with money."""
    own: set[str] = set()
    listed: set[str] = set()
    for row, below in pairwise((*form.rows, ())):
        block = row if isinstance(row, FormBlock) else below  # or the row is the heads of one
        units = _units(_words(_without_facts(cells_of((row,)))))
        if not isinstance(block, FormBlock):
            own |= units
        elif block.each in _WITH_MONEY:
            listed |= units
    return own, listed


def _without_facts(cells: Iterable[FormCell]) -> Iterator[FormCell]:
    """Cells but for the labels of facts, which may be money of another kind: 补助标准（元）."""
    for cell, following in pairwise((*cells, FormCell())):
        if not any(path.startswith("facts.") for path in following.fields):
            yield cell


def _units(texts: Iterable[str]) -> set[str]:
    said = {squeezed(text) for text in texts}
    return (said & MONEY_UNITS) | {unit for unit in map(labels.money_unit, said) if unit}


def _words(cells: Iterable[FormCell]) -> Iterator[str]:
    """The words of cells, whatever else they hold."""
    for cell in cells:
        yield "".join(part.words for part in templates.parts(cell.text or ""))


def _state_unit(form: Form) -> bool:
    """Whether amounts state their unit, behind them or in cells of its own."""
    return any(_UNIT_BEHIND.search(squeezed(cell.text or "")) for cell in form.cells())


def _amounts(item: Values) -> Iterator[tuple[str, str]]:
    yield from item.texts.items()
    for project in item.lists.get("projects", ()):
        yield from _amounts(project)


def _number(text: str) -> Decimal:
    return fund_doubts.amount(text) or Decimal(0)
