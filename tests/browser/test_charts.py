"""The pictures: what they show, when they load, and how they look in the dark and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import SIZES, Visit

COMPARISON = "990101-201/compare/2023-2024/"
YEAR = "990101-201/2024/"
PROJECT = "990101-402/2024/99010124P004940100842/"
HISTORY = "990101-201/projects/99010121R002719100103/"
LIFE = "990101-402/projects/99010122P00416210028Y/"
REAL = "130803-322/"

#: Each kind of picture: a page that has it, and its table.
PICTURES = {
    "movements": (COMPARISON, "changes"),
    "composition": (YEAR, "projects"),
    "achieved": (PROJECT, "results"),
    "outcomes": ("years/2024/", "outcomes"),
    "directions": ("compare/", "directions"),
    "money": ("", "overview"),
    "history": (HISTORY, "years"),
    "indicator": (LIFE, "indicator-1"),
}
LIGHT_ACCENT, DARK_ACCENT = [11, 90, 85], [130, 203, 192]

#: How many of the canvas' pixels have each of these colours.
COUNT = """
(canvas, colours) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const counts = colours.map(() => 0);
  for (let at = 0; at < data.length; at += 4) {
    colours.forEach(([red, green, blue], index) => {
      counts[index] += data[at] === red && data[at + 1] === green && data[at + 2] === blue
        && data[at + 3] === 255;
    });
  }
  return counts;
}
"""
#: Notes what stands on the canvas when the page is laid out for paper.
WATCH_PRINT = f"""
() => addEventListener("beforeprint", () => {{
  const canvas = document.querySelector(".picture canvas");
  window.__printed = [canvas.clientWidth, ...({COUNT})(canvas, {[LIGHT_ACCENT, DARK_ACCENT]})];
}})
"""
#: Time does not pass for what waits long, such as pictures on a phone that nobody comes near.
STOP_TIMERS = """
const wait = setTimeout;
window.setTimeout = (call, after, ...rest) => (after ?? 0) < 5_000 ? wait(call, after, ...rest) : 0;
"""
#: How wide the worker draws a text in a type, and how wide the page sets it, in pixels.
MEASURE_DRAWN = """
([text, font]) => {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.font = font;
  return context.measureText(text).width;
}
"""
MEASURE_SET = """
([text, font]) => {
  const span = document.createElement("span");
  span.style.cssText = "position: absolute; white-space: pre;";
  span.style.font = font;
  span.textContent = text;
  document.querySelector("figure.picture").append(span);
  const { width } = span.getBoundingClientRect();
  span.remove();
  return width;
}
"""


def picture(page: Page, table: str = "") -> Locator:
    """The page's picture, or that of one of its tables."""
    return page.locator(f"figure.picture[data-table={table}]" if table else "figure.picture")


def drawn(page: Page, table: str = "") -> Locator:
    """The canvas of the page's picture, or of one of its tables, scrolled to and drawn."""
    figure = picture(page, table)
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-drawn", "")
    canvas = figure.locator("canvas")
    expect(canvas).to_be_visible()
    return canvas


def pixels(canvas: Locator, *colours: list[int]) -> list[int]:
    """How many pixels have each of the colours."""
    counts: list[int] = canvas.evaluate(COUNT, list(colours))
    return counts


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_drawn_under_the_policy(
    example_site: str, look: Visit, kind: str, size: str
) -> None:
    """Each kind is drawn at either size, fits the screen, and breaks no rule of the page."""
    visitor = look(size)
    page = visitor.page
    address, table = PICTURES[kind]
    page.goto(example_site + address)
    canvas = drawn(page, table)
    assert pixels(canvas, LIGHT_ACCENT)[0] > 200
    box = picture(page, table).bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert visitor.violations() == []
    assert visitor.complaints == []


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_says_in_words_what_its_table_says(
    example_site: str, look: Visit, kind: str
) -> None:
    """The picture is an image with a text, and every amount in the text stands in its table."""
    address, table = PICTURES[kind]
    page = look().page
    page.goto(example_site + address)
    image = picture(page, table).get_by_role("img")
    text = image.get_attribute("aria-label") or ""
    amounts = re.findall(r"[+−]?[\d,]+\.\d{2,}", text.split("其余")[0])
    if kind == "indicator":
        amounts = re.findall(r"(?:目标|实际)([\d.]+公里)", text)
    if kind == "achieved":
        amounts = re.findall(r"(?:目标|实际)([^，；完]+)", text)
    if kind in {"outcomes", "directions"}:
        amounts = re.findall(r"(?:达到|提高|降低|减少)(\d+)", text)
    assert len(amounts) > 3
    cells = [
        cell if kind == "achieved" else cell.lstrip("≥")
        for cell in page.locator(f"#{table}").inner_text().split()
    ]
    assert [amount for amount in amounts if amount not in cells] == []
    expect(picture(page, table).locator("figcaption")).not_to_be_empty()


