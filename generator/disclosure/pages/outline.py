"""What the pages of all departments need of one, so that none of those needs its whole data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from disclosure.compare import ComparedDepartment, ComparedYears, Sums, sums
from disclosure.model.dataset import (
    DepartmentData,
    DepartmentYear,
    first_budget_of,
    withdrawn_of,
)
from disclosure.model.departments import Department
from disclosure.model.words import Theme
from disclosure.pages.addresses import (
    compare_address,
    department_address,
    document_address,
    history_address,
    project_address,
    year_address,
)
from disclosure.pages.change_wording import Count
from disclosure.pages.changed_targets import ChangedTargetRow, changed_target_rows
from disclosure.pages.comparison_parts import comparison_addresses
from disclosure.pages.coverage_counts import Coverage, coverage
from disclosure.pages.events import Event, events
from disclosure.pages.in_force import mark
from disclosure.pages.indicator_list import ChangedIndicatorRow, lowered_indicators
from disclosure.pages.notes import NotedPage, noted_pages
from disclosure.pages.outcomes import OutcomeSums, outcome_sums
from disclosure.pages.page_dates import dates
from disclosure.pages.print_parts import print_addresses
from disclosure.pages.project_successions import ProjectSuccessionRow, project_successions
from disclosure.pages.provenance import project_files, year_folder
from disclosure.pages.shortfalls import Shortfall, evaluated_rows, missed_first
from disclosure.pages.table_comparison import indicator_counts
from disclosure.pages.theme_matches import ThemeMatch, theme_matches
from disclosure.pages.versions import version_addresses
from disclosure.pages.year_parts import year_addresses, year_parts


class ProjectOutline(Struct, frozen=True):
    """A project in a year: its name, its page, its budget in 万元, None where it has none.

    `mark` says that it is not as it was first published; "" when it is.
    `themes` is what it is about.
    """

    name: str
    address: str
    budget: Decimal | None
    mark: str
    withdrawn: bool
    themes: tuple[ThemeMatch, ...] = ()


class YearOutline(Struct, frozen=True):
    """A department's year.

    Attributes:
        year: Which one.
        name: What the department was called then.
        address: Its page.
        folder: Its data, as `View.data_paths` names them.
        budget: Of its projects together, in 万元; a withdrawn one has none any more.
        first_budget: The same as first published.
        projects: All of them, the withdrawn too.
        withdrawn: How many of these were called off.
        changed_targets: What was changed after it was first published.
        outcomes: What the evaluations say of its targets.
        evaluated: What was missed, or evaluated with a reason.
        coverage: How much of what should be published is there.
    """

    year: int
    name: str
    address: str
    folder: str
    budget: Decimal
    first_budget: Decimal
    projects: tuple[ProjectOutline, ...]
    withdrawn: int
    changed_targets: tuple[ChangedTargetRow, ...]
    outcomes: OutcomeSums
    evaluated: tuple[Shortfall, ...]
    coverage: Coverage

    @property
    def in_force(self) -> int:
        """How many projects were not called off."""
        return len(self.projects) - self.withdrawn


class PairOutline(Struct, frozen=True):
    """Two consecutive published years: their page and the sums.

    For `taken_over` see `ComparedYears`; `table` is what became of the indicators of the whole
    department's table, empty where one of the years has none. `lowered` and `successions` are for
    the lists of the later year.
    """

    old: int
    new: int
    address: str
    sums: Sums
    taken_over: bool = False
    table: tuple[Count, ...] = ()
    lowered: tuple[ChangedIndicatorRow, ...] = ()
    successions: tuple[ProjectSuccessionRow, ...] = ()


class Outline(Struct, frozen=True):
    """A department.

    Attributes:
        department: Who it is.
        address: Its page.
        path: The file that says who it is.
        years: Newest first.
        pairs: Its years compared, newest first.
        events: What it published and when, in the order of its years.
        notes: Its pages with public notes.
        dates: See `dates`.
        addresses: All its pages, in the order of `department_views`.
        files: Its data files, relative to the data folder.
        documents: What its years were taken from: the address and the path of each.
        related: The ids of departments from which its projects came or to which they went.
    """

    department: Department
    address: str
    path: str
    years: tuple[YearOutline, ...]
    pairs: tuple[PairOutline, ...]
    events: tuple[Event, ...]
    notes: tuple[NotedPage, ...]
    dates: Mapping[str, str]
    addresses: tuple[str, ...]
    files: tuple[str, ...]
    related: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Which department it is."""
        return self.department.id


