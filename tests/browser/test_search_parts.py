"""The index in parts: however it is cut, the box finds the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from disclosure.search import IndexedPage, SearchDocument, grams, index_parts, part
from disclosure.search.text_files import places
from tests.support.browser import SEARCH, SearchBox, Visit, send_part, served
from tests.support.searchdata import write

#: Serves an index, written as a patch of its constants wants it: its address and its folder.
Indexed = Callable[..., tuple[str, Path]]

#: Words of which the texts below are made, so that many share some of their letters.
PIECES = ("道路", "路面", "养护", "平整", "维修", "桥梁", "梁体", "检测", "0324", "100万元", "养老")


def many_pages() -> Iterator[tuple[IndexedPage, tuple[str, str]]]:
    """72 pages of three years and six departments with their names; some of them are long."""
    chance = Random(8)  # noqa: S311 - repeatable on purpose
    for number in range(72):
        year, department = str(2022 + number % 3), f"局{number % 6}"
        name, code = "".join(chance.choices(PIECES, k=3)), f"{year}P{number:09}L"
        lines = ["".join(chance.choices(PIECES, k=4)) for _ in range(chance.choice([3, 40]))]
        address = f"{number % 6}/{year}/{code}/"
        text = "\n".join([name, code, *lines])
        yield IndexedPage(address, name, text, "项目", year, department, ""), (name, code)


#: An index that is written in another way: each constant that the browser has to learn from it.
CHANGED = {"MAX_GRAM": 2, "MAX_GRAM_WITH_DIGIT": 5, "MAX_WHOLE": 7, "DIGIT": "[0-9]"}
MARKS = (
    "INSIDE",
    "NAME_START",
    "NAME_END",
    "CODE_START",
    "CODE_END",
    "DEPARTMENT",
    "WHOLE",
    "NUMBER",
    "NAME_NUMBER",
)
OTHER_MARKS = tuple("!$^&*+@;:")


def rewrite(patch: pytest.MonkeyPatch) -> None:
    """Change every constant of the contract between the index and the browser."""
    patch.setattr(part, "BLOCK", 5)
    patch.setattr(grams, "MARKS", OTHER_MARKS)
    patch.setattr(grams, "_DIGIT", re.compile("[0-9]"))
    for name, value in {**CHANGED, **dict(zip(MARKS, OTHER_MARKS, strict=True))}.items():
        patch.setattr(grams, name, value)


def leaves(tree: Mapping[str, Any], way: str = "") -> Iterator[tuple[str, object]]:
    """Each constant of a contract with its name."""
    for name, value in tree.items():
        yield from (
            leaves(value, f"{way}{name}.") if isinstance(value, dict) else [(way + name, value)]
        )


def small(patch: pytest.MonkeyPatch) -> None:
    """Many small parts, files and pieces."""
    patch.setattr(index_parts, "MAX_PAGES", 5)
    for name, size in (("FILE", 100), ("PIECE", 60)):
        patch.setattr(part, name, size)


@pytest.fixture
def indexed(chromium: Browser, built_site: Path, tmp_path: Path) -> Iterator[Indexed]:
    """Serves the site with the pages above in an index that is written as a patch wants it."""
    assert chromium.is_connected()
    with ExitStack() as stack:

        def make(change: Callable[[pytest.MonkeyPatch], None] | None = None) -> tuple[str, Path]:
            site = tmp_path / (change.__name__ if change else "usual")
            shutil.copytree(built_site, site)
            shutil.rmtree(site / "search")
            with pytest.MonkeyPatch.context() as patch:
                if change:
                    change(patch)
                write(site, [SearchDocument(page, (named,)) for page, named in many_pages()])
            return stack.enter_context(served(site)), site / "search"

        yield make


def answers(address: str, look: Visit) -> dict[str, list[str]]:
    """What the box at an address finds for many queries, which must be just what is there."""
    texts = {page.address: page.text for page, _ in many_pages()}
    lines = [line for text in texts.values() for line in text.split("\n")]
    chance = Random(24)  # noqa: S311 - repeatable on purpose
    queries = {"道路 养老", "0324 2023", "局"}
    while len(queries) < 200:
        line, length = chance.choice(lines), chance.randint(1, 12)
        start = chance.randrange(len(line))
        queries.add(line[start : start + length])
    page = look().page
    page.goto(address)
    found: dict[str, list[str]] = page.evaluate(SEARCH, sorted(queries))
    assert {query: sorted(pages) for query, pages in found.items()} == {
        query: sorted(
            address
            for address, text in texts.items()
            if all(word in text.lower() for word in query.lower().split())
        )
        for query in queries
    }
    return found


def test_many_parts_find_what_one_finds(indexed: Indexed, look: Visit) -> None:
    """However the index is cut, each query finds exactly the pages that hold it."""
    for change in (None, small):
        address, search = indexed(change)
        parts = [path for path in search.iterdir() if "-" in path.name]
        cut = any(len(place.sizes) > 1 for place in places(search.parent).values())
        assert (len(parts) > 3) == cut == (change is small)
        answers(address, look)


def test_the_browser_follows_the_index(indexed: Indexed, look: Visit) -> None:
    """Of other grams, marks and blocks the browser learns from the index, and finds the same."""
    seen, contracts = [], []
    for change in (None, rewrite):
        address, search = indexed(change)
        contracts.append(json.loads((search / "index.json").read_text("utf-8"))["contract"])
        box = SearchBox(look().page)
        box.page.goto(address)
        box.open()
        box.type("2024P000000002L")
        first = [link.removeprefix(address) for link in box.addresses]
        assert first[0] == "2/2024/2024P000000002L/"
        box.page.locator("[data-facet=department]").select_option("局2")
        box.type("道路")
        rest = [link.removeprefix(address) for link in box.addresses]
        seen.append([first, box.status, rest])
        answers(address, look)
    assert seen[0] == seen[1]
    usual, changed = (set(leaves(contract)) for contract in contracts)
    assert {name for name, _ in usual & changed} == {"guide"}, "all but a name were other ones"


def test_older_years_are_searched_when_asked_for(indexed: Indexed, visit: Visit) -> None:
    """Where there are very many pages, the newest years come first, and the rest on request."""
    page = visit().page

    def shrink(route: Route) -> None:
        answer = route.fetch()
        assert "80_000" in answer.text()
        route.fulfill(response=answer, body=answer.text().replace("80_000", "30"))

    page.route("**/search-data.js", shrink)
    page.goto(indexed()[0])
    box = SearchBox(page)
    box.open()
    box.type("P0000")
    assert box.status == "找到约24个页面，更早的年度还没有搜索"
    assert all("/2024/" in address for address in box.addresses)
    more = page.get_by_role("button", name="显示更多")
    for _ in range(8):
        if more.is_visible():
            count = len(box.addresses)
            more.click()
            expect(page.locator(".search__link").nth(count)).to_be_visible()
    assert len(set(box.addresses)) == 72
    assert box.status == "找到72个页面"
    box.type("2022P00000")  # what no newer year has is looked for in older ones
    assert "24个页面" in box.status
    assert all("/2022/" in address for address in box.addresses)


def texts_of(loaded: list[str], *, parts: bool) -> Callable[[Route], None]:
    """A server of the texts of an index, which sends parts of files or does not."""

    def answer(route: Route) -> None:
        loaded.append(route.request.url)
        if parts:
            send_part(route)
        else:
            route.continue_()

    return answer


def test_a_file_of_texts_that_came_whole_is_loaded_once(indexed: Indexed, visit: Visit) -> None:
    """A server that sends no parts of files is asked once for each; another for each piece."""
    address = indexed()[0]
    for parts in (False, True):
        page, loaded = visit().page, list[str]()
        page.route("**/search/text/**", texts_of(loaded, parts=parts))
        page.goto(address)
        box = SearchBox(page)
        box.open()
        for typed in ("养老", "0324", "桥梁"):
            box.type(typed)
            assert len(box.addresses) == 10
        assert (len(loaded) == len(set(loaded))) == (not parts), loaded
