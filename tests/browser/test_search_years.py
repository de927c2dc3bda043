"""Search over the years: a project is one result, and a search can be passed on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from disclosure.search import Index, SearchName
from tests.support.browser import SearchBox, Visit, choose, served
from tests.support.searchdata import write


@pytest.fixture(scope="module")
def site_with_years(
    chromium: Browser, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The site with an index of 12 projects, each with four years and a page through the years."""
    assert chromium.is_connected()
    copy = tmp_path_factory.mktemp("years")
    shutil.copytree(built_site, copy, dirs_exist_ok=True)
    index, entries = Index(), []
    for number in range(12):
        chain = f"d/projects/C{number:02}/"
        index.add(chain, f"道路{number}", "<p>道路平整</p>", {"kind": "历年", "chain": chain})
        for year in ("2022", "2023", "2024", "2025"):
            name, address = f"道路{number}", f"d/{year}/C{number:02}/"
            facets = {"kind": "项目", "year": year, "department": "甲局", "chain": chain}
            index.add(address, name, f"<h1>{name}</h1><p>道路平整</p>", facets)
            entries.append(SearchName(name, f"C{number:02}", address, **facets))
    write(copy, index.take(entries))
    with served(copy) as address:
        yield address


@pytest.mark.parametrize("query", ["道路", "平整"])
def test_the_years_of_a_project_are_one_result(
    site_with_years: str, look: Visit, query: str
) -> None:
    """Ten results are ten projects: the newest year leads, the others and 历年 stand below it."""
    page = look().page
    page.goto(site_with_years)
    box = SearchBox(page)
    box.open()
    box.type(query)
    assert box.status == "找到60个页面"
    results = page.locator(".search__result")
    page.get_by_role("button", name="显示更多").click()
    expect(results).to_have_count(12)
    expect(page.get_by_role("button", name="显示更多")).to_be_hidden()
    assert all("/d/2025/" in address for address in box.addresses)
    for result in results.all():
        years = result.locator(".search__year")
        assert years.all_inner_texts() == ["2024年", "2023年", "2022年", "历年"]
        code = str(result.locator(".search__link").get_attribute("href")).split("/")[-2]
        addresses = years.evaluate_all("links => links.map((link) => link.href)")
        assert all(address.endswith(f"/{code}/") for address in addresses)


def test_a_search_can_be_passed_on(site_with_years: str, visit: Visit) -> None:
    """The address holds the query and the filters; opened again it shows the same results."""
    page = visit().page
    page.goto(f"{site_with_years}?其他=1")
    box = SearchBox(page)
    box.open()
    box.type("道路 & 平整")
    choose(page, "year", "2023")
    box.wait()
    found, address = box.addresses, page.url
    assert found
    assert all("/d/2023/" in one for one in found)
    other = visit().page
    other.goto(address)
    again = SearchBox(other)
    other.locator(".search__result").first.wait_for()
    again.wait()
    assert again.addresses == found
    assert other.locator(".search__input").input_value() == "道路 & 平整"
    other.locator(".search__result").first.locator("a").first.click()
    other.wait_for_url(found[0])
    other.go_back()
    other.locator(".search__result").first.wait_for()
    other.keyboard.press("Escape")
    other.wait_for_url(f"{site_with_years}?%E5%85%B6%E4%BB%96=1")


def test_a_filter_that_is_gone_counts_as_none(site: str, look: Visit) -> None:
    """An address that asks for a year without data searches all years."""
    page = look().page
    page.goto(f"{site}?search=信访&search-year=1999")
    SearchBox(page).wait()
    expect(page.locator(".search__status")).to_have_text("找到1个页面")
    assert page.locator("[data-facet=year]").input_value() == ""
