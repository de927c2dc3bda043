"""A department with all its years compared, each comparison made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from disclosure.compare.chains import Chain, Step, lineage
from disclosure.compare.difference import ProjectDifference, difference
from disclosure.compare.lineage import Fate, Succession
from disclosure.model.dataset import DepartmentData, DepartmentYear, budget_of

ADDED, DROPPED = "added", "dropped"


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """What became of some projects; `difference` only where one went on as one."""

    succession: Succession
    difference: ProjectDifference | None

    @property
    def old_budget(self) -> Decimal:
        """Last year's money together, 万元."""
        return budget_of(self.succession.old)

    @property
    def new_budget(self) -> Decimal:
        """This year's money together, 万元."""
        return budget_of(self.succession.new)

    @property
    def indicator_counts(self) -> Counter[str]:
        """How many indicators became what: the values of `Change`, `added`, `dropped`."""
        if self.difference is None:
            return Counter()
        return Counter(
            item.verdict.change if item.verdict else DROPPED if item.new is None else ADDED
            for item in self.difference.indicators
        )


@dataclass(frozen=True, slots=True)
class ComparedYears:
    """Two consecutive published years of a department; every project stands in one change."""

    old: DepartmentYear
    new: DepartmentYear
    changes: tuple[ProjectChange, ...]

    @property
    def fate_counts(self) -> Counter[Fate]:
        """How many successions of each kind."""
        return Counter(change.succession.fate for change in self.changes)

    @property
    def indicator_counts(self) -> Counter[str]:
        """The sum over all projects that went on."""
        return sum((change.indicator_counts for change in self.changes), Counter())


@dataclass(frozen=True, slots=True)
class ComparedDepartment:
    """A department, its pairs of consecutive years (newest first) and its chains of projects."""

    data: DepartmentData
    years: tuple[ComparedYears, ...]
    chains: tuple[Chain, ...]
    _changes: Mapping[tuple[int, str], ProjectChange]
    _chain: Mapping[tuple[int, str], Chain]

    def change_to(self, year: int, code: str) -> ProjectChange | None:
        """How the project of that year came out of the year before; None in the first year."""
        return self._changes.get((year, code))

    def chain_of(self, year: int, code: str) -> Chain:
        """The project through the years to which the code belonged in that year."""
        return self._chain[year, code]


def compared(department: DepartmentData) -> ComparedDepartment:
    """Compare all years of a department."""
    line = lineage(department)
    years = tuple(ComparedYears(step.old, step.new, tuple(_changes(step))) for step in line.steps)
    return ComparedDepartment(
        data=department,
        years=years,
        chains=line.chains,
        _changes={
            (pair.new.year, project.current.code): change
            for pair in years
            for change in pair.changes
            for project in change.succession.new
        },
        _chain={
            (member.year.year, member.project.current.code): chain
            for chain in line.chains
            for member in chain.members
        },
    )


def _changes(step: Step) -> Iterator[ProjectChange]:
    for succession in step.successions:
        if len(succession.old) == 1 and len(succession.new) == 1:
            pair = succession.old[0].current, succession.new[0].current
            yield ProjectChange(succession, difference(*pair, step.old.year, step.new.year))
        else:
            yield ProjectChange(succession, None)
