"""Everybody can use the site: axe-core, the keyboard, magnified text, less motion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.support.browser import SIZES, Visit
from tests.support.browser_kinds import KINDS, PROJECT, SCHEMES
from tests.support.page_faults import WCAG, violations

#: Those of them that a scheme of colours can make a difference to.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: What a reader prefers, the scheme that the page then has, and what to look at in it.
PALETTES: tuple[tuple[Literal["light", "dark"], str, Mapping[str, object]], ...] = (
    ("light", "default", WCAG),
    ("dark", "slate", COLOURS),
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_violates_wcag(example_site: str, look: Visit, kind: str) -> None:
    """axe-core finds nothing against WCAG 2.2 A and AA, on a desktop and on a phone, also dark."""
    page = look(bypass_csp=True, reduced_motion="reduce").page
    page.goto(example_site + KINDS[kind])
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme, palette, rules in PALETTES:
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", palette)
            assert violations(page, rules) == [], (size, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_open_search_violates_nothing(
    example_site: str, look: Visit, size: str, scheme: str
) -> None:
    """Neither the empty search dialog, nor one with results, nor one that found nothing."""
    page = look(size, bypass_csp=True, color_scheme=scheme).page
    page.goto(example_site + PROJECT)
    page.locator("header [data-search-open]").click()
    page.locator(".search__filters").wait_for()
    assert violations(page) == []
    for query in ("补助", "没有这样的字"):
        page.locator(".search__input").fill(query)
        page.locator(".search__results[aria-busy=false]").wait_for(state="attached")
        page.wait_for_function("document.querySelector('.search__status').textContent !== ''")
        assert violations(page) == [], query


@pytest.mark.parametrize("scheme", SCHEMES)
def test_filtered_and_sorted_tables_violate_nothing(
    example_site: str, look: Visit, scheme: str
) -> None:
    """Filters with and without a match, and a sorted column, keep to the rules."""
    page = look(bypass_csp=True, color_scheme=scheme).page
    page.goto(example_site + KINDS["two years of a department"])
    page.locator(".filters select").first.select_option(index=1)
    page.locator(".sort").last.click()
    page.evaluate("scrollTo(0, 0)")  # what the heads cover on the way is not the rules' matter
    assert violations(page) == []
    page.locator(".filters input").first.fill("没有这样的项目")
    assert violations(page) == []


FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const name = element.getAttribute("aria-label") || element.textContent.trim()
    || element.labels?.[0]?.textContent.trim() || element.title;
  return {
    body: element === document.body,
    name, tag: element.localName,
    inMain: element.closest("main") !== null,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    colour: style.outlineColor,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    example_site: str, look: Visit, size: str
) -> None:
    """Tab goes from the skip link through the page, and each stop is named, seen and outlined."""
    page = look(size).page
    page.goto(example_site + KINDS["two years of a department"])
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "跳到正文"
    stops = []
    for _ in range(400):
        stop = page.evaluate(FOCUSED)
        if stop["body"]:
            break
        stops.append(stop)
        page.keyboard.press("Tab")
    assert [s for s in stops if not (s["name"] and s["outlined"] and s["seen"])] == []
    wanted = page.locator("main :is(a[href], button, input, select):visible").count()
    reached = [s for s in stops if s["inMain"] and s["tag"] in {"a", "button", "input", "select"}]
    assert len(reached) == wanted


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_focus_ring_stands_out(example_site: str, look: Visit, scheme: str) -> None:
    """The ring differs from the paper by 3 to 1 at least, in the header and in the text."""
    page = look(bypass_csp=True, color_scheme=scheme).page
    page.goto(example_site + PROJECT)
    for place in ("header [data-search-open]", "main .crumbs a"):
        page.keyboard.press("Tab")  # so that focus counts as the keyboard's
        page.locator(place).first.focus()
        ratio = page.evaluate(
            """() => {
              const parts = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
              const luminance = (colour) => parts(colour)
                .map((value) => value / 255)
                .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
                .reduce((sum, v, index) => sum + v * [0.2126, 0.7152, 0.0722][index], 0);
              const ring = getComputedStyle(document.activeElement).outlineColor;
              const ground = document.activeElement.closest("header") ?? document.body;
              const values = [ring, getComputedStyle(ground).backgroundColor].map(luminance);
              return (Math.max(...values) + 0.05) / (Math.min(...values) + 0.05);
            }"""
        )
        assert ratio >= 3, place


def test_the_skip_link_leads_past_the_header(example_site: str, look: Visit) -> None:
    """After it, Tab goes on inside the page's own content."""
    page = look().page
    page.goto(example_site + PROJECT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["inMain"]


#: Whatever shows text of its own. The key cap and the bars beside figures are left out on narrow
#: screens, where there is no keyboard and no room; the list of contents repeats the headings.
TEXTS = """() => [...document.querySelectorAll("body *")]
  .filter((element) => !element.closest("kbd, .bar, .bar-head, .search-open, .contents-list"))
  .filter((element) => [...element.childNodes].some((node) =>
    node.nodeType === Node.TEXT_NODE && node.textContent.trim()))"""
CUT = """() => [...document.querySelectorAll("main *")].filter((element) => {
  const style = getComputedStyle(element);
  return style.overflowX === "hidden" && style.position !== "absolute"
    && element.scrollWidth > element.clientWidth + 1 && element.textContent.trim();
}).map((element) => element.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("kind", KINDS)
def test_magnified_pages_lose_nothing(example_site: str, look: Visit, kind: str) -> None:
    """At 200 and 400 per cent of a 1280 px screen the page scrolls down only, and is complete."""
    page = look().page
    page.goto(example_site + KINDS[kind])
    page.evaluate(f"window.texts = ({TEXTS})().filter((element) => element.checkVisibility())")
    assert page.evaluate("texts.length") > 10
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 512})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert page.evaluate(CUT) == []
        lost = "texts.filter((element) => !element.checkVisibility()).map((e) => e.outerHTML)"
        assert page.evaluate(lost) == []


def test_who_wants_less_motion_gets_none(example_site: str, look: Visit) -> None:
    """With reduced motion asked for, nothing on the page takes time to change."""
    page = look(reduced_motion="reduce").page
    page.goto(example_site + PROJECT)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          return [...style.transitionDuration.split(","), ...style.animationDuration.split(",")]
            .some((duration) => parseFloat(duration) > 0.01);
        }).map((element) => element.className)"""
    )
    assert moving == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


