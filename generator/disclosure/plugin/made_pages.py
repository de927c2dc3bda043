"""The pages of a large group as the last build made them, so that a change makes few of them again.

All pages of a department are one group, and made again when anything in it changes. In a department
with thousands of pages nearly all of them then come out as they were; those are taken over. Unlike
other results these are stored under the name of the group: each page comes with the digest of what
it was made from itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from disclosure.engine.cache import UNKNOWN, digest
from disclosure.engine.site_folder import SiteFile, SiteFolder
from disclosure.model.diagnostics import Diagnostic
from disclosure.pages.view import View
from disclosure.search import IndexedPage
from disclosure.site.page_group import PageGroup

#: With fewer pages than this, a group is made in less time than it takes to know each of them.
MIN_PAGES = 60


class OfferedFiles(Struct, frozen=True):
    """The data and the PDF of a page, and what no font of this machine has for it."""

    files: tuple[SiteFile, ...]
    unset: tuple[Diagnostic, ...]


class MadePage(Struct, frozen=True):
    """A page as a build made it.

    Attributes:
        key: A digest of all that it and what it offers were made from, but for `named`.
        offered: What stands beside it.
        files: The page itself and its Markdown.
        named: The sizes that it names, by the addresses of the files.
        indexed: What search needs of it; None where it is in no index.
    """

    key: str
    offered: OfferedFiles
    files: tuple[SiteFile, ...]
    named: Mapping[str, int | None]
    indexed: IndexedPage | None


class LastPages:
    """What the last build made of the pages of a group, as far as that is what they are now."""

    def __init__(self, output: SiteFolder, group: PageGroup, fingerprint: str, font: str) -> None:
        """Take what the pages are made with; nothing is known of those of a small group."""
        self._output, self._group, self._around = output, group, (fingerprint, font)
        is_known = fingerprint and group.size >= MIN_PAGES
        name = [group.folder]
        self._entry = output.cache.entry("last-pages", name) if is_known else UNKNOWN
        self._keys: dict[str, str] = {}
        self._same: dict[str, MadePage] = {}

    def mark(self) -> None:
        """Keep what is known for the next build: nothing of the group has changed."""
        self._entry.mark()

    def compare(self) -> None:
        """Find the pages that are made of the same as then."""
        if not self._entry:
            return
        self._keys = {view.address: self._key(view) for view in self._group.views}
        last: dict[str, MadePage] = self._entry.get(dict) or {}
        self._same = {
            address: page for address, page in last.items() if page.key == self._keys.get(address)
        }

    def _key(self, view: View) -> str:
        return digest(*self._around, *self._group.view_inputs(view))

    def offered(self, address: str) -> OfferedFiles | None:
        """What stands beside a page, taken over; None where it must be made again."""
        page = self._same.get(address)
        if page and self._output.take_over(page.offered.files):
            return page.offered
        self._same.pop(address, None)
        return None

    def taken_over(self) -> dict[str, MadePage]:
        """The pages that need not be made, once the group knows the sizes of all files."""
        sizes = self._group.sizes
        return {
            address: page
            for address, page in self._same.items()
            if all(sizes.get(name) == size for name, size in page.named.items())
            if self._output.take_over(page.files)
        }

    def store(self, pages: Mapping[str, MadePage]) -> None:
        """Let the next build know all pages of this one."""
        self._entry.put(pages)

    def key(self, address: str) -> str:
        """What a page is stored with; "" where pages are not stored."""
        return self._keys.get(address, "")