def test_the_library_loads_when_a_picture_comes_near(example_site: str, visit: Visit) -> None:
    """At the top of a long page it is not loaded; near the picture it is, once."""
    visitor = visit("phone")
    page = visitor.page
    page.add_init_script(STOP_TIMERS)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    visitor.open(example_site + YEAR)
    assert [url for url in loaded if url.endswith("charts.js")]
    assert [url for url in loaded if "echarts" in url] == []
    drawn(page)
    assert len([url for url in loaded if "echarts" in url]) == 1


@pytest.mark.parametrize("kind", PICTURES)
def test_the_page_itself_never_draws(example_site: str, look: Visit, kind: str) -> None:
    """A worker runs the library, so that reading never waits for it; the page has none of it."""
    page = look("phone").page
    address, table = PICTURES[kind]
    page.goto(example_site + address)
    drawn(page, table)
    assert [worker.url.rsplit("/", 1)[-1] for worker in page.workers] == ["drawing.js"]
    assert page.workers[0].evaluate("typeof echarts") == "object"
    assert page.evaluate("typeof echarts") == "undefined"


def test_a_picture_has_the_type_of_its_page(example_site: str, look: Visit) -> None:
    """A worker knows no language to choose a type by: the style sheet names one for both."""
    page = look().page
    page.goto(example_site + COMPARISON)
    drawn(page)
    family = page.locator("figure.picture").evaluate(
        "figure => getComputedStyle(figure).fontFamily"
    )
    sample = ["−1234567.89 预算数", f"40px {family}"]
    width = page.workers[0].evaluate(MEASURE_DRAWN, sample)
    assert width == pytest.approx(page.evaluate(MEASURE_SET, sample), rel=0.02)


def test_a_page_without_pictures_loads_nothing_for_them(
    site: str, built_site: Path, visit: Visit
) -> None:
    """The scripts and the style of pictures and tables come only where one of them stands."""
    visitor = visit()
    loaded: list[str] = []
    visitor.page.on("request", lambda request: loaded.append(request.url))
    for address in ("about/", "notes/", "guide/"):
        visitor.open(site + address)
    wanted = re.compile(r"/(charts|drawing|pictures|bars|cells|tables)\.(js|css)|/vendor/")
    assert [url for url in loaded if wanted.search(url)] == []
    marks = ('<figure class="picture"', "data-sortable", "data-finder")
    for path in built_site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert ("charts.css" in text) is any(mark in text for mark in marks), path


def test_the_dark_palette_reaches_the_picture(example_site: str, visit: Visit) -> None:
    """The picture has the colours of the palette, from the start and when it is switched."""
    page = visit(color_scheme="dark").page
    page.goto(example_site + COMPARISON)
    canvas = drawn(page)
    light, dark = pixels(canvas, LIGHT_ACCENT, DARK_ACCENT)
    assert light == 0 < dark
    page.locator("[data-palette-switch]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.wait_for_function(
        f"canvas => ({COUNT})(canvas, [{LIGHT_ACCENT}])[0] > 0", arg=canvas.element_handle()
    )
    light, dark = pixels(canvas, LIGHT_ACCENT, DARK_ACCENT)
    assert dark == 0 < light


def test_paper_gets_a_light_picture_of_its_width(
    example_site: str, visit: Visit, tmp_path: Path
) -> None:
    """Printed from a dark screen it is light and fits the paper; afterwards it is as it was."""
    page = visit(color_scheme="dark").page
    page.goto(example_site + COMPARISON)
    canvas = drawn(page)
    width = canvas.evaluate("canvas => canvas.clientWidth")
    assert width > 640
    page.evaluate(WATCH_PRINT)
    page.pdf(path=str(tmp_path / "page.pdf"), format="A4")
    printed_width, light, dark = page.evaluate("window.__printed")
    assert printed_width == 640
    assert dark == 0 < light
    expect(canvas).to_have_js_property("clientWidth", width)
    assert pixels(canvas, LIGHT_ACCENT)[0] == 0


