"""Codes of a PDF's font of which nobody can say what character they show.

A font of at most 256 glyphs may call them `/g1`, `/g2` …, or be a font of symbols. pdfminer then
takes the letter that stands at the same code in the usual encoding: a check mark becomes a 4.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFSimpleFont
from pdfminer.pdftypes import PDFException, resolve1
from pdfminer.psparser import PSLiteral

_SYMBOLS = re.compile(r"symbol|dingbats|wingdings|webdings", re.IGNORECASE)
_ALL = frozenset(range(256))


def codes(font: Any, spec: Any) -> frozenset[int]:
    """The codes of a font, as pdfminer has read it from `spec`, that mean no known character."""
    if not isinstance(font, PDFSimpleFont):
        return frozenset()
    known, unknown = _named(resolve1(resolve1(spec).get("Encoding")))
    if _SYMBOLS.search(str(font.fontname)):
        unknown = _ALL - known
    return frozenset(code for code in unknown if not _is_mapped(font, code))


def _named(encoding: Any) -> tuple[frozenset[int], frozenset[int]]:
    """The codes to which an encoding gives a name that is known, and that is not."""
    known: set[int] = set()
    unknown: set[int] = set()
    code = 0
    differences = resolve1(encoding.get("Differences")) if isinstance(encoding, dict) else None
    for one in map(resolve1, differences or ()):
        if isinstance(one, int):
            code = one
        elif isinstance(one, PSLiteral):
            (known if _is_known(str(one.name)) else unknown).add(code)
            code += 1
    return frozenset(known), frozenset(unknown)


@lru_cache(maxsize=4096)  # fonts of one document use the same names
def _is_known(name: str) -> bool:
    try:
        name2unicode(name)
    except (KeyError, ValueError):
        return name == ".notdef"  # which paints nothing
    return True


def _is_mapped(font: PDFSimpleFont, code: int) -> bool:
    """Whether the font itself says which character a code is."""
    if font.unicode_map is None:
        return False
    try:
        font.unicode_map.get_unichr(code)
    except (KeyError, PDFException):
        return False
    return True
