"""What a visit loads: only this site's own files, under a policy that holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import SIZES, SearchBox, Visit, served


def addresses(built_site: Path) -> list[str]:
    """Every page of the site."""
    folders = (path.parent.relative_to(built_site) for path in built_site.rglob("index.html"))
    return sorted("" if folder == Path() else f"{folder.as_posix()}/" for folder in folders)


def test_every_page_loads_only_its_own_site(site: str, built_site: Path, visit: Visit) -> None:
    """No page asks another origin for anything, breaks its policy or writes to the console.

    Each is opened on a desktop and on a phone. The pages of rules are alike, so that all but one
    only become as narrow as a phone.
    """
    visitor = visit()
    page, pages = visitor.page, addresses(built_site)
    _, _, *alike = (address for address in pages if address.startswith("guide/rules/"))
    assert len(pages) > 10 + len(alike)
    for address in pages:
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            if size == "desktop" or address not in alike:
                visitor.open(site + address)
            for picture in page.locator("figure.picture:visible").all():
                picture.scroll_into_view_if_needed()
                expect(picture.locator("canvas")).to_be_visible()
            visitor.settle()
            assert visitor.violations() == [], (address, size)
            assert visitor.complaints == [], (address, size)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("size", SIZES)
def test_search_loads_only_its_own_site(site: str, visit: Visit, size: str) -> None:
    """Searching, filtering and opening a result keep to the policy, and the console is empty."""
    visitor = visit(size)
    visitor.page.goto(site)
    box = SearchBox(visitor.page)
    box.open()
    box.type("满意度")
    assert box.addresses
    visitor.page.locator("[data-facet=kind]").select_option("项目")
    box.wait()
    box.type("彗星")
    assert visitor.violations() == []
    box.type("信访")
    with visitor.page.expect_navigation():
        visitor.page.locator(".search__link").first.click()
    visitor.settle()
    assert visitor.violations() == []
    assert visitor.complaints == []


def test_the_palette_follows_the_system_and_the_reader(site: str, visit: Visit) -> None:
    """A dark system gets a dark page at once; the button changes it, and it stays changed."""
    visitor = visit(color_scheme="dark")
    page = visitor.page
    body = page.locator("body")
    page.goto(site)
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("[data-palette-switch]").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.goto(f"{site}notes/")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    assert visitor.violations() == []
    assert visitor.complaints == []


def test_a_missing_page_helps_and_works(built_site: Path, visit: Visit) -> None:
    """A wrong address at any depth gets a page with its style, its links and its search."""
    with served(built_site) as root:
        visitor = visit()
        page = visitor.page
        answer = page.goto(f"{root}130803-322/1999/none/")
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("h1")).to_have_text("没有这个页面")
        box = SearchBox(page)
        box.open()
        box.type("信访")
        assert box.addresses[0].startswith(f"{root}130803-322/2024/")
        assert visitor.violations() == []
        complaints = [each for each in visitor.complaints if "404 (Not Found)" not in each]
        assert complaints == []
        page.keyboard.press("Escape")
        page.locator("article").get_by_role("link", name="首页").click()
        expect(page).to_have_url(root)


def test_the_policy_holds(site: str, visit: Visit) -> None:
    """Inline scripts, handlers and styles, and other origins, are stopped and would be noticed."""
    visitor = visit()
    page = visitor.page
    page.goto(site)
    page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "window.__pwned = true";
          document.head.append(script);
          const box = document.createElement("div");
          box.innerHTML = "<p style='color: red' onclick='window.__pwned = true'>x</p>";
          document.body.append(box);
          box.firstChild.click();
          await fetch("https://elsewhere.test/").catch(() => {});
        }"""
    )
    assert page.evaluate("window.__pwned") is None
    stopped = {violation.split()[0] for violation in visitor.violations()}
    assert stopped == {"script-src-elem", "script-src-attr", "style-src-attr", "connect-src"}
    assert any("elsewhere.test" in complaint for complaint in visitor.complaints)


def test_the_policy_comes_first(built_site: Path) -> None:
    """On each page the policy stands in the head before anything that it must hold for."""
    for path in built_site.rglob("*.html"):
        text = path.read_text("utf-8")
        policy = text.index('<meta http-equiv="Content-Security-Policy"')
        starts = (text.find(tag) for tag in ("<script", "<link", "<style", "<img"))
        assert policy < min(start for start in starts if start >= 0), path
        assert policy + 400 < 1024, "the encoding must be declared in the first 1024 bytes"
