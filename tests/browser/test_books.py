"""Budget books at random as Chromium prints them come back as they went in."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.support import book_printing
from tests.support.book_reading import assert_same, begun, seeds
from tests.support.books import book

_FOOT = "<p style='font-size: 9px; margin: 0 auto'>— <span class='pageNumber'></span> —</p>"


def test_books_that_a_browser_prints(chromium: Browser, tmp_path: Path) -> None:
    """A browser cuts rows and prints no line at the break; every row comes through all the same."""
    department = begun(tmp_path / "data")
    page = chromium.new_page()
    # Those from 23 to 208 had lost a merged cell's end, or made one project of two, without a word.
    # 404 made one row of two, 451 gave an empty category the name of another, 416 ends a page with
    # the heads of columns, and rows of 487 fill their pages.
    for seed in seeds((*range(4), 23, 205, 208, 404, 416, 451, 487)):
        made = book(seed)
        page.set_content(book_printing.html(made))
        file = tmp_path / f"{seed}.pdf"
        page.pdf(
            path=file,
            prefer_css_page_size=True,
            display_header_footer=True,
            header_template="<p></p>",
            footer_template=_FOOT,
        )
        assert_same(made, file, department)
    page.close()
