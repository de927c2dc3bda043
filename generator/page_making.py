"""Makes the generated pages with MkDocs, in several processes; the other half of the adapter.

MkDocs renders all pages before it writes the first one, in one process, and keeps them all. Here
each worker renders, writes and forgets one page after the other. MkDocs passes over these pages
because `disclosure build` runs it with `--dirty` and they say that they are not modified; plain
`mkdocs build` and the preview make them in MkDocs' own way, to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator import parallel, render
from generator.render import MarkdownFile
from generator.search import Index, IndexedPage

#: How many pages a worker makes at a time.
UNIT = 32

#: With fewer pages than this it takes longer to share the work than to do it.
FEW = 200


class GeneratedPage(File):
    """A page of ours, whose text is made when MkDocs asks for it.

    Attributes:
        source: Its text.
        left_to_workers: Whether MkDocs is to pass it over, because a worker makes it.
    """

    source: MarkdownFile
    left_to_workers = False

    @classmethod
    def of(cls, config: MkDocsConfig, source: MarkdownFile) -> GeneratedPage:
        """The page as a file that MkDocs knows."""
        inclusion = InclusionLevel.NOT_IN_NAV
        file = cls.generated(config, source.path, content="", inclusion=inclusion)
        assert isinstance(file, cls)
        file.source = source
        return file

    @property  # type: ignore[misc] # nobody sets it
    def content_string(self) -> str:
        """Its text, in Markdown."""
        return self.source.text

    def is_modified(self) -> bool:
        """Whether MkDocs must make it, in a `--dirty` build."""
        return not self.left_to_workers


def leave_to_workers(files: Files, nav: Navigation) -> None:
    """Let MkDocs pass over our pages, but for those of which the navigation needs the titles."""
    places = {page.file for page in nav.pages}
    for file in files:
        if isinstance(file, GeneratedPage):
            file.left_to_workers = file not in places


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a page is made with, once MkDocs has read the pages that are not left to workers."""

    config: MkDocsConfig
    files: Files
    env: jinja2.Environment
    nav: Navigation
    index: Index

    def make_all(self, jobs: int, report_progress: Callable[[int, int], None]) -> None:
        """Make every page that is left to workers, and gather what search needs of it.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
        """
        pages = self._left()
        self._read_linked(pages)
        if len(pages) < FEW:
            jobs = 1
        else:  # what every worker needs is made before there are any
            render.load_templates()
            self.env.get_template("main.html")
        units = [pages[start : start + UNIT] for start in range(0, len(pages), UNIT)]
        for number, found in enumerate(parallel.each(self._make, units, jobs), start=1):
            self.index.accept(found)
            report_progress(min(number * UNIT, len(pages)), len(pages))

    def _left(self) -> list[Page]:
        """The pages that MkDocs passes over."""
        return [
            file.page
            for file in self.files.documentation_pages()
            if isinstance(file, GeneratedPage) and file.left_to_workers and file.page
        ]

    def _read_linked(self, pages: Sequence[Page]) -> None:
        """Read where hand-written pages link to: MkDocs then looks whether the anchor is there."""
        links = [file.page.links_to_anchors or {} for file in self.files if file.page]
        linked = {target for targets in links for target in targets}
        for page in pages:
            if page.file in linked:
                _populate_page(page, self.config, self.files)

    def _make(self, pages: Sequence[Page]) -> list[IndexedPage]:
        """Make some pages: what search needs of them."""
        everything = self.files.documentation_pages()
        for page in pages:
            _populate_page(page, self.config, self.files)
            _build_page(page, self.config, everything, self.nav, self.env)
            page.content = page.markdown = None  # thousands together would fill the memory
        return self.index.take()
