"""Sorting and filtering of the long tables, by mouse, by keyboard and by address."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import SIZES, Visit

COMPARISON = "990101-201/compare/2023-2024/"
YEAR = "990101-201/2024/"
ALL_PROJECTS = "years/2024/"
REAL_YEAR = "130803-322/2024/"

#: A comparison has these columns, counted from zero.
FATE, NAME, OLD, CHANGE, GROWTH, STATES = 0, 1, 2, 4, 5, 6
#: And the list of the indicators that changed this one.
SIZE = 4


@pytest.fixture
def comparison(example_site: str, look: Visit) -> Page:
    """A department's comparison of two years."""
    page = look().page
    page.goto(example_site + COMPARISON)
    expect(page.locator("[data-filters=changes]")).to_be_visible()
    return page


def rows(page: Page, table: str = "changes") -> Locator:
    """The rows of a table that can be seen, its head and its sum left out."""
    return page.locator(f"#{table} tbody tr:visible")


def column(page: Page, index: int, table: str = "changes") -> list[str]:
    """The texts of a column, from above."""
    return rows(page, table).locator(f":scope > :nth-child({index + 1})").all_inner_texts()


def numbers(texts: list[str]) -> list[Decimal]:
    """Amounts and shares as numbers; empty cells left out."""
    return [Decimal(text.replace("−", "-").rstrip("%")) for text in texts if text]


def status_of(page: Page, table: str) -> Locator:
    """What is said below the filters of a table."""
    return page.locator(f"[data-filters={table}] .filters__status")


def words(text: str) -> list[str]:
    """What a cell says, without how often."""
    return re.sub(r"\d", "", text).split()


def head(page: Page, name: str, table: str = "changes") -> Locator:
    """The head of a column."""
    return page.locator(f"#{table} thead th").filter(has_text=re.compile(f"^{name}$"))


def choices(page: Page, label: str) -> dict[str, str]:
    """The values of a choice and what they are called, without their counts."""
    options = page.get_by_label(label, exact=True).locator("option").all()
    return {
        option.get_attribute("value") or "": re.sub("（.*）$", "", option.inner_text())
        for option in options
    }


@pytest.mark.parametrize(("name", "index"), [("增减", CHANGE), ("增减率", GROWTH)])
def test_amounts_and_shares_sort_as_numbers(comparison: Page, name: str, index: int) -> None:
    """Signed 万元 and per cent go by size, the largest first, and the other way the next time."""
    before = numbers(column(comparison, index))
    assert min(before) < 0 < max(before)
    head(comparison, name).get_by_role("button").click()
    expect(head(comparison, name)).to_have_attribute("aria-sort", "descending")
    assert numbers(column(comparison, index)) == sorted(before, reverse=True)
    head(comparison, name).get_by_role("button").click()
    expect(head(comparison, name)).to_have_attribute("aria-sort", "ascending")
    assert numbers(column(comparison, index)) == sorted(before)


def test_empty_cells_and_the_sum_stay_at_the_end(comparison: Page) -> None:
    """New projects, which had no amount, come last in either order, and the sum after them."""
    for _ in range(2):
        head(comparison, "2023年预算数").get_by_role("button").click()
        texts = column(comparison, OLD)
        assert texts[-1] == ""
        assert "" not in texts[:-1]
        assert comparison.locator("#changes tr").last.locator("th").inner_text() == "合计"


def test_names_sort_in_the_order_of_chinese(comparison: Page) -> None:
    """Texts go by the browser's order of Chinese, so that a name is found where it is expected."""
    before = column(comparison, NAME)
    head(comparison, "项目").get_by_role("button").click()
    ordered = comparison.evaluate(
        "(names) => names.sort(new Intl.Collator('zh-Hans-CN', { numeric: true }).compare)", before
    )
    assert column(comparison, NAME) == ordered != before


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_heads_are_worked_by_keyboard(comparison: Page, key: str) -> None:
    """A head is reached with Tab, once, and either key sorts once; only one head is marked."""
    head(comparison, "情况").get_by_role("button").focus()
    comparison.keyboard.press("Tab")
    button = head(comparison, "项目").get_by_role("button")
    expect(button).to_be_focused()
    comparison.keyboard.press(key)
    expect(head(comparison, "项目")).to_have_attribute("aria-sort", "ascending")
    expect(button).to_be_focused()
    head(comparison, "增减").get_by_role("button").press(key)
    expect(comparison.locator("#changes [aria-sort]")).to_have_count(1)
    expect(head(comparison, "增减")).to_have_attribute("aria-sort", "descending")


