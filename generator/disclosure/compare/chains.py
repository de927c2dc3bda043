"""A project through the years: chains of projects that carry one another on, one to one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from disclosure.compare.lineage import Link, Succession, successions
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear


@dataclass(frozen=True, slots=True)
class Step:
    """Two consecutive published years of a department, and what became of every project."""

    old: DepartmentYear
    new: DepartmentYear
    successions: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A project of a chain in one year.

    `department` is the id of another department whose project it was then; "" for the chain's own.
    """

    year: DepartmentYear
    project: ProjectYear
    department: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """One project through the years, oldest first.

    `first_code` names it for good: the code it had when it was first published. A merged or
    split project stays in the chain whose code it kept; otherwise a new chain begins.

    Attributes:
        first_code: See above.
        members: The project while it was the department's.
        earlier: What it was in other departments before.
        later: What it became in other departments.
    """

    first_code: str
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

    `leaving` are, by year, the codes that other departments state to carry on.
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
            members[-1].project.current.code: start
            for start, members in chains.items()
            if members[-1].year.year != previous
        }
        for project in year.projects:
            code = project.current.code
            if (year.year, code) in predecessor:
                start = first[previous, predecessor[year.year, code]]
            elif code in returning and project.current.continues is None:
                start = returning[code]
            else:
                start = f"{code}-{year.year}" if code in chains else code
            first[year.year, code] = start
            chains.setdefault(start, []).append(Member(year, project))
        previous = year.year
    for start, members in chains.items():
        yield Chain(start, tuple(members))


def _within(step: Step, link: Link) -> bool:
    """Whether a link of several departments' succession is one of the department's own."""
    sides = (step.old, link.old), (step.new, link.new)
    return not link.transferred and all(
        any(project.current.code == code for project in year.projects) for year, code in sides
    )


def one_to_one(succession: Succession) -> tuple[Link, ...]:
    """The links along which a project stays itself."""
    if len(succession.old) == 1 and len(succession.new) == 1:
        return succession.links
    return tuple(link for link in succession.links if link.old == link.new)
