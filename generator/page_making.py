"""Makes the departments' pages with MkDocs, in several processes; the other half of the adapter.

MkDocs renders all pages before it writes the first one, in one process, and keeps them all. Here
each worker makes one department after the other, writes it and forgets it. MkDocs passes over
these pages because `disclosure build` runs it with `--dirty` and they say that they are not
modified; plain `mkdocs build` and the preview make them in MkDocs' own way, to the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator import parallel, render
from generator.exports import pdf
from generator.kept import digest
from generator.output import Output, Written
from generator.portion import Portion
from generator.render import page_path
from generator.search import Document, Index, Shelf, shelved, text_files
from generator.sitemap import ListedPage

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


class SourceFile(File):
    """A data file that is published as it is; see `GeneratedPage`."""

    left_to_workers = False

    @classmethod
    def of(cls, config: MkDocsConfig, address: str, path: Path) -> File:
        """The file as one that MkDocs knows."""
        inclusion = InclusionLevel.NOT_IN_NAV
        return cls.generated(config, address, abs_src_path=str(path), inclusion=inclusion)

    def is_modified(self) -> bool:
        """Whether MkDocs must copy it, in a `--dirty` build."""
        return not self.left_to_workers


def leave_to_workers(files: Files) -> None:
    """Let MkDocs pass over departments' files."""
    for file in files:
        if isinstance(file, GeneratedPage):
            file.left_to_workers = file.portion is not None
        elif isinstance(file, SourceFile):
            file.left_to_workers = True


def pages_of_no_department(files: Files) -> Iterator[ListedPage]:
    """What MkDocs knows besides departments' pages, hand-written ones among it, in its order."""
    for file in files.documentation_pages():
        if file.page and not (isinstance(file, GeneratedPage) and file.portion):
            yield ListedPage(file.page.url, file.page.meta.get("dated", ""))


@dataclass(frozen=True, slots=True)
class Made:
    """A department's files, made, and what is needed of them besides.

    Attributes:
        key: A digest of everything they were made from; "" when that is not known.
        files: All of them.
        shelves: What search needs of its pages.
        dated: What `Portion.dated` gives.
    """

    key: str
    files: tuple[Written, ...]
    shelves: tuple[Shelf, ...]
    dated: tuple[str, ...]


#: A department, and its pages.
Unit = tuple[Portion, Sequence[Page]]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a page is made with, once MkDocs has read the pages that are not left to workers.

    Attributes:
        data: The data folder.
        output: The site, and what came of earlier builds.
        typesetter: Sets the PDFs; None where there are to be none.
        frame: A digest of everything around a page's own content; "" when that is not known.
    """

    config: MkDocsConfig
    files: Files
    env: jinja2.Environment
    nav: Navigation
    index: Index
    data: Path
    output: Output
    typesetter: pdf.Typesetter | None
    frame: str

    def make_all(
        self, portions: Sequence[Portion], crew: Crew, report_progress: Callable[[int, int], None]
    ) -> list[Made]:
        """Make every page that is left to workers and what stands beside it.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
            parallel.ClusterError: Other machines cannot make them.
        """
        others = self.index.take()  # of pages that MkDocs has read itself
        units = self.units(portions)
        total = sum(len(pages) for _, pages in units)
        finished: list[Made] = []
        done = 0
        for (_, pages), made in zip(units, crew(self, units), strict=True):
            finished.append(made)
            done += len(pages)
            report_progress(done, total)
        self.index.put_back(others)
        return finished

    def units(self, portions: Sequence[Portion]) -> list[Unit]:
        """What is to be made of each; whatever MkDocs must know of these pages, it knows then."""
        pages = self._left()
        self._read_ahead(pages)
        return [(portion, pages[portion]) for portion in portions]

    def _left(self) -> dict[Portion, list[Page]]:
        """The pages that MkDocs passes over."""
        found: dict[Portion, list[Page]] = defaultdict(list)
        for file in self.files.documentation_pages():
            if isinstance(file, GeneratedPage) and file.left_to_workers and file.page:
                assert file.portion
                found[file.portion].append(file.page)
        return found

    def _read_ahead(self, pages: dict[Portion, list[Page]]) -> None:
        """Read pages of which MkDocs needs the title or the anchors, for others that lead there."""
        links = [file.page.links_to_anchors or {} for file in self.files if file.page]
        wanted = {target for targets in links for target in targets}
        wanted.update(page.file for page in self.nav.pages)
        for portion, members in pages.items():
            for page in members:
                if page.file in wanted:
                    _populate_page(page, self.config, self.files)
            portion.forget()
        self.index.take()  # the workers read them as well

    @property
    def font(self) -> str:
        """In which family of fonts the PDFs are set; "" where there are none."""
        return self.typesetter.font if self.typesetter else ""

    def make(self, unit: Unit) -> Made:
        """Write a department's pages, made now or by an earlier build from the same."""
        portion, pages = unit
        key = digest(portion.key, self.frame, self.font) if portion.key and self.frame else ""
        found = self.output.again(key, Made, self._has_shelves)
        if found:
            return found
        documents = self._make_pages(portion, pages)
        dated = portion.dated()
        written = (
            self.output.record(page.file.dest_uri for page in pages),
            self.output.write(data_and_pdfs(portion, self.typesetter)),
            self.output.write(self._sources(portion)),
            self.output.write(text_files(documents)),
        )
        portion.forget()
        made = Made(
            key, tuple(chain.from_iterable(written)), shelved(documents, self.output.kept), dated
        )
        if key:
            self.output.kept.put(key, made)
        return made

    def _has_shelves(self, made: Made) -> bool:
        return all(shelf.is_there(self.output.kept) for shelf in made.shelves)

    def _make_pages(self, portion: Portion, pages: Sequence[Page]) -> list[Document]:
        """Write some pages; what search is to know of them."""
        everything = self.files.documentation_pages()
        for page in pages:
            _populate_page(page, self.config, self.files)
            _build_page(page, self.config, everything, self.nav, self.env)
            page.content = page.markdown = None  # thousands together would fill the memory
        return self.index.take(portion.entries())

    def _sources(self, portion: Portion) -> Iterator[tuple[str, bytes]]:
        for address, path in portion.sources():
            yield address, (self.data / path).read_bytes()


#: Whoever makes some units: their results, in their order.
Crew = Callable[[Workshop, Sequence[Unit]], Iterator[Made]]


def processes(jobs: int) -> Crew:
    """So many processes of this machine."""

    def make(workshop: Workshop, units: Sequence[Unit]) -> Iterator[Made]:
        if sum(len(pages) for _, pages in units) < FEW:
            return parallel.each(workshop.make, units, 1)
        render.load_templates()  # what every worker needs is made before there are any
        workshop.env.get_template("main.html")
        return parallel.each(workshop.make, units, jobs)

    return make


def data_and_pdfs(
    portion: Portion, typesetter: pdf.Typesetter | None
) -> Iterator[tuple[str, bytes]]:
    """What stands beside a department's pages: their data, and their PDFs."""
    yield from portion.beside()
    if typesetter:
        for view in portion.filed():
            yield pdf.address(view), typesetter.pdf(view)
