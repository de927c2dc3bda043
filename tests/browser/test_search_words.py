"""Search in people's words: synonyms, traditional characters, pinyin, a wrong character."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from tests.support.browser import SearchBox, Visit

CASES = yaml.load(
    (Path(__file__).parents[1] / "cases/search-words.yml").read_text("utf-8"), yaml.CSafeLoader
)

#: What the file of words and its script may cost a reader, compressed.
MAX_BYTES = 40_000


@pytest.fixture
def example_box(example_site: str, look: Visit) -> SearchBox:
    """The search box of the invented district."""
    page = look().page
    page.goto(example_site)
    opened = SearchBox(page)
    opened.open()
    return opened


@pytest.mark.parametrize("case", CASES, ids=[case["typed"] for case in CASES])
def test_words_of_people_find_what_is_meant(
    example_site: str, box_at: Callable[[str], SearchBox], case: dict[str, str]
) -> None:
    """What was meant is found and said as what it is; what is nowhere stays nowhere."""
    box = box_at(example_site)
    box.type(case["typed"])
    page = box.page
    assert box.status.startswith(case["says"]), box.status
    if "first" in case:
        assert page.locator(".search__title").first.inner_text() == case["first"]
    if "about" in case:
        assert page.locator(".search__about").first.inner_text().startswith(case["about"])
    if "offers" in case:
        offered = page.locator("[data-search-others] button").all_inner_texts()
        meant = box.status.partition("下面是“")[2].partition("”")[0]
        assert case["offers"] in [meant, *offered]


def test_what_may_have_been_meant_is_searched_when_it_is_chosen(example_box: SearchBox) -> None:
    """The other words beside the one that was found are buttons that search for them."""
    example_box.type("yl")
    button = example_box.page.locator("[data-search-others] button").first
    word = button.inner_text()
    button.click()
    example_box.wait()
    expect(example_box.page.locator(".search__input")).to_have_value(word)
    assert example_box.status.startswith("找到")
    expect(example_box.page.locator("[data-search-others]")).to_be_hidden()


def test_the_words_are_loaded_only_when_nothing_was_found(example_site: str, visit: Visit) -> None:
    """A query that finds something loads neither list nor script; one that does not, 40 KB."""
    page = visit().page
    loaded: dict[str, bytes] = {}
    page.on("response", lambda response: loaded.update({response.url: response.body()}))
    page.goto(example_site)
    box = SearchBox(page)
    box.open()
    box.type("养老")
    assert not [url for url in loaded if "words" in url]
    with page.expect_response("**/words.list"):
        box.type("養老")
    bodies = {url.rpartition("/")[2]: body for url, body in loaded.items() if "words" in url}
    assert bodies.keys() == {"words.list", "search-words.js"}
    assert len(bodies["words.list"]) + len(gzip.compress(bodies["search-words.js"])) <= MAX_BYTES


def test_within_filters_a_word_that_is_there_is_not_replaced(example_box: SearchBox) -> None:
    """A word that the site has, but not within the filters, is never said to be nowhere."""
    page = example_box.page
    example_box.type("老年助餐")
    page.locator("select[data-facet=year]").select_option("2022")
    example_box.wait()
    assert example_box.status == "没有找到“老年助餐”"
    assert "筛选" in page.locator("[data-search-advice]").inner_text()


def test_a_result_says_year_money_and_target(example_box: SearchBox) -> None:
    """A project's line has its year and budget, and below it the target that answers."""
    example_box.type("助餐服务人次")
    first = example_box.page.locator(".search__result").first
    about = first.locator(".search__about").inner_text()
    assert about == "项目 · 2025年 · 48.00万元 · 示例区民政局（虚构示例）"
    excerpt = first.locator(".search__excerpt").inner_text()
    assert excerpt.startswith("助餐服务人次 · ≥9.6万人次")


def test_a_withdrawn_project_says_so(example_box: SearchBox) -> None:
    """Instead of its budget, a result says that a project was withdrawn."""
    example_box.type("适老化改造")
    example_box.page.locator("select[data-facet=year]").select_option("2025")
    example_box.wait()
    about = example_box.page.locator(".search__about").first.inner_text()
    assert "已撤销" in about
    assert "万元" not in about


def test_a_code_still_finds_its_project(example_box: SearchBox) -> None:
    """Who searches for a code is shown the code."""
    example_box.type("99010125P00806210057S")
    first = example_box.page.locator(".search__excerpt").first.inner_text()
    assert first == "编码 99010125P00806210057S"


def test_a_theme_leads_to_its_projects(example_site: str, look: Visit) -> None:
    """From the home page to a theme, and from the search box to the same one."""
    page = look("phone", has_touch=True, is_mobile=True).page
    page.goto(example_site)
    page.locator("article a", has_text="养老").first.click()
    page.wait_for_url(f"{example_site}themes/elderly/")
    rows = page.locator("article table").first.locator("tbody tr")
    expect(rows.filter(has_text="老年助餐服务补助")).to_contain_text("48.00")
    expect(rows.filter(has_text="适老化改造")).to_contain_text("已撤销")
    box = SearchBox(page)
    box.open()
    box.type("看病")
    link = page.locator("[data-search-theme] a")
    expect(link).to_have_text("主题“看病”的全部项目")
    link.click()
    page.wait_for_url(f"{example_site}themes/health/")


def test_words_that_were_meant_fit_a_phone(example_site: str, look: Visit) -> None:
    """At 390 px nothing hangs over, and fingers can hit everything that is offered."""
    page = look("phone", has_touch=True, is_mobile=True).page
    page.goto(example_site)
    box = SearchBox(page)
    box.open()
    box.type("yl")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for target in page.locator("dialog.search :is(button, a, .search__link):visible").all():
        size = target.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44, target
        assert size["x"] + size["width"] <= 390
