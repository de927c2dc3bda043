"""Everything that the site publishes as data: beside its pages, and for download."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from disclosure.config.settings import Settings
from disclosure.engine.cache import Input
from disclosure.engine.site_folder import FileTask
from disclosure.exports.downloads_page import (
    DOWNLOADS,
    LICENCE_ANCHOR,
    SCHEMA,
    citation,
    licence,
    title,
)
from disclosure.exports.schema.files import SCHEMA_FILE
from disclosure.exports.writers.about import About
from disclosure.exports.writers.as_json import json_schema
from disclosure.exports.writers.bundle import FileContents, bundle
from disclosure.exports.writers.extracts import about_page, extract_files
from disclosure.exports.writers.rows import Rows, merged
from disclosure.pages.addresses import full_address
from disclosure.pages.outline import Outline, dates_of
from disclosure.pages.page_dates import newest
from disclosure.pages.scopes import EVERYTHING, Scope, fits_one_file, scopes
from disclosure.pages.view import View
from disclosure.site.row_cache import RowSource


class OpenData(Struct, frozen=True):
    """The open data of a site; its files are made when they are asked for.

    Attributes:
        sources: The rows of each department.
        views: The pages that are of no one department: the others have their data beside them.
        settings: What the site says of itself.
    """

    sources: Sequence[RowSource]
    views: Sequence[View]
    settings: Settings

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file by its address: beside the pages, then by scope."""
        for work in self.tasks():
            yield from work.make()

    def tasks(self) -> Iterator[FileTask]:
        """How they are made, the largest first, so that no process is left with it at last."""
        known = dates_of(self._outlines)
        for scope in scopes(self._outlines):
            about = self.about(scope, known)
            inputs = partial(self._inputs, [scope], scope.name, repr(about))
            yield FileTask("downloads", inputs, partial(_bundle, self.sources, scope, about))
        for view in self.views:
            if view.extract:
                about = about_page(view, self.settings)
                shown = [Scope(year) for year in view.extract.years or (None,)]
                inputs = partial(self._inputs, shown, repr(view.extract), repr(about))
                yield FileTask("extract", inputs, partial(_beside, self.sources, view, about))
        if not fits_one_file(self._outlines):  # otherwise it stands beside the file of everything
            yield FileTask("schema of the downloads", tuple, _schema)

    @property
    def _outlines(self) -> tuple[Outline, ...]:
        return tuple(source.analysed.outline for source in self.sources)

    def _inputs(self, of: Sequence[Scope], *about: str) -> Iterator[Input]:
        """The rows of some scopes, and what is said of them."""
        for source in self.sources:
            for year, rows in source.digests.items():
                if any(scope.holds(source.id, year) for scope in of):
                    yield rows
        yield repr(about)

    def some(
        self, department: str | None, year: int | None, formats: Sequence[str]
    ) -> FileContents:
        """The files of a department and a year in some formats; None asks for all of them.

        Nothing when there is no such department or year.
        """
        scope = Scope(year, frozenset({department}) if department else None)
        rows = of_scope(self.sources, scope)
        if not rows:
            return {}
        name = "-".join(filter(None, (department, scope.name if year else ""))) or EVERYTHING
        about = self.about(Scope(year), dates_of(self._outlines))
        return bundle(rows, about, name, formats)

    def about(self, scope: Scope, known: Mapping[str, str]) -> About:
        """What the files of a scope say of themselves; `known` is from when all data are."""
        here = full_address(DOWNLOADS.address, self.settings)
        folders = [
            year.folder
            for one in self._outlines
            for year in one.years
            if scope.holds(one.id, year.year)
        ]
        return About(
            title=title(scope, self.settings),
            address=here,
            schema=SCHEMA_FILE,
            licence=licence(self.settings),
            licence_address=f"{here}#{LICENCE_ANCHOR}",
            citation=citation(scope, known, self.settings),
            day=newest(folders, known),
        )


def _schema() -> list[tuple[str, bytes]]:
    return [(SCHEMA, json_schema())]


def _bundle(sources: Sequence[RowSource], scope: Scope, about: About) -> list[tuple[str, bytes]]:
    folder = f"{DOWNLOADS.address}{scope.name}/"
    made = bundle(of_scope(sources, scope), about, scope.name)
    return [(folder + path, content) for path, content in made.items()]


def _beside(sources: Sequence[RowSource], view: View, about: About) -> Iterator[tuple[str, bytes]]:
    assert view.extract
    years = view.extract.years or None
    return extract_files({one.id: one.rows(years) for one in sources}, view.extract, about)


def of_scope(sources: Iterable[RowSource], scope: Scope) -> Rows:
    """The rows of a scope; departments of which nothing is in it are left out."""
    parts: list[Rows] = []
    for source in sources:
        years = [year for year in source.years if scope.holds(source.id, year)]
        if years:
            department = source.rows(years)
            parts += [department.who, *(one.all() for one in department.years.values())]
    return merged(parts)
