"""The data beside a page: as JSON all that belongs to it, as CSV the rows of one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from disclosure.config.settings import Settings
from disclosure.exports.downloads_page import DOWNLOADS, LICENCE_ANCHOR, SCHEMA, licence
from disclosure.exports.schema import table
from disclosure.exports.writers.about import About
from disclosure.exports.writers.as_csv import csv_file
from disclosure.exports.writers.as_json import RowLines, json_file
from disclosure.exports.writers.rows import DepartmentRows, ProjectRows, Rows, YearRows, merged
from disclosure.pages.addresses import full_address
from disclosure.pages.view import Extract, View


def files_beside(
    view: View, departments: Mapping[str, DepartmentRows], settings: Settings, lines: RowLines
) -> Iterator[tuple[str, bytes]]:
    """The files beside a page by their address; `departments` are those it is about."""
    if view.extract:
        yield from extract_files(departments, view.extract, about_page(view, settings), lines)


def about_page(view: View, settings: Settings) -> About:
    """What the files beside a page say of themselves."""
    here = full_address(view.address, settings)
    return About(
        title=view.title,
        address=here,
        schema=full_address(SCHEMA, settings) if settings.url else f"/{SCHEMA}",
        licence=licence(settings),
        licence_address=full_address(DOWNLOADS.address, settings) + f"#{LICENCE_ANCHOR}",
        citation=f"{view.title}，{settings.name}，{here}",
        day=view.dated,
    )


def extract_files(
    departments: Mapping[str, DepartmentRows],
    extract: Extract,
    about: About,
    lines: RowLines | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The files of a page by their address: the CSV, then the JSON (see `json_file`)."""
    one = table(extract.table)
    as_csv, as_json = extract.links
    narrow = rows_of(departments, extract, every_version=False)
    yield as_csv.address, csv_file(one, narrow.get(one.name, ()))
    every = rows_of(departments, extract, every_version=True)
    yield as_json.address, json_file(every, about, lines)


def rows_of(
    departments: Mapping[str, DepartmentRows], extract: Extract, *, every_version: bool
) -> Rows:
    """The rows that belong to a page, with those to which they belong in turn.

    The page of a project shows the version in force; `every_version` adds the others.
    """
    wanted = [departments[extract.department]] if extract.department else [*departments.values()]
    parts: list[Rows] = []
    for other, chain in extract.elsewhere:
        years = departments[other].years.values()
        parts += [departments[other].who, *_history(years, chain, every_version)]
    for department in wanted:
        found = [*_of_department(department, extract, every_version)]
        if found:
            parts += [department.who, *found]
    return merged(parts)


def _of_department(
    department: DepartmentRows, extract: Extract, every_version: bool
) -> Iterator[Rows]:
    years = department.years.values()
    if len(extract.years) == 2:
        yield from _comparison(years, extract.years)
    elif not extract.years:
        yield from _history(years, extract.code, every_version)
    elif extract.code:
        year = department.years[extract.years[0]]
        yield year.publication
        yield from _project(year.projects[extract.code], extract.version, every_version)
    else:
        year = department.years[extract.years[0]]
        yield year.all()


def _comparison(years: Iterable[YearRows], both: Sequence[int]) -> Iterator[Rows]:
    for year in years:
        if (year.previous, year.year) == tuple(both):
            yield year.publication
            yield year.changes


def _history(years: Iterable[YearRows], chain: str, every_version: bool) -> Iterator[Rows]:
    """A project through the years."""
    for year in years:
        for project in year.chains.get(chain, ()):
            yield year.publication
            yield from _project(project, "", every_version)


def _project(project: ProjectRows, version: str, every_version: bool) -> Iterator[Rows]:
    yield project.whole
    if version or not every_version:
        yield project.versions[version or project.current]
    else:
        yield from project.versions.values()
