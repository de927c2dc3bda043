"""Projects that another department carries on: what `continues` says of other departments.

A department states the code under which the other one published the project the last time before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from disclosure.compare.successions import Place
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear


@dataclass(frozen=True, slots=True)
class Transfer:
    """A project of one department that a project of another carries on.

    Attributes:
        old: Where it stood.
        origin: What it was there.
        new: Where it stands now.
        heir: What it is now.
    """

    old: Place
    origin: ProjectYear
    new: Place
    heir: ProjectYear


def year_before(department: DepartmentData, year: int) -> DepartmentYear | None:
    """The last year that a department published before `year`."""
    return next((one for one in department.years if one.year < year), None)


def foreign_claims(department: DepartmentData) -> Iterator[tuple[DepartmentYear, ProjectYear, str]]:
    """The ids that projects state to carry on and that are not of the department's year before.

    Each with its year and project.
    """
    for year in department.years:
        before = year_before(department, year.year)
        known = {project.current.id for project in before.projects} if before else set()
        for project in year.projects:
            for code in dict.fromkeys(project.current.continues or ()):
                if code not in known:
                    yield year, project, code


def predecessor(
    others: Iterable[DepartmentData], year: int, code: str
) -> tuple[Place, ProjectYear] | None:
    """Which project of other departments `code` means in a statement of `year`.

    A code means the project that has it; a number only with its department, `130803-322/01`.
    Of each department only the last year before counts; of several departments the newest.
    """
    found = [
        (Place(one, before), project)
        for one in others
        if (before := year_before(one, year))
        for project in before.projects
        if _meant(code, one, project)
    ]
    return max(found, key=lambda item: item[0].year.year, default=None)


def _meant(reference: str, department: DepartmentData, project: ProjectYear) -> bool:
    """Whether a statement means a project of another department."""
    whose, sign, own = reference.rpartition("/")
    if not sign:
        return project.current.code == reference
    return (whose, own) == (department.department.id, project.current.id)


def transfers(departments: Sequence[DepartmentData]) -> Iterator[Transfer]:
    """Every project that went from one of the departments to another."""
    for department in departments:
        others = [one for one in departments if one is not department]
        for year, project, code in foreign_claims(department) if others else ():
            if known := predecessor(others, year.year, code):
                yield Transfer(*known, Place(department, year), project)
