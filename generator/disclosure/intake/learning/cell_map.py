"""A table by its columns: which cell is where, and the tables within it that repeat rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from disclosure.forms.form import Each
from disclosure.forms.grid import FilledCell, Grid
from disclosure.intake.learning import row_numbers
from disclosure.model.whitespace import squeezed

#: What money is in.
MONEY_UNITS = frozenset({"万元", "元"})
_UNITS = frozenset({*MONEY_UNITS, "%", "％", "个", "人", "分", "/", "-", "—"})
_MIN_COUNTED = 4  # columns that a row numbers


class Leaf(Struct, frozen=True):
    """A column below a head.

    Attributes:
        head: The lowest head above it; what it holds, where one head stands above several columns.
        parent: The head above that, "" where there is none.
        left: The first column of the grid that it takes.
        right: The column behind its last one.
    """

    head: str
    parent: str
    left: int
    right: int

    def holds(self, cell: FilledCell) -> bool:
        """Whether a cell stands in this column alone."""
        return self.left <= cell.column and cell.column + cell.columns <= self.right


class HeadAbove(Struct, frozen=True):
    """A head above cells.

    Attributes:
        text: Its words.
        left: The first column that it takes.
        right: The column behind its last one.
        of_region: Whether it is one of repeated rows above.
        end: The row before which it ends, where that is known.
        of_values: Whether all that stands below it and the heads beside it is values.
    """

    text: str
    left: int
    right: int
    of_region: bool = False
    end: int | None = None
    of_values: bool = False


class RepeatedRows(Struct):
    """Rows that repeat below their heads.

    Attributes:
        each: What they are: `indicators`, `tasks`, `parts` or `projects`.
        top: The first row of the heads.
        first: The first row that repeats.
        end: The row behind the last.
        leaves: Its columns.
        sums: Rows in it that are sums, by number.
    """

    each: Each
    top: int
    first: int
    end: int
    leaves: Sequence[Leaf]
    sums: set[int] = field(default_factory=set)

    def heads_above(self) -> list[HeadAbove]:
        """The heads of the columns, which also stand above a sum below the rows."""
        return [HeadAbove(leaf.head, leaf.left, leaf.right, of_region=True) for leaf in self.leaves]

    def heads(self) -> range:
        """The rows of its heads; sums may stand between them and the items of money."""
        return range(self.top, self.top + 1 if self.each == "parts" else self.first)


class CellMap:
    """The cells of a table by row and column."""

    def __init__(self, grid: Grid) -> None:
        self.rows = grid.rows
        self.width = grid.columns
        self.numbers = row_numbers.numbered_cells(grid.rows)
        self._at: dict[tuple[int, int], FilledCell] = {
            (row, column): cell
            for cell in grid.cells()
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    def at(self, row: int, column: int) -> FilledCell | None:
        """The cell that covers a place."""
        return self._at.get((row, column))

    def covering(self, row: int) -> Iterator[FilledCell]:
        """The cells that cover a row, from left to right, each once."""
        before = None
        for column in range(self.width):
            cell = self.at(row, column)
            if cell is not None and cell is not before:
                yield cell
            before = cell

    def leaves(self, top: int, bottom: int) -> list[Leaf]:
        """The columns below heads that take the rows from `top` up to `bottom`."""
        found = []
        for cell in self.covering(bottom - 1):
            if cell.row < top or cell.row + cell.rows > bottom:
                continue  # it stands beside the heads and all below them
            above = self.at(cell.row - 1, cell.column) if cell.row > top else None
            parent = above.text if above and above.row >= top else ""
            head = cell.text or parent  # heads of one row stand above empty cells of the next
            found.append(Leaf(head, parent, cell.column, cell.column + cell.columns))
        return found

    def body(self, leaves: Sequence[Leaf], first: int) -> int:
        """Where the rows end whose cells each stand in one of the columns."""
        row = first
        while row < len(self.rows) and self.fits(leaves, row, first):
            row += 1
        return row

    def fits(self, leaves: Sequence[Leaf], row: int, first: int) -> bool:
        """Whether a row, of those that begin with `first`, stands in the columns."""
        cells = self.rows[row]
        if not all(any(leaf.holds(cell) for leaf in leaves) for cell in cells):
            return False
        return bool(cells) or any(cell.row >= first for cell in self.covering(row))

    def section(self, number: int) -> FilledCell | None:
        """The label left of a row that covers it and begins higher."""
        left = [cell for cell in self.covering(number) if cell.row < number and cell.text]
        row = self.without_number(number)
        begins = row[0].column if row else self.width
        before = [
            cell for cell in left if cell.column < begins and cell is not self.numbers.get(cell.row)
        ]
        return before[-1] if before else None

    def without_number(self, number: int) -> Sequence[FilledCell]:
        """The cells that begin in a row, but for one that only counts it."""
        row = self.rows[number]
        return row[1:] if number in self.numbers else row

    def leaves_section(self, outer: FilledCell | None, number: int) -> bool:
        """Whether a row stands beside another label than `outer`, and not beside a part of it."""
        inner = self.section(number)
        if inner is None or outer is None:
            return inner is not outer
        return inner is not outer and (inner.row != outer.row or inner.column <= outer.column)

    def reaches(self, head: HeadAbove, row: int) -> bool:
        """Whether a head still has cells of its own width below it."""
        if head.end is not None and row >= head.end:
            return False
        cell = self.at(row, head.left)
        if cell is None:
            return False
        return cell.column >= head.left and cell.column + cell.columns <= head.right

    def counts_columns(self, row: int) -> bool:
        """Whether a row only numbers the columns, 1, 2, 3 …, （1） …, or has stars for numbers.

        The first may be a word.
        """
        texts = [bare_text(cell) for cell in self.rows[row]] if row < len(self.rows) else []
        texts = [text.strip("()（）") for text in texts]
        if len(texts) >= _MIN_COUNTED and all(text and not text.strip("*＊") for text in texts):
            return True
        numbers = texts[1:] if texts and not texts[0].isdecimal() else texts
        first = int(numbers[0]) if numbers and numbers[0].isdecimal() else 0
        counted = [str(number) for number in range(first, first + len(numbers))]
        return first in {1, 2} and len(numbers) >= _MIN_COUNTED and numbers == counted

    def states_units(self, row: int) -> bool:
        """Whether a row only says below heads what is counted in what: 万元, %."""
        texts = [bare_text(cell) for cell in self.rows[row]] if row < len(self.rows) else []
        said = [text.strip("()（）") for text in texts if text]
        return len(texts) > 1 and bool(MONEY_UNITS & {*said}) and _UNITS.issuperset(said)

    def column_cells(self, region: RepeatedRows, leaf: Leaf) -> list[FilledCell | None]:
        """The cell of a column that covers each of a region's rows."""
        return [self.at(row, leaf.left) for row in range(region.first, region.end)]


def bare_text(cell: FilledCell | None) -> str:
    """The characters of a cell, without white space."""
    return squeezed(cell.text) if cell is not None else ""
