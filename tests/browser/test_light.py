"""A page is light, comes without what it does not need yet, and does not move while it comes."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response, expect

from tests.support.browser import Visit
from tests.support.browser_kinds import KINDS, PROJECT

KILOBYTE = 1000
#: Most that the first view of a project may weigh, packed with gzip, in bytes: with everything
#: it loads by itself, and without pictures and search.
WHOLE, BARE = 250 * KILOBYTE, 90 * KILOBYTE
EXTRAS = ("search", "charts", "drawing", "pictures", "bars", "cells", "echarts", "favicon")


def test_a_project_page_is_light(example_site: str, visit: Visit) -> None:
    """The first view stays within both bounds, and neither ECharts nor the index is among it."""
    page = visit("phone").page
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        weights[response.url] = len(gzip.compress(response.body(), mtime=0))

    page.on("response", weigh)
    page.goto(example_site + PROJECT, wait_until="networkidle")
    assert len(weights) > 5
    assert not [url for url in weights if "echarts" in url]
    bare = {url: size for url, size in weights.items() if not any(e in url for e in EXTRAS)}
    assert sum(weights.values()) <= WHOLE, weights
    assert sum(bare.values()) <= BARE, bare
    page.locator("figure.picture").last.scroll_into_view_if_needed()
    page.locator("figure.picture canvas").last.wait_for()
    assert sum(weights.values()) <= WHOLE, weights


SHIFTS = """() => new Promise((resolve) => {
  const shifts = [];
  const note = (list) => shifts.push(...list.getEntries().map(({ value, sources }) =>
    [value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 200) ?? node?.textContent)]));
  new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(shifts), 50);
})"""


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_while_a_page_loads(
    example_site: str, look: Visit, kind: str, size: str
) -> None:
    """The browser counts no layout shift at all, however late the scripts come."""
    visitor = look(size)
    page = visitor.page
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    visitor.open(example_site + KINDS[kind])
    assert page.evaluate(SHIFTS) == []


@pytest.mark.parametrize(
    ("kind", "places"),
    [("data dictionary", "h2 + div[id]"), ("year on paper", ".document-page[id]")],
)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_place_far_below_is_reached(
    example_site: str, look: Visit, kind: str, places: str, size: str
) -> None:
    """Though nothing between is laid out yet, a link leads to it, and it is there to be read."""
    page = look(size).page
    page.goto(example_site + KINDS[kind])
    ids: list[str] = page.locator(places).evaluate_all("all => all.map(({ id }) => id)")
    far = ids[-2]
    page.goto("about:blank")
    page.goto(f"{example_site}{KINDS[kind]}#{far}")
    table = page.locator(f"[id='{far}'] ~ .table-scroll").first
    expect(table).to_be_in_viewport()
    assert table.inner_text().strip()
    top, height = page.evaluate(
        "id => [document.getElementById(id).getBoundingClientRect().top, innerHeight]", far
    )
    assert -1 <= top < height
