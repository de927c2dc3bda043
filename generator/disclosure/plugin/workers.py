"""Makes the generated pages with MkDocs, one page group at a time, in several processes.

MkDocs renders all pages before it writes the first one, in one process, and keeps all of them.
Here each worker makes one group after the other, writes it and forgets it. MkDocs skips those of
these pages that it knows (see `mkdocs_files`), because `disclosure build` runs it with `--dirty`
and they say that they are not modified. A plain `mkdocs build` makes all of them in MkDocs' own
way, to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from msgspec import Struct

from disclosure.engine import local_workers
from disclosure.engine.cache import UNKNOWN
from disclosure.engine.site_folder import FileGroup, FileTask, SiteFolder
from disclosure.exports.forms import pdf
from disclosure.model.diagnostics import Diagnostic
from disclosure.pages import render
from disclosure.pages.view import View
from disclosure.plugin import html_blocks, mkdocs_internals
from disclosure.plugin.made_pages import LastPages, MadePage, OfferedFiles
from disclosure.plugin.mkdocs_files import GeneratedFile, LazyFiles
from disclosure.search import DocumentBatch, Index, SearchDocument, batched, stored_texts
from disclosure.site.page_group import PageGroup
from disclosure.site.pipeline import Site

#: With fewer pages than this, starting processes takes longer than making the pages.
MIN_SHARED = 200


class GroupFiles(FileGroup, frozen=True):
    """The files of a page group in the site, and what the rest of the build needs of it.

    Attributes:
        batches: What search needs of its pages.
        dates: What `PageGroup.dated` gives.
        unset: What no font of this machine has, a finding for each PDF.
    """

    batches: tuple[DocumentBatch, ...]
    dates: tuple[str, ...]
    unset: tuple[Diagnostic, ...] = ()


class RenderContext(Struct, frozen=True):
    """All that a page is made with, once MkDocs has read the hand-written pages.

    Attributes:
        data: The data folder.
        output: The site, and the results of earlier builds.
        typesetter: Sets the PDFs; None where there are to be none.
        fingerprint: A digest of everything around a page's content; "" when it is not known.
    """

    config: MkDocsConfig
    files: LazyFiles
    env: jinja2.Environment
    nav: Navigation
    index: Index
    data: Path
    output: SiteFolder
    typesetter: pdf.Typesetter | None
    fingerprint: str

    def make_all(
        self,
        site: Site,
        executor: Executor,
        jobs: int,
        report_progress: Callable[[int, int], None],
    ) -> tuple[list[GroupFiles], list[FileGroup]]:
        """Make every page that is left to workers, and all files that are made of the data.

        Pages of no one department are made last, by so many processes of this machine: they say
        how large the files are that they offer.

        Raises:
            local_workers.WorkerDiedError: A worker was killed.
            local_workers.ClusterError: Other machines cannot make them.
        """
        others = self.index.take()  # of pages that MkDocs has read itself
        total = sum(group.size for group in site.all_page_groups())
        done = 0

        def groups(these: Sequence[PageGroup], made: Iterator[FileGroup]) -> Iterator[GroupFiles]:
            nonlocal done
            for group, files in zip(these, islice(made, len(these)), strict=True):
                assert isinstance(files, GroupFiles)
                done += group.size
                report_progress(done, total)
                yield files

        tasks = [*site.tasks()]
        results = executor(self, site.groups, tasks)
        departments = [*groups(site.groups, results)]
        downloads = [files for _, files in zip(tasks, results, strict=True)]
        site.tell_sizes(downloads)
        shared = [*groups(site.shared, local_executor(jobs)(self, site.shared, ()))]
        self.index.put_back(others)
        return [*shared, *departments], downloads

    @property
    def font(self) -> str:
        """In which family of fonts the PDFs are set; "" where there are none."""
        return self.typesetter.font if self.typesetter else ""

    def do(self, unit: PageGroup | FileTask) -> FileGroup:
        """Make a group or run a task."""
        return self.make(unit) if isinstance(unit, PageGroup) else self.output.make(unit)

    def make(self, group: PageGroup) -> GroupFiles:
        """Write the files of a group, or link those that an earlier build made of the same."""
        inputs = chain(group.inputs(), (self.fingerprint or UNKNOWN, self.font))
        entry = self.output.cache.entry("pages", inputs)
        last = LastPages(self.output, group, self.fingerprint, self.font)
        found = self.output.reuse(entry, GroupFiles, self._has_batches)
        if found:
            last.mark()
            return found
        pages = self._pages(group, last)
        documents, texts = stored_texts(self.index.take(group.entries()))
        files = (
            *(file for page in pages for file in (*page.files, *page.offered.files)),
            *self.output.write(group.own_files()),
            *self.output.write(self._sources(group)),
            *self.output.write(texts),
        )
        batches = batched(documents, self.output.cache)
        unset = tuple(one for page in pages for one in page.offered.unset)
        made = GroupFiles(files, batches, group.dated(), unset)
        group.forget()
        entry.put(made)
        return made

    def _has_batches(self, files: GroupFiles) -> bool:
        return all(batch.is_available(self.output.cache) for batch in files.batches)

    def _pages(self, group: PageGroup, last: LastPages) -> Sequence[MadePage]:
        """The pages of a group and what they offer, made or taken over; the index has them all."""
        last.compare()
        offered = {
            view.address: last.offered(view.address) or self._offered(group, view)
            for view in group.views
        }
        group.forget_rows()
        group.sizes |= {file.path: file.size for one in offered.values() for file in one.files}
        pages = last.taken_over()
        pages |= self._made(group, last, {name: offered[name] for name in offered.keys() - pages})
        self.index.put_back(
            SearchDocument(one.indexed, ()) for one in pages.values() if one.indexed
        )
        last.store(pages)
        return [pages[address] for address in group.addresses()]

    def _offered(self, group: PageGroup, view: View) -> OfferedFiles:
        """Write what stands beside a page."""
        files = self.output.write(data_and_pdf(group, view, self.typesetter))
        return OfferedFiles(files, self.typesetter.take_missing() if self.typesetter else ())

    def _made(
        self, group: PageGroup, last: LastPages, offered: Mapping[str, OfferedFiles]
    ) -> Iterator[tuple[str, MadePage]]:
        """Write pages beside what they offer."""
        left = [address for address in group.addresses() if address in offered]
        pages = self.files.pages(group, left)
        markdown = self.output.write(self._written(pages))
        html = self.output.record(page.file.dest_uri for page in pages)
        indexed = {document.page.address: document.page for document in self.index.take()}
        for address, *files in zip(left, html, markdown, strict=True):
            yield (
                address,
                MadePage(
                    key=last.key(address),
                    offered=offered[address],
                    files=tuple(files),
                    named=group.page(address).named,
                    indexed=indexed.get(address),
                ),
            )

    def _written(self, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
        """Write some pages, which the index gathers; the Markdown to be beside each of them."""
        everything = self.files.documentation_pages()
        for page in pages:
            page.file.dest_dir = str(self.output.folder)
            mkdocs_internals.read_page(page, self.config, self.files)
            self.output.path_for(page.file.dest_uri)
            mkdocs_internals.write_page(page, self.config, everything, self.nav, self.env)
            page.content = page.markdown = None  # thousands together would fill the memory
            assert isinstance(page.file, GeneratedFile)
            yield page.file.source.take()

    def _sources(self, group: PageGroup) -> Iterator[tuple[str, bytes]]:
        for address, path in group.sources():
            yield address, (self.data / path).read_bytes()


#: Makes page groups and then runs tasks: the files of each, in their order.
Executor = Callable[[RenderContext, Sequence[PageGroup], Sequence[FileTask]], Iterator[FileGroup]]


def local_executor(jobs: int) -> Executor:
    """So many processes of this machine."""

    def execute(
        context: RenderContext, groups: Sequence[PageGroup], tasks: Sequence[FileTask]
    ) -> Iterator[FileGroup]:
        if sum(group.size for group in groups) < MIN_SHARED:
            yield from map(context.make, groups)
            yield from local_workers.each(context.output.make, tasks, jobs)
            return
        render.load_templates()  # what every worker needs is compiled before they are forked
        context.env.get_template("main.html")
        units: list[PageGroup | FileTask] = [*groups, *tasks]  # no worker waits for the last group
        yield from local_workers.each(context.do, units, jobs)

    return execute


def read_linked_pages(
    config: MkDocsConfig, files: LazyFiles, nav: Navigation, index: Index
) -> None:
    """Read the generated pages whose title or anchors MkDocs needs for links of other pages."""
    others = index.take()
    links = [file.page.links_to_anchors or {} for file in files if file.page]
    wanted = {target for targets in links for target in targets}
    wanted.update(page.file for page in nav.pages)
    known = (file for file in files if isinstance(file, GeneratedFile))
    pages = [(file, files.page_of(file)) for file in known]  # MkDocs wants each to have one
    linked = sorted((one for one in pages if one[0] in wanted), key=lambda one: one[0].src_uri)
    for group, members in groupby(linked, key=lambda one: one[0].group):
        for _, page in members:
            mkdocs_internals.read_page(page, config, files)
            page.present_anchor_ids = html_blocks.anchors(page.content or "")
            page.title = page.title  # for the navigation: it would be lost with the Markdown
        group.forget()  # not before: its pages are made together
    index.take()  # the worker that makes these pages gives them to search
    index.put_back(others)


def data_and_pdf(
    group: PageGroup, view: View, typesetter: pdf.Typesetter | None
) -> Iterator[tuple[str, bytes]]:
    """The files beside a page: its data, and its PDF."""
    yield from group.data_beside(view)
    if typesetter:
        for one in pdf.with_pdf([view]):
            yield pdf.address(one), typesetter.pdf(one)
