"""Every indicator that changed from one year to the next, in one list that can be filtered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from disclosure.compare import ADDED, DROPPED, ComparedYears, IndicatorChange, ProjectChange
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.target import Change
from disclosure.pages.changes import IndicatorLine, indicator_line
from disclosure.pages.transfers import project_links
from disclosure.pages.view import Link


@dataclass(frozen=True, slots=True)
class ChangedIndicatorRow:
    """An indicator whose target changed, was added or dropped, and the project it stands in."""

    project: Link
    line: IndicatorLine


#: What was lowered comes first, with or without a sign; what only reads otherwise comes last.
_ORDER: Mapping[str, int] = {
    str(key): place
    for place, key in enumerate(
        (
            *(Change.LOOSER, Change.LOWER, Change.REVERSED, DROPPED, Change.MOVED, Change.RECAST),
            *(Change.NOT_COMPARABLE, Change.STRICTER, Change.HIGHER, ADDED, Change.REWORDED),
        )
    )
}


def changed_indicators(
    data: DepartmentData, pair: ComparedYears
) -> tuple[ChangedIndicatorRow, ...]:
    """What changed in two years of a department, in each kind the largest change first."""
    found = sorted((item for change in pair.changes for item in _changed(change)), key=_weight)
    places = {
        id(row): link
        for change in pair.changes
        for year, project in _projects(pair, change)
        for link in project_links(data, year, change.succession, (project,), bare=True)
        for row in project.current.indicators
    }
    return tuple(
        ChangedIndicatorRow(places[id(item.new or item.old)], indicator_line(item))
        for item in found
    )


def _changed(change: ProjectChange) -> Iterator[IndicatorChange]:
    return (item for item in change.indicators if item.state != Change.SAME)


def _projects(
    pair: ComparedYears, change: ProjectChange
) -> Iterator[tuple[DepartmentYear, ProjectYear]]:
    yield from ((pair.old, project) for project in change.succession.old)
    yield from ((pair.new, project) for project in change.succession.new)


def _weight(item: IndicatorChange) -> tuple[int, Decimal, int]:
    size = (item.verdict.size if item.verdict else None) or Decimal(0)
    days = (item.verdict.days if item.verdict else None) or 0
    return _ORDER[item.state], -abs(size), -abs(days)
