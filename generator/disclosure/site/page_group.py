"""Page groups: the units in which workers make the pages of a site.

What a department adds to the site depends on its own data and on nothing else, so that a worker
can make its pages without the others. Pages of no department are grouped by the folder that their
addresses begin with, such as those of the rules.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

import msgspec
from msgspec.structs import asdict

from disclosure.config.settings import Settings
from disclosure.engine.cache import Input
from disclosure.exports.writers.as_json import RowLines
from disclosure.exports.writers.extracts import files_beside, rows_of
from disclosure.exports.writers.life_csv import life_csv
from disclosure.exports.writers.rows import DepartmentRows, department_rows
from disclosure.model.dataset import GitHistory
from disclosure.pages.addresses import source_address
from disclosure.pages.department import DepartmentView
from disclosure.pages.history import HistoryView
from disclosure.pages.project import ProjectView
from disclosure.pages.render import MarkdownFile, page_path
from disclosure.pages.view import View
from disclosure.search import SearchName
from disclosure.site.feed import feed, project_feed
from disclosure.site.row_cache import RowSource
from disclosure.site.target_files import store_targets
from disclosure.site.views import all_events, department_views

#: Writes what a page is made from, to be digested; what it does not know it takes from `repr`.
_ENCODER = msgspec.msgpack.Encoder(enc_hook=repr, order="deterministic")


class PageGroup(ABC):
    """Some pages of one folder and all that goes with them, made when they are asked for.

    Attributes:
        sizes: Of the files that its pages offer, in bytes by their addresses: known once they
            are made, and used by the pages that are made after that.
    """

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}

    @abstractmethod
    def inputs(self) -> Iterator[Input]:
        """Everything it is made from."""

    @abstractmethod
    def _make_views(self) -> tuple[View, ...]:
        """What stands on its pages."""

    @cached_property
    def views(self) -> tuple[View, ...]:
        """What stands on its pages, held until `forget`."""
        return self._make_views()

    @property
    def folder(self) -> str:
        """What the paths of its pages begin with, below the folder of all pages."""
        return folder_of(page_path(next(self.addresses())))

    def addresses(self) -> Iterator[str]:
        """Where its pages are; they need not be made for that."""
        return (view.address for view in self.views)

    @cached_property
    def _pages(self) -> Mapping[str, MarkdownFile]:
        pages = {view.address: MarkdownFile(view, self.sizes) for view in self.views}
        assert list(pages) == [*self.addresses()]
        return pages

    @property
    def size(self) -> int:
        """How many pages it has."""
        return sum(1 for _ in self.addresses())

    def page(self, address: str) -> MarkdownFile:
        """One of its pages."""
        return self._pages[address]

    def page_ahead(self, address: str) -> MarkdownFile | None:
        """One of its pages before all that it offers is made; None if that cannot be known yet."""
        page = self.page(address)
        return None if page.view.offered else page

    def pages(self) -> Iterator[MarkdownFile]:
        """All of its pages."""
        yield from self._pages.values()

    def dated(self) -> tuple[str, ...]:
        """The newest date behind each of its pages, in the order of `addresses`; "" for none."""
        return tuple(view.dated for view in self.views)

    def sources(self) -> Iterator[tuple[str, str]]:
        """Its data files, which are published as they are: the address and the path of each."""
        return iter(())

    def entries(self) -> Iterator[SearchName]:
        """What can be found by name or code alone."""
        return iter(())

    def view_inputs(self, view: View) -> Iterator[str | bytes]:
        """Everything that one of its pages and the data beside it are made from."""
        # The type of a field says what its value is; `repr` says it again and takes seven times
        # as long.
        yield type(view).__name__
        yield _ENCODER.encode(view)

    def data_beside(self, view: View) -> Iterator[tuple[str, bytes]]:  # noqa: ARG002 - others have
        """The data beside one of its pages, each file with its address."""
        return iter(())

    def own_files(self) -> Iterator[tuple[str, bytes]]:
        """What is made of all of it, each file with its address."""
        return iter(())

    def data_files(self) -> Iterator[tuple[str, bytes]]:
        """All of its data, each file with its address."""
        for view in self.views:
            yield from self.data_beside(view)
        yield from self.own_files()

    def markdown(self) -> Iterator[tuple[str, bytes]]:
        """The Markdown of its pages, each beside its page."""
        return (page.take() for page in self.pages())

    def forget_rows(self) -> None:  # noqa: B027 - most groups have none
        """Release what only the data beside its pages are made of."""

    def forget(self) -> None:
        """Release what was made or loaded: all groups together would fill the memory."""
        self.__dict__.pop("views", None)
        self.__dict__.pop("_pages", None)


def folder_of(path: str) -> str:
    """The first folder of a page's path, which names its group; of none the page itself."""
    return path.partition("/")[0]


