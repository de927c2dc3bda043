"""No table is read sideways, nothing in it is cut; on a phone the places show where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import Visit
from tests.support.browser_kinds import KINDS, PROJECT
from tests.support.page_faults import SCREENS, faults

#: Kinds of pages that have tables of their own beside those of `KINDS`.
MORE = {
    "year in one list": "990101-105/2024/",
    "what was lowered in a year": "years/2024/lowered/",
    "deviations of a year": "years/2024/deviations/",
    "projects that changed in a year": "years/2025/projects/",
    "year with a department's table": "990101-404/2024/",
    "department's tables compared": "990101-404/compare/2024-2025/",
    "what was changed in a year": "years/2024/adjusted/",
    "all themes": "themes/",
    "theme": "themes/elderly/",
}

#: Whether each cell of a list says its head, unless it is a bar or a day, and verdict, change and
#: amount come first, after what they are about: the indicator of a project that was changed; and
#: where values have their verdicts in their cells, all are in the order of the table.
ORDER = """() => [...document.querySelectorAll("main .list :not(thead) > tr")].flatMap((row) => {
  if (!row.checkVisibility()) return [];
  const cells = [...row.cells].filter((cell) => cell.checkVisibility());
  const top = (cell) => cell.getBoundingClientRect().top;
  const isName = (cell) => cell.localName === "th";
  const rank = (cell) => isName(cell) ? 0
    : cell.matches("#adjusted td:nth-child(2)") ? 0
    : cell.matches(".life td:has(> .target)") ? 1
    : cell.querySelector(':scope > [class*="outcome-"]') ? 1
    : cell.querySelector(":scope > :is(.state, .change)") ? 2
    : cell.matches(".money") && !row.closest(".results") ? 3 : 4;
  const shown = [...cells].sort((one, two) => top(one) - top(two));
  const ranks = row.closest(".events") ? [] : shown.map(rank);
  const nameless = cells.filter((cell) => !isName(cell) && cell.textContent.trim()
    && !cell.matches(".bar, .events td") && getComputedStyle(cell, "::before").content === "none");
  return [
    ...(ranks.some((each, index) => each < ranks[index - 1]) ? [`${ranks}`] : []),
    ...nameless.map(() => "no head"),
  ].map((fault) => `${row.textContent.trim()}: ${fault}`);
})"""


#: The heads of a table that do not lie on top of its cells.
COVERED = """() => [...document.querySelectorAll("#indicators thead th")].filter((head) => {
  const { left, top, width, height } = head.getBoundingClientRect();
  return !head.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}).map((head) => head.textContent)"""


@pytest.mark.parametrize("scripts", [True, False])
def test_every_table_fits_the_screen(example_site: str, look: Visit, scripts: bool) -> None:
    """No cell lies outside the screen or is cut, no word is broken, and cards say their heads."""
    page = look("phone", java_script_enabled=scripts).page
    found = {}
    for kind, address in (KINDS | MORE).items():
        page.goto(example_site + address)
        assert page.locator("main").count() == 1, kind
        found[kind] = [*faults(page), *page.evaluate(ORDER), *faults(page, SCREENS)]
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_the_places_show_where_one_is(example_site: str, look: Visit, scripts: bool) -> None:
    """The place of the page is marked and in sight, where there are more than fit the screen."""
    page = look("phone", java_script_enabled=scripts).page
    places = {
        "about/": "关于本站",
        "compare/2023-2024/": "年度比较",
        "coverage/2024/": "各年度",
        PROJECT: "首页",
    }
    for address, name in places.items():
        page.goto(example_site + address)
        row = page.locator(".places ul")
        assert row.evaluate("row => row.scrollWidth > row.clientWidth")
        expect(row.locator("[aria-current]")).to_have_text(name)
        expect(row.locator("[aria-current]")).to_be_in_viewport(ratio=1)
        if name == "首页":
            assert row.evaluate("row => row.scrollLeft") == 0


def test_heads_stay_with_their_columns(example_site: str, look: Visit) -> None:
    """Heads of a long list stay in sight; of a table wider than the screen so do first cells."""
    page = look().page
    page.goto(example_site + KINDS["two years of a department"])
    page.locator("#indicators tbody tr").nth(30).scroll_into_view_if_needed()
    assert page.evaluate(COVERED) == []
    page.goto(example_site + KINDS["two years of all departments"])
    page.set_viewport_size({"width": 1100, "height": 900})
    page.locator("#changes").evaluate("table => table.style.width = '100rem'")
    page.locator(".table-scroll").first.evaluate("part => part.scrollLeft = 200")
    left = "cell => cell.getBoundingClientRect().left"
    head, name = page.locator("#changes tr > th:first-child").all()[:2]
    assert head.evaluate(left) == name.evaluate(left) > 0