def test_a_column_without_an_order_has_no_button(comparison: Page) -> None:
    """Lists of changes have no order, so their head does not offer one."""
    assert head(comparison, "指标的变化").get_by_role("button").count() == 0


@pytest.mark.parametrize(("label", "index"), [("情况", FATE), ("指标的变化", STATES)])
def test_a_choice_shows_exactly_what_it_names(comparison: Page, label: str, index: int) -> None:
    """Every choice keeps the rows that say so and no other, and counts them."""
    everything = [words(text) for text in column(comparison, index)]
    named = choices(comparison, label)
    assert len(named) > 3
    for value, name in named.items():
        comparison.get_by_label(label, exact=True).select_option(value)
        shown = [words(text) for text in column(comparison, index)]
        if value == "":
            assert shown == everything
            continue
        assert shown == [row_text for row_text in everything if name in row_text]
        status = status_of(comparison, "changes").inner_text()
        assert status.startswith(f"符合条件的项目有{len(shown)}个，共{len(everything)}个")


def test_the_address_keeps_the_filters(comparison: Page, visit: Visit) -> None:
    """What is chosen stands in the address; another reader who opens it sees the same rows."""
    comparison.get_by_label("指标的变化", exact=True).select_option("looser")
    comparison.get_by_label("含有文字", exact=True).fill("ＪＩＡＯＳＨＩ")
    expect(rows(comparison)).to_have_count(0)
    expect(status_of(comparison, "changes")).to_contain_text("没有符合条件的项目")
    comparison.get_by_label("含有文字", exact=True).fill("培训")
    assert urlsplit(comparison.url).query.startswith("states=looser&q=")
    other = visit().page
    other.goto(comparison.url)
    expect(rows(other)).to_have_count(1)
    assert column(other, NAME) == column(comparison, NAME)
    assert "教师培训" in column(other, NAME)[0]
    other.locator("[data-filters=changes]").get_by_role("button", name="清除筛选").click()
    expect(rows(other)).to_have_count(9)
    assert urlsplit(other.url).query == ""
    reset = other.locator("[data-filters=changes]").get_by_role("button", name="清除筛选")
    expect(reset).to_be_hidden()


def test_an_address_may_ask_for_what_is_not_there(example_site: str, look: Visit) -> None:
    """A choice that the page does not have shows nothing and says so; all else of it stays."""
    visitor = look()
    visitor.page.goto(f"{example_site}{COMPARISON}?fate=%3Cimg%3E&from=letter#project-x")
    expect(rows(visitor.page)).to_have_count(0)
    expect(status_of(visitor.page, "changes")).to_contain_text("没有符合条件的项目，共9个")
    visitor.page.get_by_label("情况", exact=True).select_option("renamed")
    assert visitor.page.url.endswith("?fate=renamed&from=letter#project-x")
    assert visitor.complaints == []


def test_sorting_keeps_the_filters(comparison: Page) -> None:
    """What was filtered out does not come back by sorting."""
    comparison.get_by_label("情况", exact=True).select_option("continued")
    count = rows(comparison).count()
    head(comparison, "增减").get_by_role("button").click()
    expect(rows(comparison)).to_have_count(count)
    assert set(column(comparison, FATE)) == {"延续"}


def test_the_years_list_is_filtered_by_department(example_site: str, look: Visit) -> None:
    """The list of all projects of a year can be narrowed to one department and a word."""
    page = look().page
    page.goto(example_site + ALL_PROJECTS)
    everything = rows(page, "projects").count()
    department = page.get_by_role("combobox", name="部门", exact=True)
    department.select_option("示例区交通运输局（虚构示例）")
    assert set(column(page, 1, "projects")) == {"示例区交通运输局（虚构示例）"}
    page.get_by_label("含有文字", exact=True).fill("农村公路  养护")
    expect(rows(page, "projects")).to_have_count(1)
    status = status_of(page, "projects").inner_text()
    assert status == f"符合条件的项目有1个，共{everything}个"


def test_a_departments_list_is_filtered_by_unit(example_site: str, look: Visit) -> None:
    """A department with subordinate units lets choose among them, and find a code."""
    page = look().page
    page.goto(example_site + YEAR)
    page.get_by_label("预算单位", exact=True).select_option("示例区实验小学（虚构示例）")
    expect(rows(page, "projects")).to_have_count(1)
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_label("含有文字", exact=True).fill("p00268510081x")
    expect(rows(page, "projects")).to_have_count(1)


