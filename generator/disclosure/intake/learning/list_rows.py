"""Rows of a list that are no projects: sums, and headings of some projects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, RepeatedRows, bare_text

_MAX_HEADING = 40  # of what heads some projects of a list
#: What is no name of a body or a kind of projects, but a remark.
_SAYS_MORE = re.compile(r"[。；：:]")
#: A heading that counts: 一、局机关, （二）直属单位.
_COUNTED_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]"
)
_MAX_NUMBER = 3  # characters of what counts a row of a list


def is_sum(sheet: CellMap, region: RepeatedRows, row: int, *, fits: bool) -> bool:
    """Whether a row of a list is no project: a sum that says so or has only money, or a heading.

    Args:
        sheet: The table.
        region: The list.
        row: The row.
        fits: Whether its cells stand in the columns.
    """
    cells = [cell for cell in sheet.rows[row] if cell.text]
    if not cells:
        return False
    if field_labels.SUMS.fullmatch(field_labels.core(cells[0].text)):
        return True
    if not fits or len(sheet.rows[row]) != len(region.leaves):
        return _heads_projects(sheet, region, row) or _is_sum_of_body(region, sheet.rows[row])
    if len(cells) == 1 and _may_head(cells[0], sheet.rows[row][0]):
        is_first = cells[0] is sheet.rows[row][0]
        return _is_named(sheet, region, row + 1, at_first=is_first)
    return _has_only_money(sheet, region, cells) or _is_unnamed_sum(sheet, region, row, cells)


def _is_unnamed_sum(
    sheet: CellMap, region: RepeatedRows, row: int, cells: Sequence[FilledCell]
) -> bool:
    """Whether the first row of a list says no more than what all of its money is."""
    named = any(
        cell is not None and bool(bare_text(cell))
        for leaf in region.leaves
        if field_labels.is_name_of_project(leaf.head)
        for cell in [sheet.at(row + 1, leaf.left)]
    )
    return (
        row == region.first
        and named
        and all(field_labels.is_amount(cell.text) for cell in cells)
        and all(cell.rows == 1 for cell in sheet.covering(row))
        and cells[0].column > region.leaves[0].left
    )


def _may_head(cell: FilledCell, first: FilledCell) -> bool:
    """Whether a text alone in its row may be a heading: the first, or one that is counted."""
    return cell is first or bool(_COUNTED_HEADING.match(bare_text(cell)))


def _has_only_money(sheet: CellMap, region: RepeatedRows, cells: Sequence[FilledCell]) -> bool:
    """Whether a row says nothing but a name, or the code of a body, and money."""
    money = [cell for cell in cells if field_labels.is_amount(cell.text)]
    named = not field_labels.is_amount(cells[0].text)
    if not named and len(cells) > len(money) and _is_code_of_body(sheet, region, cells):
        return len(money) == len(cells) - 1
    return bool(money) and len(money) == len(cells) - 1 and named


def _heads_projects(sheet: CellMap, region: RepeatedRows, row: int) -> bool:
    """Whether a row is one cell over all columns of a list, above a row of a project."""
    cells, leaves = sheet.rows[row], region.leaves
    if len(cells) != 1 or row + 1 >= len(sheet.rows):
        return False
    (cell,) = cells
    text = bare_text(cell)
    covers = cell.column == leaves[0].left and cell.column + cell.columns == leaves[-1].right
    below = sheet.rows[row + 1]
    goes_on = len(below) > 1 and sheet.fits(leaves, row + 1, row + 1)
    return covers and goes_on and 0 < len(text) <= _MAX_HEADING and not _SAYS_MORE.search(text)


def _is_code_of_body(sheet: CellMap, region: RepeatedRows, cells: Sequence[FilledCell]) -> bool:
    """Whether a row begins with the code of a body, with which that of the next row begins."""
    first = cells[0]
    below = sheet.at(first.row + 1, first.column)
    code, next_code = bare_text(first), bare_text(below)
    return (
        len(code) > 2
        and code.isdecimal()
        and next_code.startswith(code)
        and below is not None
        and below.row == first.row + 1
        and first.column == region.leaves[0].left
    )


def _is_sum_of_body(region: RepeatedRows, row: Sequence[FilledCell]) -> bool:
    """Whether a row has one cell over the names of bodies and projects, and amounts behind it."""
    first, *others = row
    said = [cell for cell in others if cell.text.strip()]
    covers = any(
        field_labels.is_name_of_project(leaf.head)
        and first.column < leaf.left < first.column + first.columns
        for leaf in region.leaves
    )
    return covers and bool(said) and all(field_labels.is_amount(cell.text) for cell in said)


def _is_named(sheet: CellMap, region: RepeatedRows, row: int, *, at_first: bool = True) -> bool:
    """Whether a row names a project, so that a text alone above it heads several.

    The text is no number of a row, and is not alone because its row is merged with others.
    """
    names = [leaf.left for leaf in region.leaves if field_labels.is_name_of_project(leaf.head)]
    cell = sheet.at(row, names[0]) if names else None
    above = sheet.rows[row - 1]
    alone = not any(one.rows > 1 for one in sheet.covering(row - 1))
    long = len(bare_text(above[0])) > _MAX_NUMBER or not at_first
    is_text = len(above) == len(region.leaves) and long
    named = cell is not None and cell.row == row and bool(bare_text(cell))
    return named and (names[0] == 0 or (alone and is_text))
