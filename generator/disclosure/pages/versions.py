"""The published versions of a project's table: adjustments, corrections, withdrawals."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from disclosure.compare import project_difference
from disclosure.compare.code_lists import ADJUSTMENT_KINDS, ORIGINAL
from disclosure.model.dataset import ProjectVersion, ProjectYear
from disclosure.model.records import Project
from disclosure.pages.change_wording import Differences, differences
from disclosure.pages.view import Link


class VersionLine(Struct, frozen=True):
    """One published version: what it is, when, why, by which document, and where it stands."""

    label: str
    date: str
    reason: str
    document: str
    link: Link
    shown: bool


class VersionDifference(Struct, frozen=True):
    """What differs between this version and another, which `title` names."""

    title: str
    differences: Differences


def version_name(project: Project) -> str:
    """The last part of a version's address: its date, or `original`."""
    return project.adjustment.date.isoformat() if project.adjustment else ORIGINAL


def version_addresses(project: ProjectYear, current: str) -> Iterator[str]:
    """Where each version of a project's table stands, oldest first; the last one is `current`."""
    for version in project.versions:
        is_current = version.project is project.current
        yield current if is_current else f"{current}{version_name(version.project)}/"


def version_lines(project: ProjectYear, shown: Project, current: Link) -> tuple[VersionLine, ...]:
    """All versions, newest first; nothing when there has only ever been one."""
    if len(project.versions) == 1:
        return ()
    return tuple(
        _line(project, version, version.project is shown, current)
        for version in reversed(project.versions)
    )


def _line(project: ProjectYear, version: ProjectVersion, shown: bool, current: Link) -> VersionLine:
    adjustment = version.project.adjustment
    address = current.address
    if version.project is not project.current:
        address += version_name(version.project) + "/"
    return VersionLine(
        label=version_label(version.project),
        date=adjustment.date.isoformat() if adjustment else "",
        reason=adjustment.reason if adjustment else "",
        document=(adjustment.document or "") if adjustment else "",
        link=Link(version_label(version.project), address),
        shown=shown,
    )


def version_label(project: Project) -> str:
    """What kind of publication a version is."""
    return ADJUSTMENT_KINDS[project.adjustment.kind] if project.adjustment else "首次公开"


def version_statement(project: ProjectYear, shown: Project) -> str:
    """A version with its date and document, as its printed form states it."""
    adjustment = shown.adjustment
    facts = [version_label(shown)]
    if adjustment:
        facts += [adjustment.date.isoformat(), adjustment.document or ""]
    if shown is not project.current:
        facts.append("已被后来版本取代")
    return "，".join(fact for fact in facts if fact)


def version_differences(
    project: ProjectYear, shown: Project, year: int
) -> tuple[VersionDifference, ...]:
    """What this version changed, and what has changed since; nothing for an only version."""
    snapshots = [version.project for version in project.versions]
    position = next(index for index, snapshot in enumerate(snapshots) if snapshot is shown)
    found = []
    if position:
        found.append(("这一版本作了哪些改动", snapshots[position - 1], shown))
    if shown is not project.current:
        found.append(("此后至现行版本又有哪些改动", shown, project.current))
    return tuple(
        VersionDifference(title, differences(project_difference(old, new, year, year)))
        for title, old, new in found
    )
