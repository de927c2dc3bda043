"""The site's pages for search engines, as the protocol of sitemaps.org asks: a list, or several.

A list may hold 50,000 addresses and 50 MB. Few pages are one list; many are cut by departments,
and `sitemap.xml` becomes an index of the parts: a department's pages stand together in a part that
a change of another department leaves as it is. All of them lie at the site's root, because a list
may only name what is below its own folder.

The protocol knows full addresses only. A site without a public one has no sitemap: every entry
would be wrong, and a list without entries is not valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from markupsafe import escape

from disclosure.engine.partition import shares

NAME = "sitemap.xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

#: How many addresses one list may hold.
MAX_ADDRESSES = 50_000

#: How large the entries of a list may be, in bytes. The protocol allows 52,428,800 for the file,
#: so there is room for what stands around them.
MAX_BYTES = 50_000_000

#: How many pages a part holds at most, on average: far fewer than it may, because departments
#: differ in size, and because one page more is a part that search engines load again.
SHARE = 10_000


class ListedPage(NamedTuple):
    """A page: its address below the site's, and the newest date behind it, ISO, or ""."""

    address: str
    dated: str


def files(
    site: str, own: Sequence[ListedPage], departments: Sequence[ListedPage]
) -> Iterator[tuple[str, bytes]]:
    """The sitemap's files, each with its address below the site's; one after the other.

    Args:
        site: The site's public address ending in `/`; with "" there are no files.
        own: The pages that are of no department.
        departments: The pages of all departments, each below its department's folder.
    """
    if not site:
        return
    whole = list(islice(_lists(site, chain(own, departments)), 2))
    if len(whole) == 1:
        yield NAME, whole[0][0]
        return
    entries = []
    cut = shares(departments, SHARE, lambda page: page.address.partition("/")[0], lambda _: 1)
    for number, share in enumerate([own, *cut]):
        for piece, (content, newest) in enumerate(_lists(site, share), start=1):
            name = f"sitemap-{number}-{piece}.xml"
            entries.append(_entry("sitemap", site + name, newest))
            yield name, content
    yield NAME, _document("sitemapindex", entries)


def _lists(site: str, pages: Iterable[ListedPage]) -> Iterator[tuple[bytes, str]]:
    """As few lists as can hold these pages in their order, each with its newest date."""
    entries: list[bytes] = []
    size, newest = 0, ""
    for page in pages:
        entry = _entry("url", site + page.address, page.dated)
        if len(entries) == MAX_ADDRESSES or (entries and size + len(entry) > MAX_BYTES):
            yield _document("urlset", entries), newest
            entries, size, newest = [], 0, ""
        entries.append(entry)
        size += len(entry)
        newest = max(newest, page.dated)
    if entries:
        yield _document("urlset", entries), newest


def _entry(element: str, address: str, dated: str) -> bytes:
    day = f"<lastmod>{escape(dated)}</lastmod>" if dated else ""
    return f"  <{element}><loc>{escape(address)}</loc>{day}</{element}>\n".encode()


def _document(root: str, entries: Iterable[bytes]) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    return b"".join([head.encode(), *entries, f"</{root}>\n".encode()])
