"""The index in parts: however it is cut, the box finds the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Route, expect

from disclosure.search import Document, IndexedPage, cutting, part
from tests.support.browser import SEARCH, SearchBox, Visit, served
from tests.support.searchdata import write

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


@pytest.fixture(scope="module")
def sites_in_parts(
    chromium: Browser, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """One index in one part a year, and the same in many parts, files and pieces."""
    assert chromium.is_connected()
    addresses = []
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        for small in (False, True):
            if small:
                patch.setattr(cutting, "PAGES", 5)
                for name, size in (("FILE", 100), ("PIECE", 60)):
                    patch.setattr(part, name, size)
            site = tmp_path_factory.mktemp("parts")
            shutil.copytree(built_site, site, dirs_exist_ok=True)
            documents = [Document(page, (named,)) for page, named in many_pages()]
            shutil.rmtree(site / "search")
            write(site, documents)
            folders = [path for path in (site / "search").iterdir() if "-" in path.name]
            assert (len(folders) > 3) == small
            assert bool(list(site.rglob("*.piece"))) == small
            addresses.append(stack.enter_context(served(site)))
        yield addresses


def test_many_parts_find_what_one_finds(sites_in_parts: list[str], visit: Visit) -> None:
    """However the index is cut, each query finds exactly the pages that hold it."""
    texts = {page.address: page.text for page, _ in many_pages()}
    lines = [line for text in texts.values() for line in text.split("\n")]
    chance = Random(24)  # noqa: S311 - repeatable on purpose
    queries = {"道路 养老", "0324 2023", "局"}
    while len(queries) < 200:
        line, length = chance.choice(lines), chance.randint(1, 12)
        start = chance.randrange(len(line))
        queries.add(line[start : start + length])
    expected = {
        query: sorted(
            address
            for address, text in texts.items()
            if all(word in text.lower() for word in query.lower().split())
        )
        for query in queries
    }
    for address in sites_in_parts:
        page = visit().page
        page.goto(address)
        found = page.evaluate(SEARCH, sorted(queries))
        assert {query: sorted(pages) for query, pages in found.items()} == expected


def test_older_years_are_searched_when_asked_for(sites_in_parts: list[str], visit: Visit) -> None:
    """Where there are very many pages, the newest years come first, and the rest on request."""
    page = visit().page

    def shrink(route: Route) -> None:
        answer = route.fetch()
        assert "80_000" in answer.text()
        route.fulfill(response=answer, body=answer.text().replace("80_000", "30"))

    page.route("**/search-data.js", shrink)
    page.goto(sites_in_parts[0])
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
