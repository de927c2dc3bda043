"""Targets that were changed within their year, after they were first published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from disclosure.compare.difference import project_difference
from disclosure.compare.matching import pairs
from disclosure.compare.once_per_project import once_per_project
from disclosure.model import target
from disclosure.model.dataset import ProjectYear
from disclosure.model.records import Project
from disclosure.model.target import Change, Verdict
from disclosure.model.target_table import Indicator


class ChangedTarget(Struct, frozen=True):
    """A target that is no longer what was first published.

    Attributes:
        first: As first published; None where the indicator came later.
        current: As in force; None where it was dropped.
        verdict: How the two compare; None where one is missing.
        by: The versions that changed it, oldest first.
    """

    first: Indicator | None
    current: Indicator | None
    verdict: Verdict | None
    by: tuple[Project, ...]

    @property
    def name(self) -> str:
        """The indicator's name, the newer one where there are two."""
        row = self.current or self.first
        assert row is not None, "one of them is always there"
        return row.name


@once_per_project
def changed_targets(project: ProjectYear, year: int) -> tuple[ChangedTarget, ...]:
    """The project's targets that were changed, in the order of the table in force, then the rest.

    What was changed and changed back is not among them; nor are the targets of a project that was
    called off as a whole.
    """
    if len(project.versions) == 1 or project.withdrawn:
        return ()
    return tuple(_changed_targets(project, year))


def _changed_targets(project: ProjectYear, year: int) -> Iterator[ChangedTarget]:
    """Follow every row from version to version."""
    versions = [version.project for version in project.versions]
    rows: dict[int, tuple[Indicator | None, tuple[Project, ...]]] = {
        id(row): (row, ()) for row in versions[0].indicators
    }
    gone: list[ChangedTarget] = []
    for before, after in pairwise(versions):
        following = {}
        for item in project_difference(before, after, year, year).indicators:
            first, by = rows[id(item.old)] if item.old else (None, ())
            if item.new is None:
                gone.append(ChangedTarget(first, None, None, (*by, after)))
                continue
            changed = item.old is None or item.old.target != item.new.target
            following[id(item.new)] = first, (*by, after) if changed else by
        rows = following
    for row in versions[-1].indicators:
        first, by = rows[id(row)]
        verdict = _verdict(first, row, year) if first else None
        if verdict is None or verdict.change is not Change.SAME:
            yield ChangedTarget(first, row, verdict, by)
    yield from (one for one in gone if one.first)


def _verdict(first: Indicator, current: Indicator, year: int) -> Verdict:
    return target.compare(target.parse(first.target, year), target.parse(current.target, year))


class TargetState(Struct, frozen=True):
    """What a version of a project's table says of an indicator; `row` is None where it drops it."""

    version: Project
    row: Indicator | None


class TargetCourse(Struct, frozen=True):
    """What became of an indicator within a year.

    Attributes:
        row: As it is in force, or as it was before it was dropped.
        is_dropped: Whether it is no longer in force.
        states: Its target as first published, and each change of that.
    """

    row: Indicator
    is_dropped: bool
    states: tuple[TargetState, ...]


def target_courses(project: ProjectYear) -> tuple[TargetCourse, ...]:
    """Every indicator that a project had in a year.

    They stand in the order of the table in force; those that were dropped follow.
    """
    versions = [version.project for version in project.versions]
    rows: dict[int, tuple[TargetState, ...]] = {
        id(row): (TargetState(versions[0], row),) for row in versions[0].indicators
    }
    gone: list[TargetCourse] = []
    for before, after in pairwise(versions):
        following = {}
        for pair in pairs(before.indicators, after.indicators):
            earlier = rows[id(pair.old)] if pair.old else ()
            if pair.new is not None:
                changed = pair.old is None or pair.old.target != pair.new.target
                now = (TargetState(after, pair.new),) if changed else ()
                following[id(pair.new)] = (*earlier, *now)
            elif pair.old is not None:
                gone.append(TargetCourse(pair.old, True, (*earlier, TargetState(after, None))))
        rows = following
    in_force = (TargetCourse(row, False, rows[id(row)]) for row in versions[-1].indicators)
    return (*in_force, *gone)
