"""Projects that another department carries on: by `continues`, or as a department was succeeded.

A department states the code under which the other one published the project the last time before.
Where it says of itself that it succeeds the other (`succeeds`), its projects that say nothing are
those of the other with the same code or name, as they would be in one department.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from disclosure.compare.successions import Basis, Place, links, silent_matches
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear


class Transfer(Struct, frozen=True):
    """A project of one department that a project of another carries on.

    Attributes:
        old: Where it stood.
        origin: What it was there.
        new: Where it stands now.
        heir: What it is now.
        basis: The evidence.
    """

    old: Place
    origin: ProjectYear
    new: Place
    heir: ProjectYear
    basis: Basis = Basis.DECLARED


def year_before(department: DepartmentData, year: int) -> DepartmentYear | None:
    """The last year that a department published before `year`."""
    return next((one for one in department.years if one.year < year), None)


def claims_outside(department: DepartmentData) -> Iterator[str]:
    """What ties a department to others: projects that it states to carry on, whole departments."""
    yield from (code for _, _, code in foreign_claims(department))
    yield from (f"{one.department}/" for one in department.department.succeeds)


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


def declared_transfers(departments: Sequence[DepartmentData]) -> Iterator[Transfer]:
    """Every project that one of the departments states to carry on from another."""
    for department in departments:
        others = [one for one in departments if one is not department]
        for year, project, code in foreign_claims(department) if others else ():
            if known := predecessor(others, year.year, code):
                yield Transfer(*known, Place(department, year), project)


def transfers(departments: Sequence[DepartmentData]) -> Iterator[Transfer]:
    """Every project that went from one of the departments to another."""
    declared = [*declared_transfers(departments)]
    yield from declared
    taken = {move.origin.first_path for move in declared}
    known = {one.department.id: one for one in departments}
    found = [move for one in departments for move in _succeeded(one, known, taken)]
    claims = Counter(move.origin.first_path for move in found)
    # One that is found in two successors may be of either, or of both: never guessed.
    yield from (move for move in found if claims[move.origin.first_path] == 1)


def _succeeded(
    department: DepartmentData, known: Mapping[str, DepartmentData], taken: Collection[str]
) -> Iterator[Transfer]:
    """The silent projects of a department that were those of departments it succeeds."""
    begun: dict[int, list[Place]] = {}
    for succession in department.department.succeeds:
        years = [one.year for one in department.years if one.year >= succession.since]
        other = known.get(succession.department)
        before = year_before(other, min(years)) if other and years else None
        if other and before:
            begun.setdefault(min(years), []).append(Place(other, before))
    for year in department.years:
        if year.year in begun:
            yield from _taken_over(Place(department, year), begun[year.year], taken)


def _taken_over(new: Place, olds: Sequence[Place], taken: Collection[str]) -> Iterator[Transfer]:
    """Projects that neither department has otherwise tied, under the same code or name."""
    before = year_before(new.department, new.year.year)
    own = {link.new for link in links(before, new.year)} if before else set()
    heirs = {
        one.first_path: one
        for one in new.year.projects
        if one.current.continues is None and one.current.id not in own
    }
    origins = {
        one.first_path: (old, one)
        for old in olds
        for stays in [_staying(old)]
        for one in old.year.projects
        if one.first_path not in taken and one.current.id not in stays
    }
    for one, other, basis in silent_matches([one for _, one in origins.values()], heirs.values()):
        yield Transfer(*origins[one.first_path], new, other, basis)


def _staying(old: Place) -> set[str]:
    """The ids of the projects that their own department carries on in its next year."""
    later = [one for one in old.department.years if one.year > old.year.year]
    return {link.old for link in links(old.year, later[-1])} if later else set()
