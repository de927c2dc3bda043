"""Tables of targets that cannot be read: no form gives them back, or they have no lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from disclosure.intake.formats.pieces import Piece, TablePiece, TextPiece
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding.table_lines import is_title

_OF_INDICATORS = {"level1", "level2", "level3", "target", "actual"}
_MIN_HEADS = 3
_HEADS = re.compile(r"[一二三]级指标|指标名称|(?:年度)?指标值|实际完成值|目标值")
#: Other heads of a list, beside which those of its indicators may be broken over lines.
_OF_LIST = re.compile(r"项目名称|绩效目标|项目总额")
_SENTENCE = re.compile(r"[、，。；]")


class Unread(Struct, frozen=True):
    """A table of targets that no form gives back: its title, and where it is.

    Attributes:
        title: Its title.
        pages: Its pages; empty where the format knows none.
        place: Where its first text stands.
        torn: Whether it has no lines, so that its rows are lost.
    """

    title: str
    pages: tuple[int, ...]
    place: str
    torn: bool = False


def torn(pieces: Sequence[Piece]) -> Iterator[Unread]:
    """The tables of targets without lines, of which the text does not tell the rows."""
    above = ""
    for piece in pieces:
        if isinstance(piece, TextPiece):
            if is_title(piece.text):
                above = piece.text
            elif not piece.out_of_flow and len(_heads(piece)) >= _MIN_HEADS:
                yield Unread(above or piece.text, _pages(piece), piece.place, torn=True)
                above = ""
        elif piece.torn:
            yield replace(_unread(piece, above), torn=True)
            above = ""


def holding(texts: Collection[TextPiece], pieces: Sequence[Piece]) -> Iterator[Unread]:
    """The tables that hold some of the texts that nobody understood."""
    above = ""
    for piece in pieces:
        if isinstance(piece, TextPiece):
            above = piece.text if is_title(piece.text) else above
        elif any(cell.text in texts for cell in piece.cells):
            yield _unread(piece, above)


def _unread(table: TablePiece, above: str) -> Unread:
    first = table.cells[0].text
    return Unread(above or first.text, _pages(*(cell.text for cell in table.cells)), first.place)


def _pages(*texts: TextPiece) -> tuple[int, ...]:
    return tuple(sorted({text.page for text in texts} - {0}))


def _heads(text: TextPiece) -> set[str]:
    """The heads of indicators that stand side by side in a line, which may have lost its gaps."""
    if "指标" not in text.bare:
        return set()  # 一级 may be the level of anything
    words_ = text.text.split()
    listed = not _SENTENCE.search(text.bare)
    words_ += _HEADS.findall(text.bare) if listed else []
    heads = {head for word in words_ if (head := field_labels.column(word))} & _OF_INDICATORS
    return heads | {"name"} if heads and listed and _OF_LIST.search(text.bare) else heads
