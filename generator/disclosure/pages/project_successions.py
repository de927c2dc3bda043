"""Projects that are new, that ended, or that became others, for lists over all departments."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from disclosure.compare import ComparedYears, SuccessionKind
from disclosure.compare.code_lists import SUCCESSION_KINDS
from disclosure.model.dataset import DepartmentData
from disclosure.pages.change_wording import evidence
from disclosure.pages.formatting import money
from disclosure.pages.transfers import explained, project_links
from disclosure.pages.view import Link


class ProjectSuccessionRow(Struct, frozen=True):
    """What became of projects from one year to the next.

    Attributes:
        department: Who says so.
        key: The kind, for filters.
        label: In words.
        old: The earlier year's projects.
        new: The later year's.
        old_budget: Their money together, 万元; "" without any.
        new_budget: The same.
        why: The evidence, and the departments that it is about.
    """

    department: str
    key: str
    label: str
    old: tuple[Link, ...]
    new: tuple[Link, ...]
    old_budget: str
    new_budget: str
    why: str


def project_successions(
    data: DepartmentData, pair: ComparedYears
) -> Iterator[ProjectSuccessionRow]:
    """All but the projects that simply went on; each group in one department's list only."""
    for change in pair.own_changes:
        succession = change.succession
        if succession.kind is SuccessionKind.CONTINUED:
            continue
        yield ProjectSuccessionRow(
            department=pair.new.department.name,
            key=str(succession.kind),
            label=SUCCESSION_KINDS[succession.kind],
            old=project_links(data, pair.old, succession, succession.old),
            new=project_links(data, pair.new, succession, succession.new),
            old_budget=money(change.old_budget) if succession.old else "",
            new_budget=money(change.new_budget) if succession.new else "",
            why=explained(succession, evidence(succession)),
        )
