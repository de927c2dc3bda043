"""Every indicator that changed from one year to the next, in one list that can be filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import (
    ADDED,
    DROPPED,
    LOWERED_STATES,
    ComparedYears,
    IndicatorChange,
    ProjectChange,
)
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.target import Change
from disclosure.pages.change_wording import (
    DISPUTED,
    NOT_A_LOWERING,
    IndicatorLine,
    State,
    indicator_line,
)
from disclosure.pages.filtered_rows import (
    INDICATOR_NOTED,
    INDICATOR_STATE,
    FilteredRows,
    filtered_rows,
)
from disclosure.pages.formatting import money
from disclosure.pages.target_rows import NOTED
from disclosure.pages.transfers import project_links
from disclosure.pages.view import Link


class ChangedIndicatorRow(Struct, frozen=True):
    """An indicator whose target changed, was added or dropped, and the project it stands in.

    `department` and `budget` (万元) are what the project has of them.
    """

    project: Link
    line: IndicatorLine
    department: str
    budget: str


#: What was lowered comes first, with or without a sign; what only reads otherwise comes last.
_ORDER: Mapping[str, int] = {
    str(key): place
    for place, key in enumerate(
        (
            *(Change.LOOSER, Change.LOWER, Change.REVERSED, DROPPED, Change.MOVED, Change.RECAST),
            *(Change.NOT_COMPARABLE, Change.STRICTER, Change.HIGHER, ADDED, Change.REWORDED),
            Change.SAME,
        )
    )
}


def changed_indicators(
    data: DepartmentData, pair: ComparedYears
) -> tuple[ChangedIndicatorRow, ...]:
    """What changed in two years of a department, in each kind the largest change first."""
    items = (item for item in in_order(pair.changes) if item.state != Change.SAME)
    return _indicators(data, pair, items)


def lowered_indicators(
    data: DepartmentData, pair: ComparedYears
) -> tuple[ChangedIndicatorRow, ...]:
    """What was lowered or dropped, but for what another department's comparison lists too."""
    own = replace(pair, changes=pair.own_changes)
    items = (item for item in in_order(own.changes) if item.state in LOWERED_STATES)
    return _indicators(data, own, items)


def first_indicators(data: DepartmentData, pair: ComparedYears) -> tuple[ChangedIndicatorRow, ...]:
    """The indicators that compare otherwise as they were first published.

    One that did not change as first published stands here only if it did in force.
    """
    first = pair.as_first_published()
    differing = [(now, then) for now, then in _beside(pair, first) if then]
    wanted = {id(item) for now, then in differing for item in first_differences(now, then)}
    changes = tuple(then for _, then in differing)
    items = [item for item in in_order(changes) if id(item) in wanted]
    return _indicators(data, replace(first, changes=changes), items)


def with_first(pair: ComparedYears) -> Iterator[tuple[ProjectChange, ProjectChange | None]]:
    """Every change of projects in force, and as first published where that was something else."""
    return _beside(pair, pair.as_first_published())


def _beside(
    pair: ComparedYears, first: ComparedYears
) -> Iterator[tuple[ProjectChange, ProjectChange | None]]:
    for now, then in zip(pair.changes, first.changes, strict=True):
        yield now, None if then is now else then


def first_differences(now: ProjectChange, then: ProjectChange) -> tuple[IndicatorChange, ...]:
    """The indicators of projects as first published (`then`) that compare otherwise in force.

    One that did not change as first published is among them only if it did in force.
    """
    owners = _owners(now), _owners(then)
    known = {_told(item, owners[0]) for item in now.indicators}
    changed = {_told(item, owners[0])[:2] for item in now.indicators if item.state != Change.SAME}
    return tuple(
        item
        for item in then.indicators
        for told in (_told(item, owners[1]),)
        if told not in known and (item.state != Change.SAME or told[:2] in changed)
    )


def indicators_by_part(
    places: Sequence[str],
    parts: Sequence[Sequence[ChangedIndicatorRow]],
    targets: Callable[..., str],
) -> tuple[FilteredRows, ...]:
    """Where the rows are that numbers of changes lead to; `targets` lists those of all pages."""
    states = [[(row.line.state.key, row.line.state.label) for row in of] for of in parts]
    noted = [[word for row in of for word in _noted(row.line.state)] for of in parts]
    return (
        *filtered_rows(INDICATOR_STATE, places, states, lambda key: targets(change=key)),
        *filtered_rows(
            INDICATOR_NOTED,
            places,
            noted,
            lambda key: "" if key == DISPUTED else targets(change=key, clear=NOTED),
        ),
    )


def _noted(state: State) -> Iterator[tuple[str, str]]:
    """What a row with a public note counts as, and what that is called."""
    if state.notes:
        yield state.key, f"有公开注释的{state.label}"
    if state.disputed:
        yield DISPUTED, NOT_A_LOWERING


def in_order(changes: Iterable[ProjectChange]) -> list[IndicatorChange]:
    """All indicators: what was lowered first, and in each kind the largest change."""
    return sorted((item for change in changes for item in change.indicators), key=_weight)


def _owners(change: ProjectChange) -> Mapping[int, str]:
    """By each row of the projects' tables the project that it stands in."""
    succession = change.succession
    sides = (("old", succession.old), ("new", succession.new))
    return {
        id(row): f"{side} {project.current.id}"
        for side, projects in sides
        for project in projects
        for row in project.current.indicators
    }


def _told(item: IndicatorChange, owners: Mapping[int, str]) -> tuple[str, str, str, str]:
    """Which indicator of which project, and its targets."""
    old, new = (row.target or "" if row else "" for row in (item.old, item.new))
    return owners[id(item.new or item.old)], item.name, old, new


def _indicators(
    data: DepartmentData, pair: ComparedYears, items: Iterable[IndicatorChange]
) -> tuple[ChangedIndicatorRow, ...]:
    places = {
        id(row): (link, _whose(change, year, project), project)
        for change in pair.changes
        for year, project in _projects(pair, change)
        for link in project_links(data, year, change.succession, (project,), bare=True)
        for row in project.current.indicators
    }
    return tuple(_row(item, *places[id(item.new or item.old)]) for item in items)


def _row(
    item: IndicatorChange, link: Link, department: str, project: ProjectYear
) -> ChangedIndicatorRow:
    budget = money(project.current.budget.counted)
    return ChangedIndicatorRow(link, indicator_line(item), department, budget)


def _whose(change: ProjectChange, year: DepartmentYear, project: ProjectYear) -> str:
    place = change.succession.place(project)
    return (place.year if place else year).department.name


def _projects(
    pair: ComparedYears, change: ProjectChange
) -> Iterator[tuple[DepartmentYear, ProjectYear]]:
    yield from ((pair.old, project) for project in change.succession.old)
    yield from ((pair.new, project) for project in change.succession.new)


def _weight(item: IndicatorChange) -> tuple[int, Decimal, int]:
    size = (item.verdict.size if item.verdict else None) or Decimal(0)
    days = (item.verdict.days if item.verdict else None) or 0
    return _ORDER[item.state], -abs(size), -abs(days)
