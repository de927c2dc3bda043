"""A canary: what we use of pdfminer without being promised it is there and means the same."""

from __future__ import annotations

from pathlib import Path

import pdfplumber

from disclosure.intake.formats.pdf.pdfminer_internals import last_painted, painted_since, set_text
from tests.support.painted_pdfs import Sheet, pdf, write

CHANGED = "pdfminer has changed: adapt intake/formats/pdf/pdfminer_internals.py ({})."


def test_what_is_painted_is_there_in_order_and_can_say_another_text(tmp_path: Path) -> None:
    """A line, two glyphs and an area are found in turn, and a glyph says another text."""
    content = ["0 0 m 9 0 l S", write(50, 50, "甲乙"), "0 0 9 9 re f"]
    file = pdf(tmp_path / "a.pdf", [Sheet(content)])
    with pdfplumber.open(file) as opened:
        page = opened.pages[0].layout
    made = [type(item).__name__ for item in painted_since(page, 1)]
    assert made == ["LTChar", "LTChar", "LTRect"], CHANGED.format("_objs")
    assert last_painted(page) is painted_since(page, 0)[-1], CHANGED.format("_objs")
    glyph = painted_since(page, 1)[0]
    set_text(glyph, "丙")
    assert glyph.get_text() == "丙", CHANGED.format("_text")
