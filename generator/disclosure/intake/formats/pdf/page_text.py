"""One page of a PDF: the glyphs of its text, and what else stands on it or is hidden in it."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator, Sequence

from msgspec import Struct
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Rect, apply_matrix_rect

from disclosure.intake import rules
from disclosure.intake.formats import lookalikes
from disclosure.intake.formats.joining import Line
from disclosure.intake.formats.pdf import (
    baselines,
    overlays,
    page_annotations,
    painted_page,
    shown,
    turning,
)
from disclosure.intake.formats.pdf.duplicate_characters import deduplicated
from disclosure.intake.formats.pdf.glyphs import Char
from disclosure.intake.formats.pdf.painted_page import PaintedPage
from disclosure.intake.formats.pdf.second_reading import SecondReading
from disclosure.intake.formats.pieces import LOST, clean
from disclosure.intake.rules import UnreadableError
from disclosure.model.whitespace import squeezed

_MAX_CHARS = 100_000  # on one page; a dense one has 3,000
_UNMAPPED = "(cid:"  # how pdfminer names a glyph of which nobody knows the character
_LINES = ("line", "rect", "curve", "image")
_RECOGNISED = (
    "第 {} 页是图片，文字来自图片上的隐形文字层（OCR 识别的结果），可能有错，请与图片逐字核对。"
)


class PageText(Struct, frozen=True):
    """What stands on one page.

    Attributes:
        page: The page, turned so that its text is upright.
        chars: The glyphs of its text, each one character.
        annotations: What form fields and comments say.
        overlays: What watermarks and seals say.
        missing: What only another program sees.
        hidden: What the page holds and does not show, run by run, by why.
        remarks: What a person must look at, in Chinese.
    """

    page: PaintedPage
    chars: list[Char]
    annotations: list[Line]
    overlays: list[str]
    missing: list[str]
    hidden: dict[str, list[str]]
    remarks: list[str]


def read(page: PaintedPage, second: SecondReading | None) -> PageText:
    """Read one page.

    Args:
        page: The page.
        second: The document as another program reads it.

    Raises:
        UnreadableError: It is broken, or holds too much.
    """
    _unpack(page)
    if len(page.chars) > _MAX_CHARS:
        raise UnreadableError(
            rules.TOO_LARGE,
            f"第 {page.page_number} 页的字太多，没有读取。",
            "请用打印成 PDF 的办法另存一份，再导入。",
        )
    degrees = turning.of_page(page.chars)
    if degrees:
        page = painted_page.turned(page, degrees)
    chars = list(_readable(page))
    things = [thing for kind in _LINES for thing in page.objects.get(kind, ())]
    struck = [_on_page(page, box) for box in page_annotations.struck(page.page_obj)]
    seen = shown.seen(chars, things, float(page.width) * float(page.height))
    text, laid = overlays.separate(deduplicated(seen.shown))
    text, out = shown.struck_out(text, things, struck)
    hidden = {**seen.hidden, shown.STRUCK: out} if out else seen.hidden
    found = PageText(
        page,
        baselines.aligned(text),
        [],
        list(overlays.texts(laid)),
        second.missing(page, chars) if second is not None else [],
        {why: list(overlays.texts(deduplicated(one))) for why, one in hidden.items()},
        [_RECOGNISED.format(page.page_number)] if seen.scanned else [],
    )
    _add_annotations(found, seen.shown)
    return found


def _unpack(page: PaintedPage) -> None:
    """Unpack what paints a page; what cannot be would be taken for nothing."""
    for content in map(resolve1, page.page_obj.contents):
        packed = _packed(content)
        if packed and not content.get_data() and not _is_packed_nothing(packed):
            raise rules.damaged()


def _packed(content: PDFStream) -> bytes | None:
    """What a stream holds before it is unpacked."""
    packed = content.get_rawdata()
    if packed and content.decipher and content.objid is not None and content.genno is not None:
        return bytes(content.decipher(content.objid, content.genno, packed, content.attrs))
    return packed


def _is_packed_nothing(packed: bytes) -> bool:
    """Whether it is nothing, packed as it should be: some programs write that for a page."""
    unpacking = zlib.decompressobj()
    try:
        return not unpacking.decompress(packed) and unpacking.eof
    except zlib.error:
        return False


def _readable(page: PaintedPage) -> Iterator[Char]:
    """The glyphs of a page but for blanks, each one character that text may hold."""
    for char in page.chars:
        glyph = _decoded(char["text"])
        for text in squeezed(clean(lookalikes.unified(glyph))):
            yield {**char, "text": text}


def _decoded(text: str) -> str:
    """What a glyph says; one without a meaning, or with one that no reader sees, is lost."""
    if text.startswith(_UNMAPPED) or not text:
        return LOST
    lost = not text.isspace() and all(unicodedata.category(char) == "Cc" for char in text)
    return LOST if lost else text


def _add_annotations(found: PageText, chars: Sequence[Char]) -> None:
    """Add what form fields and comments say, if it is not read with the page itself."""
    number = found.page.page_number
    painted: dict[int, str] = {}
    for char in chars:
        if source := char["paint"].source:
            painted[source[0]] = painted.get(source[0], "") + char["text"]
    for at, one in enumerate(page_annotations.every(found.page.page_obj)):
        text, what = page_annotations.text_of(one), page_annotations.what(one)
        if page_annotations.is_hidden(one):
            if text:
                found.hidden.setdefault(f"隐藏的{what}", []).append(text)
        elif box := page_annotations.ticked(one):
            found.remarks.append(f"第 {number} 页的选择框“{box}”是选中的，没有读取，请对照原件。")
        elif text and squeezed(lookalikes.unified(text)) not in painted.get(at, ""):
            found.annotations.append(Line(text, f"第{number}页的{what}", number, 0.0, alone=True))


def _on_page(page: PaintedPage, box: Rect) -> shown.Box:
    """A place in the file as a place on the page."""
    left, bottom, right, top = apply_matrix_rect(page.ctm, box)
    (x0, y0), (x1, y1) = page.point2coord((left, top)), page.point2coord((right, bottom))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
