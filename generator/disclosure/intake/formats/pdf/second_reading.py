"""The text of a PDF as another program reads it, held against what was read.

The pieces come from pdfminer. What only PDFium sees would be lost without a word, so each of its
characters must be among those that pdfminer gave, in the same place.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from msgspec import Struct
from pypdfium2 import raw

from disclosure.intake.formats import lookalikes
from disclosure.intake.formats.pdf.glyphs import Char
from disclosure.intake.formats.pdf.painted_page import PaintedPage
from disclosure.intake.formats.pieces import clean
from disclosure.model.whitespace import squeezed

_HYPHEN = 2  # PDFium's sign for a hyphen at the end of a line
_HIGH, _LOW, _AFTER = 0xD800, 0xDC00, 0xE000  # halves of a character beyond U+FFFF
_NEAR = 1.5  # of a glyph's size: the same glyph, whose box each program draws in its own way


class _Glyph(Struct, frozen=True):
    """A character and the middle of its box in the coordinates of the file; its position."""

    text: str
    at: tuple[float, float]
    position: int


class SecondReading:
    """A PDF as PDFium reads it.

    Raises:
        pypdfium2.PdfiumError: It cannot.
    """

    def __init__(self, file: Path) -> None:
        self.document = pypdfium2.PdfDocument(file)

    def missing(self, page: PaintedPage, chars: Sequence[Char]) -> list[str]:
        """What stands on a page and is not among its glyphs, run by run.

        Args:
            page: The page.
            chars: All glyphs that were found on it, shown or not, also those without Unicode.
        """
        sheet = self.document[page.page_number - 1]
        text = sheet.get_textpage()
        seen = list(_characters(text))
        known = Counter(part for char in chars for part in _parts(char["text"]))
        lost: list[_Glyph] = []
        if Counter(char for char, _ in seen) - known:
            glyphs = (_glyph(text, char, at) for char, at in seen)
            lost = [glyph for glyph in glyphs if not _is_known(glyph, page, chars)]
        text.close()
        sheet.close()
        return list(_runs(lost))


def _characters(text: pypdfium2.PdfTextPage) -> Iterator[tuple[str, int]]:
    """The characters of a page that are no blanks, each with its position."""
    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if _HIGH <= code < _LOW:
            high = code
            continue
        if _LOW <= code < _AFTER and high:
            code, high = 0x10000 + ((high - _HIGH) << 10) + code - _LOW, 0
        generated = raw.FPDFText_IsGenerated(text.raw, at)
        if not code or generated or raw.FPDFText_HasUnicodeMapError(text.raw, at):
            continue
        glyph = "-" if code == _HYPHEN else chr(code)
        for char in _parts(squeezed(clean(lookalikes.unified(glyph)))):
            yield char, at


def _glyph(text: pypdfium2.PdfTextPage, char: str, at: int) -> _Glyph:
    left, bottom, right, top = text.get_charbox(at)
    return _Glyph(char, ((left + right) / 2, (bottom + top) / 2), at)


def _parts(text: str) -> str:
    """Letters that are tied together, such as ﬁ, as each of them."""
    tied = any("\ufb00" <= char <= "\ufb4f" for char in text)
    return unicodedata.normalize("NFKC", text) if tied else text


def _is_known(glyph: _Glyph, page: PaintedPage, chars: Sequence[Char]) -> bool:
    """Whether the same glyph, or one that could not be read, stands in its place."""
    a, b, c, d, e, f = page.ctm
    x, y = glyph.at
    left, top = page.point2coord((a * x + c * y + e, b * x + d * y + f))
    for char in chars:
        if glyph.text not in _parts(char["text"]) and char["text"] != "\ufffd":
            continue
        middle = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if math.dist(middle, (left, top)) <= max(char["size"], 1.0) * _NEAR:
            return True
    return False


def _runs(glyphs: Sequence[_Glyph]) -> Iterator[str]:
    """Neighbours as one text."""
    run, last = "", -2
    for glyph in glyphs:
        if run and glyph.position > last + 2:
            yield run
            run = ""
        run, last = run + glyph.text, glyph.position
    if run:
        yield run
