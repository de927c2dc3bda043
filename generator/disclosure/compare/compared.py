"""A department with all its years compared, each comparison made once."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.compare.chains import Chain, Member, Step, chains_of, steps_of
from disclosure.compare.department_successions import DepartmentSuccession
from disclosure.compare.department_table import TableDifference, table_difference
from disclosure.compare.difference import IndicatorChange, ProjectDifference, project_difference
from disclosure.compare.regrouped import regrouped_indicators
from disclosure.compare.successions import Succession, SuccessionKind, kind_of
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear, budget_of


class ProjectChange(Struct, frozen=True):
    """What became of some projects.

    Attributes:
        succession: Which, and how they belong together.
        difference: What differs; only where one went on as one.
        regrouped: The indicators compared by name, where several projects stand on a side.
    """

    succession: Succession
    difference: ProjectDifference | None
    regrouped: tuple[IndicatorChange, ...] = ()

    @property
    def indicators(self) -> tuple[IndicatorChange, ...]:
        """Every indicator compared; none of new, ended and withdrawn projects."""
        return self.difference.indicators if self.difference else self.regrouped

    @property
    def old_budget(self) -> Decimal | None:
        """Last year's money together, 万元; None where the forms print none."""
        return _budget(self.succession.old)

    @property
    def new_budget(self) -> Decimal | None:
        """This year's money together, 万元; None where the forms print none."""
        return _budget(self.succession.new)

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


def _budget(projects: tuple[ProjectYear, ...]) -> Decimal | None:
    """The money of projects that belong together; a withdrawn one has zero."""
    printed = [one.withdrawn or one.current.budget.counted is not None for one in projects]
    return budget_of(projects) if any(printed) or not projects else None


class Overlap(Struct, frozen=True):
    """What is also counted in another department's comparison of the same two years.

    Attributes:
        old: Projects of the earlier year.
        changes: What became of projects.
    """

    old: tuple[ProjectYear, ...] = ()
    changes: tuple[ProjectChange, ...] = ()


class ComparedYears(Struct, frozen=True):
    """Two consecutive published years of a department; every project stands in one change.

    Where a department took projects over before it had a year of its own, `taken_over` is True:
    `old` holds what these projects were in other departments, `new` holds them and no others.
    `table` compares the tables of the whole department; None where one of the years has none.
    """

    old: DepartmentYear
    new: DepartmentYear
    changes: tuple[ProjectChange, ...]
    taken_over: bool = False
    overlap: Overlap = field(default_factory=Overlap)
    table: TableDifference | None = None

    @property
    def own_changes(self) -> tuple[ProjectChange, ...]:
        """What no other department's comparison of the same two years counts."""
        shared = {id(change) for change in self.overlap.changes}
        return tuple(change for change in self.changes if id(change) not in shared)

    @property
    def kind_counts(self) -> Counter[SuccessionKind]:
        """How many successions of each kind."""
        return Counter(change.succession.kind for change in self.changes)

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

    def as_first_published(self) -> ComparedYears:
        """The same two years with every project as it was first published."""
        years = self.old.year, self.new.year
        return replace(
            self,
            old=_first_year(self.old),
            new=_first_year(self.new),
            changes=tuple(_first_change(change, years) for change in self.changes),
            overlap=Overlap(
                tuple(map(_first, self.overlap.old)),
                tuple(_first_change(change, years) for change in self.overlap.changes),
            ),
        )


