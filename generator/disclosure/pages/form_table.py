"""The view of a filled form: its cells, with what a page says of them.

A browser finds the heads of a cell by where they stand. Where a form has several rows of heads
one below the other, it would also find those that belong to rows above; such cells name their
heads themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct, field

from disclosure.forms import library
from disclosure.forms.filling import fill, fill_lines
from disclosure.forms.form import Form
from disclosure.forms.grid import FilledCell, Grid
from disclosure.forms.unprinted import Unprinted, unprinted
from disclosure.forms.values import Values
from disclosure.pages.form_rows import (
    GROUPS,
    TableCell,
    TableRow,
    align_sums,
    in_parts,
    look_of,
    mark_repeated,
    rows_together,
)
from disclosure.pages.terms import ANCHORS

#: Gives the numbers of the notes on a cell.
NotesOf = Callable[[FilledCell], tuple[int, ...]]

#: How a cell with one field looks, by the field or the word that its path begins with.
_LOOKS = {
    "level1": "level1", "level2": "level2", "level3": "level3", "code": "code",
    "target": "target", "value": "target", "amount": "money", "budget": "money", "funds": "money",
    "initial": "money", "spent": "money", "points": "money", "score": "money", "rate": "money",
    "goals": "long", "goals_actual": "long", "term_goals": "long", "purpose": "long",
}  # fmt: skip
#: What a head says of the money below it and below the heads under it.
_UNIT = re.compile("（[百千万亿]*元）")

#: A text with more characters than this stands below its label where there is little room.
_LONG = 24


class FormTable(Struct, frozen=True):
    """A filled form.

    Attributes:
        form_id: The form.
        name: What such tables are called, without what tells the form from others in brackets.
        title: The printed title, "" where it stands in the table itself.
        above: The lines above the table.
        above_fields: The fields in each of them.
        below: The lines below it.
        widths: How wide each column is, in per cent; none where the form does not say.
        printed_widths: How wide the form's own columns are, in relation to each other.
        landscape: Whether it is printed on paper laid sideways.
        head: The rows that are repeated on each page of paper.
        parts: The other rows; no cell reaches from one part into the next, and a part begins with
            the heads of its rows, if they have any.
        columns: How many columns there are.
        unprinted: What the data say and the form has no cell for; it stands below the table.
    """

    form_id: str
    name: str
    title: str
    above: tuple[str, ...]
    above_fields: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]
    widths: tuple[int, ...]
    printed_widths: tuple[int, ...]
    landscape: bool
    head: tuple[TableRow, ...]
    parts: tuple[tuple[TableRow, ...], ...]
    columns: int
    unprinted: tuple[Unprinted, ...] = ()

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """Every row from top to bottom."""
        return (*self.head, *(row for part in self.parts for row in part))

    @property
    def label(self) -> str:
        """What the table is called where its title stands in it."""
        return self.title or self.name

    @property
    def is_of_evaluation(self) -> bool:
        """Whether no target table was published, and this holds what the evaluation states."""
        return self.form_id == library.EVALUATED


def form_table(
    form: Form, values: Values, notes: NotesOf | None = None, title: str | None = None
) -> FormTable:
    """The view of a form with what stands in its fields.

    Args:
        form: The form.
        values: What stands in its fields.
        notes: The notes on its cells; None where there are none.
        title: The title as the document prints it, where it is not the form's.
    """
    grid, lines = fill(form, values), fill_lines(form, values)
    at = _columns_of(form, grid)
    rows, reach = _Reader(at, notes).read(grid)
    head, parts = in_parts(rows, reach)
    widths = _widths(form.widths, at)
    if len(parts) > 1 and widths:
        _widen(parts, widths)
    return FormTable(
        form_id=form.id,
        name=form.name.partition("（")[0],
        title=title or lines.title,
        above=lines.above,
        above_fields=lines.above_fields,
        below=lines.below,
        widths=widths,
        printed_widths=form.widths or (1,) * form.columns,
        landscape=form.orientation == "landscape",
        head=head,
        parts=parts,
        columns=max(at) + 1,
        unprinted=unprinted(form, values),
    )


def _columns_of(form: Form, grid: Grid) -> tuple[int, ...]:
    """The page's column for each column of the grid.

    A form whose columns depend on what there is may have more of them than cells begin in; a page
    has no empty ones.
    """
    if not form.flexible:
        return tuple(range(grid.columns))
    begun = bytearray(grid.columns)
    for row in grid.rows:
        for cell in row:
            begun[cell.column] = 1
    return tuple(number - 1 for number in accumulate(begun))


def _widths(widths: tuple[int, ...], at: tuple[int, ...]) -> tuple[int, ...]:
    """The width of each of the page's columns in per cent, which are whole and 100 together."""
    if not widths:
        return ()
    wide = [0] * (max(at) + 1)
    for number, column in enumerate(at):
        wide[column] += widths[min(number, len(widths) - 1)]
    whole = sum(wide)
    ends = [round(100 * sum(wide[: number + 1]) / whole) for number in range(len(wide))]
    return tuple(end - before for before, end in zip([0, *ends], ends, strict=False))


