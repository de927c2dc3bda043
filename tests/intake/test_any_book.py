"""Whole budget books at random come back as they went in: every row, and no table too many.

A book has chapters, tables of income and spending, and tables of targets of the forms that ship,
with invented content (`tests/support/books.py`). LibreOffice prints it here and Chromium in
`tests/browser/test_books.py`, so that pages cut its tables wherever they end. `BOOKS=200` tries so
many of each instead of a few.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.model.dataset import DepartmentData
from tests.support import book_printing, documents
from tests.support.book_reading import assert_same, begun, seeds
from tests.support.books import book


@pytest.fixture
def department(tmp_path: Path) -> DepartmentData:
    """The department whose books these are."""
    return begun(tmp_path / "data")


@pytest.mark.parametrize("seed", seeds(range(8)))
def test_from_word(seed: int, department: DepartmentData, tmp_path: Path) -> None:
    """As a Word document."""
    made = book(seed)
    assert_same(made, book_printing.word(tmp_path / "book.docx", made), department)


def test_from_libreoffice(department: DepartmentData, tmp_path: Path) -> None:
    """As PDF by LibreOffice, which cuts rows and repeats heads; cells say what was printed."""
    # 33 ends a page within a sentence, 39 and 75 with heads of columns, 95 with halves of labels.
    # 223 begins a page with the list of another project.
    made = {seed: book(seed) for seed in seeds((0, 33, 39, 75, 95, 223))}
    files = [book_printing.word(tmp_path / f"{seed}.docx", one) for seed, one in made.items()]
    for one, file in zip(made.values(), documents.as_pdfs(files), strict=True):
        assert_same(one, file, department)
