"""Search, by typing into the real box in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Route, expect

from disclosure.search import Index, SearchName
from tests.support.browser import (
    BUREAU,
    DEPARTMENT,
    INSURANCE,
    INVESTMENT,
    SEARCH,
    YEAR,
    SearchBox,
    Visit,
    choose,
    send_part,
    served,
)
from tests.support.searchdata import write

DATA = Path(__file__).parents[2] / "data"

#: What a reader types, and the page that is right first.
RIGHT_FIRST = [
    ("招商引资", INVESTMENT),
    ("招商", INVESTMENT),
    ("引资", INVESTMENT),
    ("联招商", INVESTMENT),  # no word at all, but it stands in 外联招商
    ("医疗保险", INSURANCE),
    ("医保", INSURANCE),
    ("供销社", INSURANCE),
    ("信访", INSURANCE),
    ("访案", INSURANCE),  # the ends of two words, in 信访案件
    ("离退休", INSURANCE),
    ("供销社 医保", INSURANCE),  # several words, in any order
    ("医保　供销社", INSURANCE),
    ("满意度调查", INSURANCE),
    ("招商服务企业满意度", INVESTMENT),
    ("≥15个", INVESTMENT),
    ("≥１５个", INVESTMENT),
    ("82.50", INVESTMENT),
    ("开放外联招商引资专项经费", INVESTMENT),
    ("商务局专项经费", BUREAU),
    ("原滦河供销社医疗保险缴费", INSURANCE),
    ("13080324P00514210001L", INVESTMENT),
    ("13080324P00514110001Y", BUREAU),
    ("13080324P005140100019", INSURANCE),
    ("13080324p00514110001y", BUREAU),
    ("１３０８０３２４Ｐ００５１４１１０００１Ｙ", BUREAU),
    ("10001L", INVESTMENT),
    ("10001Y", BUREAU),
    ("100019", INSURANCE),
    ("514110001", BUREAU),
    ("322001", DEPARTMENT),
    ("双滦区", DEPARTMENT),
    ("承德市双滦区商务局", DEPARTMENT),
    ("总体绩效目标", YEAR),
]

#: The words of a text by the browser's own dictionary, and all of 2 to 4 characters in a row.
WORDS = """
(text) => {
  const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)]
    .filter((piece) => piece.isWordLike).map((piece) => piece.segment);
  for (const run of text.match(/[\\p{L}\\p{N}]+/gu) ?? []) {
    for (const length of [2, 3, 4]) {
      for (let start = 0; start + length <= run.length; start += 1) {
        words.push(run.slice(start, start + length));
      }
    }
  }
  return words;
}
"""


@pytest.mark.parametrize(("query", "right"), RIGHT_FIRST, ids=range(len(RIGHT_FIRST)))
def test_the_right_page_stands_first(
    site: str, box_at: Callable[[str], SearchBox], query: str, right: str
) -> None:
    """What is typed brings the page that it means, above all others."""
    box = box_at(site + INVESTMENT)
    box.type(query)
    assert box.addresses[0] == site + right


def test_all_pages_with_a_word_are_found(site: str, box: SearchBox) -> None:
    """A word of several pages finds each of them once, and the count says how many."""
    box.type("满意度")
    found = box.addresses
    assert {site + address for address in (INVESTMENT, BUREAU, INSURANCE)} <= set(found)
    assert len(found) == len(set(found))
    assert box.status == f"找到{len(found)}个页面"


#: Keys whose values are for the program alone.
UNSEEN = {"schema", "source", "at", "rule"}


def values(value: object) -> Iterator[str]:
    """Every text in a YAML document that pages show."""
    if isinstance(value, dict):
        yield from values([item for key, item in value.items() if key not in UNSEEN])
    elif isinstance(value, list):
        for item in value:
            yield from values(item)
    elif isinstance(value, str):
        yield value


def test_no_word_of_the_data_is_missed(site: str, look: Visit) -> None:
    """Each word of each text of a project or a disclosure finds its page: the recall is 1."""
    page = look().page
    page.goto(site)
    expected: dict[str, set[str]] = {}
    for path in [*DATA.glob("*/*/projects/*.yml"), *DATA.glob("*/*/disclosure.yml")]:
        content = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - only text
        folder = path.parent if path.stem == "disclosure" else path.parent.parent / path.stem
        for text in values(content):
            for word in page.evaluate(WORDS, text):
                expected.setdefault(word, set()).add(f"{folder.relative_to(DATA).as_posix()}/")
    assert len(expected) > 3000
    found = page.evaluate(SEARCH, sorted(expected))
    missed = {word: pages - set(found[word]) for word, pages in expected.items()}
    assert {word: pages for word, pages in missed.items() if pages} == {}


def test_nothing_is_found_that_is_not_there(site: str, look: Visit, built_site: Path) -> None:
    """A word finds only pages whose text holds it."""
    page = look().page
    page.goto(site)
    for query, found in page.evaluate(SEARCH, ["信访", "引资", "商务", "满意度", "00051"]).items():
        for address in found:
            text = (built_site / address / "index.html").read_text("utf-8")
            assert query in text, (query, address)


def test_the_excerpt_marks_what_was_typed(box: SearchBox) -> None:
    """Excerpts show the words in their surroundings, and mark exactly them."""
    box.type("信访案件")
    marks = box.page.locator(".search__excerpt mark")
    assert set(marks.all_inner_texts()) == {"信访案件"}
    excerpt = box.page.locator(".search__excerpt").first.inner_text()
    assert "减少信访案件，维持社会稳定" in excerpt
    assert not set(excerpt) & set("␠␟\u200b")


def test_each_result_says_what_it_is(box: SearchBox) -> None:
    """A result shows its title, kind, year, budget and department."""
    box.type("引资")
    first = box.page.locator(".search__result").first.inner_text().splitlines()
    assert first[0] == "开放外联招商引资专项经费"
    assert first[1] == "项目 · 2024年 · 150.00万元 · 承德市双滦区商务局"


def test_a_word_that_is_nowhere(site: str, box: SearchBox) -> None:
    """Nothing found: it says so, says what to try, and its links to browse lead somewhere."""
    box.type("彗星")
    page = box.page
    assert box.status == "没有找到“彗星”"
    assert box.addresses == []
    assert "可以换短一些的词" in page.locator("[data-search-advice]").inner_text()
    links = page.locator("[data-search-browse] a")
    assert links.all_inner_texts() == ["看病", "平安", "企业招商", "2024年", "承德市双滦区商务局"]
    for link in links.all():
        address = link.get_attribute("href")
        assert address is not None
        assert address.startswith(site)
        assert page.request.get(address).ok
    box.type("信访")
    expect(page.locator(".search__browse")).to_be_hidden()


def test_an_older_answer_never_replaces_a_newer_one(box: SearchBox) -> None:
    """When the first of two searches is answered last, the second one's answer stays."""
    page, held = box.page, list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route("**/search/text/**", hold)
    page.locator(".search__input").fill("满意度调查")
    while not held:
        page.wait_for_timeout(20)
    page.locator(".search__input").fill("彗星")
    box.wait()
    assert box.status == "没有找到“彗星”"
    with page.expect_response("**/search/text/**"):
        for route in held:
            route.continue_()
    page.wait_for_timeout(300)
    assert box.status == "没有找到“彗星”"
    assert box.addresses == []


