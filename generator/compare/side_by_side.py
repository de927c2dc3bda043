"""Two years over several departments: who can be compared, and the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.compare.compared import ComparedDepartment, ComparedYears
from generator.compare.lineage import Fate
from generator.dataset import DepartmentData, budget_of, total


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
    pairs: tuple[tuple[DepartmentData, ComparedYears], ...]
    only_old: tuple[DepartmentData, ...]
    only_new: tuple[DepartmentData, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """Two years in sum: (old, new) of money in 万元 and of projects, and what became of what."""

    budgets: tuple[Decimal, Decimal]
    projects: tuple[int, int]
    fates: Counter[Fate]
    indicators: Counter[str]


def comparable(departments: Iterable[ComparedDepartment]) -> tuple[tuple[int, int], ...]:
    """The pairs of years that can be compared, newest first."""
    pairs = {(pair.old.year, pair.new.year) for one in departments for pair in one.years}
    return tuple(sorted(pairs, reverse=True))


def comparison(departments: Sequence[ComparedDepartment], old: int, new: int) -> Comparison:
    """The departments' years `old` and `new` side by side."""
    pairs = tuple(
        (one.data, pair)
        for one in departments
        for pair in one.years
        if (pair.old.year, pair.new.year) == (old, new)
    )
    compared = {data.department.id for data, _ in pairs}
    rest = [one.data for one in departments if one.data.department.id not in compared]
    only_old, only_new = (
        tuple(data for data in rest if any(one.year == year for one in data.years))
        for year in (old, new)
    )
    return Comparison(old, new, pairs, only_old, only_new)


def sums(pair: ComparedYears) -> Sums:
    """The sums of a department."""
    old, new = pair.old.projects, pair.new.projects
    return Sums(
        budgets=(budget_of(old), budget_of(new)),
        projects=(len(old), len(new)),
        fates=pair.fate_counts,
        indicators=pair.indicator_counts,
    )


def together(parts: Sequence[Sums]) -> Sums:
    """The sums over departments."""
    old, new = (total(part.budgets[side] for part in parts) for side in (0, 1))
    return Sums(
        budgets=(old, new),
        projects=(sum(part.projects[0] for part in parts), sum(part.projects[1] for part in parts)),
        fates=sum((part.fates for part in parts), Counter()),
        indicators=sum((part.indicators for part in parts), Counter()),
    )
