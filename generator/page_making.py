"""Makes the departments' pages with MkDocs, in several processes; the other half of the adapter.

MkDocs renders all pages before it writes the first one, in one process, and keeps them all. Here
each worker makes one department after the other, writes it and forgets it. MkDocs passes over
these pages because `disclosure build` runs it with `--dirty` and they say that they are not
modified; plain `mkdocs build` and the preview make them in MkDocs' own way, to the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator import parallel, render, site
from generator.kept import Kept, digest
from generator.portion import Portion
from generator.render import page_path
from generator.search import Entry, Index, IndexedPage

#: With fewer pages than this it takes longer to share the work than to do it.
FEW = 200


class GeneratedPage(File):
    """A page of ours, whose text is made when MkDocs asks for it.

    Attributes:
        text: Makes its text.
        portion: Whose page it is; None for one of no department.
        left_to_workers: Whether MkDocs is to pass it over, because a worker makes it.
    """

    text: Callable[[], str]
    portion: Portion | None
    left_to_workers = False

    @classmethod
    def of(
        cls,
        config: MkDocsConfig,
        address: str,
        text: Callable[[], str],
        portion: Portion | None = None,
    ) -> GeneratedPage:
        """The page as a file that MkDocs knows."""
        inclusion = InclusionLevel.NOT_IN_NAV
        file = cls.generated(config, page_path(address), content="", inclusion=inclusion)
        assert isinstance(file, cls)
        file.text, file.portion = text, portion
        return file

    @property  # type: ignore[misc] # nobody sets it
    def content_string(self) -> str:
        """Its text, in Markdown."""
        return self.text()

    def is_modified(self) -> bool:
        """Whether MkDocs must make it, in a `--dirty` build."""
        return not self.left_to_workers


def leave_to_workers(files: Files, nav: Navigation) -> None:
    """Let MkDocs pass over departments' pages, but for those whose titles the navigation needs."""
    places = {page.file for page in nav.pages}
    for file in files:
        if isinstance(file, GeneratedPage):
            file.left_to_workers = file.portion is not None and file not in places


@dataclass(frozen=True, slots=True)
class Made:
    """A department's pages, made, and what is needed of them besides.

    Attributes:
        key: A digest of everything they were made from; "" when that is not known.
        written: Where its files are, below the site.
        entries: Its lines of the catalogue.
        indexed: What search needs of its pages.
        dated: The newest date behind each page that has one, by the page's place below the site.
    """

    key: str
    written: tuple[str, ...]
    entries: tuple[Entry, ...]
    indexed: Sequence[IndexedPage]
    dated: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Result:
    """What is kept of a department: what was made, and the files that were written."""

    made: Made
    files: Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a page is made with, once MkDocs has read the pages that are not left to workers.

    Attributes:
        frame: A digest of everything around a page's own content; "" when that is not known.
        kept: Where finished pages are kept from one build to the next.
    """

    config: MkDocsConfig
    files: Files
    env: jinja2.Environment
    nav: Navigation
    index: Index
    frame: str
    kept: Kept

    def make_all(
        self, portions: Sequence[Portion], jobs: int, report_progress: Callable[[int, int], None]
    ) -> list[Made]:
        """Make every page that is left to workers and what stands beside it.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
        """
        pages = self._left()
        total = sum(map(len, pages.values()))
        self._read_linked(pages)
        others = self.index.take()  # a worker is to gather its own pages alone
        if total < FEW:
            jobs = 1
        else:  # what every worker needs is made before there are any
            render.load_templates()
            self.env.get_template("main.html")
        finished: list[Made] = []
        done = 0
        units = [(portion, pages[portion]) for portion in portions]
        for unit, made in zip(units, parallel.each(self._make, units, jobs), strict=True):
            finished.append(made)
            self.index.accept(made.indexed)
            for page in unit[1]:
                page.meta["dated"] = made.dated.get(page.file.dest_uri, "")
            done += len(unit[1])
            report_progress(done, total)
        self.index.accept(others)
        return finished

    def _left(self) -> dict[Portion, list[Page]]:
        """The pages that MkDocs passes over."""
        found: dict[Portion, list[Page]] = defaultdict(list)
        for file in self.files.documentation_pages():
            if isinstance(file, GeneratedPage) and file.left_to_workers and file.page:
                assert file.portion
                found[file.portion].append(file.page)
        return found

    def _read_linked(self, pages: dict[Portion, list[Page]]) -> None:
        """Read where hand-written pages link to: MkDocs then looks whether the anchor is there."""
        links = [file.page.links_to_anchors or {} for file in self.files if file.page]
        linked = {target for targets in links for target in targets}
        for portion, members in pages.items():
            for page in members:
                if page.file in linked:
                    _populate_page(page, self.config, self.files)
            portion.forget()

    def _make(self, unit: tuple[Portion, Sequence[Page]]) -> Made:
        """Write a department's pages, made now or by an earlier build from the same."""
        portion, pages = unit
        key = digest(portion.key, self.frame) if portion.key and self.frame else ""
        found = self.kept.get(key, _Result) if key else None
        if found:
            site.write_files(Path(self.config.site_dir), found.files)
            return found.made
        dated = self._make_pages(pages)
        beside = list(portion.beside())
        site.write_files(Path(self.config.site_dir), beside)
        written = (*(page.file.dest_uri for page in pages), *(address for address, _ in beside))
        made = Made(key, written, tuple(portion.entries()), self.index.take(), dated)
        portion.forget()
        if key:
            self.kept.put(key, _Result(made, [*map(_written, pages), *beside]))
        return made

    def _make_pages(self, pages: Sequence[Page]) -> dict[str, str]:
        """Write some pages, and have them indexed; the date of each that has one."""
        everything = self.files.documentation_pages()
        dated = {}
        for page in pages:
            _populate_page(page, self.config, self.files)
            _build_page(page, self.config, everything, self.nav, self.env)
            if page.meta.get("dated"):
                dated[page.file.dest_uri] = page.meta["dated"]
            page.content = page.markdown = None  # thousands together would fill the memory
        return dated


def _written(page: Page) -> tuple[str, bytes]:
    return page.file.dest_uri, Path(page.file.abs_dest_path).read_bytes()