def test_what_is_not_drawn_is_not_printed(example_site: str, visit: Visit) -> None:
    """A picture that nobody has scrolled to leaves no empty frame on paper."""
    page = visit("phone").page
    page.add_init_script(STOP_TIMERS)
    page.goto(example_site + YEAR)
    expect(page.locator("figure.picture")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("figure.picture")).to_be_hidden()
    expect(page.locator("#projects")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_not_scrolled_to_is_printed(
    example_site: str, visit: Visit, tmp_path: Path, width: int
) -> None:
    """The picture is ready though nobody has come near it, and stands in the PDF."""
    page = visit().page
    page.set_viewport_size({"width": width, "height": 300})
    page.goto(example_site + YEAR)
    expect(page.locator("figure.picture")).to_have_attribute("data-drawn", "")
    assert page.evaluate("scrollY") == 0
    page.emulate_media(media="print")
    expect(page.locator("figure.picture canvas")).to_be_visible()
    page.pdf(path=str(tmp_path / "page.pdf"), format="A4")
    with pdfplumber.open(tmp_path / "page.pdf") as paper:
        drawn_images = [image for sheet in paper.pages for image in sheet.images]
    assert max(image["width"] for image in drawn_images) > 300


def test_a_picture_follows_the_width_of_the_window(example_site: str, look: Visit) -> None:
    """When the window gets narrow, the picture does, and nothing stands beyond the screen."""
    page = look().page
    page.goto(example_site + COMPARISON)
    canvas = drawn(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "canvas => canvas.clientWidth < 390 && canvas.clientWidth > 300",
        arg=canvas.element_handle(),
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


#: Where the words behind each bar end, in a picture of this width in pixels.
ENDS = """
async (width) => {
  const [{ PICTURES }, { widthOf }] = await Promise.all(
    ["pictures", "bars"].map((name) => import(`/assets/${name}.js`)));
  const rows = ["小学生均补助标准", "九年义务教育阶段家庭经济困难学生资助标准"].map((name, at) => ({
    name, achieved: "100 met", target: ["720元/人·年", "不低于1250.50元/人·学期"][at],
    actual: ["720元/人·年", "1250.50元/人·学期"][at] }));
  const look = { size: 13, font: "sans-serif" };
  const { xAxis, series } = PICTURES.achieved(rows).option(look, width);
  return series[2].data.map(({ value, label }) =>
    (value / xAxis.max) * width + widthOf(label.formatter, look));
}
"""


@pytest.mark.parametrize("width", [328, 358, 640])
def test_words_behind_bars_end_within_the_picture(
    example_site: str, look: Visit, width: int
) -> None:
    """Long values leave the bars a quarter; the target is not repeated where there is no room."""
    page = look().page
    page.goto(example_site)
    assert max(page.evaluate(ENDS, width)) <= width


def test_years_of_other_projects_are_not_drawn(example_site: str, look: Visit) -> None:
    """The picture of an indicator begins in the first year that has a number of the project."""
    page = look().page
    page.goto(f"{example_site}990101-501/projects/99010124P005026100729/")
    place = page.locator("figure[data-table=indicator-1] [role=img]")
    expect(place).to_have_attribute("aria-label", re.compile("：2024年"))
    years = page.evaluate(
        """async () => {
          const [{ PICTURES }, { rowsOf }] = await Promise.all(
            ["pictures", "cells"].map((name) => import(`/assets/${name}.js`)));
          const rows = rowsOf(document.getElementById("indicator-1"));
          return PICTURES.indicator(rows).option({}, 640).xAxis.data;
        }"""
    )
    assert years == ["2024年", "2025年"]


def test_without_javascript_the_table_says_it_all(example_site: str, look: Visit) -> None:
    """The frame of a picture that nothing draws is not there, and its table is."""
    plain = look(java_script_enabled=False).page
    plain.goto(example_site + PROJECT)
    expect(plain.locator("#results")).to_be_visible()
    expect(plain.locator("figure.picture")).to_be_hidden()


def test_without_the_library_the_table_says_it_all(example_site: str, visit: Visit) -> None:
    """When ECharts does not arrive, no empty frame stays."""
    page = visit().page
    page.route("**/vendor/echarts*/**", lambda route: route.abort())
    page.goto(example_site + PROJECT)
    page.locator("#results").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('figure.picture')?.scrollIntoView()")
    expect(page.locator("figure.picture")).to_have_count(0)
    expect(page.locator("#results")).to_be_visible()


def test_where_no_worker_can_draw_the_table_says_it_all(example_site: str, visit: Visit) -> None:
    """A browser too old to draw in a worker shows no frame, and complains not."""
    visitor = visit()
    page = visitor.page
    page.add_init_script("delete globalThis.OffscreenCanvas")
    visitor.open(example_site + PROJECT)
    expect(page.locator("figure.picture")).to_be_hidden()
    expect(page.locator("#results")).to_be_visible()
    assert page.workers == []
    assert visitor.complaints == []


@pytest.mark.parametrize("address", [REAL + "projects/13080324P00514210001L/", "compare/"])
def test_one_year_has_no_picture_of_years(site: str, look: Visit, address: str) -> None:
    """The real site has one year: nothing stands where years would be compared."""
    visitor = look()
    visitor.open(site + address)
    expect(visitor.page.locator("figure.picture:visible")).to_have_count(0)
    expect(visitor.page.locator("canvas")).to_have_count(0)
