"""The grid that a worksheet shows: merged areas, and rows and columns of which some are hidden."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from disclosure.intake.formats.pieces import GridCell, TablePiece, TextPiece
from disclosure.intake.formats.xlsx.cells import MAX_CELLS, Area, RawSheet, too_large

#: Columns; a wider gap has no cells in the grid.
MAX_GAP = 50
_MAX_HEIGHT = 1000  # rows
_MAX_EMPTY = 100  # rows that a form may print empty beside one merged cell


class MergedAreas:
    """The merged areas of a sheet, found by a cell in them."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._rows: dict[int, list[Area]] = {}
        self._tall: list[Area] = []
        self.starting = {(top, left): (top, left, bottom, right)
                         for top, left, bottom, right in areas}  # fmt: skip
        if sum(min(area[2] - area[0], _MAX_HEIGHT) for area in areas) > MAX_CELLS:
            raise too_large()
        for area in areas:
            if area[2] - area[0] > _MAX_HEIGHT:
                self._tall.append(area)
                continue
            for row in range(area[0], area[2] + 1):
                self._rows.setdefault(row, []).append(area)

    def over(self, row: int, column: int) -> Area | None:
        """The area that a cell belongs to."""
        areas = (*self._rows.get(row, ()), *self._tall)
        return next(
            (one for one in areas if one[0] <= row <= one[2] and one[1] <= column <= one[3]), None
        )


class SheetGrid:
    """Makes a grid of texts, in which what is hidden takes no room."""

    def __init__(
        self, sheet: RawSheet, merged: MergedAreas, texts: Mapping[tuple[int, int], TextPiece]
    ) -> None:
        self.sheet, self.merged, self.texts = sheet, merged, texts
        self.rows = sorted({row for row, _ in texts} | self._empty_rows())
        last = max((self._right(*at) for at in texts), default=0)
        filled = sorted({column for _, column in texts} | {last})
        self.columns = [at for at in range(1, last + 1)
                        if not sheet.column_is_hidden(at) and _is_near(filled, at)]  # fmt: skip
        self.shown_rows = sorted(sheet.listed_rows - sheet.hidden_rows)
        self.hidden_rows = sorted(sheet.hidden_rows)

    def table(self) -> TablePiece:
        """The grid: every cell of the rows and columns that are in use."""
        if len(self.rows) * len(self.columns) > MAX_CELLS:
            raise too_large()
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: set[tuple[int, int]] = set()
        for area in self.merged.starting.values() if self.rows else ():
            inside = self._inside(area)
            if inside:
                rows, columns = inside
                spans[rows[0], columns[0]] = self._span(area, rows[0], columns[0])
                covered.update((row, column) for row in rows for column in columns)
        covered -= spans.keys()
        cells = [
            GridCell(self.texts.get((row, column)) or TextPiece("", ""), self._row(row),
                 self._column(column), *spans.get((row, column), (1, 1)))
            for row in self.rows for column in self.columns if (row, column) not in covered
        ]  # fmt: skip
        width = self._column(self.columns[-1]) + 1 if self.columns else 0
        return TablePiece(tuple(cells), width, sheet=True)

    def _empty_rows(self) -> set[int]:
        """Rows without a text that a merged area with one reaches into, but for endless ones."""
        areas = (self.merged.starting.get(at) for at in self.texts)
        return {
            row
            for area in areas
            if area and area[2] - area[0] <= _MAX_EMPTY
            for row in range(area[0] + 1, area[2] + 1)
            if not self.sheet.row_is_hidden(row)
        }

    def _right(self, row: int, column: int) -> int:
        """The last column that a text reaches; an area over a whole row reaches no further."""
        area = self.merged.over(row, column)
        return area[3] if area and area[3] - area[1] <= MAX_GAP else column

    def _inside(self, area: Area) -> tuple[list[int], list[int]] | None:
        """The rows and columns of the grid that a merged area covers."""
        rows = self.rows[bisect_left(self.rows, area[0]) : bisect_right(self.rows, area[2])]
        columns = self.columns[
            bisect_left(self.columns, area[1]) : bisect_right(self.columns, area[3])
        ]
        return (rows, columns) if rows and columns else None

    def _span(self, area: Area, row: int, column: int) -> tuple[int, int]:
        bottom, right = min(area[2], self.rows[-1]), min(area[3], self.columns[-1])
        return (
            max(self._row(bottom + 1) - self._row(row), 1),
            max(self._column(right + 1) - self._column(column), 1),
        )

    def _row(self, row: int) -> int:
        """The number of a row among those that are shown, from 0."""
        if self.sheet.others_hidden:
            return bisect_left(self.shown_rows, row)
        return row - 1 - bisect_left(self.hidden_rows, row)

    def _column(self, column: int) -> int:
        hidden = sum(
            max(min(last, column - 1) - first + 1, 0)
            for first, last, _, off in self.sheet.columns
            if off
        )
        return column - 1 - hidden


def _is_near(filled: Sequence[int], column: int) -> bool:
    """Whether something stands in a column or not far to its right."""
    at = bisect_left(filled, column)
    return at < len(filled) and filled[at] - column <= MAX_GAP
