"""Generated pages, and data files, as MkDocs knows them.

Where workers make them, MkDocs is told of one only when a page written by hand or the navigation
leads to it: a site has very many, and MkDocs keeps all that it knows of each until the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from disclosure.pages.addresses import SOURCES
from disclosure.pages.render import MarkdownFile, page_path
from disclosure.site.page_group import PageGroup, folder_of
from disclosure.site.sitemap import ListedPage


class GeneratedPage(File):
    """A page of ours, whose text is made when MkDocs asks for it.

    Attributes:
        address: Where it is in the site.
        group: What it is part of.
        left_to_workers: Whether MkDocs is to pass it over, because a worker makes it.
    """

    address: str
    group: PageGroup
    left_to_workers = False

    @classmethod
    def of(cls, config: MkDocsConfig, address: str, group: PageGroup) -> GeneratedPage:
        """The page as a file that MkDocs knows."""
        inclusion = InclusionLevel.NOT_IN_NAV
        file = cls.generated(config, page_path(address), content="", inclusion=inclusion)
        assert isinstance(file, cls)
        file.address, file.group = address, group
        return file

    @property
    def made(self) -> MarkdownFile:
        """The page as it is made."""
        return self.group.page(self.address)

    @property  # type: ignore[misc] # nobody sets it
    def content_string(self) -> str:
        """Its text, in Markdown."""
        return self.made.text

    def is_modified(self) -> bool:
        """Whether MkDocs must make it, in a `--dirty` build."""
        return not self.left_to_workers


class OwnPage(Page):
    """A generated page, made as MkDocs does it, with what is the same done once.

    Without its title and its blocks of HTML (see `blocks`) a page is little more than its
    headings, and those of all projects are alike.

    Attributes:
        rendered: What came of pages so far, by their Markdown.
    """

    rendered: dict[str, Mapping[str, Any]]

    def read_source(self, config: MkDocsConfig) -> None:
        """As if the page were read from a file, where no other plugin wants to see that file."""
        if config.plugins.events["page_read_source"]:
            super().read_source(config)
        else:
            assert isinstance(self.file, GeneratedPage)
            made = self.file.made
            self.markdown, self.meta = made.body.lstrip("\n"), made.matter

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """As MkDocs does, unless the same has been done before."""
        assert self.markdown is not None
        if self.markdown not in self.rendered:
            super().render(config, files)
            self.rendered[self.markdown] = {name: vars(self)[name] for name in _RENDERED}
        vars(self).update(self.rendered[self.markdown])


_RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")


class SourceFile(File):
    """A data file that is published as it is."""

    @classmethod
    def of(cls, config: MkDocsConfig, address: str, path: Path) -> File:
        """The file as one that MkDocs knows."""
        inclusion = InclusionLevel.NOT_IN_NAV
        return cls.generated(config, address, abs_src_path=str(path), inclusion=inclusion)

    def is_modified(self) -> bool:
        """Whether MkDocs must copy it, in a `--dirty` build: a worker does."""
        return False


def all_files(config: MkDocsConfig, groups: Iterable[PageGroup], data: Path) -> Iterator[File]:
    """Everything, for MkDocs to make."""
    for group in groups:
        for address in group.addresses():
            yield GeneratedPage.of(config, address, group)
        for address, path in group.sources():
            yield SourceFile.of(config, address, data / path)


class LeftToWorkers(Files):
    """The files of a site in which workers make those that are generated."""

    def __init__(
        self, files: Files, config: MkDocsConfig, groups: Sequence[PageGroup], data: Path
    ) -> None:
        """Take the files that there are; a generated one takes precedence over one by hand."""
        self._config, self._data = config, data
        self._rendered: dict[str, Mapping[str, Any]] = {}
        self._portions = {group.folder: group for group in groups}
        assert len(self._portions) == len(groups), "each has a folder of its own"
        super().__init__(file for file in files if self._generated(file.src_uri) is None)
        for file in self.documentation_pages():
            # A preview would pass over those that are as before, and not know their titles.
            vars(file)["is_modified"] = lambda: True

    def get_file_from_path(self, path: str) -> File | None:
        """The file that is made of `path`; one that is generated is known from then on."""
        found = super().get_file_from_path(path)
        if found is None and (found := self._generated(PurePath(path).as_posix())):
            self.append(found)
        return found

    def pages(self, group: PageGroup) -> list[Page]:
        """The pages of a portion, in their order."""
        self._rendered.clear()  # what there is of all of them would fill the memory
        return [self._page(group, address) for address in group.addresses()]

    def _page(self, group: PageGroup, address: str) -> Page:
        known = self.src_uris.get(page_path(address))
        return self.page_of(known or self._made(group, address))

    def page_of(self, file: File) -> Page:
        """The page of a generated file; one that the navigation has is there, with its title."""
        if file.page is None:
            page = OwnPage(None, file, self._config)  # which the file knows from then on
            page.rendered = self._rendered
            return page
        return file.page

    def _generated(self, path: str) -> File | None:
        group = self._portions.get(folder_of(path.removeprefix(SOURCES)))
        if group is None:
            return None
        pages = {page_path(address): address for address in group.addresses()}
        sources = dict(group.sources())
        if path in pages:
            return self._made(group, pages[path])
        if path in sources:
            return SourceFile.of(self._config, path, self._data / sources[path])
        return None

    def _made(self, group: PageGroup, address: str) -> GeneratedPage:
        file = GeneratedPage.of(self._config, address, group)
        file.left_to_workers = True
        return file


def pages_by_hand(files: Files) -> Iterator[ListedPage]:
    """The hand-written pages, in the order of MkDocs."""
    for file in files.documentation_pages():
        if file.page and not isinstance(file, GeneratedPage):
            yield ListedPage(file.page.url, file.page.meta.get("dated", ""))


def pages_of(groups: Iterable[PageGroup], dates: Iterator[Iterable[str]]) -> Iterator[ListedPage]:
    """Generated pages, which MkDocs need not know; the next of `dates` are those of the next."""
    for group in groups:
        for address, day in zip(group.addresses(), next(dates), strict=True):
            yield ListedPage(address, day)
