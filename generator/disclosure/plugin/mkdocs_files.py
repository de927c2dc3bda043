"""Generated pages and data files as MkDocs knows them.

A site has very many, and MkDocs keeps all that it knows of each until the end. So where workers
make the pages, MkDocs is told of one only when a hand-written page or the navigation links to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from disclosure.pages.addresses import SOURCES
from disclosure.pages.events import FEED
from disclosure.pages.render import MarkdownFile, page_path
from disclosure.plugin import html_blocks, mkdocs_internals
from disclosure.site.page_group import PageGroup, folder_of
from disclosure.site.sitemap import ListedPage


class GeneratedFile(File):
    """A generated page as a file of MkDocs; its Markdown is made when MkDocs asks for it.

    Attributes:
        address: Where it is in the site.
        group: The page group that it belongs to.
        left_to_workers: Whether MkDocs is to skip it, because a worker makes it.
    """

    address: str
    group: PageGroup
    left_to_workers = False
    _split: html_blocks.SplitPage

    @classmethod
    def of(
        cls, config: MkDocsConfig, address: str, group: PageGroup, *, left_to_workers: bool = False
    ) -> GeneratedFile:
        """The page at an address of the site."""
        inclusion = InclusionLevel.NOT_IN_NAV
        file = cls.generated(config, page_path(address), content="", inclusion=inclusion)
        assert isinstance(file, cls)
        file.address, file.group, file.left_to_workers = address, group, left_to_workers
        return file

    @property
    def source(self) -> MarkdownFile:
        """The page as Markdown with front matter."""
        return self.group.page(self.address)

    @property  # type: ignore[misc] # nobody sets it
    def content_string(self) -> str:
        """Its text, in Markdown."""
        return self.source.text

    def is_modified(self) -> bool:
        """Whether MkDocs must make it, in a `--dirty` build."""
        return not self.left_to_workers

    def without_blocks(self, markdown: str) -> str:
        """Its Markdown without its HTML blocks, which stay here until `with_blocks`."""
        self._split = html_blocks.split(markdown)
        return self._split.markdown

    def with_blocks(self, content: str) -> str:
        """What Markdown made of that, with the blocks."""
        split = self._split
        del self._split
        return split.restore(content)


class GeneratedPage(Page):
    """A generated page that is rendered as MkDocs does it, but each Markdown text only once.

    Without its title and its HTML blocks (see `html_blocks`) a page is little more than its
    headings, and those of all projects are alike.

    Attributes:
        rendered: What rendering has given earlier pages, by their Markdown.
    """

    rendered: dict[str, Mapping[str, Any]]

    def read_source(self, config: MkDocsConfig) -> None:
        """Take Markdown and front matter as they are; as text only if a plugin wants to read it."""
        if config.plugins.events["page_read_source"]:
            super().read_source(config)
        else:
            assert isinstance(self.file, GeneratedFile)
            source = self.file.source
            self.markdown, self.meta = source.body.lstrip("\n"), source.matter

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """As MkDocs does, unless the same Markdown has been rendered before."""
        assert self.markdown is not None
        if self.markdown not in self.rendered:
            super().render(config, files)
            self.rendered[self.markdown] = mkdocs_internals.rendered(self)
        mkdocs_internals.set_rendered(self, self.rendered[self.markdown])


class SourceFile(File):
    """A data file that is published as it is."""

    @classmethod
    def of(cls, config: MkDocsConfig, address: str, path: Path) -> File:
        """The file at an address of the site."""
        inclusion = InclusionLevel.NOT_IN_NAV
        return cls.generated(config, address, abs_src_path=str(path), inclusion=inclusion)

    def is_modified(self) -> bool:
        """Whether MkDocs must copy it, in a `--dirty` build: a worker does."""
        return False


def feed_file(config: MkDocsConfig, content: bytes) -> File:
    """The feed as a file of MkDocs; the theme links it in every page's head."""
    config.extra["feed"] = FEED
    return File.generated(
        config, FEED.address, content=content, inclusion=InclusionLevel.NOT_IN_NAV
    )


def all_files(config: MkDocsConfig, groups: Iterable[PageGroup], data: Path) -> Iterator[File]:
    """Every generated page and every published data file, for MkDocs to make."""
    for group in groups:
        for address in group.addresses():
            yield GeneratedFile.of(config, address, group)
        for address, path in group.sources():
            yield SourceFile.of(config, address, data / path)


class LazyFiles(Files):
    """The files of a site whose generated pages are left to workers, and known when asked for."""

    def __init__(
        self, files: Files, config: MkDocsConfig, groups: Sequence[PageGroup], data: Path
    ) -> None:
        """Take the files there are; a generated file takes precedence over a hand-written one."""
        self._config, self._data = config, data
        self._rendered: dict[str, Mapping[str, Any]] = {}
        self._groups = {group.folder: group for group in groups}
        assert len(self._groups) == len(groups), "each has a folder of its own"
        super().__init__(file for file in files if self._generated(file.src_uri) is None)
        for file in self.documentation_pages():
            # A preview would skip those that have not changed, and not know their titles.
            mkdocs_internals.always_build(file)

    def get_file_from_path(self, path: str) -> File | None:
        """The file that is made of `path`; one that is generated is known from then on."""
        found = super().get_file_from_path(path)
        if found is None and (found := self._generated(PurePath(path).as_posix())):
            self.append(found)
        return found

    def pages(self, group: PageGroup, addresses: Iterable[str]) -> list[Page]:
        """Some pages of a group, in their order."""
        self._rendered.clear()  # that of all groups would fill the memory
        return [self._page(group, address) for address in addresses]

    def page_ahead(self, address: str) -> Page | None:
        """The page at an address, to be made before all others; None if that cannot be done."""
        group = self._groups.get(folder_of(page_path(address)))
        if group and address in group.addresses():
            return self._page(group, address) if group.page_ahead(address) else None
        place = f"{address}index.html"
        by_hand = (file.page for file in self.documentation_pages() if file.dest_uri == place)
        return next((page for page in by_hand if page and page.content is not None), None)

    def _page(self, group: PageGroup, address: str) -> Page:
        known = self.src_uris.get(page_path(address))
        return self.page_of(known or self._file(group, address))

    def page_of(self, file: File) -> Page:
        """The page of a generated file; one of the navigation is there already, with its title."""
        if file.page is None:
            page = GeneratedPage(None, file, self._config)  # which becomes `file.page`
            page.rendered = self._rendered
            return page
        return file.page

    def _generated(self, path: str) -> File | None:
        group = self._groups.get(folder_of(path.removeprefix(SOURCES)))
        if group is None:
            return None
        pages = {page_path(address): address for address in group.addresses()}
        sources = dict(group.sources())
        if path in pages:
            return self._file(group, pages[path])
        if path in sources:
            return SourceFile.of(self._config, path, self._data / sources[path])
        return None

    def _file(self, group: PageGroup, address: str) -> GeneratedFile:
        return GeneratedFile.of(self._config, address, group, left_to_workers=True)


def handwritten_pages(files: Files) -> Iterator[ListedPage]:
    """The hand-written pages for the sitemap, in the order of MkDocs."""
    for file in files.documentation_pages():
        if file.page and not isinstance(file, GeneratedFile):
            yield ListedPage(file.page.url, file.page.meta.get("dated", ""))
