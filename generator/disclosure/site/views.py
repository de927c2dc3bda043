"""Every page view of a site, in a fixed order: those of one department, and those of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from disclosure.compare import ComparedDepartment
from disclosure.config.settings import Settings
from disclosure.exports.downloads_page import downloads_views
from disclosure.model.dataset import GitHistory
from disclosure.model.records import CheckSettings
from disclosure.model.words import Theme
from disclosure.pages.comparison_of_all import comparison_views
from disclosure.pages.comparison_pages import department_comparison_views
from disclosure.pages.coverage import coverage_views
from disclosure.pages.department import department_view
from disclosure.pages.disclosure import disclosure_view
from disclosure.pages.disclosure_pages import disclosure_views
from disclosure.pages.events import Event, changes_view, department_feed, in_order
from disclosure.pages.glossary import glossary_view
from disclosure.pages.history import HistoryView, history_views
from disclosure.pages.home import home_view
from disclosure.pages.notes import notes_view
from disclosure.pages.outline import Outline, dates_of
from disclosure.pages.page_dates import dates, newest
from disclosure.pages.printing import print_views
from disclosure.pages.project import ProjectView, project_views
from disclosure.pages.provenance import revision_of
from disclosure.pages.rule_pages import rules_views
from disclosure.pages.targets import targets_view
from disclosure.pages.themes import theme_links, themes_views
from disclosure.pages.view import Link, View
from disclosure.pages.years import years_views


def site_views(
    departments: Sequence[Outline],
    rules: CheckSettings,
    history: GitHistory,
    settings: Settings,
    themes: Sequence[Theme] = (),
) -> Iterator[View]:
    """The pages that are of no one department, in a fixed order.

    `rules` are those of the data; `themes` must be those by which the outlines were made.
    """
    events = all_events(departments, history)
    home = home_view(departments, settings, events, theme_links(departments, themes))
    views = chain(
        (home,),
        _of_all(departments, rules, events, settings),
        themes_views(departments, themes),
    )
    return _dated(views, dates_of(departments), history)


def all_events(departments: Iterable[Outline], history: GitHistory) -> tuple[Event, ...]:
    """Everything that was published, newest first, what has no date last."""
    return in_order((event for one in departments for event in one.events), history)


def department_views(
    department: ComparedDepartment, history: GitHistory, settings: Settings
) -> Iterator[View]:
    """The pages of a department, in a fixed order: made of its own data and of nothing else.

    Where projects went from one department to another, the related departments' data is its own.
    """
    known = {**dates(department.data)}
    for other in department.others:
        known |= dates(other)
    own = department_feed(department.data)
    views = _with_feeds(_of_department(department, settings), (own,) if own else ())
    return _dated(views, known, history)


def _with_feeds(views: Iterable[View], own: tuple[Link, ...]) -> Iterator[View]:
    """Each with the feed of the department, then with that of the project that it is about.

    A project's page through the years comes before its pages in them, and knows whether it has one.
    """
    of_projects: dict[str, tuple[Link, ...]] = {}
    for view in views:
        feeds = own
        if isinstance(view, HistoryView):
            feeds += of_projects.setdefault(view.address, (view.feed,) if view.feed else ())
        elif isinstance(view, ProjectView):
            feeds += of_projects[view.history.address]
        yield replace(view, feeds=feeds)


def _dated(views: Iterable[View], known: Mapping[str, str], history: GitHistory) -> Iterator[View]:
    for view in views:
        revision = revision_of(view.data_paths, history)
        yield replace(view, revision=revision, dated=newest(view.data_paths, known))


def _of_all(
    departments: Sequence[Outline],
    rules: CheckSettings,
    events: Sequence[Event],
    settings: Settings,
) -> Iterator[View]:
    yield changes_view(events)
    yield from years_views(departments)
    yield targets_view(departments)
    yield from coverage_views(departments)
    yield notes_view([page for one in departments for page in one.notes])
    yield from rules_views(rules)
    yield glossary_view()
    yield from downloads_views(departments, settings)
    yield from comparison_views(departments)


def _of_department(department: ComparedDepartment, settings: Settings) -> Iterator[View]:
    yield department_view(department)
    yield from department_comparison_views(department)
    yield from history_views(department, settings)
    for year in department.data.years:
        disclosure = disclosure_view(department.data, year, settings)
        projects = tuple(project_views(department, year, settings))
        yield from disclosure_views(department.data, year, disclosure)
        yield from projects
        yield from print_views(department.data, year, disclosure, projects, settings)
