"""Cells among indicators that are merged across columns: `无` below 三级指标 and 指标值 alike.

A form's row of an indicator has a cell for each column. Such a cell is read as one of them and
empty ones beside it, or every row below it would be lost; that it was merged is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from disclosure.forms.grid import FilledCell, Grid
from disclosure.intake.learning import field_labels, indicator_rows, regions
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows


def split_cells(grid: Grid) -> Grid:
    """The table with each cell that is merged across columns split into one for each column.

    A table without such cells is returned as it is.
    """
    sheet = CellMap(grid)
    found = regions.repeated_rows(sheet)
    if any(region.each == "projects" for region in found):
        grid = _with_blanks_merged(_without_wide_headings(sheet, found))
        sheet = CellMap(grid)
        found = regions.repeated_rows(sheet)
    if not found:
        return grid
    rows = list(grid.rows)
    for region in (one for one in found if one.each not in {"tasks", "parts"}):
        for number in range(region.first, len(rows)):
            if number < region.end and sheet.fits(region.leaves, number, number):
                continue
            if not indicator_rows.is_of_indicator(sheet, region.leaves, number):
                break
            made = (part for cell in rows[number] for part in _parts(cell, region.leaves))
            rows[number] = tuple(made)
    return Grid(grid.columns, tuple(rows))


def _without_wide_headings(sheet: CellMap, found: Sequence[RepeatedRows]) -> Grid:
    """A list with its headings and sums alike: one that is merged differs in that from others.

    So the name of a body stands in one cell over all columns, above its projects.
    """
    rows = list(sheet.rows)
    for region in (one for one in found if one.each == "projects"):
        shapes = {tuple((cell.column, cell.columns) for cell in rows[at]) for at in region.sums}
        if len(shapes) < 2:
            continue
        owner = _column_of_names(sheet, region)
        for number in region.sums:
            made = (part for cell in rows[number] for part in _parts(cell, region.leaves, owner))
            rows[number] = tuple(made)
    return Grid(sheet.width, tuple(rows))


def _with_blanks_merged(grid: Grid) -> Grid:
    """A list with the empty cells beside one project as one cell, where other projects have one."""
    sheet = CellMap(grid)
    rows = list(grid.rows)
    for region in (one for one in regions.repeated_rows(sheet) if one.each == "projects"):
        names = [leaf for leaf in region.leaves if field_labels.is_name_of_project(leaf.head)]
        tall = {id(cell): cell for leaf in names[:1] for cell in sheet.column_cells(region, leaf)
                if cell is not None and cell.rows > 1}  # fmt: skip
        for leaf in region.leaves:
            beside = [(one, [sheet.at(one.row + at, leaf.left) for at in range(one.rows)])
                      for one in tall.values()]  # fmt: skip
            parts = [(one, cells) for one, cells in beside if cells[0] is not cells[-1]]
            for one, cells in parts if 2 * len(parts) < len(beside) else ():
                _merge_blanks(rows, one, cells)
    return Grid(grid.columns, tuple(rows))


def _merge_blanks(
    rows: list[tuple[FilledCell, ...]], name: FilledCell, cells: Sequence[FilledCell | None]
) -> None:
    """Put one cell in the place of several beside a name that say nothing."""
    blank = [cell for cell in cells if cell is not None and not cell.text.strip()]
    if len(blank) < len(cells) or any(cell.rows > 1 for cell in blank):
        return
    for at, cell in enumerate(blank):
        own = [replace(cell, rows=name.rows)] if at == 0 else []
        kept = [one for one in rows[cell.row] if one is not cell]
        rows[cell.row] = tuple(sorted((*kept, *own), key=lambda one: one.column))


def _column_of_names(sheet: CellMap, region: RepeatedRows) -> Leaf:
    """The column in which the sums of a list say what they are of, or else its first."""
    columns = {
        next((cell.column for cell in sheet.rows[at] if cell.text.strip()), 0)
        for at in region.sums
        if len(sheet.rows[at]) > 1
    }
    return next((leaf for leaf in region.leaves if columns == {leaf.left}), region.leaves[0])


def _parts(
    cell: FilledCell, leaves: Sequence[Leaf], names: Leaf | None = None
) -> Iterator[FilledCell]:
    """A cell for each column that it covers, its text in that of the name or else of the value."""
    end = cell.column + cell.columns
    covered = [leaf for leaf in leaves if cell.column <= leaf.left and leaf.right <= end]
    if len(covered) < 2:
        yield cell
        return
    meanings = [field_labels.column(leaf.head) for leaf in covered]
    known = next((path for path in ("level3", "target") if path in meanings), meanings[0])
    owner = names if names in covered else covered[meanings.index(known)]
    for leaf in covered:
        text = cell.text if leaf is owner else ""
        yield replace(cell, text=text, column=leaf.left, columns=leaf.right - leaf.left)
