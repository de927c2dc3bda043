"""The label set downwards at the left of a table, of which a page prints a part outside the table.

A page that draws no line around the rest of such a cell leaves its characters beside the table.
"""

from __future__ import annotations

from msgspec.structs import replace

from disclosure.intake.formats import joining
from disclosure.intake.formats.pieces import GridCell, Piece, TablePiece, TextPiece

_LABELS = ("绩效指标", "年度绩效指标", "绩效目标", "年度目标", "总体目标", "年度总体目标")


def completed(table: TablePiece, piece: Piece, page: int) -> TablePiece | None:
    """The table with a text behind it in the label that it belongs to; None if it does to none.

    Args:
        table: A table over several pages.
        piece: What follows it.
        page: The last page of the table.
    """
    if not isinstance(piece, TextPiece) or piece.page != page:
        return None
    end = max(cell.row + cell.rows for cell in table.cells)
    for cell in table.cells:
        whole = cell.bare + piece.bare
        reaches = cell.column == 0 and cell.rows > 1 and cell.row + cell.rows == end
        if reaches and cell.bare and any(label.startswith(whole) for label in _LABELS):
            longer = _longer(cell, piece)
            cells = tuple(longer if one is cell else one for one in table.cells)
            return replace(table, cells=cells)
    return None


def is_part(piece: TextPiece) -> bool:
    """Whether a text may be a part of such a label."""
    return any(piece.bare in label for label in _LABELS)


def repeats(above: GridCell, below: GridCell) -> bool:
    """Whether a page prints once more the label of rows that go on."""
    return above.column == 0 and above.bare == below.bare and above.bare in _LABELS


def is_said_twice(text: str) -> bool:
    """Whether a text is the label of the heads and that of the rows, in a cell of both."""
    return any(text == label * 2 for label in _LABELS)


def _longer(cell: GridCell, piece: TextPiece) -> GridCell:
    text = joining.rejoined([cell.text.text, piece.text])
    read = (*cell.text.recognised, *piece.recognised)
    return replace(cell, text=replace(cell.text, text=text, recognised=read))
