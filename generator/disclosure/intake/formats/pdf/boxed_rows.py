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


def around(line: Sequence[Char], boxes: Sequence[Box]) -> Box | None:
    """The box that a line stands in; None where it stands in none."""
    for box in boxes:
        left, top, right, bottom = box
        if all(
            left <= char["x0"] and char["x1"] <= right
            and top <= (char["top"] + char["bottom"]) / 2 <= bottom
            for char in line
        ):  # fmt: skip
            return box
    return None


def as_tables(pieces: Sequence[TablePiece | Line]) -> list[TablePiece | Line]:
    """The pieces, such rows as tables; nothing but page edges parts them from the rest."""
    made: list[TablePiece | Line] = []
    for piece in pieces:
        if isinstance(piece, TablePiece):
            end = len(made)
            while end and isinstance(above := made[end - 1], Line) and above.edge:
                end -= 1
            row = _row(made[:end], piece)
            made[end - len(row) : end] = [_table(row)] if row else []
        made.append(piece)
    return made


def _row(pieces: Sequence[TablePiece | Line], table: TablePiece) -> list[Line]:
    """The lines at the end of some pieces that stand in one box, which is as wide as a table."""
    lines: list[Line] = []
    for piece in reversed(pieces):
        if not isinstance(piece, Line) or not _is_as_wide(piece, table):
            break
        if lines and piece.box != lines[0].box:
            break
        lines.insert(0, piece)
    return lines


def _is_as_wide(line: Line, table: TablePiece) -> bool:
    if line.box is None or line.page != table.cells[0].text.page - 1:
        return False
    left, _, right, _ = line.box
    return abs(left - table.borders[0]) < _NEAR and abs(right - table.borders[-1]) < _NEAR


def _table(lines: Sequence[Line]) -> TablePiece:
    first = lines[0]
    assert first.box is not None
    read = tuple(chain.from_iterable(line.recognised for line in lines))
    words = joining.lines(line.text for line in lines)
    text = TextPiece(words, first.place, first.page, recognised=read)
    borders = first.box[0], first.box[2]
    return TablePiece((GridCell(text, 0, 0),), 1, paged=first.page > 1, borders=borders)