def outline(compared: ComparedDepartment, themes: Sequence[Theme] = ()) -> Outline:
    """What the others need of a department."""
    data = compared.data
    years = tuple(year_outline(data, year, themes) for year in data.years)
    return Outline(
        department=data.department,
        address=department_address(data),
        path=data.path,
        years=years,
        pairs=tuple(_pair(data, pair) for pair in compared.years),
        events=tuple(events(data)),
        notes=tuple(noted_pages(data)),
        dates=dates(data),
        addresses=tuple(_addresses(compared, years)),
        files=tuple(_files(data)),
        related=tuple(compared.related),
        documents=tuple(
            (document_address(data, year), year.document.path)
            for year in data.years
            if year.document
        ),
    )


def dates_of(outlines: Iterable[Outline]) -> Mapping[str, str]:
    """The dates of several departments, and the newest of all as that of the data folder."""
    found: dict[str, str] = {}
    for one in outlines:
        newest = max(found.get("", ""), one.dates.get("", ""))
        found.update(one.dates)
        if newest:
            found[""] = newest
    return found


def year_outline(
    data: DepartmentData, year: DepartmentYear, themes: Sequence[Theme] = ()
) -> YearOutline:
    """What the others need of a year."""
    projects = (
        ProjectOutline(
            project.current.name,
            project_address(data, year, project),
            project.current.budget.counted,
            mark(project),
            project.withdrawn,
            tuple(theme_matches(project, themes)),
        )
        for project in year.projects
    )
    return YearOutline(
        year=year.year,
        name=year.department.name,
        address=year_address(data, year),
        folder=year_folder(data, year),
        budget=year.budget,
        first_budget=first_budget_of(year.projects),
        projects=tuple(projects),
        withdrawn=withdrawn_of(year.projects),
        changed_targets=tuple(changed_target_rows(data, year)),
        outcomes=outcome_sums(year),
        evaluated=missed_first(evaluated_rows(data, year)),
        coverage=coverage(data, year),
    )


def _pair(data: DepartmentData, pair: ComparedYears) -> PairOutline:
    old, new = pair.old.year, pair.new.year
    return PairOutline(
        old=old,
        new=new,
        address=compare_address(data, old, new),
        sums=sums(pair),
        taken_over=pair.taken_over,
        table=indicator_counts(pair),
        lowered=lowered_indicators(data, pair),
        successions=tuple(project_successions(data, pair)),
    )


def _addresses(compared: ComparedDepartment, years: Sequence[YearOutline]) -> Iterator[str]:
    data = compared.data
    yield department_address(data)
    for pair in compared.years:
        yield from comparison_addresses(data, pair)
    yield from (history_address(data, chain.first_id) for chain in compared.chains)
    for year, own in zip(data.years, years, strict=True):
        missed = [row for row in own.evaluated if row.missed]
        parts = year_parts(data, year, missed, own.changed_targets)
        yield from year_addresses(data, year, len(parts))
        for project in year.projects:
            yield from version_addresses(project, project_address(data, year, project))
        yield from print_addresses(data, year)


def _files(data: DepartmentData) -> Iterator[str]:
    yield data.path
    for year in data.years:
        yield year.path
        if year.result_path:
            yield year.result_path
        for project in year.projects:
            yield from project_files(project)
