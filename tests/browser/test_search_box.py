"""The search box as a thing to work with: keys, focus, fingers, names, and a bad connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import DEPARTMENT, INSURANCE, INVESTMENT, SearchBox, Visit


def test_the_slash_opens_and_escape_closes(site: str, look: Visit) -> None:
    """`/` opens the box and does not stand in it; Esc closes it, typed text or not."""
    page = look().page
    page.goto(site + INVESTMENT)
    dialog, field = page.locator("dialog.search"), page.locator(".search__input")
    expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("信访")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_slash_is_only_a_slash_where_text_is_typed(site: str, look: Visit) -> None:
    """`/` typed into a field of the page stays a slash."""
    page = look().page
    page.goto(site)
    page.evaluate("document.querySelector('article').prepend(document.createElement('textarea'))")
    page.locator("article textarea").focus()
    page.keyboard.press("/")
    expect(page.locator("dialog.search")).to_be_hidden()
    expect(page.locator("article textarea")).to_have_value("/")


def test_focus_returns_where_it_was(site: str, look: Visit) -> None:
    """After closing, the keyboard is back on the button that opened the box."""
    page = look().page
    page.goto(site)
    button = page.locator("header [data-search-open]")
    for key in ("Enter", "Space"):
        button.focus()
        page.keyboard.press(key)
        expect(page.locator(".search__input")).to_be_focused()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()


def test_the_keyboard_alone_is_enough(box: SearchBox) -> None:
    """Arrows walk through the results and back to the box; Enter opens the one in focus."""
    box.type("满意度")
    page, results = box.page, box.page.locator(".search__link")
    page.keyboard.press("ArrowDown")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".search__input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = box.addresses[1]
    page.keyboard.press("Enter")
    page.wait_for_url(second)


def test_enter_opens_the_best_result_for_what_stands_in_the_box(site: str, box: SearchBox) -> None:
    """Enter right after the last letter waits for the answer and does not open an older one."""
    box.type("招商引资")
    box.page.locator(".search__input").fill("供销社")
    box.page.keyboard.press("Enter")
    box.page.wait_for_url(site + INSURANCE)


def test_letters_of_an_input_method_are_not_searched(box: SearchBox) -> None:
    """Pinyin on its way to characters starts no search; the finished characters do."""
    devtools = box.page.context.new_cdp_session(box.page)
    typed = {"text": "xin'fang", "selectionStart": 8, "selectionEnd": 8}
    devtools.send("Input.imeSetComposition", typed)
    box.page.wait_for_timeout(400)
    assert "找到" not in box.status
    devtools.send("Input.insertText", {"text": "信访"})
    box.wait()
    assert box.status == "找到1个页面"


def test_the_home_page_has_a_large_box(site: str, look: Visit) -> None:
    """The box on the home page opens the same search."""
    page = look().page
    page.goto(site)
    page.locator(".search-home button").click()
    expect(page.locator(".search__input")).to_be_focused()


def test_without_scripts_nothing_pretends_to_search(site: str, look: Visit) -> None:
    """Without scripts no search button is shown, and the home page's lists are complete."""
    page = look(java_script_enabled=False).page
    page.goto(site)
    expect(page.locator("header [data-search-open]")).to_be_hidden()
    assert page.locator(".search-home button").count() == 0
    for address in ("years/2024/", DEPARTMENT):
        assert page.locator(f"article a[href^='{address}']").count()


def test_search_on_a_phone(site: str, look: Visit) -> None:
    """On a phone the box fills the screen, nothing hangs over, and fingers can hit everything."""
    page = look("phone", has_touch=True, is_mobile=True).page
    page.goto(site + INVESTMENT)
    button = page.locator("header [data-search-open]")
    assert button.inner_text().strip() == "搜索"
    size = button.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 44
    button.tap()
    box = SearchBox(page)
    box.type("满意度")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    dialog = page.locator("dialog.search").bounding_box()
    assert dialog == {"x": 0, "y": 0, "width": 390, "height": 844}
    for target in page.locator(
        "dialog.search :is(button, select, input, .search__link):visible"
    ).all():
        size = target.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44, target
        assert size["x"] >= 0
        assert size["x"] + size["width"] <= 390
    # Another page than this one, so that the wait sees it come.
    other = next(address for address in box.addresses if address != page.url.partition("?")[0])
    page.locator(f".search__link[href='{other}']").tap()
    page.wait_for_url(other)


def test_every_part_has_a_name(box: SearchBox) -> None:
    """A screen reader hears what each part is, and is told the number of results."""
    page = box.page
    expect(page.get_by_role("dialog", name="搜索", exact=True)).to_be_visible()
    label = "搜索项目名称、编码或正文里的任意文字"
    expect(page.get_by_role("searchbox", name=label)).to_be_focused()
    for name in ("年度", "类型", "部门"):
        expect(page.get_by_role("combobox", name=name)).to_be_visible()
    expect(page.get_by_role("button", name="关闭")).to_be_visible()
    box.type("信访")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("找到1个页面")


@pytest.mark.parametrize("missing", ["**/search/*.json", "**/search/*/**"])
def test_a_lost_connection_can_be_retried(site: str, visit: Visit, missing: str) -> None:
    """Search data that does not arrive is said, and the button to retry brings it."""
    page = visit().page
    page.route(missing, lambda route: route.abort())
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("信访")
    SearchBox(page).wait()
    expect(page.locator(".search__status")).to_contain_text("请检查网络后重试")
    page.unroute(missing)
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".search__status")).to_have_text("找到1个页面")
    expect(page.get_by_role("button", name="重试")).to_be_hidden()
