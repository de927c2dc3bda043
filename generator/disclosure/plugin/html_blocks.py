"""Keeps the HTML blocks of a generated page away from Markdown and puts them back afterwards.

Almost all of a generated page is HTML that Markdown passes through unchanged, after three parsers
have read every tag of it. So an empty element stands in for each block and a word for the page's
title. Only headings are left for Markdown, and those are the same on very many pages.
"""

from __future__ import annotations

import html
import re

from msgspec import Struct

#: Stands in for the title, and so becomes the anchor of the page's own heading.
TITLE = "page-title"

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_TITLE_PLACEHOLDER = re.compile(f">{TITLE}<")
_BLOCK_PLACEHOLDER = re.compile(r'<div data-block="(\d+)"></div>')
_ID = re.compile(r'<[a-z][^>]*\sid="([^"]*)"')


class SplitPage(Struct, frozen=True):
    """A page in two parts.

    Attributes:
        markdown: What is left for Markdown, with placeholders.
        title: The text of its first heading, as HTML; "" where it has none.
        blocks: Its blocks of HTML.
    """

    markdown: str
    title: str
    blocks: tuple[str, ...]

    def restore(self, content: str) -> str:
        """The page's content as HTML, with everything in the place of its placeholder."""
        content, found = _TITLE_PLACEHOLDER.subn(lambda _: f">{self.title}<", content, count=1)
        assert found == bool(self.title), "an extension of Markdown has changed the heading"
        return _BLOCK_PLACEHOLDER.sub(lambda found: self.blocks[int(found[1])], content)


def anchors(content: str) -> set[str]:
    """The ids in a page's HTML, to which links may lead; Markdown knows those of headings alone."""
    return {html.unescape(found) for found in _ID.findall(content)}


def split(markdown: str) -> SplitPage:
    """The Markdown of a page that `pages.render` made, in two parts.

    Blank lines end a block, and `render` writes none inside of one. It escapes all text of the
    data, so that a title is the same to HTML as to Markdown.
    """
    blocks: list[str] = []
    chunks: list[str] = []
    for chunk in markdown.split("\n\n"):
        text = chunk.strip("\n")
        if text.startswith("<"):
            chunks.append(f'<div data-block="{len(blocks)}"></div>')
            blocks.append(text)
        else:
            chunks.append(chunk)
    title = _TITLE.search(left := "\n\n".join(chunks))
    left = _TITLE.sub(f"# {TITLE}", left, count=1)
    return SplitPage(left, title[1] if title else "", tuple(blocks))
