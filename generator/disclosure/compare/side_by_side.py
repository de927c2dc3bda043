"""Two years over several departments: who can be compared, and the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from msgspec import Struct

from disclosure.compare.compared import ComparedDepartment, ComparedYears
from disclosure.compare.successions import SuccessionKind
from disclosure.model.dataset import DepartmentData, budget_of, first_budget_of, total, withdrawn_of

DepartmentT = TypeVar("DepartmentT")
PairT = TypeVar("PairT")


class Side(Struct, Generic[DepartmentT, PairT], frozen=True):
    """A department to stand beside others.

    Attributes:
        department: Whatever stands for it.
        published: The years that it published.
        pairs: Whatever stands for two consecutive published years compared, by these years.
    """

    department: DepartmentT
    published: frozenset[int]
    pairs: Mapping[tuple[int, int], PairT]


class Comparison(Struct, Generic[DepartmentT, PairT], frozen=True):
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
    pairs: tuple[tuple[DepartmentT, PairT], ...]
    only_old: tuple[DepartmentT, ...]
    only_new: tuple[DepartmentT, ...]


class Sums(Struct, frozen=True):
    """Two years in sum, (old, new) where there are two values.

    Attributes:
        budgets: In 万元, of the versions in force.
        first_budgets: As first published.
        projects: How many are in force.
        withdrawn: How many were called off.
        succession_kinds: What became of the projects.
        indicators: What became of the indicators of those that went on.
        first_indicators: The same as first published.
        explained: How many of these have a public note.
        disputed: How many of those that were lowered the department says were not.
        overlap: What of all this the sums of another department hold as well; None for nothing.
    """

    budgets: tuple[Decimal, Decimal]
    first_budgets: tuple[Decimal, Decimal]
    projects: tuple[int, int]
    withdrawn: tuple[int, int]
    succession_kinds: Counter[SuccessionKind]
    indicators: Counter[str]
    first_indicators: Counter[str]
    explained: Counter[str]
    disputed: Counter[str]
    overlap: Sums | None = None


def side(department: ComparedDepartment) -> Side[DepartmentData, ComparedYears]:
    """A department with everything that was compared in it."""
    return Side(
        department.data,
        frozenset(year.year for year in department.data.years),
        {(pair.old.year, pair.new.year): pair for pair in department.years},
    )


def comparable(sides: Iterable[Side[DepartmentT, PairT]]) -> tuple[tuple[int, int], ...]:
    """The pairs of years that can be compared, newest first."""
    return tuple(sorted({years for one in sides for years in one.pairs}, reverse=True))


def comparison(
    sides: Sequence[Side[DepartmentT, PairT]], old: int, new: int
) -> Comparison[DepartmentT, PairT]:
    """The departments' years `old` and `new` side by side."""
    years = old, new
    rest = [one for one in sides if years not in one.pairs]
    return Comparison(
        old,
        new,
        pairs=tuple((one.department, one.pairs[years]) for one in sides if years in one.pairs),
        only_old=tuple(one.department for one in rest if old in one.published),
        only_new=tuple(one.department for one in rest if new in one.published),
    )


def sums(pair: ComparedYears) -> Sums:
    """The sums of a department."""
    old, new = pair.old.projects, pair.new.projects
    withdrawn = withdrawn_of(old), withdrawn_of(new)
    return Sums(
        budgets=(budget_of(old), budget_of(new)),
        first_budgets=(first_budget_of(old), first_budget_of(new)),
        projects=(len(old) - withdrawn[0], len(new) - withdrawn[1]),
        withdrawn=withdrawn,
        succession_kinds=pair.kind_counts,
        indicators=pair.indicator_counts,
        first_indicators=pair.as_first_published().indicator_counts,
        explained=pair.explained_counts,
        disputed=pair.disputed_counts,
        overlap=_overlap(pair),
    )


def summed(parts: Sequence[Sums]) -> Sums:
    """The sums over departments; what several of them hold is counted once."""
    shared = [part.overlap for part in parts if part.overlap] if len(parts) > 1 else []
    once = _added(shared)
    every = _added(parts)
    return Sums(
        budgets=_less(every.budgets, once.budgets),
        first_budgets=_less(every.first_budgets, once.first_budgets),
        projects=(every.projects[0] - once.projects[0], every.projects[1] - once.projects[1]),
        withdrawn=(every.withdrawn[0] - once.withdrawn[0], every.withdrawn[1] - once.withdrawn[1]),
        succession_kinds=every.succession_kinds - once.succession_kinds,
        indicators=every.indicators - once.indicators,
        first_indicators=every.first_indicators - once.first_indicators,
        explained=every.explained - once.explained,
        disputed=every.disputed - once.disputed,
    )


def _less(every: tuple[Decimal, Decimal], once: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return every[0] - once[0], every[1] - once[1]


def _overlap(pair: ComparedYears) -> Sums | None:
    """What another department's comparison of the same years holds too."""
    shared = pair.overlap
    if not (shared.old or shared.changes):
        return None
    counted = ComparedYears(pair.old, pair.new, shared.changes)
    off, nothing = withdrawn_of(shared.old), Decimal(0)
    return Sums(
        budgets=(budget_of(shared.old), nothing),
        first_budgets=(first_budget_of(shared.old), nothing),
        projects=(len(shared.old) - off, 0),
        withdrawn=(off, 0),
        succession_kinds=counted.kind_counts,
        indicators=counted.indicator_counts,
        first_indicators=counted.as_first_published().indicator_counts,
        explained=counted.explained_counts,
        disputed=counted.disputed_counts,
    )


def _added(parts: Sequence[Sums]) -> Sums:
    return Sums(
        budgets=_money(part.budgets for part in parts),
        first_budgets=_money(part.first_budgets for part in parts),
        projects=_numbers(part.projects for part in parts),
        withdrawn=_numbers(part.withdrawn for part in parts),
        succession_kinds=sum((part.succession_kinds for part in parts), Counter()),
        indicators=sum((part.indicators for part in parts), Counter()),
        first_indicators=sum((part.first_indicators for part in parts), Counter()),
        explained=sum((part.explained for part in parts), Counter()),
        disputed=sum((part.disputed for part in parts), Counter()),
    )


def _money(parts: Iterable[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    found = [*parts]
    return total(old for old, _ in found), total(new for _, new in found)


def _numbers(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    found = [*parts]
    return sum(old for old, _ in found), sum(new for _, new in found)
