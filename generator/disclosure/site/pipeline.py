"""The whole way from the data folder to the site, readable top to bottom.

read → compare and check → pages → render → Markdown, in memory for the MkDocs plugin or on
disk for any other engine. `mkdocs_process` runs MkDocs and puts the finished site in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from disclosure.config.settings import Settings
from disclosure.config.site_project import load_project
from disclosure.engine import local_workers
from disclosure.engine.cache import NO_CACHE, Cache
from disclosure.engine.listing import names_below
from disclosure.engine.site_folder import FileGroup, FileTask, SiteFolder
from disclosure.exports.data_catalogue import dcat_catalog
from disclosure.exports.downloads_page import CATALOG, data_catalogue
from disclosure.exports.forms.pdf import FormView, with_pdf
from disclosure.exports.forms.unprinted_rows import UnprintedRow, unprinted_rows
from disclosure.model.dataset import GitHistory
from disclosure.model.diagnostics import Diagnostic, has_errors
from disclosure.model.words import Words
from disclosure.pages.events import FEED
from disclosure.pages.outline import Outline
from disclosure.pages.printing import PrintView
from disclosure.pages.render import MarkdownFile
from disclosure.pages.themes import theme_links
from disclosure.pages.view import Link
from disclosure.site import llms
from disclosure.site.checking import with_pages
from disclosure.site.department_analysis import Analysis, analysed
from disclosure.site.downloads import OpenData
from disclosure.site.feed import feed
from disclosure.site.page_group import DepartmentPages, PageGroup, SharedPages, shared_page_groups
from disclosure.site.row_cache import RowSource
from disclosure.site.target_files import target_tasks
from disclosure.site.views import all_events, site_views


class Site(Struct, frozen=True):
    """Everything generated from a data folder.

    Attributes:
        diagnostics: All findings; when one is an error, the rest is empty.
        data: The data folder.
        shared: The pages that are of no one department.
        groups: What each department adds.
        open_data: The open data; None when there is an error.
        feed: What was published and when, as Atom; b"" when nothing has a date.
        for_programs: What describes the site and its data to programs: files by their address.
        history: What git knows of the data.
        words: Synonyms and themes.
        themes: To the pages of the themes.
    """

    diagnostics: tuple[Diagnostic, ...]
    data: Path
    shared: tuple[SharedPages, ...] = ()
    groups: tuple[DepartmentPages, ...] = ()
    open_data: OpenData | None = None
    feed: bytes = b""
    for_programs: tuple[tuple[str, bytes], ...] = ()
    history: GitHistory = field(default_factory=GitHistory)
    words: Words = field(default_factory=Words)
    themes: tuple[Link, ...] = ()

    def all_page_groups(self) -> tuple[PageGroup, ...]:
        """Everything that has pages, in the order of the site."""
        return *self.shared, *self.groups

    def tell_sizes(self, made: Iterable[FileGroup]) -> None:
        """Let the pages of no one department know how large the files are that they offer."""
        sizes = {file.path: file.size for group in made for file in group.files}
        for group in self.shared:
            group.sizes |= {one: sizes[one] for one in group.offered if one in sizes}

    def pages(self) -> Iterator[MarkdownFile]:
        """Every page."""
        for group in self.all_page_groups():
            yield from group.pages()

    def data_files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of data by its address: beside the pages, for download and for programs."""
        yield from self.for_programs
        for group in self.groups:
            yield from group.data_files()
        yield from self.open_data.files() if self.open_data else ()
        for task in target_tasks(self.sources):
            yield from task.make()

    def tasks(self) -> Iterator[FileTask]:
        """How the data of several departments are made: for download, and of all targets."""
        yield from self.open_data.tasks() if self.open_data else ()
        yield from target_tasks(self.sources)

    @property
    def sources(self) -> tuple[RowSource, ...]:
        """The rows of each department."""
        return tuple(group.source for group in self.groups)


