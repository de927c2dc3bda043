"""Numbers that lead to a filtered list: as many rows are there, however the pages are cut."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

import pytest
from lxml import html
from msgspec import Struct

from disclosure.config.settings import Settings
from disclosure.model.dataset import GitHistory
from disclosure.pages import page_parts, year_lists
from disclosure.pages.render import MarkdownFile
from disclosure.site import pipeline
from disclosure.site.views import department_views
from tests.support import district
from tests.support.repository import ROOT

#: Pages so short that every long one of the district is cut.
MAX_BYTES, MAX_ROWS = 9_000, 7
#: Which line of a comparison counts what became of targets as first published.
AS_FIRST_PUBLISHED = "starts-with(normalize-space(), '按首次公开比较')"


class Counted(Struct, frozen=True):
    """A number in a link: where the link stands, where it leads, and what it says."""

    page: str
    there: str
    query: str
    place: str
    text: str

    @property
    def number(self) -> int:
        """The number that it says."""
        return int(re.findall(r"\d+", self.text.replace(",", ""))[-1])


def pages() -> dict[str, html.HtmlElement]:
    """All pages of the district by their address, as their Markdown has them."""
    data = ROOT / "examples/data"
    found = {
        view.address: MarkdownFile(view).text
        for one in district.analysis().departments
        for view in department_views(one, GitHistory(), Settings("名"))
    }
    for group in pipeline.generate(data, Settings("名")).shared:
        found |= {page.path.removesuffix("index.md"): page.text for page in group.pages()}
    return {address: html.fromstring(f"<main>{text}</main>") for address, text in found.items()}


def counted(found: Mapping[str, html.HtmlElement]) -> Iterator[Counted]:
    """Every link to a filtered list that says a number."""
    for page, tree in found.items():
        for link in tree.xpath("//a[contains(@href, '?')]"):
            way, _, rest = link.get("href").partition("?")
            query, _, place = rest.partition("#")
            text = link.text_content()
            if place and re.search(r"\d", text) and not text.startswith("（其中"):
                there = posixpath.normpath(posixpath.join(page or ".", way))
                yield Counted(page, f"{there}/", query, place, text)


def rows(tree: html.HtmlElement, one: Counted) -> int:
    """How many rows of a list the filter of a link shows, as the script of the page does it."""
    ((name, value),) = parse_qsl(one.query)
    column = name.rpartition("-")[2]
    listed = tree.xpath(f"//table[@id='{one.place}' or @id='{one.place}-rows']/tbody/tr")
    return sum(value in row.get(f"data-{column}", "").split() for row in listed)


@pytest.fixture(scope="module")
def whole() -> Mapping[str, html.HtmlElement]:
    """The pages as they are, hardly any cut."""
    return pages()


def test_a_number_leads_to_as_many_rows(whole: Mapping[str, html.HtmlElement]) -> None:
    """The list that a number leads to has just so many rows that its filter shows."""
    links = [*counted(whole)]
    wrong = {(one, shown) for one in links if (shown := rows(whole[one.there], one)) != one.number}
    assert len(links) > 300
    assert not wrong


def test_where_a_list_is_cut_a_number_leads_to_where_its_rows_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To all of them on one part, or to the line that says how many there are on each part."""
    monkeypatch.setattr(page_parts, "MAX_BYTES", MAX_BYTES)
    monkeypatch.setattr(year_lists, "MAX_ROWS", MAX_ROWS)
    found = pages()
    on_parts = 0
    for one in counted(found):
        tree = found[one.there]
        lines = tree.xpath(f"//li[@data-query='{one.query}']")
        if one.text.startswith("第") or not lines:
            assert rows(tree, one) == one.number, one
            continue
        (line,) = lines
        assert tree.xpath(f"//*[@id='{one.place}']/following::li[@data-query='{one.query}']")
        total, *parts = (int(each) for each in re.findall(r"(\d+)[项个]", line.text_content()))
        assert total == one.number == sum(parts), one
        on_parts += len(parts) > 1
    assert on_parts > 20


def test_every_count_of_changes_is_a_link(whole: Mapping[str, html.HtmlElement]) -> None:
    """No chip with a number, and no count as first published, is without a link.

    No list has those of all departments as first published; what differs is linked beside them.
    """
    unlinked = [
        (page, text)
        for page, tree in whole.items()
        for text in (
            *tree.xpath("//span[contains(@class, 'state')]/text()"),
            *tree.xpath(f"//dd[{AS_FIRST_PUBLISHED}][not(span[@class='one'])]/text()"),
        )
        if re.fullmatch(r"[^\d%]*\D[1-9]\d*", text)
    ]
    assert not unlinked


def test_what_differs_as_first_published_is_linked_where_it_stands(
    whole: Mapping[str, html.HtmlElement],
) -> None:
    """Over all departments the counts name those whose own comparison tells what differs."""
    links = [
        link
        for page, tree in whole.items()
        if page.startswith("compare/")
        for link in tree.xpath(f"//dd[{AS_FIRST_PUBLISHED}]/span[@class='one']/a/@href")
    ]
    assert len(links) > 2
    for link in links:
        page, _, place = link.removeprefix("../../").partition("#")
        assert whole[page].xpath(f"//*[@id='{place}']/following::table"), link


def test_what_is_unchanged_stands_on_the_page_of_the_project(
    whole: Mapping[str, html.HtmlElement],
) -> None:
    """A project's 未变 in a comparison leads to as many unchanged targets."""
    wrong, seen = [], 0
    for page, tree in whole.items():
        for link in tree.xpath("//table[@id='changes']//a[contains(@class, 'state-same')]"):
            way, _, place = link.get("href").partition("#")
            there = whole[f"{posixpath.normpath(posixpath.join(page, way))}/"]
            shown = there.xpath("//table[contains(@class, 'readings')]//*[contains(., '未变')]/..")
            same = {row for one in shown for row in one.iterancestors("tr")}
            seen += 1
            if place != "readings" or len(same) != int(link.text_content().removeprefix("未变")):
                wrong.append((page, way, link.text_content(), len(same)))
    assert seen > 100
    assert not wrong
