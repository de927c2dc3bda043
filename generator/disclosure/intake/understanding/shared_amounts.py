"""Amounts in one cell beside several names, which are the sum of what each of these has.

A form says the same at each of the names, or all at the first; only a person can part the sum.
So can only a person tell whose a cell is that reaches over the indicators of two projects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from disclosure.forms.grid import FilledCell, Grid
from disclosure.forms.matching import Matched, PlacedField
from disclosure.forms.values import INDICATOR_LISTS
from disclosure.intake.learning import field_labels
from disclosure.model.fields import MONEY
from disclosure.model.whitespace import squeezed

#: What names an item of a list.
_NAMES: Mapping[str, str] = {
    "funds": "name",
    "indicators": "level3",
    "parts": "name",
    "projects": "name",
    "tasks": "name",
    "term_indicators": "level3",
}
_MONEY = re.compile(r"(?:.*\.)?(?:amount|budget|initial|spent)|budget\..+")
_POINTS = frozenset({"points", "score", "weight"})
_MAX_NAMES = 3


def doubts(matched: Matched, grid: Grid) -> tuple[str, ...]:
    """What to say of amounts that stand beside several names, and of rows of several projects."""
    return tuple(dict.fromkeys((*_doubts(matched, grid), *_beyond_projects(matched))))


def _doubts(matched: Matched, grid: Grid) -> Iterator[str]:
    for one in matched.found:
        if one.cell.rows > 1 and _adds_up(one) and re.fullmatch(MONEY, one.text.strip(), re.ASCII):
            names = [squeezed(name) for name in _names(one, matched.found, grid)]
            if len(names) > 1:
                more = "等" if len(names) > _MAX_NAMES else ""
                said = "”“".join(names[:_MAX_NAMES])
                yield f"“{one.text.strip()}”是“{said}”{more}合用的一格，各是多少没有写明"


def _beyond_projects(matched: Matched) -> Iterator[str]:
    """What is said of cells of an indicator that reach into the rows of another project."""
    of_rows = [one for one in matched.found if len(one.items) > 1 and one.items[0][0] == "projects"]
    projects = {one.cell.row: one.items[0] for one in of_rows}
    for one in of_rows:
        rows = range(one.cell.row, one.cell.row + one.cell.rows)
        if len({projects[row] for row in rows if row in projects}) > 1 and one.text.strip():
            yield f"“{one.text.strip()}”的一格跨了几个项目的指标行"


def _adds_up(one: PlacedField) -> bool:
    """Whether a field is an amount of which several together are a sum."""
    listed = one.items[-1][0] if one.items else ""
    if listed in INDICATOR_LISTS:
        head = one.path.removeprefix("other.")
        return one.path in _POINTS or (head != one.path and field_labels.column(head) in _POINTS)
    of_task = listed == "tasks" and one.path.startswith("other.")
    return of_task or bool(_MONEY.fullmatch(one.path))


def _names(one: PlacedField, found: Sequence[PlacedField], grid: Grid) -> Iterator[str]:
    """The names beside a cell: of items of the same list, or labels left of it."""
    if not one.items:
        yield from _labels(one.cell, grid)
        return
    *outer, (listed, _) = one.items
    for other in found:
        is_name = bool(other.items) and other.path == _NAMES.get(listed)
        if is_name and other.items[-1][0] == listed and len(other.items) == len(one.items):
            inner = listed == "projects" or list(other.items[:-1]) == outer
            if inner and other.text.strip() and _is_beside(other.cell, one.cell):
                yield other.text


def _is_beside(name: FilledCell, cell: FilledCell) -> bool:
    return name.row < cell.row + cell.rows and cell.row < name.row + name.rows


def _labels(cell: FilledCell, grid: Grid) -> Iterator[str]:
    """The labels next to a cell in each of its rows."""
    for number in range(cell.row, cell.row + cell.rows):
        left = (one for one in grid.rows[number] if one.column < cell.column)
        words = [one for one in left if re.search(r"[^\W\d]", one.text)]
        if words:
            yield words[-1].text
