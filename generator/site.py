"""The whole way from the data folder to the site, readable top to bottom.

read → compare and check → pages → render → Markdown, in memory for the MkDocs plugin or on
disk for any other engine. `building` runs MkDocs and puts the finished site in place.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator import checks, compare, configuration, handwritten, reading
from generator.dataset import SETTINGS_FILE, Dataset, History
from generator.diagnostics import Diagnostic, Remark, Severity, has_errors, in_reading_order
from generator.exports.pdf import Filed, filed
from generator.exports.publication import Publication
from generator.feed import feed
from generator.pages import FEED, View, all_events, all_views
from generator.pages.common import source_address
from generator.pages.lists import DepartmentView
from generator.pages.project import ProjectView
from generator.render import MarkdownFile, render
from generator.search import Entry
from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """A data file that is published as it is, at `address`."""

    address: str
    path: Path


@dataclass(frozen=True, slots=True)
class Site:
    """Everything generated from a data folder.

    Attributes:
        diagnostics: All findings; when one is an error, the rest is empty.
        files: The pages as Markdown.
        sources: The data files, published byte for byte.
        entries: The catalogue of names and codes for search.
        filed: What has a PDF.
        publication: The open data; None when there is an error.
        feed: What was published and when, as Atom; b"" when nothing has a date.
        history: What git knows of the data.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: tuple[MarkdownFile, ...] = ()
    sources: tuple[Source, ...] = ()
    entries: tuple[Entry, ...] = ()
    filed: tuple[Filed, ...] = ()
    publication: Publication | None = None
    feed: bytes = b""
    history: History = field(default_factory=History)


@dataclass(frozen=True, slots=True)
class Checked:
    """A data folder with its years compared.

    Attributes:
        dataset: Every file without an error.
        departments: The same departments, compared.
        diagnostics: Every finding that no note in the data accepts, in reading order.
    """

    dataset: Dataset
    departments: tuple[compare.ComparedDepartment, ...]
    diagnostics: tuple[Diagnostic, ...]


def check(data: Path, pages: Path | None = None) -> tuple[Diagnostic, ...]:
    """All findings in a data folder that no note in it accepts, and in the hand-written pages."""
    return _with_pages(examined(data), pages)


def generate(data: Path, settings: Settings, pages: Path | None = None) -> Site:
    """All pages of a data folder; none when the data or the hand-written `pages` have errors."""
    found = examined(data)
    diagnostics = _with_pages(found, pages)
    if has_errors(diagnostics):
        return Site(diagnostics)
    views = tuple(all_views(found.dataset, found.departments, settings))
    return Site(
        diagnostics=diagnostics,
        files=tuple(render(view) for view in views),
        sources=tuple(Source(source_address(path), data / path) for path in _paths(found.dataset)),
        entries=tuple(_entries(views)),
        filed=filed(views),
        publication=Publication(found.dataset, found.departments, views, settings),
        feed=feed(all_events(found.dataset), settings),
        history=found.dataset.history,
    )


def _with_pages(found: Checked, pages: Path | None) -> tuple[Diagnostic, ...]:
    """What was found in the data, and what is found in the folder of the hand-written pages."""
    handmade = handwritten.examine(pages) if pages else ()
    return in_reading_order([*found.diagnostics, *handmade])


def examined(data: Path) -> Checked:
    """The data, compared, with all findings: those of reading, and those of the rules.

    Without their own settings the rules are not asked: they might find what was switched off.
    """
    read = reading.read(data)
    departments = tuple(compare.compared(department) for department in read.dataset.departments)
    errors = (d.span.path for d in read.diagnostics if d.severity is Severity.ERROR)
    broken = frozenset(path.partition("/")[2] for path in errors)
    remarks: Iterable[Remark] = ()
    if SETTINGS_FILE not in broken:
        remarks = checks.examine(departments, read.dataset.settings, broken)
    findings = in_reading_order([*read.diagnostics, *reading.locate(data, remarks)])
    return Checked(read.dataset, departments, findings)


def _paths(dataset: Dataset) -> Iterator[str]:
    """Every data file, relative to the data folder."""
    for department in dataset.departments:
        yield department.path
        for year in department.years:
            yield year.path
            for project in year.projects:
                yield from (version.path for version in project.versions)
                if project.result_path:
                    yield project.result_path


def _entries(views: Iterable[View]) -> Iterator[Entry]:
    """What can be found by name or code alone: projects, departments and their units."""
    for view in views:
        if view.facets is None:
            continue
        filed = asdict(view.facets)
        if isinstance(view, ProjectView):
            yield Entry(view.title, view.table.code, view.address, **filed)
        elif isinstance(view, DepartmentView):
            for code, name in ((view.code, view.title), *view.units):
                yield Entry(name, code, view.address, **filed)


def documents(
    data: Path, settings: Settings, department: str | None, year: int | None
) -> tuple[tuple[Diagnostic, ...], tuple[Filed, ...]]:
    """All findings, and what can be filed of a department and a year; None asks for all.

    There is nothing to file when the data has errors.
    """
    found = examined(data)
    if has_errors(found.diagnostics):
        return found.diagnostics, ()
    wanted = tuple(
        view
        for view in filed(all_views(found.dataset, found.departments, settings))
        if department in (None, view.address.partition("/")[0]) and year in (None, view.year)
    )
    return found.diagnostics, wanted


def open_data(data: Path, settings: Settings) -> tuple[tuple[Diagnostic, ...], Publication | None]:
    """All findings, and the open data; None when the data has errors."""
    found = examined(data)
    if has_errors(found.diagnostics):
        return found.diagnostics, None
    return found.diagnostics, Publication(found.dataset, found.departments, (), settings)


def render_to(project_root: Path, target: Path) -> tuple[Diagnostic, ...]:
    """Write the site as Markdown to `target`, hand-written pages and data files included.

    Nothing is written when the data has errors.

    Raises:
        FileExistsError: `target` is there and is not an empty folder.
    """
    project = configuration.load(project_root)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(target)
    site = generate(project.data, project.settings, project.pages)
    if has_errors(site.diagnostics):
        return site.diagnostics
    shutil.copytree(project.pages, target, dirs_exist_ok=True)
    for page in site.files:
        path = target / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8", newline="\n")
    if site.feed:
        (target / FEED).write_bytes(site.feed)  # beside the page of changes
    for source in site.sources:
        path = target / source.address
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.path, path)
    write_data(site, target)
    return site.diagnostics


def write_data(site: Site, target: Path) -> None:
    """Write the open data where the pages say that they are."""
    for address, content in site.publication.files() if site.publication else ():
        path = target / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
