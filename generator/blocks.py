"""HTML blocks of generated pages, kept out of the Markdown engine and put back after it.

Almost all of a generated page is HTML that Markdown passes through untouched, after three
parsers have read every tag of it. So each block waits outside while an empty element stands in
its place, and only headings and hand-written text are left for Markdown to do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_STANDS_IN = re.compile(r'<div data-block="(\d+)"></div>')
_ID = re.compile(r'<[a-z][^>]*\sid="([^"]*)"')


def take_out(markdown: str) -> tuple[str, list[str]]:
    """The Markdown of a page that `render` made, without its HTML blocks, and those blocks.

    Blank lines end a block, and `render` writes none inside of one.
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
    return "\n\n".join(kept), blocks


def put_back(content: str, blocks: Sequence[str]) -> str:
    """The page's content as HTML, with every block where it was taken out."""
    return _STANDS_IN.sub(lambda found: blocks[int(found[1])], content)


def anchors(blocks: Sequence[str]) -> set[str]:
    """The ids inside the blocks, to which links may lead."""
    return {html.unescape(found) for block in blocks for found in _ID.findall(block)}
