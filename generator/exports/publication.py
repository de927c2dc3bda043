"""Everything that the site publishes as data: beside its pages, and for download."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator import parallel
from generator.dataset import Dataset
from generator.exports.about import About
from generator.exports.as_json import json_schema
from generator.exports.bundle import Files, bundle
from generator.exports.extracts import about_page, extract_files
from generator.exports.rows import DepartmentRows, Rows, together
from generator.exports.sources import RowSource
from generator.kept import NOTHING, Kept, digest, program
from generator.opendata.files import EVERYTHING, SCHEMA_FILE
from generator.pages import View
from generator.pages.common import full_address
from generator.pages.dates import dates, newest
from generator.pages.downloads import (
    DOWNLOADS,
    LICENCE_ANCHOR,
    SCHEMA,
    citation,
    extent_name,
    extents,
    licence,
    title,
)
from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class _Work:
    """Some files that are made together.

    Attributes:
        key: A digest of all that they are made from; "" when that is not known.
        make: Makes them of the rows of all departments, by their address.
    """

    key: str
    make: Callable[[Sequence[DepartmentRows]], Files]


@dataclass(frozen=True, slots=True)
class Publication:
    """The open data of a site; its files are made when they are asked for.

    Attributes:
        dataset: All data.
        sources: The rows of each department.
        views: The pages that are of no one department: the others have their data beside them.
        settings: What the site says of itself.
        kept: Where files are kept from one build to the next.
    """

    dataset: Dataset
    sources: Sequence[RowSource]
    views: Sequence[View]
    settings: Settings
    kept: Kept = NOTHING

    def files(self, jobs: int = 1) -> Iterator[tuple[str, bytes]]:
        """Every file by its address: beside the pages, then by extent; so many processes share."""
        yield SCHEMA, json_schema()  # where there is no file of everything it is there all the same
        anew: list[_Work] = []
        for work in self._works():
            found = self.kept.get(work.key, dict) if work.key else None
            if found is None:
                anew.append(work)
            else:
                yield from found.items()
        rows = [source.rows() for source in self.sources] if anew else []
        for made in parallel.each(partial(self._make, rows), anew, jobs):
            yield from made.items()

    def keys(self) -> Iterator[str]:
        """Under which keys something is kept."""
        for source in self.sources:
            yield from source.keys()
        yield from (work.key for work in self._works())

    def _make(self, rows: Sequence[DepartmentRows], work: _Work) -> Files:
        made = work.make(rows)
        if work.key:
            self.kept.put(work.key, made)
        return made

    def _works(self) -> Iterator[_Work]:
        """Everything to be made, the largest first, so that no process is left with it at last."""
        years = [source.digests() if self._is_known else {} for source in self.sources]
        for year in extents(self.dataset.departments):
            about, name = self.about(year), extent_name(year)
            key = self._key(years, {year} if year else None, name, repr(about))
            yield _Work(key, partial(_bundle, year, about))
        for view in self.views:
            if view.extract:
                about = about_page(view, self.settings)
                wanted = set(view.extract.years) or None
                key = self._key(years, wanted, repr(view.extract), repr(about))
                yield _Work(key, partial(_beside, view, about))

    @property
    def _is_known(self) -> bool:
        return all(source.origin for source in self.sources)

    def _key(
        self, digests: Sequence[Mapping[int, str]], years: Container[int] | None, *about: str
    ) -> str:
        """The digest of the rows of some years, with None of all, and of what is said of them."""
        if not self._is_known:
            return ""
        rows = [
            [one for year, one in found.items() if years is None or year in years]
            for found in digests
        ]
        return digest(program(), repr(rows), *about)

    def some(self, department: str | None, year: int | None, forms: Sequence[str]) -> Files:
        """The files of a department and a year in some formats; None asks for all of them.

        Nothing when there is no such department or year.
        """
        wanted = [
            source.rows()
            for source in self.sources
            if department in (None, source.department.data.department.id)
        ]
        rows = of_year(wanted, year)
        if not rows:
            return {}
        extent = (
            "-".join(filter(None, (department, extent_name(year) if year else ""))) or EVERYTHING
        )
        return bundle(rows, self.about(year), extent, forms)

    def about(self, year: int | None) -> About:
        """What the files of a year say of themselves, or with None those of everything."""
        here = full_address(DOWNLOADS.address, self.settings)
        known = dates(self.dataset.departments)
        folders = [f"{one.department.id}/{year}/" for one in self.dataset.departments]
        return About(
            title=title(year, self.settings),
            address=here,
            schema=SCHEMA_FILE,
            licence=licence(self.settings),
            licence_address=f"{here}#{LICENCE_ANCHOR}",
            citation=citation(year, self.dataset, self.settings),
            day=newest(folders if year else [""], known),
        )


def _bundle(year: int | None, about: About, rows: Sequence[DepartmentRows]) -> Files:
    folder = f"{DOWNLOADS.address}{extent_name(year)}/"
    made = bundle(of_year(rows, year), about, extent_name(year))
    return {folder + path: content for path, content in made.items()}


def _beside(view: View, about: About, rows: Sequence[DepartmentRows]) -> Files:
    assert view.extract
    return dict(extract_files({one.id: one for one in rows}, view.extract, about))


def of_year(departments: Iterable[DepartmentRows], year: int | None) -> Rows:
    """The rows of a year, or with None of all; departments without that year are left out."""
    parts: list[Rows] = []
    for department in departments:
        years = [one for number, one in department.years.items() if year in (None, number)]
        if years:
            parts += [department.who, *(one.all() for one in years)]
    return together(parts)
