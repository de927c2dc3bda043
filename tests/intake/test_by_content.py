"""A document is read by its content: Strict Open XML, and a workbook with the extension of WPS."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.intake.formats import reader
from disclosure.intake.formats.pieces import TablePiece

CASES = sorted((Path(__file__).parents[1] / "cases" / "by-content").iterdir())


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.name)
def test_it_is_read_like_any_other(file: Path) -> None:
    """Every target of the form is there, and nothing is remarked."""
    document = reader.document(file, lambda _: None)
    tables = [piece for piece in document.pieces if isinstance(piece, TablePiece)]
    texts = {cell.bare for table in tables for cell in table.cells}
    assert {"≥20公里", "100%", "≥3000人", "≥90%", "12.00"} <= texts
    assert document.remarks == ()
