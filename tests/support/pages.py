"""Built pages, parsed by Lexbor: BeautifulSoup takes fifteen times as long for a whole site."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser


def parsed(page: Path) -> LexborHTMLParser:
    """A built page as browsers read it."""
    return LexborHTMLParser(page.read_text("utf-8"))
