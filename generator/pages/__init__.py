"""From the data to pages: everything a page says is decided and formatted here.

One module for each kind of page; `common` holds what they share. Templates only lay out
what these views contain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.compare import ComparedDepartment
from generator.dataset import Dataset
from generator.pages.common import Extract, Facets, Link, View, version_of
from generator.pages.comparison import comparison_views
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
from generator.settings import Settings

__all__ = ["FEED", "Event", "Extract", "Facets", "Link", "View", "all_events", "all_views"]


def all_views(
    dataset: Dataset, departments: Sequence[ComparedDepartment], settings: Settings
) -> Iterator[View]:
    """Every generated page of the site, in a fixed order; `departments` are the compared ones."""
    known = dates(dataset)
    for view in _views(dataset, departments, settings):
        yield replace(
            view,
            revision=version_of(view.behind, dataset.history),
            dated=newest(view.behind, known),
        )


def _views(
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
    for department in departments:
        yield department_view(department)
        yield from history_views(department)
        for year in department.data.years:
            disclosure = disclosure_view(department.data, year, settings)
            projects = tuple(project_views(department, year, settings))
            yield disclosure
            yield from projects
            yield print_view(disclosure, projects, settings)
