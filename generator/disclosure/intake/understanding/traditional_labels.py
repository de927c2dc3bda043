"""Forms in traditional characters: their labels are read as simplified ones, which the data has.

What was filled in stays as it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from disclosure.intake.formats import labels
from disclosure.intake.formats.pieces import Document, Piece, TextPiece
from disclosure.intake.learning import column_meanings, field_labels
from disclosure.intake.understanding import table_lines

_SIGN = re.compile("績效|指標|項目名稱")
_STATED = re.compile(r"[^：:]{2,16}[：:]")
_REMARK = "文件用繁体字：栏目名称按简体字读入，填写的内容照印，请对照原文核对。"


def simplified(document: Document) -> Document:
    """A document with its labels in simplified characters, if they are in traditional ones."""
    if not any(_SIGN.search(text.text) for text in document.texts()):
        return document
    from opencc import OpenCC  # noqa: PLC0415 - its dictionaries take time, and few documents ask

    convert = OpenCC("t2s").convert
    pieces = tuple(_piece(piece, convert) for piece in document.pieces)
    return replace(document, pieces=pieces, remarks=(*document.remarks, _REMARK))


def _piece(piece: Piece, convert: Callable[[str], str]) -> Piece:
    if isinstance(piece, TextPiece):
        return _text(piece, convert)
    cells = tuple(replace(cell, text=_text(cell.text, convert)) for cell in piece.cells)
    return replace(piece, cells=cells)


def _text(text: TextPiece, convert: Callable[[str], str]) -> TextPiece:
    """A text whose label is in simplified characters: all of it, or what stands before a colon."""
    made = convert(text.text)
    if made == text.text or len(made) != len(text.text):
        return text
    if not _is_label(made):
        stated = _STATED.match(made)
        end = stated.end() if stated and field_labels.is_label(stated[0]) else 0
        made = made[:end] + text.text[end:]
    return replace(text, text=made) if made != text.text else text


def _is_label(text: str) -> bool:
    bare = "".join(text.split())
    return bool(
        field_labels.is_label(text)
        or column_meanings.is_category(text)
        or table_lines.is_title(text)
        or labels.MONEY_LINE.search(bare)
        or labels.YEAR_LINE.fullmatch(bare)
    )
