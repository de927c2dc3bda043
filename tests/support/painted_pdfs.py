"""Makes PDFs operator by operator, with what programs paint and readers do not see."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from tests.support.hostile_documents import write_pdf

WIDTH, HEIGHT = 595, 842
ROW, COLUMN, LEFT, TOP, SIZE = 30, 130, 40, 700, 10
#: G is a font of which nobody knows the characters A (no name), B (private use), C (control).
#: A state with a third of the opacity, one that multiplies; layers that are off and on.
_RESOURCES = (
    "/Font<</F 3 0 R/G<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<<"
    "/Differences[65/g1/uniF0B3/uni0001]>>>>>>"
    "/ExtGState<</T<</ca 0.3/CA 0.3>>/Z<</ca 0>>/M<</BM/Multiply>>>>"
    "/Properties<</Off 6 0 R/On 7 0 R/AnyOff<</Type/OCMD/OCGs[6 0 R 7 0 R]/P/AllOn>>>>"
)
#: A font that every reader knows by its name; its codes are Unicode.
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<<"
    "/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1[500] 2 95 500 814 939 500]"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<<"
    "/Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    "/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)


def words(text: str) -> str:
    """A text as the operand of an operator."""
    return f"<{text.encode('utf-16-be').hex()}>"


def write(x: float, y: float, text: str, *, size: float = SIZE, angle: float = 0,
          state: str = "") -> str:  # fmt: skip
    """Operators that write a text whose first letter stands at a place, from below left."""
    a, b = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turn = f"{a:.4f} {b:.4f} {-b:.4f} {a:.4f} {x:.2f} {y:.2f}"
    return f"q {state} BT /F {size} Tf {turn} Tm {words(text)} Tj ET Q"


def cell(row: int, column: int) -> tuple[float, float]:
    """Where the text of a cell begins."""
    return LEFT + column * COLUMN + 5, TOP - row * ROW - 19


def grid(rows: Sequence[Sequence[str]]) -> list[str]:
    """Operators that draw a table with a text in each cell."""
    high, wide = len(rows) * ROW, len(rows[0]) * COLUMN
    made = [f"{LEFT} {TOP - at * ROW} m {LEFT + wide} {TOP - at * ROW} l S"
            for at in range(len(rows) + 1)]  # fmt: skip
    made += [f"{LEFT + at * COLUMN} {TOP} m {LEFT + at * COLUMN} {TOP - high} l S"
             for at in range(len(rows[0]) + 1)]  # fmt: skip
    made += [write(*cell(row, column), text)
             for row, texts in enumerate(rows) for column, text in enumerate(texts)]  # fmt: skip
    return made


class Sheet(Struct):
    """A page: its operators, and what else stands in its dictionary."""

    content: list[str] = field(default_factory=list)
    more: str = ""
    box: str = f"0 0 {WIDTH} {HEIGHT}"


def pdf(file: Path, sheets: Iterable[Sheet]) -> Path:
    """A PDF of these pages."""
    pages = list(sheets)
    kids = " ".join(f"{8 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        _FONT,
        _image(),
        _form(),
        "<</Type/OCG/Name(off)>>",
        "<</Type/OCG/Name(on)>>",
    ]
    for at, sheet in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{sheet.box}]/Contents {9 + 2 * at} 0 R/Resources<<"
            f"{_RESOURCES}/XObject<</I 4 0 R/X 5 0 R>>>>{sheet.more}>>"
        )
        content = "\n".join(sheet.content)
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return write_pdf(file, [one.encode("latin-1") for one in objects])


def _image() -> str:
    head = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    return f"<<{head}/Length 1>>stream\n\x7f\nendstream"


def _form() -> str:
    """A form within the page that writes 表单内文 where it is put."""
    content = write(0, 0, "表单内文")
    head = "/Type/XObject/Subtype/Form/BBox[0 -5 100 20]"
    return f"<<{head}/Resources<<{_RESOURCES}>>/Length {len(content)}>>stream\n{content}\nendstream"
