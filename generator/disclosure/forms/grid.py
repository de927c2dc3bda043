"""The grid of a table as it is printed: rows of cells, each with the rows and columns it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from disclosure.model.whitespace import squeezed

#: A `head` names the cells below it, a `label` those right of it; `blank` is always empty.
Role = Literal["head", "label", "value", "blank"]


class FilledCell(Struct):
    """A cell of a table; not frozen, because a site has millions, and each is made step by step.

    Attributes:
        text: Its text as printed, "" for an empty cell; a line break is one.
        row: The row it begins in, from 0.
        column: The column it begins in, from 0.
        rows: How many rows it takes.
        columns: How many columns it takes.
        fields: The paths of the fields in it; none for a label.
        template: The text of the form's cell, "" for a cell that is always empty.
        items: Which item of each list around it, outermost first, such as ("projects", 0).
        role: What it is to the cells around it.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    fields: tuple[str, ...] = ()
    template: str = ""
    items: tuple[tuple[str, int], ...] = ()
    role: Role = "value"


class Grid(Struct, frozen=True):
    """A table: its cells by the row they begin in, from left to right."""

    columns: int
    rows: tuple[tuple[FilledCell, ...], ...]

    def cells(self) -> Iterator[FilledCell]:
        """Every cell, row by row."""
        for row in self.rows:
            yield from row

    def prints_same(self, other: Grid) -> bool:
        """Whether both print the same: texts but for white space, order and spans."""
        return self._printed() == other._printed()

    def _printed(self) -> list[list[tuple[str, int, int]]]:
        return [[(squeezed(one.text), one.rows, one.columns) for one in row] for row in self.rows]

    def without_unused_columns(self) -> Grid:
        """The same with no more columns than cells begin in, as a page's table needs it."""
        begun = sorted({cell.column for cell in self.cells()})
        at = {column: number for number, column in enumerate(begun)}

        def narrowed(cell: FilledCell) -> FilledCell:
            covered = range(cell.column, cell.column + cell.columns)
            return replace(
                cell, column=at[cell.column], columns=sum(column in at for column in covered)
            )

        return Grid(len(begun), tuple(tuple(map(narrowed, row)) for row in self.rows))