def generate(
    data: Path,
    settings: Settings,
    pages: Path | None = None,
    jobs: int = 1,
    cache: Cache = NO_CACHE,
) -> Site:
    """All pages of a data folder; none when the data or the hand-written `pages` have errors.

    `jobs` processes read the data that the `cache` does not hold.
    """
    found = analysed(data, jobs, cache)
    diagnostics = with_pages(found, pages)
    if has_errors(diagnostics):
        return Site(diagnostics, data)
    outlines = found.outlines
    themes = found.words.themes
    views = tuple(site_views(outlines, found.settings, found.history, settings, themes))
    groups = _page_groups(found, settings)
    sources = tuple(group.source for group in groups)
    return Site(
        diagnostics=diagnostics,
        data=data,
        shared=shared_page_groups(views),
        groups=groups,
        open_data=OpenData(sources, views, settings),
        feed=feed(all_events(outlines, found.history), FEED, settings),
        for_programs=(
            (llms.NAME, llms.llms_txt(outlines, settings)),
            (CATALOG.address, dcat_catalog(data_catalogue(outlines, settings))),
        ),
        history=found.history,
        words=found.words,
        themes=theme_links(outlines, themes),
    )


def _page_groups(found: Analysis, settings: Settings) -> tuple[DepartmentPages, ...]:
    history = found.history.by_department()
    return tuple(
        DepartmentPages(RowSource(member), _history(found, member.outline, history), settings)
        for member in found.members
    )


def _history(found: Analysis, one: Outline, by_department: Mapping[str, GitHistory]) -> GitHistory:
    """What git knows of a department's folder, and of those that its projects came from."""
    if one.related:
        return found.history.of({one.id, *one.related})
    return by_department.get(one.id, GitHistory())


def printable_views(
    data: Path, settings: Settings, department: str | None, year: int | None
) -> tuple[tuple[Diagnostic, ...], tuple[FormView, ...]]:
    """All findings, and what can be filed of a department and a year; None asks for all.

    There is nothing to file when the data has errors.
    """
    found = analysed(data, local_workers.processors())
    if has_errors(found.diagnostics):
        return found.diagnostics, ()
    wanted = tuple(
        view
        for group in _page_groups(found, settings)
        for view in with_pdf(group.views)
        if isinstance(view, FormView)
        if department in (None, view.address.partition("/")[0]) and year in (None, view.year)
    )
    return found.diagnostics, wanted


def workbooks(
    data: Path, settings: Settings, department: str | None, year: int | None
) -> tuple[tuple[Diagnostic, ...], tuple[tuple[PrintView, tuple[UnprintedRow, ...]], ...]]:
    """All findings, and what the workbooks of a department and a year hold; None asks for all.

    Each is the year as a document, and what no table of it prints.
    """
    found = analysed(data, local_workers.processors())
    if has_errors(found.diagnostics):
        return found.diagnostics, ()
    return found.diagnostics, tuple(
        (view, unprinted_rows(own, next(one for one in own.years if one.year == view.year)))
        for group in _page_groups(found, settings)
        for own in [group.source.department.data]
        if department in (None, own.department.id)
        for view in with_pdf(group.views)
        if isinstance(view, PrintView) and year in (None, view.year)
    )


def open_data(data: Path, settings: Settings) -> tuple[tuple[Diagnostic, ...], OpenData | None]:
    """All findings, and the open data; None when the data has errors."""
    found = analysed(data, local_workers.processors())
    if has_errors(found.diagnostics):
        return found.diagnostics, None
    sources = tuple(RowSource(member) for member in found.members)
    return found.diagnostics, OpenData(sources, (), settings)


def render_to(project_root: Path, target: Path) -> tuple[Diagnostic, ...]:
    """Write the site as Markdown to `target`, hand-written pages and data files included.

    Nothing is written when the data has errors.

    Raises:
        FileExistsError: `target` is there and is not an empty folder.
    """
    project = load_project(project_root)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(target)
    site = generate(project.data, project.settings, project.pages)
    if has_errors(site.diagnostics):
        return site.diagnostics
    output = SiteFolder(target)
    for name in names_below(project.pages):
        output.write_one(name, (project.pages / name).read_bytes())
    sizes = {
        address: output.write_one(address, content).size for address, content in site.data_files()
    }
    for group in site.all_page_groups():
        group.sizes = sizes
    output.write(page.take() for page in site.pages())
    if site.feed:
        output.write_one(FEED.address, site.feed)  # beside the page of changes
    for group in site.groups:
        for address, path in group.sources():
            output.write_one(address, (project.data / path).read_bytes())
    return site.diagnostics
