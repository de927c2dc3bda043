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
from disclosure.engine.cache import UNKNOWN, Cache
from disclosure.engine.site_folder import FileGroup, FileTask, SiteFolder
from disclosure.engine.template_cache import TemplateCache
from disclosure.exports.forms import pdf
from disclosure.model.diagnostics import Diagnostic
from disclosure.pages import render
from disclosure.plugin import html_blocks
from disclosure.plugin.mkdocs_files import GeneratedPage, LeftToWorkers
from disclosure.search import Document, DocumentBatch, Index, batched, text_files
from disclosure.site.page_group import PageGroup

#: With fewer pages than this it takes longer to share the work than to do it.
FEW = 200


@dataclass(frozen=True, slots=True)
class Made(FileGroup):
    """The files of a portion, made, and what is needed of them besides.

    Attributes:
        batches: What search needs of its pages.
        dated: What `PageGroup.dated` gives.
        unset: What no font of this machine has, a finding for each PDF.
    """

    batches: tuple[DocumentBatch, ...]
    dated: tuple[str, ...]
    unset: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderContext:
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
    output: SiteFolder
    typesetter: pdf.Typesetter | None
    frame: str

    def make_all(
        self,
        groups: Sequence[PageGroup],
        works: Sequence[FileTask],
        crew: Executor,
        report_progress: Callable[[int, int], None],
    ) -> tuple[list[Made], Iterator[FileGroup]]:
        """Make every page that is left to workers and what stands beside it, then the works.

        The works may still be being made afterwards: whoever takes their results waits for them,
        and is told then what went wrong.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
            parallel.ClusterError: Other machines cannot make them.
        """
        others = self.index.take()  # of pages that MkDocs has read itself
        total = sum(group.size for group in groups)
        finished: list[Made] = []
        done = 0
        results = crew(self, groups, works)
        of_portions = islice(results, len(groups))  # those of the works follow
        for group, made in zip(groups, of_portions, strict=True):
            assert isinstance(made, Made)
            finished.append(made)
            done += group.size
            report_progress(done, total)
        self.index.put_back(others)
        return finished, (made for _, made in zip(works, results, strict=True))

    @property
    def font(self) -> str:
        """In which family of fonts the PDFs are set; "" where there are none."""
        return self.typesetter.font if self.typesetter else ""

    def do(self, unit: PageGroup | FileTask) -> FileGroup:
        """Make either."""
        return self.make(unit) if isinstance(unit, PageGroup) else self.output.make(unit)

    def make(self, group: PageGroup) -> Made:
        """Write the files of a portion, made now or by an earlier build from the same."""
        inputs = chain(group.inputs(), (self.frame or UNKNOWN, self.font))
        entry = self.output.cache.entry("pages", inputs)
        found = self.output.reuse(entry, Made, self._has_batches)
        if found:
            return found
        pages = self.files.pages(group)
        documents = self._make_pages(group, pages)
        dated = group.dated()
        written = (
            self.output.record(page.file.dest_uri for page in pages),
            self.output.write(data_and_pdfs(group, self.typesetter)),
            self.output.write(self._sources(group)),
            self.output.write(text_files(documents)),
        )
        group.forget()
        made = Made(
            tuple(chain.from_iterable(written)),
            batched(documents, self.output.cache),
            dated,
            self.typesetter.take_missing() if self.typesetter else (),
        )
        entry.put(made)
        return made

    def _has_batches(self, made: Made) -> bool:
        return all(batch.is_available(self.output.cache) for batch in made.batches)

    def _make_pages(self, group: PageGroup, pages: Sequence[Page]) -> list[Document]:
        """Write some pages; what search is to know of them."""
        everything = self.files.documentation_pages()
        for page in pages:
            page.file.dest_dir = str(self.output.folder)
            _populate_page(page, self.config, self.files)
            self.output.path_for(page.file.dest_uri)
            _build_page(page, self.config, everything, self.nav, self.env)
            page.content = page.markdown = None  # thousands together would fill the memory
        return self.index.take(group.entries())

    def _sources(self, group: PageGroup) -> Iterator[tuple[str, bytes]]:
        for address, path in group.sources():
            yield address, (self.data / path).read_bytes()


#: Whoever makes some portions, and then works of several: their results, in their order.
Executor = Callable[[RenderContext, Sequence[PageGroup], Sequence[FileTask]], Iterator[FileGroup]]


def processes(jobs: int) -> Executor:
    """So many processes of this machine."""

    def make(
        context: RenderContext, groups: Sequence[PageGroup], works: Sequence[FileTask]
    ) -> Iterator[FileGroup]:
        if sum(group.size for group in groups) < FEW:
            yield from map(context.make, groups)
            yield from local_workers.each(context.output.make, works, jobs)
            return
        render.load_templates()  # what every worker needs is made before there are any
        context.env.get_template("main.html")
        units: list[PageGroup | FileTask] = [*groups, *works]  # nobody waits for the last portion
        yield from local_workers.each(context.do, units, jobs)

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
    for group, members in groupby(left, key=lambda one: one[0].group):
        for _, page in members:
            _populate_page(page, config, files)
            page.present_anchor_ids = html_blocks.anchors(page.content or "")
            page.title = page.title  # for the navigation: it would be forgotten with the Markdown
        group.forget()  # not before: its pages are made together
    index.take()  # whoever makes these pages gives them to search
    index.put_back(others)


def cache_templates(env: jinja2.Environment, cache: Cache) -> None:
    """Let the templates of the pages, and those of the theme around them, be compiled once."""
    render.ENVIRONMENT.bytecode_cache = TemplateCache(cache, "pages")
    env.bytecode_cache = TemplateCache(cache, "theme")


def data_and_pdfs(
    group: PageGroup, typesetter: pdf.Typesetter | None
) -> Iterator[tuple[str, bytes]]:
    """What stands beside some pages: their data, and their PDFs."""
    yield from group.beside()
    if typesetter:
        for view in group.filed():
            yield pdf.address(view), typesetter.pdf(view)
