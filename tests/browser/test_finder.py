"""All targets on one page: filters in the address, the CSV file, the code for other sites."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, Route, expect

from disclosure.exports.writers.spreadsheet import harmless
from tests.support.browser import Visit

LOWERED = "targets/?year=2024&change=looser"


def listed(page: Page) -> list[str]:
    """The indicators that are shown."""
    found: list[str] = page.locator(".finder tbody th").evaluate_all(
        "cells => cells.map((cell) => cell.firstChild.textContent)"
    )
    return found


def status(page: Page) -> int:
    """How many targets fit, once the first of them are shown, which are up to 20."""
    expect(page.locator(".finder [aria-busy=false]")).to_be_attached()
    locator = page.locator(".finder [role=status]")
    expect(locator).to_have_text(re.compile("符合条件"))
    number = int(re.findall(r"\d+", locator.inner_text())[0])
    expect(page.locator(".finder tbody tr")).to_have_count(min(number, 20))
    return number


def test_a_view_is_filtered_shared_downloaded_and_embedded(
    example_site: str, built_examples: Path, visit: Visit
) -> None:
    """What is chosen stands in the address; CSV and code hold what is shown, as the list has it."""
    visitor = visit()
    page = visitor.page
    page.goto(example_site + LOWERED)
    number = status(page)
    lists = (built_examples / "years/2024/lowered/index.html").read_text("utf-8")
    rows = BeautifulSoup(lists, "html.parser").select("tr[data-state=looser]")
    assert number == len(rows)
    more = page.get_by_role("button", name=re.compile("再显示"))
    more.click()
    expect(more).to_be_hidden()
    names = [row.select_one("th").get_text() for row in rows]  # type: ignore[union-attr]
    assert sorted(listed(page)) == sorted(names)

    page.get_by_label("排序").select_option("money")
    page.get_by_label("含有文字").fill("农村公路")
    expect(page.locator(".finder tbody tr")).to_have_count(3)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {
        "year": ["2024"],
        "change": ["looser"],
        "sort": ["money"],
        "q": ["农村公路"],
    }
    shown = listed(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    text = download.value.path().read_text("utf-8")
    assert text.startswith("\ufeff")
    table = [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]
    assert [row["三级指标"] for row in table] == shown
    assert {row["部门"] for row in table} == {"示例区交通运输局（虚构示例）"}
    page.get_by_text("嵌入其他网页").click()
    expect(page.get_by_label("嵌入代码")).to_have_value(re.compile("figure"))
    code = page.get_by_label("嵌入代码").input_value()
    figure = BeautifulSoup(code, "html.parser")
    assert len(figure.select("tbody tr")) == 3
    assert figure.select("script, style, [class], [onclick]") == []
    source = figure.select_one("figcaption")
    assert source is not None
    assert table[0]["数据版本"] in source.get_text()

    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(".finder tbody tr")).to_have_count(20)
    assert urlsplit(page.url).query == ""
    assert visitor.complaints == []

    # Leaving the page aborts what it was fetching ahead, so this is another reader.
    visitor = visit()
    page = visitor.page
    page.goto(f"{example_site}targets/?year=all&version=earlier&moved=1")
    assert status(page) > 0
    assert visitor.complaints == []


def test_numbers_of_a_department_lead_to_as_many_targets(
    example_site: str, built_examples: Path, visit: Visit
) -> None:
    """Those of its evaluations, and those of its coverage."""
    visitor = visit()
    page = visitor.page
    visitor.open(f"{example_site}targets/?year=2024&department=990101-402&outcome=met")
    year = (built_examples / "990101-402/2024/index.html").read_text("utf-8")
    assert f"已达到{status(page)}</a>" in year
    assert visitor.complaints == []

    visitor = visit()  # for leaving the page aborts what it was fetching ahead
    page = visitor.page
    visitor.open(f"{example_site}targets/?year=2024&department=990101-402&clear=sign")
    coverage = (built_examples / "coverage/2024/index.html").read_text("utf-8")
    cases = 'href="../../targets/?year=2024&amp;department=990101-402&amp;clear=sign"'
    assert f"{cases}>{status(page)}/<wbr>" in coverage
    assert visitor.complaints == []


@pytest.mark.parametrize("address", ["compare/2023-2024/", "990101-501/compare/2023-2024/"])
def test_numbers_of_notes_lead_to_as_many_rows(
    example_site: str, visit: Visit, address: str
) -> None:
    """Of the changes with a public note each number leads to these rows and no others."""
    visitor = visit()
    visitor.open(f"{example_site}{address}")
    links = visitor.page.locator(".figures .explained a").evaluate_all(
        "links => links.map((link) => [link.href, link.textContent])"
    )
    assert len(links) > 2
    assert visitor.complaints == []
    for href, text in links:
        # Leaving the page aborts what it was fetching ahead, so each is another reader.
        visitor = visit()
        visitor.open(href)
        counted = re.fullmatch(r"其中([0-9]+)项有公开注释", text)
        assert counted
        shown = visitor.page.locator(":is(#indicators, .finder table) tbody tr:not([hidden])")
        expect(shown).to_have_count(int(counted[1]))
        assert visitor.complaints == []


def test_what_was_prepared_is_what_the_columns_say(example_site: str, visit: Visit) -> None:
    """A choice, an order, all years: the same lines as with an amount that all have."""
    page = visit().page
    for asked in (
        "year=2024&change=looser&sort=achieved",
        "year=all&sort=money",
        "year=all&outcome=not-met",
        "year=2024&clear=no-sign",
    ):
        lines = []
        for more in ("", "&least=0"):
            page.goto(f"{example_site}targets/?{asked}{more}")
            lines.append((status(page), listed(page)))
        assert lines[0] == lines[1], asked


def shrink(route: Route) -> None:
    """Leave five of the first rows of an order, so that most views need all of it."""
    answer = route.fetch()
    line, _, content = gzip.decompress(answer.body()).partition(b"\n")
    told = json.loads(line)
    count = told["rows"]
    width = 1 if count < 256 else 2
    planes = [content[at * count :][:5] for at in range(width)]
    few = json.dumps(
        {"rows": 5, "lines": {**told["lines"], "project": told["lines"]["project"][:3]}}
    )
    body = few.encode() + b"\n" + b"".join(planes)
    route.fulfill(status=200, body=gzip.compress(body))


def test_the_first_lines_are_those_of_the_whole_order(example_site: str, visit: Visit) -> None:
    """Whether they are among the first rows of the order or not, and before more are asked for."""
    few, many = visit().page, visit().page
    few.route("**/*.first", shrink)
    for asked in (
        "year=2024&change=looser&moved=0",
        "year=2024&outcome=met&change=same",
        "year=2024&least=100&most=600&sort=money",
        "year=2024&version=all&least=1&sort=achieved",
        "year=2024&least=100&q=率&sort=order",
    ):
        lines = []
        for page in (few, many):
            page.goto(f"{example_site}targets/?{asked}")
            number, first = status(page), listed(page)
            more = page.get_by_role("button", name=re.compile("再显示"))
            if number > 20:
                more.click()
                expect(page.locator(".finder tbody tr")).to_have_count(min(number, 40))
            lines.append((number, listed(page)))
            assert listed(page)[:20] == first, asked
        assert lines[0] == lines[1], asked


def test_the_first_view_needs_its_facts_only(example_site: str, visit: Visit) -> None:
    """Columns come while nothing happens, no texts or lines; and more lines follow on the first."""
    visitor = visit()
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    visitor.open(f"{example_site}targets/?year=2024")
    number = status(page)
    expect(page.locator(".finder tbody tr")).to_have_count(20)
    first = listed(page)
    data = [path for path in asked if path.startswith("/targets/") and path != "/targets/"]
    assert data[0] == "/targets/2024.facts"
    assert {path.rpartition(".")[2] for path in data[1:]} <= {"column", "first"}
    page.get_by_role("button", name=re.compile("再显示")).click()
    expect(page.locator(".finder tbody tr")).to_have_count(40)
    assert listed(page)[:20] == first
    page.get_by_label("版本").select_option("all")
    expect(page.locator(".finder tbody tr")).to_have_count(20)
    assert status(page) > number
    assert visitor.complaints == []


def test_on_a_phone_some_filters_wait_behind_a_button(example_site: str, visit: Visit) -> None:
    """They are a touch away, and in sight where one of them is chosen or there is room."""
    page = visit("phone", has_touch=True).page
    page.goto(f"{example_site}targets/?year=2024")
    order, button = page.get_by_label("排序"), page.get_by_role("button", name="更多条件")
    expect(page.get_by_label("完成情况")).to_be_visible()
    expect(order).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(order).to_be_visible()
    page.goto(f"{example_site}targets/?year=2024&sort=money")
    expect(order).to_be_visible()
    page = visit().page
    page.goto(f"{example_site}targets/")
    expect(page.get_by_label("排序")).to_be_visible()
    expect(page.get_by_role("button", name="更多条件")).to_be_hidden()


def test_a_word_is_found_in_every_text_that_is_shown(example_site: str, visit: Visit) -> None:
    """In the indicator, the project, and the values; all words of a query, however wide."""
    page = visit().page
    page.goto(f"{example_site}targets/?year=2024")
    number = status(page)
    box = page.get_by_label("含有文字")
    for query, words in {
        "里程": ["里程"],
        "３９.8公里": ["39.8公里"],
        "公路 里程": ["公路", "里程"],
    }.items():
        box.fill(query)
        assert 0 < status(page) < number
        shown: list[str] = page.locator(".finder tbody tr").all_inner_texts()
        assert all(word in text for text in shown for word in words)
    box.fill("没有这样的文字")
    expect(page.locator(".finder tbody tr")).to_have_count(0)
    assert status(page) == 0


def test_what_a_spreadsheet_takes_for_a_formula_is_text(example_site: str, look: Visit) -> None:
    """The browser's rule for CSV is the one of the open data."""
    page = look().page
    page.goto(example_site + "glossary/")
    cells = ["=1+1", "＝1", "@a", "-5", "-5人", "'a", "+5", "≥5", "5", "\tx"]
    module = f"{example_site}assets/finder-view.js"
    made = page.evaluate(
        "async ([address, cells]) => cells.map((await import(address)).harmless)", [module, cells]
    )
    assert made == [harmless(cell) for cell in cells]