CELLS = """() => [...document.querySelectorAll("main table")].flatMap((table) => {
  const label = table.caption?.textContent.trim() || table.getAttribute("aria-label")
    || table.getAttribute("aria-labelledby");
  const heads = [...table.querySelectorAll("th")];
  return [
    ...(label ? [] : ["no caption"]),
    ...heads.filter((head) => !head.scope).map((head) => `no scope: ${head.textContent}`),
    ...heads.filter((head) => head.scope === "rowgroup"
        && head.rowSpan !== head.closest("tbody").rows.length)
      .map((head) => `no head of the whole group: ${head.textContent}`),
  ].map((fault) => `${table.className}: ${fault}`);
})"""


#: Markdown has no way to give a table written by hand a caption.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "written by hand"])
def test_tables_name_themselves_and_their_heads(example_site: str, look: Visit, kind: str) -> None:
    """Every table has a name, every head a scope, and a group's head spans all of its group."""
    page = look().page
    page.goto(example_site + KINDS[kind])
    assert page.evaluate(CELLS) == []


def test_pictures_say_in_words_what_they_show(example_site: str, look: Visit) -> None:
    """A drawn picture is one image with a text, and its table stands on the same page."""
    page = look().page
    page.goto(example_site + PROJECT)
    canvas = page.locator(".picture__canvas").first
    assert canvas.get_attribute("role") == "img"
    assert "受益学生人数，目标≥12400人，实际12436人" in (canvas.get_attribute("aria-label") or "")
    table = page.locator("figure[data-table]").first.get_attribute("data-table")
    assert page.locator(f"table#{table}").count() == 1


def test_the_language_is_said(example_site: str, look: Visit) -> None:
    """Readers aloud learn that the page is Chinese."""
    page = look().page
    page.goto(example_site)
    assert page.locator("html").get_attribute("lang") == "zh"
