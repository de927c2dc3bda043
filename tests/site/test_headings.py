"""Headings of the built sites: each is the only one of its name on its page."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser


@pytest.mark.parametrize("site", ["built_site", "built_examples"])
def test_headings_are_unique_within_a_page(site: str, request: pytest.FixtureRequest) -> None:
    """Neither a list of headings nor the list of contents has the same line twice."""
    folder: Path = request.getfixturevalue(site)
    found = {}
    for page in folder.rglob("*.html"):
        headings = LexborHTMLParser(page.read_text("utf-8")).css("h1, h2, h3, h4, h5, h6")
        count = Counter(heading.text().removesuffix("¶").strip() for heading in headings)
        found[str(page.relative_to(folder))] = [text for text, n in count.items() if n > 1]
    assert len(found) > 10
    assert {page: twice for page, twice in found.items() if twice} == {}


def test_the_guide_is_for_those_who_publish(built_examples: Path) -> None:
    """It stands in the footer of every page, and not among the places of residents."""
    tree = LexborHTMLParser((built_examples / "years" / "index.html").read_text("utf-8"))
    links = {place: tree.css(f"{place} a[href='../guide/']") for place in (".places", "footer")}
    assert len(tree.css(".places a")) > 5
    assert links[".places"] == []
    assert "给填报人员" in (links["footer"][0].parent or links["footer"][0]).text()
