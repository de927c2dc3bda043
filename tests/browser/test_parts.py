"""Pages in parts, as a reader meets them: which part it is, and where the rows of a number are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.support.browser import Visit, served
from tests.support.repository import ROOT

COMPARISON = "990101-402/compare/2023-2024/"
LOWERED = "years/2025/lowered/"

#: Builds a site whose pages are cut where they are a tenth of the usual length.
BUILD = """
import sys
from mkdocs.__main__ import cli
from disclosure.pages import page_parts, year_lists
page_parts.MAX_BYTES, year_lists.MAX_ROWS = 45_000, 8
cli(["build", "--quiet", "--site-dir", sys.argv[1]])
"""


@pytest.fixture(scope="module")
def cut_site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two departments of the invented district, all their long pages in parts."""
    assert chromium.is_connected()
    root = tmp_path_factory.mktemp("cut")
    shutil.copy(ROOT / "mkdocs.yml", root)
    project, site = root / "examples", root / "site"
    shutil.copytree(ROOT / "examples/site_src", project / "site_src")
    shutil.copy(ROOT / "examples/mkdocs.yml", project)
    for department in ("990101-208", "990101-402"):
        shutil.copytree(ROOT / "examples/data" / department, project / "data" / department)
    subprocess.run([sys.executable, "-c", BUILD, str(site)], cwd=project, check=True)
    with served(site) as address:
        yield address


def number(text: str) -> int:
    """The first number in a text."""
    return int(re.findall(r"\d+", text)[0])


def asked(place: Locator) -> Locator:
    """The line that says where the rows are for which the address asks."""
    return place.locator("[data-asked]")


def test_a_number_of_a_cut_page_leads_to_its_rows(cut_site: str, visit: Visit) -> None:
    """Where they are all on one part, to these; the same address of another page says so."""
    visitor = visit("phone")
    page = visitor.page
    visitor.open(cut_site + COMPARISON)
    expect(page.locator("h1")).to_contain_text("第1部分")
    expect(page.get_by_text("这是第1部分，共4个部分")).to_be_visible()
    link = page.locator(".figures .state-stricter")
    count = number(link.inner_text())
    link.click()
    assert page.url.startswith(f"{cut_site}{COMPARISON}2/")
    expect(page.locator("#indicators tbody tr:visible")).to_have_count(count)
    visitor.settle()
    page.goto(f"{cut_site}{COMPARISON}?indicator-state=stricter#indicators")
    line = asked(page.locator("main"))
    expect(line).to_be_in_viewport()
    assert number(line.locator("strong").inner_text()) == count
    expect(page.locator("#indicators-rows tbody tr:visible")).to_have_count(0)
    status = page.locator("[data-filters=indicators-rows] [role=status]")
    expect(status).to_contain_text("本部分没有符合条件的指标")
    assert visitor.complaints == []


def test_the_rows_on_all_parts_are_as_many_as_a_number_says(cut_site: str, visit: Visit) -> None:
    """The line names each part and leads to it; and to all of them on the page of all targets."""
    page = visit().page
    page.goto(f"{cut_site}compare/2024-2025/")
    link = page.locator(".figures .state-looser")
    count = number(link.inner_text())
    link.click()
    line = asked(page.locator("main"))
    assert number(line.locator("strong").inner_text()) == count
    parts = line.get_by_role("link", name=re.compile("^第"))
    addresses = [(one.get_attribute("href"), one.inner_text()) for one in parts.all()]
    assert len(addresses) > 1
    line.get_by_role("link", name="一次列出全部").click()
    expect(page.locator(".finder [role=status]")).to_contain_text(f"符合条件的指标有{count}项")
    found = 0
    for way, text in addresses:
        page.goto(f"{cut_site}{LOWERED}{way}")
        shown = page.locator("table[data-sortable] tbody tr:visible").count()
        assert f"部分{shown}项" in text
        found += shown
    assert found == count


def test_without_scripts_a_number_leads_to_the_same_line(cut_site: str, look: Visit) -> None:
    """Nobody can filter then, but each part and how many rows it has is there to be read."""
    page = look("phone", java_script_enabled=False).page
    page.goto(f"{cut_site}{LOWERED}?indicator-state=looser#indicators")
    line = page.locator("[data-query='indicator-state=looser']")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text(re.compile("要求降低[0-9]+项：第1部分[0-9]+项、第"))
    expect(page.locator(".filters").first).to_be_hidden()
