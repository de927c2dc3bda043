"""A project through the years: chains of projects that carry one another on, one to one."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from disclosure.compare.successions import Succession, SuccessionLink, successions
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.records import Project


class Step(Struct, frozen=True):
    """Two consecutive published years of a department, and what became of every project."""

    old: DepartmentYear
    new: DepartmentYear
    successions: tuple[Succession, ...]


class Member(Struct, frozen=True):
    """A project of a chain in one year.

    `department` is the id of another department whose project it was then; "" for the chain's own.
    """

    year: DepartmentYear
    project: ProjectYear
    department: str = ""


class Chain(Struct, frozen=True):
    """One project through the years, oldest first.

    `first_id` names it for good: the id it had when it was first published. A merged or
    split project stays in the chain whose code it kept; otherwise a new chain begins.

    Attributes:
        first_id: See above.
        members: The project while it was the department's.
        earlier: What it was in other departments before.
        later: What it became in other departments.
    """

    first_id: str
    members: tuple[Member, ...]
    earlier: tuple[Member, ...] = ()
    later: tuple[Member, ...] = ()

    @property
    def whole(self) -> tuple[Member, ...]:
        """The project in all departments."""
        return (*self.earlier, *self.members, *self.later)


def steps_of(
    department: DepartmentData, leaving: Mapping[int, Collection[str]]
) -> tuple[Step, ...]:
    """A department's years compared, the newest first.

    `leaving` are, by year, the ids that other departments state to carry on.
    """
    return tuple(
        Step(old, new, successions(old, new, leaving.get(old.year, ())))
        for new, old in pairwise(department.years)
    )


def chains_of(department: DepartmentData, steps: tuple[Step, ...]) -> Iterator[Chain]:
    """The chains in the order in which their projects first appeared."""
    predecessor = {
        (step.new.year, link.new): link.old
        for step in steps
        for succession in step.successions
        for link in one_to_one(succession)
        if not succession.places or _within(step, link)
    }
    chains: dict[str, list[Member]] = {}
    first: dict[tuple[int, str], str] = {}
    previous = 0
    for year in reversed(department.years):
        returning = {
            members[-1].project.current.id: start
            for start, members in chains.items()
            if members[-1].year.year != previous and members[-1].project.current.named_by_code
        }
        for project in year.projects:
            own = project.current.id
            if (year.year, own) in predecessor:
                start = first[previous, predecessor[year.year, own]]
            elif _returns(project.current) and own in returning:
                start = returning[own]
            else:
                start = _new_name(own, year.year, chains)
            first[year.year, own] = start
            chains.setdefault(start, []).append(Member(year, project))
        previous = year.year
    for start, members in chains.items():
        yield Chain(start, tuple(members))


def _returns(project: Project) -> bool:
    """Whether a project may be one of an earlier year than the last: its code says so."""
    return project.named_by_code and project.continues is None


def _new_name(own: str, year: int, taken: Container[str]) -> str:
    """What a chain that begins is called: the project's id, with the year where that is taken."""
    name = own
    while name in taken:
        name = f"{name}-{year}"
    return name


def _within(step: Step, link: SuccessionLink) -> bool:
    """Whether a link of several departments' succession is one of the department's own."""
    sides = (step.old, link.old), (step.new, link.new)
    return not link.transferred and all(
        any(project.current.id == own for project in year.projects) for year, own in sides
    )


def one_to_one(succession: Succession) -> tuple[SuccessionLink, ...]:
    """The links along which a project stays itself."""
    if len(succession.old) == 1 and len(succession.new) == 1:
        return succession.links
    return tuple(link for link in succession.links if link.same_code)
