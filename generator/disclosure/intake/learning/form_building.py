"""The rows of a form, put together from what was understood of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from disclosure.forms.form import FormBlock, FormCell, Row
from disclosure.forms.grid import FilledCell
from disclosure.forms.paths import ITEMS
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows

_Rows = tuple[Row | FormBlock, ...]


class FormBuilder(Struct, frozen=True):
    """What is known of a table when its form is built.

    Attributes:
        sheet: The table.
        regions: Its repeated rows, by their first row.
        blocks: The form's block for each region.
        templates: The template of every other cell, by row and column.
    """

    sheet: CellMap
    regions: Mapping[int, RepeatedRows]
    blocks: Mapping[int, FormBlock]
    templates: Mapping[tuple[int, int], str]

    def rows(self, first: int = 0, end: int | None = None) -> _Rows:
        """The form's rows for those of the table from `first` up to `end`."""
        end = len(self.sheet.rows) if end is None else end
        made: list[Row | FormBlock] = []
        row = first
        while row < end:
            if row in self.regions:
                made.append(self.blocks[row])
                row = self.regions[row].end
                continue
            ends = sorted({cell.row + cell.rows for cell in self.sheet.rows[row]
                           if self._is_beside_region(cell)})  # fmt: skip
            if not ends:
                made.append(self._row(row, {}))
                row += 1
            else:
                made.append(self._beside(row, ends))
                row = ends[-1]
        return tuple(made)

    def _is_beside_region(self, cell: FilledCell) -> bool:
        """Whether a cell reaches down beside rows that repeat, so that its height varies."""
        end = cell.row + cell.rows
        return any(cell.row < first < end for first in self.regions)

    def _beside(self, row: int, ends: Sequence[int]) -> FormBlock:
        """Rows beside tall cells; where two end at different rows, a block within a block."""
        if len(ends) == 1:
            head = self._row(row, {ends[0]: "block"})
            return FormBlock(rows=(head, *self.rows(row + 1, ends[0])))
        inner, outer = ends[0], ends[-1]
        head = self._row(row, {inner: "block", outer: "outer"})
        block = FormBlock(rows=(head, *self.rows(row + 1, inner)))
        return FormBlock(rows=(block, *self.rows(inner, outer)))

    def _row(self, row: int, reach: Mapping[int, Literal["block", "outer"]]) -> Row:
        made = []
        for cell in self.sheet.rows[row]:
            tall = reach.get(cell.row + cell.rows) if self._is_beside_region(cell) else None
            made.append(
                FormCell(
                    text=self.templates.get((cell.row, cell.column)) or None,
                    rows=tall or cell.rows,
                    columns=cell.columns,
                )
            )
        return tuple(made)


def block(region: RepeatedRows, cells: Sequence[FormCell], sums: Row | None) -> FormBlock:
    """The form's block for repeated rows."""
    row = tuple(cells)
    if region.each != "projects":
        return FormBlock(each=region.each, rows=(row,))
    is_joined = any(cell.joined for cell in cells)
    has_rows = not is_joined and any(map(_is_of_indicator, cells))
    inner: _Rows = (FormBlock(each="indicators", rows=(row,)),) if has_rows else (row,)
    if sums is None:
        return FormBlock(each="projects", rows=inner)
    rows = (FormBlock(of="sum", rows=(sums,)), FormBlock(of="project", rows=inner))
    return FormBlock(each="projects", rows=rows)


def _is_of_indicator(cell: FormCell) -> bool:
    return any(path in ITEMS["indicators"] or path.startswith("other.") for path in cell.fields)


def sum_row(
    leaves: Sequence[Leaf], cells: Sequence[FormCell], rows: Sequence[Sequence[FilledCell]]
) -> Row | None:
    """The row of a sum in a list: what is in no sum is empty, and no cell is merged with others.

    A sum may take several columns in one cell; None where the sums of a list differ in that.

    Args:
        leaves: The columns.
        cells: What they hold in the row of a project.
        rows: The printed sums.
    """
    shapes = {tuple((cell.column, cell.columns) for cell in row) for row in rows}
    if len(shapes) != 1:
        return None
    (shape,) = shapes
    made = []
    parts = [_within(left, left + columns, leaves, cells) for left, columns in shape]
    own = {at for at, inner in enumerate(parts) if _named(inner)}
    in_own = bool(own) and all(any(row[at].text.strip() for at in own) for row in rows)
    is_named = in_own
    for at, ((left, columns), inner) in enumerate(zip(shape, parts, strict=True)):
        named = _named(inner)
        found = named or next(iter(inner), None)
        if found is None:
            return None
        said = any(row[at].text.strip() for row in rows)
        text = (found.text or "").lstrip(" ") if said else None
        is_money = "{budget." in text if text else False
        if said and not is_money and ((named and in_own) or not is_named):
            text = "{name}"  # a sum is called by its first words, whatever column they stand in
        elif said and named:  # a body's code stands before, with which it is called
            head = next(leaf.head for leaf in leaves if leaf.left == left)
            text = f"{{facts.{field_labels.field_name(head)}}}"
        is_named = is_named or said
        made.append(replace_text(found, text, columns))
    return tuple(made)


def _within(
    left: int, right: int, leaves: Sequence[Leaf], cells: Sequence[FormCell]
) -> list[FormCell]:
    """The cells of the columns that are wholly between two places."""
    columns = zip(leaves, cells, strict=True)
    return [cell for leaf, cell in columns if left <= leaf.left and leaf.right <= right]


def _named(cells: Sequence[FormCell]) -> FormCell | None:
    """The cell that holds the name of a project."""
    return next((cell for cell in cells if "{name}" in (cell.text or "")), None)


def replace_text(cell: FormCell, text: str | None, columns: int | None = None) -> FormCell:
    """A cell with another template, by itself."""
    return FormCell(text=text, columns=columns or cell.columns)
