"""The whole way from the data folder to the site, readable top to bottom.

read → compare and check → pages → render → Markdown, in memory for the MkDocs plugin or on
disk for any other engine; `build` runs MkDocs and puts the finished site in place at once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import atomic, checks, compare, configuration, reading
from generator.dataset import SETTINGS_FILE, Dataset
from generator.diagnostics import Diagnostic, Remark, Severity, has_errors, in_reading_order
from generator.feed import feed
from generator.pages import FEED, Settings, View, all_events, all_views
from generator.pages.common import source_address
from generator.pages.lists import DepartmentView
from generator.pages.project import ProjectView
from generator.render import MarkdownFile, render
from generator.search import Entry


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
        feed: What was published and when, as Atom; b"" when nothing has a date.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: tuple[MarkdownFile, ...] = ()
    sources: tuple[Source, ...] = ()
    entries: tuple[Entry, ...] = ()
    feed: bytes = b""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of a build.

    Attributes:
        ok: Whether the new site is in place.
        diagnostics: All findings in the data.
        pages: How many pages the new site has.
        log: What MkDocs said, when it failed.
    """

    ok: bool
    diagnostics: tuple[Diagnostic, ...]
    pages: int = 0
    log: str = ""


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


def check(data: Path) -> tuple[Diagnostic, ...]:
    """All findings in a data folder that no note in it accepts."""
    return examined(data).diagnostics


def generate(data: Path, settings: Settings) -> Site:
    """All pages of a data folder; none when the data has errors."""
    found = examined(data)
    if has_errors(found.diagnostics):
        return Site(found.diagnostics)
    views = tuple(all_views(found.dataset, found.departments, settings))
    return Site(
        diagnostics=found.diagnostics,
        files=tuple(render(view) for view in views),
        sources=tuple(Source(source_address(path), data / path) for path in _paths(found.dataset)),
        entries=tuple(_entries(views)),
        feed=feed(all_events(found.dataset), settings),
    )


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
        kind, year, department = view.facets.kind, view.facets.year, view.facets.department
        if isinstance(view, ProjectView):
            yield Entry(view.title, view.table.code, view.address, kind, year, department)
        elif isinstance(view, DepartmentView):
            for code, name in ((view.code, view.title), *view.units):
                yield Entry(name, code, view.address, kind, year, department)


def render_to(project_root: Path, target: Path) -> tuple[Diagnostic, ...]:
    """Write the site as Markdown to `target`, hand-written pages and data files included.

    Nothing is written when the data has errors.

    Raises:
        FileExistsError: `target` is there and is not an empty folder.
    """
    project = configuration.load(project_root)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(target)
    site = generate(project.data, project.settings)
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
    return site.diagnostics


def build(
    project_root: Path, site_dir: Path, *, strict: bool, progress: Callable[[str], None]
) -> BuildResult:
    """Build the complete site and put it at `site_dir` at once, or leave what is there alone.

    Raises:
        atomic.BusyError: Another build is replacing `site_dir`.
        OSError: A folder cannot be read or written.
    """
    progress("正在检查数据")
    diagnostics = check(configuration.load(project_root).data)
    if has_errors(diagnostics):
        return BuildResult(ok=False, diagnostics=diagnostics)
    with atomic.replacing(site_dir) as replacement:
        progress("正在生成网页和搜索索引")
        # Quiet MkDocs does not count its warnings, and then strict never fails.
        options = ["--strict"] if strict else ["--quiet"]
        folder = str(replacement.folder.resolve())
        status, log = _finished(_mkdocs("build", "--site-dir", folder, *options), project_root)
        if status:
            return BuildResult(ok=False, diagnostics=diagnostics, log=log)
        pages = sum(1 for _ in replacement.folder.rglob("index.html"))
        progress("正在替换网站")
        replacement.swap_in()
    return BuildResult(ok=True, diagnostics=diagnostics, pages=pages)


def is_in_the_way(project: configuration.Project, target: Path) -> bool:
    """Whether replacing `target` would destroy something that is not an old site."""
    place = target.resolve()
    sources = (project.root, project.data, project.pages, Path.cwd())
    if any(source.resolve().is_relative_to(place) for source in sources):
        return True
    looks_like_a_site = (place / "index.html").is_file() and (place / "404.html").is_file()
    return place.is_dir() and any(place.iterdir()) and not looks_like_a_site


def serve(project_root: Path, host: str, port: int) -> int:
    """Show the site on this machine until interrupted; the exit code of MkDocs."""
    command = _mkdocs("serve", "--dev-addr", f"{host}:{port}")
    return subprocess.run(command, cwd=project_root, env=_environment(), check=False).returncode


def _finished(command: list[str], folder: Path) -> tuple[int, str]:
    """Run a program in a folder, to its exit code and everything that it said.

    When interrupted, the program is stopped and gone before anybody clears up after it;
    `subprocess.run` would not wait, and its last files would be left lying about.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            out, err = process.communicate()
        except BaseException:
            process.kill()
            process.wait()
            raise
    return process.returncode, out + err


def _mkdocs(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments]


def _environment() -> dict[str, str]:
    """Material announces its end of life at every build; that is a maintainer's concern."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
