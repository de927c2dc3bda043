"""The indicators of projects that were split, merged or reorganised, compared by their names.

A name that stands once on both sides is compared as usual. A rate, a date or words that several
projects have are compared one by one with what they came from; of an amount that several projects
have each is a part, so that no part is held against the whole: all values are said instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from disclosure.compare.difference import IndicatorChange, indicator_change, notes_on
from disclosure.compare.matching import Pair, plain_name
from disclosure.model import target
from disclosure.model.dataset import ProjectYear
from disclosure.model.notes import Note
from disclosure.model.target import Change, Kind, Reason, Verdict
from disclosure.model.target_table import Indicator

#: By the name of an indicator: each project that has it, and its row there.
_Named = Mapping[str, Sequence[tuple[ProjectYear, Indicator]]]
#: What is not added up when projects are; so are prices, whose quantity has a `/`.
_NOT_ADDED = {"share", "points", "time", "workdays", "months", "temperature"}


def regrouped_indicators(
    old: Sequence[ProjectYear], new: Sequence[ProjectYear], old_year: int, new_year: int
) -> tuple[IndicatorChange, ...]:
    """Every indicator of the new projects in their order, then the names that were dropped."""
    before, after = _named(old), _named(new)
    years = old_year, new_year
    found = [
        _change(before.get(plain_name(row), ()), row, after[plain_name(row)], years, notes)
        for project in _in_force(new)
        for row in project.current.indicators
        for notes in (notes_on(project.current.notes, row),)
    ]
    found += (
        indicator_change(Pair(row, None, certain=True), *years)
        for name, rows in before.items()
        if name not in after
        for _, row in rows
    )
    return tuple(found)


def _in_force(projects: Iterable[ProjectYear]) -> Iterator[ProjectYear]:
    return (project for project in projects if not project.withdrawn)


def _named(projects: Iterable[ProjectYear]) -> _Named:
    rows: dict[str, list[tuple[ProjectYear, Indicator]]] = defaultdict(list)
    for project in _in_force(projects):
        for row in project.current.indicators:
            rows[plain_name(row)].append((project, row))
    return rows


def _change(
    before: Sequence[tuple[ProjectYear, Indicator]],
    row: Indicator,
    after: Sequence[tuple[ProjectYear, Indicator]],
    years: tuple[int, int],
    notes: tuple[Note, ...],
) -> IndicatorChange:
    """What became of one row of a new project, beside all of its name on both sides."""
    if not before:
        return indicator_change(Pair(None, row, certain=True), *years, notes)
    _, first = before[0]
    if len(before) == len(after) == 1:
        return indicator_change(Pair(first, row, certain=True), *years, notes)
    if len({one.target for _, one in before}) == 1 and not _is_part(row.target, years[1]):
        return indicator_change(Pair(first, row, certain=True), *years, notes)
    verdict = Verdict(Change.RECAST, Reason(f"{_listed(before)}改为{_listed(after)}，不逐一比较"))
    return IndicatorChange(row.name, first, row, True, (), verdict, notes)


def _is_part(printed: str | None, year: int) -> bool:
    """Whether a value is an amount, of which several projects have each a part."""
    read = target.parse(printed, year)
    if read.kind not in {Kind.NUMBER, Kind.ABOUT, Kind.RANGE}:
        return False
    quantity = read.unit.quantity if read.unit else "number"
    return "/" not in quantity and quantity not in _NOT_ADDED


def _listed(rows: Sequence[tuple[ProjectYear, Indicator]]) -> str:
    """All values of a name, with the projects where there are several: `2个项目：≥60户、≥50户`."""
    values = "、".join(f"“{row.target or ''}”" for _, row in rows)
    return f"{len(rows)}个项目的{values}" if len(rows) > 1 else values
