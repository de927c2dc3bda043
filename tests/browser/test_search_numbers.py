"""Digits find numbers of the text before parts of codes and of longer numbers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from disclosure.search import Index, SearchName
from tests.support.browser import SearchBox, Visit, served
from tests.support.searchdata import write

#: Projects by their code, with a target of each.
TARGETS = {
    "99010148P0000000048A": "≥5次",  # led everything as long as codes counted like numbers
    "99010124P0000000001B": "≥48次",
    "99010124P0000000002C": "148人",
    "99010124P0000000003D": "48.00万元",
    "99010124P0000000004E": "4,800平方米",
    "99010124P0000000005F": "４８％",
    "99010148P0000000006G": "48.5公里",
    "99010124P0000000007H": "1,790.00元",
}


@pytest.fixture(scope="module")
def numbered(
    chromium: Browser, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The site with an index of the projects above."""
    assert chromium.is_connected()
    copy = tmp_path_factory.mktemp("numbers")
    shutil.copytree(built_site, copy, dirs_exist_ok=True)
    index, entries = Index(), []
    for code, target in TARGETS.items():
        address = f"d/2024/{code}/"
        row = (
            f"<tr><th>产出指标</th><th>活动</th><td class='target'>{target}</td><td>依据</td></tr>"
        )
        html = f"<h1>项目{code[-1]}</h1><p>{code}</p><table>{row}</table>"
        facets = {"kind": "项目", "year": "2024", "department": "甲局", "money": "3.00万元"}
        index.add(address, f"项目{code[-1]}", html, facets)
        entries.append(SearchName(f"项目{code[-1]}", code, address, **facets))
    facets = {"kind": "项目", "year": "2024", "department": "甲局"}
    others = [("道路129号桥", "改造"), ("绿化", "道路12条")]
    others += [("宣传", "拨打12345"), ("城东12345热线", "运行")]
    for name, text in others:
        address = f"d/2024/{len(entries)}/"
        index.add(address, name, f"<h1>{name}</h1><p>{text}</p>", facets)
        entries.append(SearchName(name, f"Z{len(entries)}", address, **facets))
    write(copy, index.take(entries))
    with served(copy) as address:
        yield address


@pytest.fixture
def numbered_box(numbered: str, box_at: Callable[[str], SearchBox]) -> SearchBox:
    """The search box of that site, for tests that only type into it."""
    return box_at(numbered)


@pytest.mark.parametrize(
    ("typed", "first", "others"),
    [
        ("48", "BDF", "ACEG"),
        ("48.00", "BDF", "ACEG"),
        ("≥48", "BDF", "ACEG"),
        ("４８", "BDF", "ACEG"),
        ("48.5", "G", "AF"),
        ("活动 48", "BDF", "ACEG"),
        ("4800", "E", ""),
        ("4,800", "E", ""),
        ("1790", "H", ""),
        ("1,790.00", "H", ""),
        ("148", "C", "AG"),
    ],
)
def test_numbers_come_before_parts_of_codes(
    numbered_box: SearchBox, typed: str, first: str, others: str
) -> None:
    """Pages with the number itself come first; those that only hold its digits are still found."""
    numbered_box.type(typed)
    titles = numbered_box.page.locator(".search__title").all_inner_texts()
    found = [title.removeprefix("项目") for title in titles]
    assert (sorted(found[: len(first)]), sorted(found[len(first) :])) == ([*first], [*others])


def test_the_target_that_answers_is_shown(numbered_box: SearchBox) -> None:
    """A result shows year, money and the target with the number, not its code."""
    numbered_box.type("48")
    results = numbered_box.page.locator(".search__result").all_inner_texts()
    shown = {text.split("\n")[0]: text.split("\n")[1:] for text in results[:3]}
    assert shown == {
        "项目B": ["项目 · 2024年 · 3.00万元 · 甲局", "产出指标 · 活动 · ≥48次 · 依据"],
        "项目D": ["项目 · 2024年 · 3.00万元 · 甲局", "产出指标 · 活动 · 48.00万元 · 依据"],
        "项目F": ["项目 · 2024年 · 3.00万元 · 甲局", "产出指标 · 活动 · ４８％ · 依据"],
    }


def test_a_part_of_a_name_is_still_best(numbered_box: SearchBox) -> None:
    """Letters and digits of a name lead to it, even where its number is a longer one."""
    numbered_box.type("道路12")
    assert numbered_box.page.locator(".search__title").all_inner_texts() == ["道路129号桥", "绿化"]


def test_a_number_of_a_name_comes_before_one_of_a_text(numbered_box: SearchBox) -> None:
    """What is called by a number is meant by it; what only mentions it comes next."""
    numbered_box.type("12345")
    titles = numbered_box.page.locator(".search__title").all_inner_texts()
    assert titles == ["城东12345热线", "宣传"]


def test_a_part_of_a_code_loads_no_more_than_the_results(numbered: str, visit: Visit) -> None:
    """Of pages whose codes hold what is typed each text is loaded once, and none in vain."""
    page, loaded = visit().page, list[str]()
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(numbered)
    box = SearchBox(page)
    box.open()
    for typed in ("4P", "24P0000", "P000 48"):
        loaded.clear()
        box.type(typed)
        texts = [url for url in loaded if "/search/text/" in url]
        assert len(texts) <= len(box.addresses)


@pytest.mark.parametrize("typed", ["00001B", "P0000000001", "99010124P0000000001B", "0000000001"])
def test_codes_are_found_as_before(numbered_box: SearchBox, typed: str) -> None:
    """A code, its end or a long part of it leads to its project, and is shown."""
    numbered_box.type(typed)
    page = numbered_box.page
    assert page.locator(".search__title").first.inner_text() == "项目B"
    assert page.locator(".search__excerpt").first.inner_text() == "编码 99010124P0000000001B"