def test_a_short_list_has_no_filters(site: str, look: Visit) -> None:
    """The real list of three projects of one unit can be sorted, and shows no filters."""
    page = look().page
    page.goto(site + REAL_YEAR)
    head(page, "预算数", "projects").get_by_role("button").click()
    amounts = numbers(column(page, 3, "projects"))
    assert amounts == sorted(amounts, reverse=True)
    for filters in page.locator(".filters").all():
        expect(filters).to_be_hidden()


@pytest.mark.parametrize("address", [COMPARISON, YEAR, ALL_PROJECTS])
def test_tables_are_complete_without_scripts(example_site: str, look: Visit, address: str) -> None:
    """Without JavaScript every row is there, and nothing stands there that would not work."""
    page = look(java_script_enabled=False).page
    page.goto(example_site + address)
    assert page.locator("table.list tbody tr").count() > 8
    for row in page.locator("table.list tbody tr").all():
        expect(row).to_be_visible()
    for filters in page.locator(".filters").all():
        expect(filters).to_be_hidden()
    expect(page.locator("thead button")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_a_reader_follows_a_change_to_both_years(example_site: str, look: Visit, size: str) -> None:
    """From a filtered comparison to what changed, and to the project in either year."""
    visitor = look(size)
    page = visitor.page
    visitor.open(example_site + COMPARISON)
    page.get_by_label("指标的变化", exact=True).select_option("stricter")
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    link = rows(page).first.get_by_role("link", name="逐项比较")
    target = link.get_attribute("href") or ""
    link.click()
    assert urlsplit(page.url).fragment == target.removeprefix("#")
    compared = page.url
    for year in ("2023", "2024"):
        visitor.open(compared)
        detail = page.locator(f"[id='{target.removeprefix('#')}'] ~ .eyebrow").first
        detail.get_by_role("link", name=f"{year}年：").click()
        assert f"/{year}/" in urlsplit(page.url).path
        expect(page.locator("h1")).to_be_visible()
        visitor.settle()  # leaving earlier would cancel requests
    assert visitor.complaints == []
    assert visitor.violations() == []


def test_a_filtered_table_has_no_total_of_all(comparison: Page) -> None:
    """The sum of all rows goes while some are hidden, and comes back with them."""
    total = comparison.locator("#changes tfoot")
    expect(total).to_be_visible()
    comparison.get_by_label("情况", exact=True).select_option("continued")
    expect(total).to_be_hidden()
    comparison.get_by_label("情况", exact=True).select_option("")
    expect(total).to_be_visible()


def test_changed_indicators_are_sorted_by_the_size_of_the_change(comparison: Page) -> None:
    """One list of all, narrowed to the lowered numbers without a sign, by percent."""
    comparison.get_by_label("指标：变化", exact=True).select_option("lower")
    expect(rows(comparison, "indicators").first).to_contain_text("数值减少")
    comparison.get_by_label("指标：变化", exact=True).select_option("looser")
    head(comparison, "幅度", "indicators").get_by_role("button").click()
    sizes = numbers(column(comparison, SIZE, "indicators"))
    assert len(sizes) > 1
    assert sizes == sorted(sizes, reverse=True)
    assert urlsplit(comparison.url).query == "indicator-state=looser"


def test_what_was_called_off_is_counted_apart(example_site: str, look: Visit) -> None:
    """The number under the filters is the number at the top of the page."""
    page = look().page
    page.goto(example_site + "990101-208/2025/")
    count = "9个项目（另有1个已撤销）"
    expect(page.locator(".figures").first).to_contain_text(count)
    expect(status_of(page, "projects")).to_have_text(f"共{count}")


def test_on_a_phone_filters_and_heads_wait_behind_a_button(example_site: str, visit: Visit) -> None:
    """The first row is on the first screen; filters are a touch away, or in sight when in use."""
    page = visit("phone", has_touch=True, is_mobile=True).page
    page.goto(f"{example_site}years/2024/missed/")
    first = page.locator("#shortfalls tbody tr").first
    button = page.get_by_role("button", name="筛选和排序")
    sort = head(page, "完成", "shortfalls").get_by_role("button")
    expect(first.locator("td").nth(2)).to_be_in_viewport()
    expect(page.locator("#filter-result-department")).to_be_hidden()
    expect(sort).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#filter-result-department")).to_be_visible()
    expect(sort).to_be_visible()
    page.goto(f"{example_site}years/2024/missed/?result-outcome=differs")
    expect(page.locator("#filter-result-outcome")).to_be_visible()
    page = visit("phone").page
    page.goto(f"{example_site}years/2024/missed/")
    expect(page.locator("#filter-result-department")).to_be_visible()
    expect(page.get_by_role("button", name="筛选和排序")).to_be_hidden()
