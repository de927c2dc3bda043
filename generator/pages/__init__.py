"""From the data to pages: everything a page says is decided and formatted here.

One module for each kind of page; `common` holds what they share. Templates only lay out
what these views contain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.compare import ComparedDepartment
from generator.dataset import Dataset, History
from generator.pages.common import (
    Extract,
    Facets,
    Link,
    View,
    compare_address,
    department_address,
    history_address,
    print_address,
    project_address,
    version_of,
    year_address,
)
from generator.pages.comparison import comparison_views, department_comparison_views
from generator.pages.dates import dates, newest
from generator.pages.disclosure import disclosure_view
from generator.pages.downloads import downloads_views
from generator.pages.events import FEED, Event, all_events, changes_view
from generator.pages.glossary import glossary_view
from generator.pages.history import history_views
from generator.pages.lists import department_view, home_view, years_views
from generator.pages.notes import notes_view
from generator.pages.printing import print_view
from generator.pages.project import project_views
from generator.pages.rules import rules_views
from generator.pages.versions import version_addresses
from generator.settings import Settings

__all__ = [
    "FEED",
    "Event",
    "Extract",
    "Facets",
    "Link",
    "View",
    "all_events",
    "all_views",
    "department_addresses",
    "department_views",
    "site_views",
]


def all_views(
    dataset: Dataset, departments: Sequence[ComparedDepartment], settings: Settings
) -> Iterator[View]:
    """Every generated page of the site, in a fixed order; `departments` are the compared ones."""
    yield from site_views(dataset, departments, settings)
    for department in departments:
        yield from department_views(department, dataset.history, settings)


def site_views(
    dataset: Dataset, departments: Sequence[ComparedDepartment], settings: Settings
) -> Iterator[View]:
    """The pages that are of no one department, in a fixed order."""
    return _dated(
        _of_all(dataset, departments, settings), dates(dataset.departments), dataset.history
    )


def department_views(
    department: ComparedDepartment, history: History, settings: Settings
) -> Iterator[View]:
    """The pages of a department, in a fixed order: made of its own data and of nothing else."""
    return _dated(_of_department(department, settings), dates([department.data]), history)


def department_addresses(department: ComparedDepartment) -> Iterator[str]:
    """Where the pages of a department are, in the order of `department_views`, without them."""
    data = department.data
    yield department_address(data)
    yield from (compare_address(data, pair.old.year, pair.new.year) for pair in department.years)
    yield from (history_address(data, chain.first_code) for chain in department.chains)
    for year in data.years:
        yield year_address(data, year)
        for project in year.projects:
            yield from version_addresses(project, project_address(data, year, project))
        yield print_address(data, year)


def _dated(views: Iterable[View], known: Mapping[str, str], history: History) -> Iterator[View]:
    for view in views:
        revision = version_of(view.behind, history)
        yield replace(view, revision=revision, dated=newest(view.behind, known))


def _of_all(
    dataset: Dataset, departments: Sequence[ComparedDepartment], settings: Settings
) -> Iterator[View]:
    events = all_events(dataset)
    yield home_view(dataset, settings, events)
    yield changes_view(events)
    yield from years_views(dataset)
    yield notes_view(dataset)
    yield from rules_views(dataset.settings)
    yield glossary_view()
    yield from downloads_views(dataset, settings)
    yield from comparison_views(departments)


def _of_department(department: ComparedDepartment, settings: Settings) -> Iterator[View]:
    yield department_view(department)
    yield from department_comparison_views(department)
    yield from history_views(department)
    for year in department.data.years:
        disclosure = disclosure_view(department.data, year, settings)
        projects = tuple(project_views(department, year, settings))
        yield disclosure
        yield from projects
        yield print_view(disclosure, projects, settings)
