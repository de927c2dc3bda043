"""The rows of a form's table: what stands in them, which belong together, which names repeat."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from disclosure.forms.grid import FilledCell

#: Looks of cells with the name of a group; the glossary explains such words.
GROUPS = frozenset({"level1", "level2"})
#: Rows under one first level that stay on one page of paper; more of them may be cut.
_TOGETHER = 5


class TableCell(Struct):
    """A cell of a page's table.

    Attributes:
        text: As printed, "" for an empty cell.
        rows: How many rows it takes.
        columns: How many columns it takes.
        column: The column that it begins in, from 0.
        scope: What it is the head of, `row` or `col`; "" for a cell that holds a value.
        look: Names of classes, with a space between them.
        label: The head of its column, which stands beside it where there is no room for columns.
        term: Where the glossary explains what it says; "" otherwise.
        notes: The numbers of the notes on it.
        id: Its name within the table, where other cells name it as their head; "" otherwise.
        heads: The names of its heads, where its place does not say which they are.
        fields: The paths of the fields in it; none for a label.
        printed_column: The column of the form that it begins in, from 0.
        printed_columns: How many columns of the form it takes.
    """

    text: str
    rows: int
    columns: int
    column: int
    scope: str = ""
    look: str = ""
    label: str = ""
    term: str = ""
    notes: tuple[int, ...] = ()
    id: str = ""
    heads: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    printed_column: int = 0
    printed_columns: int = 1


class TableRow(Struct, frozen=True):
    """A row of a page's table.

    Attributes:
        cells: Those that begin in it.
        look: What stands in it: `heads` of columns; `own-heads`, which no cell reaches beyond;
            `steps`, one cell after the other; a `card`, an item of a list below its heads;
            `pairs` of label and value.
    """

    cells: tuple[TableCell, ...]
    look: str


def look_of(row: Sequence[FilledCell]) -> str:
    """What stands in a row."""
    if len(row) > 1 and row[-1].template == row[-2].template and row[-1].items != row[-2].items:
        return "steps"
    if any(cell.role == "head" for cell in row):
        return "heads"
    return "card" if any(cell.items for cell in row) else "pairs"


def in_parts(
    rows: Sequence[TableRow], reaches: Sequence[int]
) -> tuple[tuple[TableRow, ...], tuple[tuple[TableRow, ...], ...]]:
    """The heads at the top, and the other rows in parts that no cell reaches beyond."""
    top = 0
    while top < len(rows) and rows[top].look == "heads":
        top += 1
    if not top or top == len(rows) or len(rows[0].cells) == 1 or reaches[top - 1] > top:
        top = 0  # a heading over one cell, or beside them stands what belongs to the rows below
    parts: list[list[TableRow]] = [[]]
    for number in range(top, len(rows)):
        row, before = rows[number], reaches[number - 1] if number else 0
        if row.look == "heads" and before <= number:
            if reaches[number] == number + 1:
                row = TableRow(row.cells, "own-heads")
            if parts[-1]:
                parts.append([])
        parts[-1].append(row)
    return tuple(rows[:top]), tuple(map(tuple, parts))


def align_sums(cells: Sequence[TableCell], above: TableRow) -> None:
    """A number below numbers stands as they do, though it is no field of an item."""
    looks = {(one.column, one.columns): one.look for one in above.cells}
    for cell in cells:
        is_below = looks.get((cell.column, cell.columns)) == "money"
        if is_below and not cell.look and not cell.scope and cell.text.isdecimal():
            cell.look = "money"


def rows_together(cells: Sequence[TableCell]) -> int:
    """How many rows below belong to a small group that begins in this row."""
    first = next((cell.rows for cell in cells if cell.look == "level1"), 1)
    return first - 1 if first <= _TOGETHER else 0


def mark_repeated(cells: Sequence[TableCell], last_names: dict[int, str]) -> None:
    """Mark the names of groups that the rows above say as well, and remember those of this row.

    Args:
        cells: A row of a list.
        last_names: What was said last in each column since the last heads.
    """
    repeated = True
    for cell in cells:
        if cell.look == "level3":
            break
        is_name = bool(cell.scope) or cell.look in GROUPS
        repeated = repeated and is_name and last_names.get(cell.column) == cell.text != ""
        last_names[cell.column] = cell.text
        if repeated:
            cell.look = f"{cell.look} again".lstrip()
