"""Everything that the site publishes as data: beside its pages, and for download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    licence,
    title,
)
from generator.pages.scopes import Scope, scopes
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
        years = {one.id: one.digests() for one in self.sources} if self._is_known else {}
        for scope in scopes(self.dataset.departments):
            about = self.about(scope)
            key = self._key(years, scope, scope.name, repr(about))
            yield _Work(key, partial(_bundle, scope, about))
        for view in self.views:
            if view.extract:
                about = about_page(view, self.settings)
                key = self._key(years, Scope(), repr(view.extract), repr(about))
                yield _Work(key, partial(_beside, view, about))

    @property
    def _is_known(self) -> bool:
        return all(source.origin for source in self.sources)

    def _key(self, digests: Mapping[str, Mapping[int, str]], scope: Scope, *about: str) -> str:
        """The digest of the rows of a scope, and of what is said of them."""
        if not self._is_known:
            return ""
        rows = [
            one
            for department, years in digests.items()
            for year, one in years.items()
            if scope.holds(department, year)
        ]
        return digest(program(), repr(rows), *about)

    def some(self, department: str | None, year: int | None, forms: Sequence[str]) -> Files:
        """The files of a department and a year in some formats; None asks for all of them.

        Nothing when there is no such department or year.
        """
        wanted = [source.rows() for source in self.sources if department in (None, source.id)]
        scope = Scope(year)
        rows = of_scope(wanted, scope)
        if not rows:
            return {}
        extent = "-".join(filter(None, (department, scope.name if year else ""))) or EVERYTHING
        return bundle(rows, self.about(scope), extent, forms)

    def about(self, scope: Scope) -> About:
        """What the files of a scope say of themselves."""
        here = full_address(DOWNLOADS.address, self.settings)
        known = dates(self.dataset.departments)
        folders = [
            f"{one.department.id}/{year.year}/"
            for one in self.dataset.departments
            for year in one.years
            if scope.holds(one.department.id, year.year)
        ]
        return About(
            title=title(scope, self.settings),
            address=here,
            schema=SCHEMA_FILE,
            licence=licence(self.settings),
            licence_address=f"{here}#{LICENCE_ANCHOR}",
            citation=citation(scope, self.dataset, self.settings),
            day=newest(folders, known),
        )


def _bundle(scope: Scope, about: About, rows: Sequence[DepartmentRows]) -> Files:
    folder = f"{DOWNLOADS.address}{scope.name}/"
    made = bundle(of_scope(rows, scope), about, scope.name)
    return {folder + path: content for path, content in made.items()}


def _beside(view: View, about: About, rows: Sequence[DepartmentRows]) -> Files:
    assert view.extract
    return dict(extract_files({one.id: one for one in rows}, view.extract, about))


def of_scope(departments: Iterable[DepartmentRows], scope: Scope) -> Rows:
    """The rows of a scope; departments of which nothing is in it are left out."""
    parts: list[Rows] = []
    for department in departments:
        years = [one for year, one in department.years.items() if scope.holds(department.id, year)]
        if years:
            parts += [department.who, *(one.all() for one in years)]
    return together(parts)
