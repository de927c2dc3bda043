"""A project through the years: chains of projects that carry one another on, one to one."""

from __future__ import annotations

from collections.abc import Iterator
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
    """A project of a chain in one year."""

    year: DepartmentYear
    project: ProjectYear


@dataclass(frozen=True, slots=True)
class Chain:
    """One project through the years, oldest first.

    `first_code` names it for good: the code it had when it was first published. A merged or
    split project stays in the chain whose code it kept; otherwise a new chain begins.
    """

    first_code: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """A department's years compared, newest step first, and its projects through the years."""

    steps: tuple[Step, ...]
    chains: tuple[Chain, ...]


def lineage(department: DepartmentData) -> Lineage:
    """Follow every project of a department through all its years."""
    steps = tuple(Step(old, new, successions(old, new)) for new, old in pairwise(department.years))
    return Lineage(steps, tuple(_chains(department, steps)))


def _chains(department: DepartmentData, steps: tuple[Step, ...]) -> Iterator[Chain]:
    """The chains in the order in which their projects first appeared."""
    predecessor = {
        (step.new.year, link.new): link.old
        for step in steps
        for succession in step.successions
        for link in _one_to_one(succession)
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


def _one_to_one(succession: Succession) -> tuple[Link, ...]:
    """The links along which a project stays itself."""
    if len(succession.old) == 1 and len(succession.new) == 1:
        return succession.links
    return tuple(link for link in succession.links if link.old == link.new)
