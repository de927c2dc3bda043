"""Budget books at random as Chromium prints them come back as they went in."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import interpret
from tests.support import book_printing
from tests.support.book_reading import assert_same, begun, seeds
from tests.support.books import YEAR, Book, book

_FOOT = "<p style='font-size: 9px; margin: 0 auto'>— <span class='pageNumber'></span> —</p>"


def test_books_that_a_browser_prints(chromium: Browser, tmp_path: Path) -> None:
    """A browser cuts rows and prints no line at the break; every row comes through all the same."""
    department = begun(tmp_path / "data")
    # Those from 23 to 208 had lost a merged cell's end, or made one project of two, without a word.
    # 404 made one row of two, 451 gave an empty category the name of another, 416 ends a page with
    # the heads of columns, and rows of 487 fill their pages. 526 and 627 end a page with a title or
    # label in a row of its own, and 811 begins several with the unit of money.
    for seed in seeds((0, 23, 205, 208, 404, 416, 451, 487, 526, 627, 811)):
        made = book(seed)
        assert_same(made, _print(chromium, made, tmp_path / f"{seed}.pdf"), department)


def test_what_is_printed_below_its_table_is_named(chromium: Browser, tmp_path: Path) -> None:
    """The end of a text for which the last row of a page had no room is not lost silently."""
    department = begun(tmp_path / "data")
    file = _print(chromium, book(614), tmp_path / "book.pdf")
    said = interpret(reader.document(file, lambda _: None), department, YEAR)
    assert [one.part for one in said.ledger.unplaced()] == ["训，加强安全保障。"]


def _print(chromium: Browser, made: Book, file: Path) -> Path:
    page = chromium.new_page()
    page.set_content(book_printing.html(made))
    page.pdf(
        path=file,
        prefer_css_page_size=True,
        display_header_footer=True,
        header_template="<p></p>",
        footer_template=_FOOT,
    )
    page.close()
    return file
