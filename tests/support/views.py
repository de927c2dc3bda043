"""Every page of a site as it is decided, and everything that was published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from disclosure.config.settings import Settings
from disclosure.model.dataset import Dataset, GitHistory
from disclosure.pages.events import Event, events, in_order
from disclosure.pages.view import View
from disclosure.site.department_analysis import Analysis
from disclosure.site.views import department_views, site_views


def all_views(found: Analysis, history: GitHistory, settings: Settings) -> Iterator[View]:
    """The pages of the whole, then those of each department."""
    yield from site_views(found.outlines, found.settings, history, settings, found.words.themes)
    for department in found.departments:
        yield from department_views(department, history, settings)


def all_events(dataset: Dataset) -> tuple[Event, ...]:
    """What was published, newest first."""
    return in_order(chain.from_iterable(map(events, dataset.departments)), dataset.history)
