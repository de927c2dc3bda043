"""The label set downwards at the left of a table: printed twice, or a part outside the table.

A form may print the label of its indicators once more beside each first level. A page that draws
no line around the rest of such a cell leaves its characters beside the table.
"""

from __future__ import annotations

from msgspec.structs import replace

from disclosure.intake.formats import joining
from disclosure.intake.formats.pieces import GridCell, Piece, TablePiece, TextPiece
from disclosure.intake.learning import field_labels
from disclosure.model import indicator_levels as levels

_LABELS = ("绩效指标", "年度绩效指标", "绩效目标", "年度目标", "总体目标", "年度总体目标")
_BEGIN = ("年度", "绩效", "总体")
_MIN_HEADS = 2


def once(table: TablePiece) -> tuple[TablePiece, tuple[TextPiece, ...]]:
    """A table with the label beside its indicators once, and the texts of the other times.

    The label begins beside the heads of the indicators; where heads stand beside it once more,
    other indicators begin. An empty cell below it is a part of it.
    """
    table = _whole(table)
    rows = [*table.rows()]
    headed = {row[0].row for row in rows if sum(map(_is_head, row)) >= _MIN_HEADS}
    begun = [cell for row in rows for cell in row if row[0].row in headed and _is_label(cell)]
    inside = {cell.row for cell in table.cells if levels.first_level(cell.bare) is not None}
    longer: dict[GridCell, GridCell] = {}
    again: list[GridCell] = []
    for label in begun:
        end = label.row + label.rows
        for cell in (cell for row in rows for cell in row if cell.column == label.column):
            same = (cell.row, cell.columns) == (end, label.columns)
            covered = {*range(cell.row, cell.row + cell.rows)}
            said = cell.bare == label.bare or (not cell.bare and inside & covered)
            if same and said and not headed & covered:
                again.append(cell)
                end += cell.rows
        longer[label] = replace(label, rows=end - label.row)
    cells = (longer.get(cell, cell) for cell in table.cells if cell not in again)
    return replace(table, cells=tuple(cells)), tuple(cell.text for cell in again)


def _whole(table: TablePiece) -> TablePiece:
    """The same with a label in one cell that a line parts: `年度` above `总体目标`."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    longer: dict[GridCell, GridCell] = {}
    gone: list[GridCell] = []
    for cell in table.cells:
        below = cells.get((cell.row + cell.rows, cell.column))
        if cell.bare not in _BEGIN or below is None or below.columns != cell.columns:
            continue
        if cell.bare + below.bare in _LABELS:
            longer[cell] = replace(_longer(cell, below.text), rows=cell.rows + below.rows)
            gone.append(below)
    kept = (longer.get(cell, cell) for cell in table.cells if cell not in gone)
    return replace(table, cells=tuple(kept)) if gone else table


def _is_head(cell: GridCell) -> bool:
    return field_labels.column(cell.text.text) in {"level1", "level2", "level3", "target"}


def _is_label(cell: GridCell) -> bool:
    """Whether a cell is the label beside indicators."""
    known = cell.bare in _LABELS or field_labels.is_time_label(cell.bare)
    return cell.column == 0 and known


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
