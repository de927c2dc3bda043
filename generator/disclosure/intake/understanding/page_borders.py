"""The columns of the tables of two pages, brought together by their borders."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from disclosure.intake.formats.pieces import GridCell, TablePiece

Rows = list[list[GridCell]]

_MIN_COLUMNS = 3
_NEAR = 4.0  # points; borders of two pages nearer than this are the same


def same_place(above: TablePiece, below: TablePiece) -> bool:
    """Whether two tables are as wide, and as far from the edge of the paper."""
    if not (above.borders and below.borders):
        return ends_alike(above, below) and not (above.sheet or below.sheet)
    begins = any(abs(edge - below.borders[0]) < _NEAR for edge in above.borders[:-1])
    return begins and ends_alike(above, below)


def ends_alike(one: TablePiece, other: TablePiece) -> bool:
    """Whether two tables reach as far to the right, as those in one place do."""
    if not (one.borders and other.borders):
        return one.width == other.width
    return abs(one.borders[-1] - other.borders[-1]) < _NEAR


def aligned(above: TablePiece, below: TablePiece) -> tuple[Rows, Rows, tuple[float, ...]]:
    """The rows of both tables by the columns of both."""
    if not above.borders:
        return rows(above), rows(below), ()
    if (snapped := _snapped(above, below)) is not None:
        return rows(above), snapped, above.borders
    borders = list(above.borders)
    for edge in below.borders:
        at = bisect_left(borders, edge - _NEAR)
        if at == len(borders) or abs(borders[at] - edge) >= _NEAR:
            borders.insert(bisect_left(borders, edge), edge)
    same = len(borders) == len(above.borders)
    left = rows(above) if same else _moved(above, borders)  # which may be many pages
    return left, _moved(below, borders), tuple(borders)


def _snapped(above: TablePiece, below: TablePiece) -> Rows | None:
    """The rows overleaf in the columns of the last row above, if they only are of other widths."""
    end = max(cell.row + cell.rows for cell in above.cells)
    last = sorted(
        (cell for cell in above.cells if cell.row + cell.rows == end), key=lambda cell: cell.column
    )
    inner = [
        edge for edge in below.borders if min(abs(edge - one) for one in above.borders) >= _NEAR
    ]
    starts = [cell.column for cell in last] + [above.width]
    whole = last[0].column == 0 and all(
        cell.column + cell.columns == start for cell, start in zip(last, starts[1:], strict=True)
    )
    if not inner or below.width != len(last) or len(last) < _MIN_COLUMNS or not whole:
        return None
    moved = (
        replace(
            cell,
            column=starts[cell.column],
            columns=starts[cell.column + cell.columns] - starts[cell.column],
        )
        for cell in below.cells
    )
    return rows(TablePiece(tuple(moved), above.width))


def rows(table: TablePiece) -> Rows:
    """The rows of a table."""
    return [list(row) for row in table.rows()]


def _moved(table: TablePiece, borders: Sequence[float]) -> Rows:
    at = [bisect_left(borders, edge - _NEAR) for edge in table.borders]
    moved = (
        replace(
            cell,
            column=at[cell.column],
            columns=max(at[min(cell.column + cell.columns, len(at) - 1)] - at[cell.column], 1),
        )
        for cell in table.cells
    )
    return rows(TablePiece(tuple(moved), len(borders) - 1))