def test_filters_narrow_the_results(site: str, box: SearchBox) -> None:
    """Kind, year and department each leave out what does not fit, names and text alike."""
    page = box.page
    box.type("商务局")
    every = box.addresses
    choose(page, "kind", "年度公开")
    box.wait()
    assert box.addresses == [site + YEAR]
    choose(page, "kind", "项目")
    box.wait()
    projects = {site + address for address in (INVESTMENT, BUREAU, INSURANCE)}
    assert set(box.addresses) == projects
    choose(page, "kind", "")
    choose(page, "year", "2024")
    box.wait()
    narrowed = set(box.addresses)
    assert projects < narrowed < set(every)
    choose(page, "department", "承德市双滦区商务局")
    box.wait()
    assert projects < set(box.addresses) <= narrowed
    choose(page, "kind", "指南")
    box.wait()
    assert "筛选" in page.locator("[data-search-advice]").inner_text()


@pytest.fixture(scope="module")
def large_site(
    chromium: Browser, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The site with an index of 25 projects over three years, 12 of them named 道路."""
    assert chromium.is_connected()
    copy = tmp_path_factory.mktemp("large")
    shutil.copytree(built_site, copy, dirs_exist_ok=True)
    index, entries = Index(), []
    for number in range(25):
        name = f"{'道路' if number < 12 else '桥梁'}维修{number}"
        year, code = str(2022 + number % 3), f"C{number:05}"
        address = f"d/{year}/{code}/"
        html = f"<h1>{name}</h1><p>{code}</p><p>道路平整，投资100万元</p>"
        index.add(address, name, html, {"kind": "项目", "year": year, "department": "甲局"})
        entries.append(SearchName(name, code, address, "项目", year, "甲局"))
    write(copy, index.take(entries))
    with served(copy) as address:
        yield address


def test_many_results_come_in_parts(large_site: str, look: Visit) -> None:
    """Ten at a time: names first, each page once, newest year first, and the count is right."""
    page = look().page
    page.goto(large_site)
    box = SearchBox(page)
    box.open()
    box.type("道路")
    assert box.status == "找到25个页面"
    assert len(box.addresses) == 10
    more = page.get_by_role("button", name="显示更多")
    for before, after in ((10, 20), (20, 25)):
        more.click()
        expect(page.locator(".search__link")).to_have_count(after)
        expect(page.locator(".search__link").nth(before)).to_be_focused()
    expect(more).to_be_hidden()
    found = [address.removeprefix(large_site).split("/") for address in box.addresses]
    numbers = [int(code.removeprefix("C")) for _, _, code, _ in found]
    assert sorted(numbers) == list(range(25))
    assert set(numbers[:12]) == set(range(12))
    for half in (found[:12], found[12:]):
        assert [year for _, year, *_ in half] == sorted((y for _, y, *_ in half), reverse=True)


def test_the_best_result_does_not_wait_for_the_others(large_site: str, visit: Visit) -> None:
    """One result is shown while texts of others are on their way; no more than ten are loaded."""
    page, asked, held = visit().page, list[str](), list[Route]()
    holding = True

    def hold_all_but_one(route: Route) -> None:
        asked.append(route.request.url)
        if holding and len(asked) > 1:
            held.append(route)
        else:
            send_part(route)

    page.goto(large_site)
    box = SearchBox(page)
    box.open()
    page.route("**/search/text/**", hold_all_but_one)
    page.locator(".search__input").fill("道路")
    expect(page.locator(".search__result")).to_have_count(1)
    first = box.addresses
    while not held:
        page.wait_for_timeout(20)
    expect(page.locator(".search__results")).to_have_attribute("aria-busy", "true")
    holding = False
    for route in held:
        send_part(route)
    box.wait()
    assert box.addresses[:1] == first
    assert len(box.addresses) == len(asked) == 10


def test_filters_work_together_on_many_results(large_site: str, look: Visit) -> None:
    """Filters and several words leave exactly the pages that fit all of them."""
    page = look().page
    page.goto(large_site)
    box = SearchBox(page)
    box.open()
    box.type("投资 道路平整")
    assert box.status == "找到约25个页面"  # more than are shown, and long: not all were looked at
    choose(page, "year", "2023")
    box.wait()
    assert box.status == "找到8个页面"
    assert all("/2023/" in address for address in box.addresses)
