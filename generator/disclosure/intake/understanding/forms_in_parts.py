"""A form printed as several tables, each below a heading: whose it is, the money, the indicators.

`一、项目基本情况`, a table, `二、项目资金（万元）`, a table, `三、绩效指标`, a table: they are one
form, in which the headings are rows, as they are on a worksheet. So are further rows of indicators
that begin another table, with no more than an empty line between.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from disclosure.intake.formats.pieces import GridCell, Piece, TablePiece, TextPiece
from disclosure.intake.learning import field_labels, regions
from disclosure.intake.learning.cell_map import CellMap
from disclosure.intake.understanding import table_lines, target_table
from disclosure.model import indicator_levels as levels

_MAX_PARTS = 6  # tables of one form above its indicators


def put_together(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with each such form as one table; what stands between its parts is behind it."""
    made: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _with_more_rows(pieces, _with_indicators(pieces, at))
        run = [*pieces[at:end]]
        if end > at + 1:
            if made and isinstance(made[-1], TextPiece) and _is_heading(made[-1]):
                run.insert(0, made.pop())
            run = [_one(run), *(piece for piece in run if _is_loose(piece))]
        made += run
        at = end
    return tuple(made)


def _with_indicators(pieces: Sequence[Piece], at: int) -> int:
    """Behind the indicators of the form that begins with a table; behind that where it has none."""
    first = pieces[at]
    if not isinstance(first, TablePiece) or not _names_a_project(first) or _has_indicators(first):
        return at + 1
    tables = 1
    for number in range(at + 1, len(pieces)):
        piece = pieces[number]
        if isinstance(piece, TextPiece):
            if not (_is_loose(piece) or _is_heading(piece)):
                break
            continue
        tables += 1
        if not _is_part(piece) or _names_a_project(piece) or tables > _MAX_PARTS:
            break
        if _has_indicators(piece):
            return number + 1
    return at + 1


def _with_more_rows(pieces: Sequence[Piece], end: int) -> int:
    """Behind the tables that hold no more than further rows of the indicators above."""
    while True:
        number = end
        while number < len(pieces) and _is_loose(pieces[number]):
            number += 1
        if number == len(pieces) or not _goes_on(pieces[end - 1], pieces[number]):
            return end
        end = number + 1


def _goes_on(above: Piece, below: Piece) -> bool:
    """Whether a table is rows of indicators in the columns of those that end another one."""
    if not (isinstance(above, TablePiece) and isinstance(below, TablePiece)):
        return False
    if above.paged or below.paged or not (_is_part(above) and _is_part(below)):
        return False
    rows = [*below.rows()]
    first = rows[0] if rows else ()
    begins = bool(first) and levels.plain(first[0].text.text) in levels.TREE
    same = first and _places(first) == _places(_last_begun(above, len(first)))
    return bool(begins and same) and _has_indicators(above)


def _last_begun(table: TablePiece, number: int) -> Sequence[GridCell]:
    """The last row of a table that begins as many cells as another."""
    rows = (row for row in reversed([*table.rows()]) if len(row) == number)
    return next(rows, ())


def _places(row: Sequence[GridCell]) -> list[tuple[int, int]]:
    return [(cell.column, cell.columns) for cell in row]


def _is_part(table: TablePiece) -> bool:
    return table.drawn and not (table.sheet or table.torn)


def _names_a_project(table: TablePiece) -> bool:
    """Whether a row of a table begins with the label of a name and the name."""
    return _is_part(table) and any(
        len(row) > 1
        and field_labels.label(row[0].text.text) == "name"
        and bool(row[1].bare)
        and not field_labels.is_label(row[1].text.text)
        for row in table.rows()
    )


def _has_indicators(table: TablePiece) -> bool:
    return bool(regions.repeated_rows(CellMap(target_table.grid_of(table))))


def _is_loose(piece: Piece) -> bool:
    """Whether a text is at the edge of a page, or empty."""
    return isinstance(piece, TextPiece) and (piece.edge or piece.out_of_flow or not piece.bare)


def _is_heading(text: TextPiece) -> bool:
    """Whether a text is the heading of a part of a form, and no title of another."""
    is_chapter = table_lines.CHAPTER.fullmatch(text.bare) is not None
    return table_lines.is_heading(text.text) and not (is_chapter or text.bare.endswith("表"))


def _one(pieces: Sequence[Piece]) -> TablePiece:
    """Tables and the headings between them as one table, as wide as the widest of them."""
    tables = [piece for piece in pieces if isinstance(piece, TablePiece)]
    width = max(table.width for table in tables)
    cells: list[GridCell] = []
    for piece in pieces:
        top = max((cell.row + cell.rows for cell in cells), default=0)
        if isinstance(piece, TablePiece):
            cells += [_widened(cell, top, piece.width, width) for cell in piece.cells]
        elif not _is_loose(piece):
            cells.append(GridCell(piece, top, 0, columns=width))
    return replace(tables[0], cells=tuple(cells), width=width, borders=())


def _widened(cell: GridCell, top: int, width: int, wanted: int) -> GridCell:
    """A cell in its place below other rows; the last of a row reaches to the end."""
    more = wanted - width if cell.column + cell.columns == width else 0
    return replace(cell, row=cell.row + top, columns=cell.columns + more)
