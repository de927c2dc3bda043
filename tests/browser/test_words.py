"""Explanations in place, and everything that must work without scripts."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.browser import SIZES, Visit
from tests.support.browser_kinds import KINDS, PROJECT

#: Whatever can be worked with; links and scrolling areas need no script.
CONTROLS = "button, input, select, textarea, [role=button], label"
#: What a table's caption ends with where a script lets readers sort it.
SORTABLE = "，点列标题可以排序"
#: The texts of the page, less what scripts add to it: pictures, filters, buttons, search.
TEXTS = """() => [...document.querySelectorAll(
    "article :is(h1, h2, h3, h4, caption, th, td, dt, dd, li, p)")]
  .filter((part) => !part.closest("figure, .filters, .copy, [data-search]"))
  .filter((part) => part.checkVisibility())
  .map((part) => part.textContent.trim())"""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "all targets"])
def test_a_page_is_complete_without_scripts(example_site: str, look: Visit, kind: str) -> None:
    """Every text that shows with scripts shows without them, and nothing shows that needs them.

    The page of all targets is made by a script; without it there are the permanent lists.
    """
    plain, visitor = look(java_script_enabled=False).page, look()
    plain.goto(example_site + KINDS[kind])
    visitor.open(example_site + KINDS[kind])
    assert plain.locator(CONTROLS).locator("visible=true").all_inner_texts() == []
    shown = plain.evaluate(TEXTS)
    assert shown
    assert {text.removesuffix(SORTABLE) for text in visitor.page.evaluate(TEXTS)} <= set(shown)


def test_search_says_that_it_needs_scripts(example_site: str, look: Visit) -> None:
    """Where the box would be stands why it is not there, and another way."""
    page = look(java_script_enabled=False).page
    for address in (KINDS["home"], KINDS["not found"]):
        page.goto(example_site + address)
        hint = page.locator("[data-search] noscript p")
        expect(hint).to_be_visible()
        assert "搜索需要浏览器启用" in (hint.text_content() or "")


def test_a_missing_page_leads_on(example_site: str, look: Visit) -> None:
    """The page for a wrong address offers search, and its link to all departments arrives."""
    page = look().page
    page.goto(example_site + KINDS["not found"])
    expect(page.locator("article [data-search] :is(button, input)").first).to_be_visible()
    page.get_by_role("link", name="部门与年度").click()
    expect(page.locator(":target")).to_have_text("部门与年度")


@pytest.mark.parametrize("size", SIZES)
def test_the_keyboard_gets_an_explanation_in_place(
    example_site: str, look: Visit, size: str
) -> None:
    """Focus shows it inside the screen, Escape closes it, Enter opens it, or leads to its entry."""
    visitor = look(size)
    page = visitor.page
    page.goto(example_site + PROJECT)
    word = page.locator(".form a.term", has_text="预算数").first
    before = page.locator("a, button, [tabindex='0']").element_handles()
    target = word.element_handle()
    position = next(
        index for index, one in enumerate(before) if one.evaluate("(a, b) => a === b", target)
    )
    before[position - 1].focus()
    page.keyboard.press("Tab")
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("批准给这个项目")
    expect(word).to_have_attribute("aria-describedby", "term-tip")
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= SIZES[size][0]
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_contain_text("批准给这个项目")
    assert visitor.violations() == []
    assert visitor.complaints == []


def test_the_pointer_gets_an_explanation_and_may_move_onto_it(
    example_site: str, look: Visit
) -> None:
    """Hovering shows it, it stays while the pointer is on it, and goes when it leaves."""
    page = look().page
    page.goto(example_site + PROJECT)
    page.locator(".figures a.term").first.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.locator("h1").hover()
    expect(tip).to_be_hidden()


@pytest.mark.parametrize("place", [".figures", ".results"])
def test_a_tap_explains_in_place(example_site: str, look: Visit, place: str) -> None:
    """On a touch screen a tap opens the explanation on the page, and one elsewhere closes it."""
    visitor = look("phone", has_touch=True)
    page = visitor.page
    visitor.open(example_site + PROJECT)
    word = page.locator(f"{place} a.term").last
    word.tap()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_in_viewport(ratio=1)
    assert urlsplit(page.url).path.endswith(PROJECT)
    word.tap()
    expect(tip).to_be_visible()
    page.locator("h1").tap()
    expect(tip).to_be_hidden()
    assert visitor.complaints == []


def test_a_tap_leads_to_the_glossary_where_nothing_opens(example_site: str, visit: Visit) -> None:
    """Without scripts, or when the explanation cannot be had, the word is a link."""
    plain = visit("phone", has_touch=True, java_script_enabled=False).page
    plain.goto(example_site + PROJECT)
    visitor = visit("phone", has_touch=True)
    visitor.open(example_site + PROJECT)
    cut_off = visitor.page
    cut_off.route("**/glossary/", lambda route: route.abort(), times=1)
    for page in (plain, cut_off):
        page.locator(".figures a.term").first.tap()
        expect(page.locator(":target")).to_contain_text("全年实际花掉的钱")
