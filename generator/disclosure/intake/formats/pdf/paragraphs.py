"""The lines of a PDF put together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from msgspec.structs import replace

from disclosure.intake.formats import joining, labels
from disclosure.intake.formats.joining import Line
from disclosure.intake.formats.pdf import boxed_rows
from disclosure.intake.formats.pieces import Piece, TablePiece, TextPiece
from disclosure.model.whitespace import squeezed

EDGE = 0.085  # of a page's height: where running heads stand
_DIGITS = re.compile(r"[0-9]+")


def with_paragraphs(pieces: Sequence[TablePiece | Line]) -> Iterator[Piece]:
    """Lines put together to paragraphs, also over the foot of a page; tables as they are."""
    found = boxed_rows.as_tables(_running_heads(pieces))
    full = joining.widest(piece for piece in found if isinstance(piece, Line))
    for kind, group in groupby(found, key=_kind):
        if kind is None:
            yield from (piece for piece in group if isinstance(piece, TablePiece))
            continue
        lines = [piece for piece in group if isinstance(piece, Line)]
        if lines[0].unrelated:
            yield from (_as_it_is(line) for line in lines)
            continue
        for part in joining.paragraphs(lines, full):
            text, first = joining.lines(line.text for line in part), part[0]
            read = tuple(chain.from_iterable(line.recognised for line in part))
            yield TextPiece(text, first.place, first.page, first.edge, recognised=read)


def _kind(piece: TablePiece | Line) -> bool | None:
    """Of a line, whether its page shows no sign of targets."""
    return piece.unrelated if isinstance(piece, Line) else None


def _as_it_is(line: Line) -> TextPiece:
    return TextPiece(line.text, line.place, line.page, line.edge, unrelated=True)


def _running_heads(pieces: Sequence[TablePiece | Line]) -> list[TablePiece | Line]:
    """The pieces, where only that stands at the edge that other pages repeat, or a page number."""
    lines = [piece for piece in pieces if isinstance(piece, Line) and piece.edge]
    pages: dict[str, set[int]] = {}
    for line in lines:
        pages.setdefault(_unnumbered(line), set()).add(line.page)
    return [
        replace(piece, edge=len(pages[_unnumbered(piece)]) > 1 or _is_page_number(piece))
        if isinstance(piece, Line) and piece.edge
        else piece
        for piece in pieces
    ]


def _unnumbered(line: Line) -> str:
    return _DIGITS.sub("#", squeezed(line.text))


def _is_page_number(line: Line) -> bool:
    return labels.PAGE_NUMBER.fullmatch(squeezed(line.text)) is not None
