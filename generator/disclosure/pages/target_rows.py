"""Every target of a department's year, in every version: what the page of all targets shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import (
    ComparedDepartment,
    IndicatorChange,
    ProjectChange,
    TargetOutcome,
    changed_targets,
    joined_results,
    kind_of_indicator,
)
from disclosure.model.dataset import DepartmentYear, ProjectYear
from disclosure.model.records import Project
from disclosure.model.target_table import Indicator
from disclosure.pages.addresses import project_address
from disclosure.pages.coverage_counts import clearness
from disclosure.pages.versions import version_label

#: Among the words of `TargetRow.clear`: what became of it has a public note.
NOTED = "noted"


class TargetRow(Struct, frozen=True):
    """An indicator in a version of a project's table.

    Attributes:
        indicator: Its third level.
        kind: What it is about; "" where that is unknown.
        version: Which version; "" for the one in force.
        old: The target of the year before, as printed.
        target: As printed; "" where it was dropped.
        change: What became of it: a value of `Change`, `added` or `dropped`; "" where there is
            nothing to compare it with.
        size: The change in percent.
        days: By how many days a deadline moved.
        actual: What was delivered, as printed.
        outcome: Whether it was met; None before the evaluation.
        moved: Whether it was changed within the year.
        clear: How clear it is, as `coverage_counts.clearness` says, which says nothing where
            coverage does not count it; and whether it is `NOTED`.
    """

    indicator: str
    kind: str
    version: str
    old: str
    target: str
    change: str
    size: Decimal | None
    days: int | None
    actual: str
    outcome: TargetOutcome | None
    moved: bool
    clear: str = ""


class ProjectTargets(Struct, frozen=True):
    """A project in a year, its budget in 万元, and all its rows."""

    name: str
    address: str
    budget: Decimal | None
    rows: tuple[TargetRow, ...]


#: What became of indicators, by the identity of the newer one; and those that were dropped.
_Changes = tuple[Mapping[int, IndicatorChange], tuple[IndicatorChange, ...]]


def project_targets(
    compared: ComparedDepartment, year: DepartmentYear
) -> tuple[ProjectTargets, ...]:
    """All targets of a department's year, in the order of its projects."""
    first = _first_changes(compared, year)
    return tuple(
        ProjectTargets(
            name=project.current.name,
            address=project_address(compared.data, year, project),
            budget=project.current.budget.counted,
            rows=tuple(_rows(compared, year, project, first)),
        )
        for project in year.projects
    )


def _first_changes(
    compared: ComparedDepartment, year: DepartmentYear
) -> Mapping[int, IndicatorChange]:
    """What became of the targets as first published, where those are no longer in force."""
    if all(len(project.versions) == 1 for project in year.projects):
        return {}
    return {
        id(item.new): item
        for pair in compared.years
        if pair.new is year
        for change in pair.as_first_published().changes
        for item in change.indicators
        if item.new
    }


def _rows(
    compared: ComparedDepartment,
    year: DepartmentYear,
    project: ProjectYear,
    first: Mapping[int, IndicatorChange],
) -> Iterator[TargetRow]:
    changes, dropped = _changes(compared.change_to(year.year, project.current.id), project)
    changed = changed_targets(project, year.year)
    of_moved = {id(row) for item in changed for row in (item.first, item.current) if row}
    # Versions between the two are only known by name.
    names = {item.name for item in changed}
    results = [item for item in joined_results(project, year.year) if item.position is not None]
    table = project.current.indicators
    actual = {id(table[item.position or 0]): item.row.actual or "" for item in results}
    outcomes = {id(table[item.position or 0]): item.outcome for item in results}
    firsts = {id(item.current): item.first for item in changed if item.current}
    clear = {} if project.withdrawn else clearness(project, year.year, compared.data.forms)
    for item in results:
        origin = firsts.get(id(table[item.position or 0]))
        if item.first and origin:
            actual[id(origin)], outcomes[id(origin)] = item.row.actual or "", item.first.outcome
    for version in project.versions:
        shown = version.project
        in_force = shown is project.current
        between = not in_force and version is not project.versions[0]
        for row in shown.indicators:
            made = _row(
                row,
                "" if in_force else _version(shown),
                changes.get(id(row)) if in_force else first.get(id(row)),
                actual.get(id(row), ""),
                outcomes.get(id(row)),
                moved=id(row) in of_moved or (between and row.name in names),
            )
            words = (clear.get(id(row), ""), made.clear)
            yield replace(made, clear=" ".join(filter(None, words))) if in_force else made
    yield from (_row(item.old, "", item, "", None) for item in dropped if item.old)


def _version(shown: Project) -> str:
    """`首次公开`, or `预算调整 2024-06-28`."""
    day = f" {shown.adjustment.date.isoformat()}" if shown.adjustment else ""
    return version_label(shown) + day


def _changes(change: ProjectChange | None, project: ProjectYear) -> _Changes:
    """Of several projects that one became, the first tells what was dropped."""
    if change is None:
        return {}, ()
    tells = change.succession.new[0] is project
    return (
        {id(item.new): item for item in change.indicators if item.new},
        tuple(item for item in change.indicators if item.new is None) if tells else (),
    )


def _row(
    row: Indicator,
    version: str,
    change: IndicatorChange | None,
    actual: str,
    outcome: TargetOutcome | None,
    *,
    moved: bool = False,
) -> TargetRow:
    verdict = change.verdict if change else None
    dropped = change is not None and change.new is None
    old = change.old if change else None
    return TargetRow(
        indicator=row.name,
        kind=kind_of_indicator(row),
        version=version,
        old=(old.target or "") if old else "",
        target="" if dropped else row.target or "",
        change=str(change.state) if change else "",
        size=verdict.size if verdict else None,
        days=verdict.days if verdict else None,
        actual=actual,
        outcome=outcome,
        moved=moved,
        clear=NOTED if change and change.notes else "",
    )