class SharedPages(PageGroup):
    """Pages of no one department."""

    def __init__(self, views: Sequence[View]) -> None:
        """Take what stands on them."""
        super().__init__()
        self._given = tuple(views)

    def inputs(self) -> Iterator[Input]:
        """What stands on the pages, and how large the files are that they offer."""
        for view in self._given:
            yield from self.view_inputs(view)
        yield repr(sorted(self.sizes.items()))

    @property
    def offered(self) -> frozenset[str]:
        """The addresses of the files that its pages offer."""
        return frozenset(address for view in self._given for address in view.offered)

    def _make_views(self) -> tuple[View, ...]:
        return self._given


def shared_page_groups(views: Iterable[View]) -> tuple[SharedPages, ...]:
    """Pages of no one department, those of one folder together; they follow each other."""
    by_folder = groupby(views, key=lambda view: folder_of(page_path(view.address)))
    return tuple(SharedPages(tuple(own)) for _, own in by_folder)


class DepartmentPages(PageGroup):
    """A department's pages: its projects and itself can be found by name, and have data."""

    def __init__(self, source: RowSource, history: GitHistory, settings: Settings) -> None:
        """Take what it is made from.

        Args:
            source: The department, and its rows.
            history: What git knows of its folder, and of no other.
            settings: What its pages say of the site.
        """
        super().__init__()
        self.source, self._history, self._settings = source, history, settings

    def inputs(self) -> Iterator[Input]:
        """The data, what git knows of them, and what its pages say of the site."""
        known = self._history
        yield self.source.entry
        yield repr((sorted(known.first.items()), sorted(known.last.items())))
        yield repr(sorted(known.uncommitted))
        yield repr(self._settings)

    def _make_views(self) -> tuple[View, ...]:
        return tuple(department_views(self.source.department, self._history, self._settings))

    @cached_property
    def _rows(self) -> Mapping[str, DepartmentRows]:
        """Its rows of open data, and those of departments that its projects were in."""
        rows = self.source.rows()
        extracts = (view.extract for view in self.views if view.extract)
        wanted = {other for extract in extracts for other, _ in extract.elsewhere} - {rows.id}
        related = self.source.department.related if wanted else {}
        return {rows.id: rows, **{one: department_rows(related[one]) for one in sorted(wanted)}}

    @cached_property
    def _lines(self) -> RowLines:
        """Rows as JSON: each stands in the files of several pages."""
        return RowLines()

    def forget_rows(self) -> None:
        """Release what only the data beside its pages are made of."""
        self.__dict__.pop("_rows", None)
        self.__dict__.pop("_lines", None)

    def forget(self) -> None:
        """Release what was made or loaded: all groups together would fill the memory."""
        super().forget()
        self.forget_rows()
        self.source.forget()

    def addresses(self) -> Iterator[str]:
        """Where its pages are; they need not be made for that."""
        return iter(self.source.analysed.outline.addresses)

    def sources(self) -> Iterator[tuple[str, str]]:
        """Its data files, which are published as they are: the address and the path of each."""
        for path in self.source.analysed.outline.files:
            yield source_address(path), path
        yield from self.source.analysed.outline.documents

    def entries(self) -> Iterator[SearchName]:
        """What can be found by name or code alone: its projects, itself and its units."""
        for view in self.views:
            if view.facets is None:
                continue
            facets = asdict(view.facets)
            if isinstance(view, ProjectView):
                yield SearchName(view.title, view.head.code, view.address, **facets)
            elif isinstance(view, DepartmentView):
                for code, name in ((view.code, view.title), *view.units):
                    yield SearchName(name, code, view.address, **facets)

    def view_inputs(self, view: View) -> Iterator[str | bytes]:
        """Everything that one of its pages and the data beside it are made from."""
        yield from super().view_inputs(view)
        yield repr(self._settings)
        if view.extract:
            rows = rows_of(self._rows, view.extract, every_version=False)
            every = rows_of(self._rows, view.extract, every_version=True)
            yield _ENCODER.encode((rows, every))

    def data_beside(self, view: View) -> Iterator[tuple[str, bytes]]:
        """The data beside one of its pages, each file with its address."""
        yield from files_beside(view, self._rows, self._settings, self._lines)
        if isinstance(view, HistoryView):
            yield view.csv.address, life_csv(view)
            if view.feed:
                yield view.feed.address, project_feed(view, view.feed, self._settings)

    def own_files(self) -> Iterator[tuple[str, bytes]]:
        """What is made of all of it, each file with its address."""
        for own_feed in self.views[0].feeds:
            events = all_events([self.source.analysed.outline], self._history)
            yield own_feed.address, feed(events, own_feed, self._settings)
        store_targets(self.source)

    def page_ahead(self, address: str) -> MarkdownFile | None:
        """One of its pages before all that it offers is made: with its own files alone."""
        page = self.page(address)
        self.sizes |= {file: len(content) for file, content in self.data_beside(page.view)}
        return page
