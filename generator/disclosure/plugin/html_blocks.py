"""What Markdown need not see of a generated page: kept out of the engine and put back after it.

Almost all of a generated page is HTML that Markdown passes through untouched, after three
parsers have read every tag of it. So each block waits outside while an empty element stands in
its place, and a word stands in for the page's title. Only headings are left for Markdown to do,
and those are the same on very many pages.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

#: Stands in for the title, and so becomes the anchor of the page's own heading.
TITLE = "page-title"

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_STANDS_FOR_TITLE = re.compile(f">{TITLE}<")
_STANDS_IN = re.compile(r'<div data-block="(\d+)"></div>')
_ID = re.compile(r'<[a-z][^>]*\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Taken:
    """A page in two parts.

    Attributes:
        markdown: What is left for Markdown to do.
        title: The text of its first heading, as HTML; "" where it has none.
        blocks: Its blocks of HTML.
    """

    markdown: str
    title: str
    blocks: tuple[str, ...]

    def put_back(self, content: str) -> str:
        """The page's content as HTML, with everything where it was taken out."""
        content, found = _STANDS_FOR_TITLE.subn(lambda _: f">{self.title}<", content, count=1)
        assert found == bool(self.title), "an extension of Markdown has changed the heading"
        return _STANDS_IN.sub(lambda found: self.blocks[int(found[1])], content)


def anchors(content: str) -> set[str]:
    """The ids in a page's HTML, to which links may lead; Markdown knows those of headings alone."""
    return {html.unescape(found) for found in _ID.findall(content)}


def take_out(markdown: str) -> Taken:
    """The Markdown of a page that `render` made, in two parts.

    Blank lines end a block, and `render` writes none inside of one. It escapes all text of the
    data, so that a title is the same to HTML as to Markdown.
    """
    blocks: list[str] = []
    kept: list[str] = []
    for chunk in markdown.split("\n\n"):
        text = chunk.strip("\n")
        if text.startswith("<"):
            kept.append(f'<div data-block="{len(blocks)}"></div>')
            blocks.append(text)
        else:
            kept.append(chunk)
    title = _TITLE.search(left := "\n\n".join(kept))
    left = _TITLE.sub(f"# {TITLE}", left, count=1)
    return Taken(left, title[1] if title else "", tuple(blocks))
