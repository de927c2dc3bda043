"""The two ways to make the pages of a site inside MkDocs.

A plain `mkdocs build` makes all of them as MkDocs does: it renders them one after the other and
then writes them. `disclosure build` and `disclosure serve` run MkDocs with `--dirty`, and workers
make the generated pages, group by group. Both give the same bytes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from itertools import chain

import jinja2
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from disclosure import search
from disclosure.engine import site_folder
from disclosure.engine.site_folder import SiteFile
from disclosure.engine.template_cache import TemplateCache, beside_modules
from disclosure.pages import render
from disclosure.plugin import html_blocks
from disclosure.plugin.mkdocs_files import LazyFiles, all_files
from disclosure.plugin.page_fingerprint import page_fingerprint
from disclosure.plugin.preview import Preview
from disclosure.plugin.site_build import RenderedSite, SiteBuild
from disclosure.plugin.workers import (
    GroupFiles,
    RenderContext,
    data_and_pdf,
    read_linked_pages,
)


class Strategy(ABC):
    """How the generated pages of one build are made. MkDocs calls these in their order here."""

    def __init__(self, build: SiteBuild) -> None:
        """Take the build."""
        self._build = build
        self._compiled = beside_modules(otherwise=build.output.cache)
        render.ENVIRONMENT.bytecode_cache = TemplateCache(self._compiled, "pages")

    @abstractmethod
    def add_files(self, files: Files) -> Files:
        """The files of the site, generated ones included."""

    @abstractmethod
    def page_rendered(self, page: Page, content: str) -> None:
        """MkDocs has rendered the Markdown of a generated page."""

    @abstractmethod
    def pages_read(self, env: jinja2.Environment, files: Files, nav: Navigation) -> None:
        """MkDocs has rendered the Markdown of all pages that it makes itself."""

    @abstractmethod
    def finish(self) -> RenderedSite:
        """MkDocs has written all pages that it makes itself."""

    def cache_theme(self, env: jinja2.Environment, nav: Navigation) -> str:
        """Compile the templates of the theme only once; the fingerprint of what they show.

        Not so where a plugin or a hook may change what templates are compiled to.
        """
        fingerprint = page_fingerprint(self._build.config, nav)
        if fingerprint:
            env.bytecode_cache = TemplateCache(self._compiled, "theme")
        return fingerprint


class MkDocsStrategy(Strategy):
    """MkDocs makes all pages."""

    def __init__(self, build: SiteBuild) -> None:
        """Take the build."""
        super().__init__(build)
        self._beside: list[tuple[SiteFile, ...]] = []
        self._downloads: list[site_folder.FileGroup] = []

    def add_files(self, files: Files) -> Files:
        """Write the files that pages offer, and add every generated page and every data file."""
        build = self._build
        for group in build.site.all_page_groups():
            beside = (data_and_pdf(group, view, build.typesetter) for view in group.views)
            files_of_group = chain(chain.from_iterable(beside), group.own_files())
            written = build.output.write(files_of_group)
            group.sizes |= {file.path: file.size for file in written}
            self._beside.append(written)
            group.forget()
        self._downloads = build.output.make_all([*build.site.tasks()], build.order.processes)
        build.site.tell_sizes(self._downloads)
        for file in all_files(build.config, build.site.all_page_groups(), build.data):
            files.append(file)
        return files

    def page_rendered(self, page: Page, content: str) -> None:
        """Tell MkDocs where links may lead, which it checks at the end."""
        page.present_anchor_ids = html_blocks.anchors(content)

    def pages_read(
        self,
        env: jinja2.Environment,
        files: Files,  # noqa: ARG002 - of the interface
        nav: Navigation,
    ) -> None:
        """Leave the pages to MkDocs."""
        self.cache_theme(env, nav)

    def finish(self) -> RenderedSite:
        """What was written before the pages, and what search is to know of these."""
        build = self._build
        groups: list[GroupFiles] = []
        entries: list[search.SearchName] = []
        for group, files in zip(build.site.all_page_groups(), self._beside, strict=True):
            entries += group.entries()
            texts = build.output.write(group.markdown())
            groups.append(GroupFiles((*files, *texts), batches=(), dates=group.dated()))
            group.forget()
        return RenderedSite(groups, build.index.take(entries), self._downloads)


class WorkerStrategy(Strategy):
    """Workers make the generated pages; MkDocs makes the hand-written ones."""

    _groups: Sequence[GroupFiles] = ()
    _downloads: Iterable[site_folder.FileGroup] = ()

    def __init__(self, build: SiteBuild, preview: Preview | None) -> None:
        """Take the build, and the preview that it is made for."""
        super().__init__(build)
        self._preview = preview

    def add_files(self, files: Files) -> Files:
        """Make a generated page known to MkDocs when another one links to it."""
        build = self._build
        return LazyFiles(files, build.config, build.site.all_page_groups(), build.data)

    def page_rendered(self, page: Page, content: str) -> None:
        """Nothing: MkDocs checks links only to the pages in `read_linked_pages`."""

    def pages_read(self, env: jinja2.Environment, files: Files, nav: Navigation) -> None:
        """Start the workers, and wait for what they make."""
        build = self._build
        assert isinstance(files, LazyFiles)
        read_linked_pages(build.config, files, nav, build.index)
        context = RenderContext(
            config=build.config,
            files=files,
            env=env,
            nav=nav,
            index=build.index,
            data=build.data,
            output=build.output,
            typesetter=build.typesetter,
            fingerprint=self.cache_theme(env, nav),
        )
        report_progress = build.order.report_progress
        if self._preview:
            self._preview.show_first(context)
            report_progress = self._preview.go_on
        self._groups, self._downloads = context.make_all(
            build.site, build.executor, build.order.processes, report_progress
        )

    def finish(self) -> RenderedSite:
        """What workers have made, and the pages that MkDocs has read."""
        documents = self._build.index.take()
        return RenderedSite(self._groups, documents, self._downloads)
