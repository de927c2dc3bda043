"""A department with all its years compared, each comparison made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from disclosure.compare.across import across
from disclosure.compare.chains import Chain, Step, lineage
from disclosure.compare.difference import IndicatorChange, ProjectDifference, difference
from disclosure.compare.lineage import Fate, Succession
from disclosure.model.dataset import DepartmentData, DepartmentYear, budget_of


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """What became of some projects.

    Attributes:
        succession: Which, and how they belong together.
        difference: What differs; only where one went on as one.
        across: The indicators compared by name, where several projects stand on a side.
    """

    succession: Succession
    difference: ProjectDifference | None
    across: tuple[IndicatorChange, ...] = ()

    @property
    def indicators(self) -> tuple[IndicatorChange, ...]:
        """Every indicator compared; none of new, ended and withdrawn projects."""
        return self.difference.indicators if self.difference else self.across

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
        return Counter(item.state for item in self.indicators)

    @property
    def explained_counts(self) -> Counter[str]:
        """How many of them have a public note."""
        return Counter(item.state for item in self.indicators if item.notes)

    @property
    def disputed_counts(self) -> Counter[str]:
        """How many were lowered and are stated by the department not to have been."""
        return Counter(item.state for item in self.indicators if item.disputed)


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
        """The sum over all projects that went on, together or apart."""
        return sum((change.indicator_counts for change in self.changes), Counter())

    @property
    def explained_counts(self) -> Counter[str]:
        """How many of these have a public note."""
        return sum((change.explained_counts for change in self.changes), Counter())

    @property
    def disputed_counts(self) -> Counter[str]:
        """How many of these were lowered and are stated not to have been."""
        return sum((change.disputed_counts for change in self.changes), Counter())


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
    years = step.old.year, step.new.year
    for succession in step.successions:
        called_off = succession.fate in {Fate.WITHDRAWN, Fate.RESUMED}
        if len(succession.old) == 1 and len(succession.new) == 1:
            pair = succession.old[0].current, succession.new[0].current
            found = difference(*pair, *years)
            # Whoever is called off promises nothing, so that nothing became stricter or looser.
            yield ProjectChange(succession, replace(found, indicators=()) if called_off else found)
        elif called_off or not (succession.old and succession.new):
            yield ProjectChange(succession, None)
        else:
            yield ProjectChange(succession, None, across(succession.old, succession.new, *years))
