"""A row of one cell that ends a page, with the rest of its table overleaf.

A single box is no table to pdfplumber, and most are frames around a text. One that is as wide as
the table that begins the next page is the first row of it: its title, or the label of a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from disclosure.intake.formats import joining
from disclosure.intake.formats.joining import Line
from disclosure.intake.formats.pdf.glyphs import Char
from disclosure.intake.formats.pdf.open_cells import Box
from disclosure.intake.formats.pieces import GridCell, TablePiece, TextPiece

_NEAR = 4.0  # points; sides of two pages nearer than this are the same


def sides(line: Sequence[Char], boxes: Sequence[Box]) -> tuple[float, float] | None:
    """The left and right side of the box that a line stands in; None where it stands in none."""
    for left, top, right, bottom in boxes:
        if all(
            left <= char["x0"] and char["x1"] <= right
            and top <= (char["top"] + char["bottom"]) / 2 <= bottom
            for char in line
        ):  # fmt: skip
            return left, right
    return None


def found(pieces: Sequence[TablePiece | Line]) -> list[TablePiece | Line]:
    """The pieces, such rows as tables; nothing but page edges parts them from the rest."""
    made: list[TablePiece | Line] = []
    for piece in pieces:
        if isinstance(piece, TablePiece):
            end = len(made)
            while end and isinstance(above := made[end - 1], Line) and above.edge:
                end -= 1
            begin = end
            while begin and isinstance(above := made[begin - 1], Line) and _is_row(above, piece):
                begin -= 1
            if begin < end:
                made[begin:end] = [_row([one for one in made[begin:end] if isinstance(one, Line)])]
        made.append(piece)
    return made


def _is_row(line: Line, table: TablePiece) -> bool:
    if line.box is None or line.page != table.cells[0].text.page - 1:
        return False
    outer = table.borders[0], table.borders[-1]
    return all(abs(one - other) < _NEAR for one, other in zip(line.box, outer, strict=True))


def _row(lines: Sequence[Line]) -> TablePiece:
    first = lines[0]
    assert first.box is not None
    read = tuple(chain.from_iterable(line.recognised for line in lines))
    words = joining.lines(line.text for line in lines)
    text = TextPiece(words, first.place, first.page, recognised=read)
    return TablePiece((GridCell(text, 0, 0),), 1, paged=first.page > 1, borders=first.box)
