"""Makes the generated pages with MkDocs, in several processes; the other half of the adapter.

MkDocs renders all pages before it writes the first one, in one process, and keeps them all. Here
each worker makes one portion after the other, writes it and forgets it. MkDocs passes over
those of these pages that it knows (`generated_files.py`) because `disclosure build` runs it with
`--dirty` and they say that they are not modified; plain `mkdocs build` makes all of them in
MkDocs' own way, to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from disclosure.engine import local_workers
from disclosure.engine.cache import Kept, digest
from disclosure.engine.site_folder import Files, Output, Work
from disclosure.engine.template_cache import CompiledTemplates
from disclosure.exports.forms import pdf
from disclosure.model.diagnostics import Diagnostic
from disclosure.pages import render
from disclosure.plugin import html_blocks
from disclosure.plugin.mkdocs_files import GeneratedPage, LeftToWorkers
from disclosure.search import Document, Index, Shelf, shelved, text_files
from disclosure.site.page_group import Portion

#: With fewer pages than this it takes longer to share the work than to do it.
FEW = 200


@dataclass(frozen=True, slots=True)
class Made(Files):
    """The files of a portion, made, and what is needed of them besides.

    Attributes:
        shelves: What search needs of its pages.
        dated: What `Portion.dated` gives.
        unset: What no font of this machine has, a finding for each PDF.
    """

    shelves: tuple[Shelf, ...]
    dated: tuple[str, ...]
    unset: tuple[Diagnostic, ...] = ()


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
    files: LeftToWorkers
    env: jinja2.Environment
    nav: Navigation
    index: Index
    data: Path
    output: Output
    typesetter: pdf.Typesetter | None
    frame: str

    def make_all(
        self,
        portions: Sequence[Portion],
        works: Sequence[Work],
        crew: Crew,
        report_progress: Callable[[int, int], None],
    ) -> tuple[list[Made], Iterator[Files]]:
        """Make every page that is left to workers and what stands beside it, then the works.

        The works may still be being made afterwards: whoever takes their results waits for them,
        and is told then what went wrong.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
            parallel.ClusterError: Other machines cannot make them.
        """
        others = self.index.take()  # of pages that MkDocs has read itself
        total = sum(portion.size for portion in portions)
        finished: list[Made] = []
        done = 0
        results = crew(self, portions, works)
        of_portions = islice(results, len(portions))  # those of the works follow
        for portion, made in zip(portions, of_portions, strict=True):
            assert isinstance(made, Made)
            finished.append(made)
            done += portion.size
            report_progress(done, total)
        self.index.put_back(others)
        return finished, (made for _, made in zip(works, results, strict=True))

    @property
    def font(self) -> str:
        """In which family of fonts the PDFs are set; "" where there are none."""
        return self.typesetter.font if self.typesetter else ""

    def do(self, unit: Portion | Work) -> Files:
        """Make either."""
        return self.make(unit) if isinstance(unit, Portion) else self.output.make(unit)

    def make(self, portion: Portion) -> Made:
        """Write the files of a portion, made now or by an earlier build from the same."""
        key = digest(portion.key, self.frame, self.font) if portion.key and self.frame else ""
        found = self.output.again(key, Made, self._has_shelves)
        if found:
            return found
        pages = self.files.pages(portion)
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
            key,
            tuple(chain.from_iterable(written)),
            shelved(documents, self.output.kept),
            dated,
            self.typesetter.take_missing() if self.typesetter else (),
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
            page.file.dest_dir = str(self.output.folder)
            _populate_page(page, self.config, self.files)
            self.output.room(page.file.dest_uri)
            _build_page(page, self.config, everything, self.nav, self.env)
            page.content = page.markdown = None  # thousands together would fill the memory
        return self.index.take(portion.entries())

    def _sources(self, portion: Portion) -> Iterator[tuple[str, bytes]]:
        for address, path in portion.sources():
            yield address, (self.data / path).read_bytes()


#: Whoever makes some portions, and then works of several: their results, in their order.
Crew = Callable[[Workshop, Sequence[Portion], Sequence[Work]], Iterator[Files]]


def processes(jobs: int) -> Crew:
    """So many processes of this machine."""

    def make(
        workshop: Workshop, portions: Sequence[Portion], works: Sequence[Work]
    ) -> Iterator[Files]:
        if sum(portion.size for portion in portions) < FEW:
            yield from map(workshop.make, portions)
            yield from local_workers.each(workshop.output.make, works, jobs)
            return
        render.load_templates()  # what every worker needs is made before there are any
        workshop.env.get_template("main.html")
        units: list[Portion | Work] = [*portions, *works]  # nobody waits for the last portion
        yield from local_workers.each(workshop.do, units, jobs)

    return make


def read_ahead(config: MkDocsConfig, files: LeftToWorkers, nav: Navigation, index: Index) -> None:
    """Read pages of which MkDocs needs the title or the anchors, for others that lead there."""
    others = index.take()
    links = [file.page.links_to_anchors or {} for file in files if file.page]
    wanted = {target for targets in links for target in targets}
    wanted.update(page.file for page in nav.pages)
    known = (file for file in files if isinstance(file, GeneratedPage))
    pages = [(file, files.page_of(file)) for file in known]  # MkDocs wants each to have one
    left = sorted((one for one in pages if one[0] in wanted), key=lambda one: one[0].src_uri)
    for portion, members in groupby(left, key=lambda one: one[0].portion):
        for _, page in members:
            _populate_page(page, config, files)
            page.present_anchor_ids = html_blocks.anchors(page.content or "")
            page.title = page.title  # for the navigation: it would be forgotten with the Markdown
        portion.forget()  # not before: its pages are made together
    index.take()  # whoever makes these pages gives them to search
    index.put_back(others)


def keep_compiled(env: jinja2.Environment, kept: Kept) -> tuple[CompiledTemplates, ...]:
    """Let the templates of the pages, and those of the theme around them, be compiled once."""
    both = CompiledTemplates(kept, "pages"), CompiledTemplates(kept, "theme")
    render.ENVIRONMENT.bytecode_cache, env.bytecode_cache = both
    return both


def data_and_pdfs(
    portion: Portion, typesetter: pdf.Typesetter | None
) -> Iterator[tuple[str, bytes]]:
    """What stands beside some pages: their data, and their PDFs."""
    yield from portion.beside()
    if typesetter:
        for view in portion.filed():
            yield pdf.address(view), typesetter.pdf(view)