class ComparedDepartment(Struct, frozen=True):
    """A department, its pairs of consecutive years (newest first) and its chains of projects.

    `_continued` and `_departures` tell what became of a project the year after, in the department
    and in others, by its first file. `related` are the departments that were compared together
    with it, by their ids, because projects went from one to another; their own `related` is empty.
    `successions` are the departments that it succeeded, and those that succeeded it.
    """

    data: DepartmentData
    years: tuple[ComparedYears, ...]
    chains: tuple[Chain, ...]
    _changes: Mapping[tuple[int, str], ProjectChange]
    _chain: Mapping[tuple[int, str], Chain]
    _continued: Mapping[str, ProjectChange]
    _departures: Mapping[str, ProjectChange] = field(default_factory=dict)
    related: Mapping[str, ComparedDepartment] = field(default_factory=dict)
    successions: tuple[DepartmentSuccession, ...] = ()

    @property
    def others(self) -> tuple[DepartmentData, ...]:
        """The data of the related departments."""
        return tuple(one.data for one in self.related.values())

    def change_to(self, year: int, project: str) -> ProjectChange | None:
        """How the project of that year came out of the year before; None in the first year."""
        return self._changes.get((year, project))

    def change_after(self, project: ProjectYear) -> ProjectChange | None:
        """What became of a project the year after; None in the last year."""
        return self._continued.get(project.first_path)

    def departure_of(self, project: ProjectYear) -> ProjectChange | None:
        """How a project of the department went to others; None when it did not."""
        return self._departures.get(project.first_path)

    def home(self, member: Member) -> ComparedDepartment:
        """The department that had the project then."""
        return self.related[member.department] if member.department else self

    def chain_of(self, year: int, project: str) -> Chain:
        """The project through the years to which the id belonged in that year."""
        return self._chain[year, project]


def compared(department: DepartmentData) -> ComparedDepartment:
    """Compare all years of a department, as if there were no other."""
    steps = steps_of(department, {})
    return assembled(department, steps, tuple(map(years_of, steps)))


def assembled(
    department: DepartmentData, steps: tuple[Step, ...], years: tuple[ComparedYears, ...]
) -> ComparedDepartment:
    """A department of its years compared."""
    chains = tuple(chains_of(department, steps))
    own = department.department.id
    return ComparedDepartment(
        data=department,
        years=years,
        chains=chains,
        _changes={
            (pair.new.year, project.current.id): change
            for pair in years
            for change in pair.changes
            for project in change.succession.new
            if change.succession.home_of(project) in ("", own)
        },
        _chain=by_member(chains),
        _continued={
            project.first_path: change
            for pair in years
            for change in pair.changes
            for project in change.succession.old
        },
    )


def by_member(chains: Iterable[Chain]) -> Mapping[tuple[int, str], Chain]:
    """The chain of each project of a department, by its year and id."""
    return {
        (member.year.year, member.project.current.id): chain
        for chain in chains
        for member in chain.members
    }


def years_of(step: Step) -> ComparedYears:
    """Two years with every change between them."""
    years = step.old.year, step.new.year
    changes = tuple(change_of(succession, *years) for succession in step.successions)
    return ComparedYears(step.old, step.new, changes, table=table_difference(step.old, step.new))


def _first(project: ProjectYear) -> ProjectYear:
    """A project as if nothing had been published of it since."""
    if len(project.versions) == 1:
        return project
    return replace(project, versions=project.versions[:1])


def _first_year(year: DepartmentYear) -> DepartmentYear:
    return replace(year, projects=tuple(map(_first, year.projects)))


def _first_change(change: ProjectChange, years: tuple[int, int]) -> ProjectChange:
    """The same projects as first published, compared again where they were others."""
    succession = change.succession
    old, new = tuple(map(_first, succession.old)), tuple(map(_first, succession.new))
    if all(map(operator.is_, (*old, *new), (*succession.old, *succession.new))):
        return change
    is_transfer = succession.kind is SuccessionKind.TRANSFERRED
    kind = SuccessionKind.TRANSFERRED if is_transfer else kind_of(old, new)
    return change_of(replace(succession, kind=kind, old=old, new=new), *years)


def change_of(succession: Succession, old_year: int, new_year: int) -> ProjectChange:
    """What became of some projects.

    Of a project that went to another department the differences are told there, and once.
    """
    if succession.kind is SuccessionKind.TRANSFERRED:
        return ProjectChange(succession, None)
    called_off = succession.kind in {SuccessionKind.WITHDRAWN, SuccessionKind.RESUMED}
    if len(succession.old) == len(succession.new) == 1:
        (old,), (new,) = succession.old, succession.new
        before, after = succession.place(old), succession.place(new)
        years = before.year.year if before else old_year, after.year.year if after else new_year
        found = project_difference(old.current, new.current, *years)
        # A project that is called off promises nothing, so that nothing became stricter or looser.
        return ProjectChange(succession, replace(found, indicators=()) if called_off else found)
    if called_off or not (succession.old and succession.new):
        return ProjectChange(succession, None)
    compared_rows = regrouped_indicators(succession.old, succession.new, old_year, new_year)
    return ProjectChange(succession, None, compared_rows)
