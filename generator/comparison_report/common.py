"""What all formats share: which years stand side by side, their sums, how projects are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.compare import ComparedDepartment, ComparedYears, Fate, Succession
from generator.dataset import ProjectYear, budget_of
from generator.model import Department
from generator.pages.changes import BASES, Count, counts
from generator.pages.comparison import MoneyLine, money_line


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two consecutive published years over some departments.

    Attributes:
        old: The earlier year.
        new: The later one.
        pairs: Every department that published in both, with its two years compared.
        only_old: Those that published in the earlier year only.
        only_new: Those that published in the later year only.
    """

    old: int
    new: int
    pairs: tuple[tuple[Department, ComparedYears], ...]
    only_old: tuple[Department, ...]
    only_new: tuple[Department, ...]


def comparable(departments: Iterable[ComparedDepartment]) -> tuple[tuple[int, int], ...]:
    """The pairs of years that can be compared, newest first."""
    pairs = {(pair.old.year, pair.new.year) for one in departments for pair in one.years}
    return tuple(sorted(pairs, reverse=True))


def comparison(departments: Sequence[ComparedDepartment], old: int, new: int) -> Comparison:
    """The departments' years `old` and `new` side by side."""
    pairs = tuple(
        (one.data.department, pair)
        for one in departments
        for pair in one.years
        if (pair.old.year, pair.new.year) == (old, new)
    )
    compared = {department.id for department, _ in pairs}
    rest = [one.data for one in departments if one.data.department.id not in compared]
    only_old, only_new = (
        tuple(data.department for data in rest if any(one.year == year for one in data.years))
        for year in (old, new)
    )
    return Comparison(old, new, pairs, only_old, only_new)


@dataclass(frozen=True, slots=True)
class Sums:
    """Two years of one or more departments in sum: money, projects, what became of what."""

    money: MoneyLine
    projects: tuple[int, int]
    fates: Counter[Fate]
    indicators: tuple[Count, ...]


def sums(pairs: Sequence[ComparedYears]) -> Sums:
    """The sums over departments."""
    old = [project for pair in pairs for project in pair.old.projects]
    new = [project for pair in pairs for project in pair.new.projects]
    return Sums(
        money=money_line(budget_of(old), budget_of(new)),
        projects=(len(old), len(new)),
        fates=sum((pair.fate_counts for pair in pairs), Counter()),
        indicators=counts(sum((pair.indicator_counts for pair in pairs), Counter())),
    )


def names(projects: Iterable[ProjectYear]) -> str:
    """The projects' names in a row, and which of them were called off."""
    return "、".join(
        project.current.name + ("（已撤销）" if project.withdrawn else "") for project in projects
    )


def evidence(succession: Succession) -> str:
    """What ties the projects of two years together."""
    return "、".join(dict.fromkeys(BASES[link.basis] for link in succession.links))


def not_comparable(old: int, new: int, pairs: Sequence[tuple[int, int]]) -> str:
    """Why two years cannot be compared, and which can."""
    if not pairs:
        return "还没有可以比较的年度：比较从公开的第二个年度开始。"
    known = "、".join(f"{one} {other}" for one, other in pairs)
    return f"{old}年和{new}年不能比较。可以比较的前后年度：{known}。"