def _widen(parts: Sequence[Sequence[TableRow]], widths: Sequence[int]) -> None:
    """Say the width of the first cells of each part, which on paper is laid out by itself."""
    for part in parts:
        for cell in part[0].cells:
            wide = sum(widths[cell.column : cell.column + cell.columns])
            cell.look = f"{cell.look} w{wide}".lstrip()


class _Reader(Struct):
    """Goes through a grid from top to bottom and remembers the heads that stand above.

    Attributes:
        at: The page's column for each column of the grid.
        notes: The notes on its cells.
        over: The heads of each column that hold for the rows below, outer ones first.
        above: All heads that stand above, as a browser takes them.
        known: What was found out for cells of one place and width since the last heads.
        row_heads: The heads of rows that are open, each with the first row it does not reach.
        left: The names of those, once they are asked for.
        named: How many cells have a name.
    """

    at: tuple[int, ...]
    notes: NotesOf | None
    over: list[tuple[TableCell, ...]] = field(default_factory=list)
    above: list[tuple[TableCell, ...]] = field(default_factory=list)
    known: dict[tuple[int, int], tuple[str, tuple[str, ...] | None]] = field(default_factory=dict)
    row_heads: list[tuple[TableCell, int]] = field(default_factory=list)
    left: tuple[str, ...] | None = None
    named: int = 0

    def read(self, grid: Grid) -> tuple[list[TableRow], list[int]]:
        """The rows, and for each the first row that none of the cells so far reaches."""
        width = max(self.at) + 1
        self.over, self.above = [()] * width, [()] * width
        rows: list[TableRow] = []
        reaches: list[int] = []
        reach, last_heads, together = 0, -1, 0
        last_names: dict[int, str] = {}
        for number, row in enumerate(grid.rows):
            look = look_of(row)
            cells = self.row(row, number, continued=last_heads == number - 1)
            if look == "heads":
                last_heads = number
                last_names = {}
            reach = max(reach, *(number + cell.rows for cell in row)) if row else reach
            reaches.append(reach)
            if look == "card":
                together = max(together - 1, rows_together(cells))
                look += " together" if together else ""
                mark_repeated(cells, last_names)
            elif look == "pairs" and rows:
                self.name_kinds(cells)
                align_sums(cells, rows[-1])
            rows.append(TableRow(tuple(cells), look))
        return rows, reaches

    def row(self, row: Sequence[FilledCell], number: int, *, continued: bool) -> list[TableCell]:
        """The cells of a row; `continued` where the row above it is one of heads as well."""
        if self.row_heads:
            self.row_heads = [one for one in self.row_heads if one[1] > number]
        self.left = None
        cells = []
        heads = []
        width = len(self.over)
        for filled in row:
            cell = self.cell(filled)
            cells.append(cell)
            if cell.scope == "col":
                heads.append(cell)
                continue
            if filled.role != "label" and cell.columns < width:
                self.set_heads(cell)
            if cell.scope:
                self.row_heads.append((cell, number + cell.rows))
                self.left = None
        for cell in heads:
            self.put(cell, continued=continued)
        return cells

    def cell(self, filled: FilledCell) -> TableCell:
        """A cell without what depends on those around it."""
        text, column = filled.text, self.at[filled.column]
        columns = self.at[filled.column + filled.columns - 1] - column + 1
        scope, look, explained = _meaning(filled.role, filled.fields, _lists(filled))
        if not text:
            scope = ""
        elif "  " in text or text[0] == " " or "\n " in text:
            look = f"{look} spaced".lstrip()
        if not look and not scope and len(text) > _LONG:
            look = "long"
        cell = TableCell(text, filled.rows, columns, column, scope, look)
        if explained and text in ANCHORS:
            cell.term = ANCHORS[text]
        cell.fields = filled.fields
        cell.printed_column, cell.printed_columns = filled.column, filled.columns
        if self.notes is not None:
            cell.notes = self.notes(filled)
        return cell

    def set_heads(self, cell: TableCell) -> None:
        """Set the label, and the heads where the place of the cell does not say them."""
        place = cell.column, cell.columns
        known = self.known.get(place)
        if known is None:
            known = self.known[place] = self.find(cell)
        cell.label, heads = known
        if heads is not None and not cell.scope:
            if self.left is None:
                self.left = tuple(self.name(one) for one, _ in self.row_heads)
            cell.heads = self.left + heads

    def name_kinds(self, cells: Sequence[TableCell]) -> None:
        """Say of several labels in a row, each with a value below heads, what kind each is of."""
        valued = [cell for cell, value in pairwise(cells) if cell.scope and value.label]
        if len(valued) > 1:
            for cell in valued:
                cell.label = self.find(cell)[0]

    def find(self, cell: TableCell) -> tuple[str, tuple[str, ...] | None]:
        """The label of a cell, and its heads where a browser would find others."""
        end = cell.column + cell.columns
        wanted = [
            head
            for head in self.over[cell.column]
            if head.column <= cell.column and end <= head.column + head.columns
        ]
        found = {id(head) for column in self.above[cell.column : end] for head in column}
        names = [
            head.text.replace("\n", "")
            for head in wanted
            if head.columns < len(self.over)  # a title is no head of a column
        ]
        label = names[-1] if names else ""
        if names and not _UNIT.search(label):
            units = [unit[0] for outer in names if (unit := _UNIT.search(outer))]
            label += units[-1] if units else ""
        if found == {id(head) for head in wanted}:
            return label, None
        return label, tuple(map(self.name, wanted))

    def name(self, cell: TableCell) -> str:
        """The name of a cell, which it has from now on."""
        if not cell.id:
            self.named += 1
            cell.id = f"c{self.named}"
        return cell.id

    def put(self, head: TableCell, *, continued: bool) -> None:
        """Remember a head for the rows below it."""
        self.known.clear()
        for column in range(head.column, head.column + head.columns):
            outer = self.over[column] if continued else ()
            self.over[column] = (*outer, head)
            same = [
                one
                for one in self.above[column]
                if (one.column, one.columns) != (head.column, head.columns)
            ]  # a browser stops at a head of the same place
            self.above[column] = (*same, head)


def _lists(filled: FilledCell) -> tuple[str, ...]:
    """The lists that a cell is of an item of, outermost first; none for the table itself."""
    return tuple(name for name, _ in filled.items)


def _meaning(role: str, fields: tuple[str, ...], lists: tuple[str, ...]) -> tuple[str, str, bool]:
    """The scope and the look of a cell, and whether the glossary may explain its words."""
    if role in {"head", "label"}:
        return {"head": "col", "label": "row"}[role], "", True
    look = _LOOKS.get(fields[0].partition(".")[0], "") if len(fields) == 1 else ""
    names = {"name"}
    if lists[-1:] in {("indicators",), ("term_indicators",)}:
        names |= {"level1", "level2", "level3"}
    if not lists or names.isdisjoint(fields) or "place" in fields:
        return "", look, look in GROUPS
    if lists[0] == "projects" and "name" in fields:
        look = "item"
    return "row", look, look in GROUPS
