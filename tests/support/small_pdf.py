"""PDFs of a few lines and cells, each exactly where a test wants it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

_HEIGHT = 842
_SIZE = 9.0
_DEPTH = 480
#: A Chinese font that no file brings along, and one for Latin letters with another depth.
_FONTS = (
    """\
<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/Ascent 880\
/Descent -140/CapHeight 880/ItalicAngle 0/StemV 93>>
<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/FontDescriptor 3 0 R\
/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>
<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>
<</Type/FontDescriptor/FontName/LatinSans/Flags 32/FontBBox[-100 -460 1000 900]/Ascent 900\
/Descent -480/CapHeight 700/ItalicAngle 0/StemV 80/MissingWidth 550>>
<</Type/Font/Subtype/TrueType/BaseFont/LatinSans/FirstChar 32/LastChar 126/FontDescriptor 6 0 R\
/Encoding/WinAnsiEncoding/Widths[WIDTHS]>>""".replace("WIDTHS", "550 " * 95)
    .encode()
    .splitlines()
)
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R/F2 7 0 R>>>>"
_END = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"


def write(file: Path, pages: Sequence[Mapping[str, Any]], depth: int = _DEPTH) -> Path:
    """A PDF of some pages, whose font for Latin letters declares so much depth, in thousandths.

    Each page may say:

    - `texts`: `[x, y, text]`, the place of the baseline's beginning in points from the top left
    - `cells`: `[left, top, right, bottom, text]` and, where not all are drawn, its sides as some
      of `ltrb`; the text begins 3 points from the left border, or where a seventh item says
    - `fonts`: 2 where Latin letters are in a font of their own, with another depth
    - `glyphs`: whether each glyph is painted by itself
    - `also`: more content streams, as text; `""` is one that is packed and empty
    """
    fonts = (font.replace(b"/Descent -%d" % _DEPTH, b"/Descent -%d" % depth) for font in _FONTS)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *fonts]
    kids = []
    for page in pages:
        streams = [_content(page), *(one.encode() for one in page.get("also", ()))]
        begin = len(objects) + 1
        for one in streams:
            packed = zlib.compress(one)
            objects.append(
                b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
            )
        contents = b" ".join(b"%d 0 R" % (begin + at) for at in range(len(streams)))
        objects.append(_PAGE + b"/Contents[%s]>>" % contents)
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    file.write_bytes(_file(objects))
    return file


def _file(objects: Iterable[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    begin = b"xref\n0 %d\n0000000000 65535 f \n" % count
    return made + begin + table + _END % (count, len(made))


def _content(page: Mapping[str, Any]) -> bytes:
    made: list[bytes] = [b"0.5 w"]
    for left, top, right, bottom, text, *more in page.get("cells", ()):
        sides = more[0] if more else "ltrb"
        lines = {"l": (left, top, left, bottom), "r": (right, top, right, bottom),
                 "t": (left, top, right, top), "b": (left, bottom, right, bottom)}  # fmt: skip
        for side in sides:
            x0, y0, x1, y1 = lines[side]
            made.append(b"%g %g m %g %g l S" % (x0, _HEIGHT - y0, x1, _HEIGHT - y1))
        begin = more[1] if len(more) > 1 else left + 3
        middle = (top + bottom) / 2 + _SIZE * 0.35
        made += _runs(begin, middle, text, page)
    for x, y, text in page.get("texts", ()):
        made += _runs(x, y, text, page)
    return b"\n".join(made)


def _runs(x: float, y: float, text: str, page: Mapping[str, Any]) -> list[bytes]:
    """A line as what paints it: one run, one for each font, or one for each glyph."""
    runs: list[str] = []
    for char in text:
        same = runs and not page.get("glyphs") and (
            page.get("fonts") != 2 or _is_latin(runs[-1][-1]) == _is_latin(char)
        )  # fmt: skip
        if same:
            runs[-1] += char
        else:
            runs.append(char)
    made = []
    for run in runs:
        latin = page.get("fonts") == 2 and _is_latin(run)
        string = (
            b"(%s)" % run.encode() if latin else b"<%s>" % run.encode("utf-16-be").hex().encode()
        )
        font = b"F2" if latin else b"F1"
        made.append(b"BT /%s %g Tf %g %g Td %s Tj ET" % (font, _SIZE, x, _HEIGHT - y, string))
        x += sum(_SIZE * (0.55 if latin else 0.5 if _is_latin(char) else 1) for char in run)
    return made


def _is_latin(text: str) -> bool:
    return text[0].isascii() and text[0] not in "()\\"
