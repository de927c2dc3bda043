"""A table of targets: its cells as a grid, its title and the lines around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from disclosure.forms.grid import FilledCell, Grid
from disclosure.intake.formats.pieces import GridCell, TablePiece, TextPiece
from disclosure.intake.learning import Printed, field_labels

#: How many rows of a worksheet may be lines above its table that no word tells they are.
_MAX_LOWERED = 5


class SurroundingLine(Struct, frozen=True):
    """A line around a table: a text, or a part of one."""

    source: TextPiece
    text: str


class TargetTable(Struct, frozen=True, eq=False):
    """A table of targets.

    Attributes:
        grid: Its cells.
        texts: The text that each cell was, by the identity of the cell.
        title: Its title, where one was printed above it.
        above: The other lines above it.
        below: The lines below it.
        pages: The pages it is on; empty where the format knows none.
        piece: The piece of the document it is, or is a part of.
        titled: The same with its title as its first row; only on a worksheet, where nothing tells
            whether a row with a title is a line above the table or belongs to it.
        rows: The rows of a worksheet that it was made of.
    """

    grid: Grid
    texts: Mapping[int, TextPiece]
    title: SurroundingLine | None = None
    above: tuple[SurroundingLine, ...] = ()
    below: tuple[SurroundingLine, ...] = ()
    pages: tuple[int, ...] = ()
    piece: TablePiece | None = None
    titled: TargetTable | None = None
    rows: Sequence[Sequence[GridCell]] = ()

    @property
    def printed(self) -> Printed:
        """The same as text."""
        return Printed(
            self.grid,
            self.title.text if self.title else "",
            tuple(line.text for line in self.above),
            tuple(line.text for line in self.below),
        )

    def lines(self) -> Iterator[SurroundingLine]:
        """Every line around it."""
        yield from (self.title,) if self.title else ()
        yield from self.above
        yield from self.below

    def cell_texts(self) -> Iterator[TextPiece]:
        """The text of every cell."""
        yield from self.texts.values()

    def text_of(self, cell: FilledCell) -> TextPiece:
        """The text that stands in a cell, or in the one that it is a part of."""
        if id(cell) not in self.texts:  # a part of one that is merged across columns
            cell = next(
                one for one in self.grid.rows[cell.row]
                if one.column <= cell.column < one.column + one.columns
            )  # fmt: skip
        return self.texts[id(cell)]


def lowered(table: TargetTable) -> Iterator[TargetTable]:
    """A table of a worksheet with its first rows as lines above it, which no word tells they are.

    The first of them is the title, where the table has none.
    """
    for number in range(1, min(_MAX_LOWERED, len(table.rows) - 1) + 1):
        if any(cell.rows > 1 for cell in table.rows[number - 1]):
            return
        lines = [
            SurroundingLine(cell.text, cell.text.text)
            for row in table.rows[:number]
            for cell in row
            if cell.bare
        ]
        title = table.title or next(iter(lines), None)
        above = (line for line in lines if line is not title)
        made = grid_table(table.rows[number:])
        yield replace(
            table, grid=made.grid, texts=made.texts, title=title, above=(*table.above, *above),
            titled=None, rows=(),
        )  # fmt: skip


def grid_of(table: TablePiece) -> Grid:
    """The grid of a table that has no lines around it."""
    return grid_table([*table.rows()]).grid


def grid_table(rows: Sequence[Sequence[GridCell]]) -> TargetTable:
    """The grid of rows, without rows and columns that have no cell of their own."""
    rows = _without_torn_top(_without_empty_rows(_without_empty_end(rows)))
    left, right = _used(rows)
    begins = _numbers(rows)
    numbers = {row: at for at, row in enumerate(begins)}
    texts: dict[int, TextPiece] = {}
    made: list[list[FilledCell]] = [[] for _ in numbers]
    for cell in (cell for row in rows for cell in row):
        if not left <= cell.column < right:
            continue
        end = bisect_left(begins, cell.row + cell.rows) - 1
        filled = FilledCell(
            cell.text.text,
            numbers[cell.row],
            cell.column - left,
            max(end - numbers[cell.row] + 1, 1),
            min(cell.columns, right - cell.column),
        )
        made[numbers[cell.row]].append(filled)
        texts[id(filled)] = cell.text
    grid = Grid(right - left, tuple(map(tuple, made)))
    _widen(grid)
    return TargetTable(grid, texts)


def _without_empty_end(rows: Sequence[Sequence[GridCell]]) -> Sequence[Sequence[GridCell]]:
    """The rows without those below the last that says something."""
    every = [cell for row in rows for cell in row]
    end = max((cell.row + cell.rows for cell in every if cell.bare or cell.rows > 1), default=0)
    return [row for row in rows if row and row[0].row < end]


def _without_torn_top(rows: Sequence[Sequence[GridCell]]) -> Sequence[Sequence[GridCell]]:
    """The rows without those at the top that say nothing and are not drawn over all columns."""
    every = [cell for row in rows for cell in row]
    width = max((cell.column + cell.columns for cell in every), default=0)
    for at, row in enumerate(rows):
        blank = all(cell.rows == 1 and not cell.bare for cell in row)
        if not blank or sum(cell.columns for cell in row) == width:
            return rows[at:]
    return rows


def _without_empty_rows(rows: Sequence[Sequence[GridCell]]) -> Sequence[Sequence[GridCell]]:
    """The rows without those below the heads of indicators whose cells say nothing.

    A worksheet is read without them; a category above such a row is not that of an indicator.
    """
    covered = {
        number
        for row in rows
        for cell in row
        if cell.rows > 1
        for number in range(cell.row, cell.row + cell.rows)
    }
    heads = [row[0].row for row in rows if any(map(_heads_indicators, row))]
    first = min(heads, default=None)
    return [
        row
        for row in rows
        if first is None
        or len(row) < 2
        or row[0].row < first
        or row[0].row in covered
        or any(cell.bare for cell in row)
    ]


def _heads_indicators(cell: GridCell) -> bool:
    return field_labels.column(cell.text.text) in {"level1", "level2", "level3"}


def _widen(grid: Grid) -> None:
    """Let the last cell of a short row reach the edge of the table: a form has no ragged rows."""
    ends = [0] * len(grid.rows)
    for cell in grid.cells():
        for row in range(cell.row, min(cell.row + cell.rows, len(ends))):
            ends[row] = max(ends[row], cell.column + cell.columns)
    for cell in grid.cells():
        beside = ends[cell.row : cell.row + cell.rows]
        if set(beside) == {cell.column + cell.columns}:
            cell.columns = grid.columns - cell.column


def _numbers(rows: Sequence[Sequence[GridCell]]) -> list[int]:
    """The rows that cells begin in, and those between them that only a cell from above covers.

    Below the heads of indicators these only make the cells of one indicator higher.
    """
    begun = {cell.row for row in rows for cell in row}
    heads = [cell.row + cell.rows for row in rows for cell in row if _heads_indicators(cell)]
    covered = {
        number
        for row in rows
        for cell in row
        if cell.bare or cell.rows > 1
        for number in range(cell.row, cell.row + cell.rows)
        if not heads or number < max(heads)
    }
    last = max(begun, default=-1)
    return sorted(begun | {number for number in covered if number <= last})


def _used(rows: Sequence[Sequence[GridCell]]) -> tuple[int, int]:
    """The columns between the first and the last that holds a text or a part of a merged cell."""
    every = [cell for row in rows for cell in row if cell.bare]
    left = min((cell.column for cell in every), default=0)
    return left, max((cell.column + cell.columns for cell in every), default=0)
