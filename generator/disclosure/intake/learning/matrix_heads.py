"""Recognises heads of columns with unknown words by the numbers side by side below them.

Where labels and values take turns, no two numbers are neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels, value_fields
from disclosure.intake.learning.cell_map import CellMap, HeadAbove, bare_text
from disclosure.model.whitespace import squeezed

_NUMBER = re.compile(r"-?[0-9][0-9.,，]*[%％万元年月日./-]*.{0,6}")
#: A head that begins with a time: 2025年, 1-6月执行数.
_TIME = re.compile(
    r"(?:19|20)[0-9]{2}年度?(?:[^0-9].*)?|[0-9]{1,2}(?:[-—－~～至][0-9]{1,2})?月[^0-9]{2,}"
)
#: The money of a year is a label, though it begins with a number: 2025年预算.
_YEARS_MONEY = re.compile(r"(?:19|20)[0-9]{2}年.*(?:预算|资金|金额|支出|收入|拨款|安排|执行)")
#: A month or months, which may be a value as well where they are no row of heads.
_MONTHS = re.compile(r"[0-9]{1,2}(?:[-—－~～至][0-9]{1,2})?月(?:份|底|末)?前?")
_MIN_MONTHS = 3
_QUARTER = re.compile(r"第?[一二三四1-4]季度|[上下]半年")
_MAX_HEAD = 20
_MAX_NUMBER = 12
_MIN_LABELS = 3


def heads_by_row(sheet: CellMap, repeated: Collection[int]) -> dict[int, list[HeadAbove]]:
    """The rows that hold nothing but such heads, and the heads that end with each of them.

    Args:
        sheet: The table.
        repeated: Its rows that repeat, and their heads, which are known otherwise.
    """
    rows: dict[int, list[HeadAbove]] = {}
    end = 0
    for number in range(len(sheet.rows) - 1):
        if number < end or {number, number + 1} & {*repeated}:
            continue
        heads = _heads(sheet, number)
        named = _names_a_project(sheet, number, heads)
        known = named or all(field_labels.is_label(cell.text) for cell in heads)
        of_two_rows = len({cell.row for cell in heads}) > 1
        is_behind_name = named or bool(heads and field_labels.label(heads[0].text) == "name")
        if not heads or (known and not is_behind_name and not of_two_rows):
            continue  # labels alone in their row are taken for heads anyway, but behind a name
        end = _end(sheet, number + 1, heads, repeated)
        if named:  # other labels may stand below in the same columns
            end = next((row for row in range(number + 2, end) if _has_label(sheet, row)), end)
        for row in range(min(cell.row for cell in heads), number):
            rows[row] = []
        rows[number] = [
            HeadAbove(_words(sheet, cell), cell.column, cell.column + cell.columns, end=end,
                      of_values=known or _are_quarters(heads))
            for cell in heads
        ]  # fmt: skip
    return rows


def _words(sheet: CellMap, head: FilledCell) -> str:
    """What a head says, with the kind of money above it that several share, if it says none."""
    above = sheet.at(head.row - 1, head.column) if head.row else None
    kind = field_labels.label(above.text) if above and above.columns > head.columns else None
    if above is None or not (kind or "").startswith("budget.") or field_labels.label(head.text):
        return head.text
    is_sum = field_labels.SUMS.fullmatch(field_labels.core(head.text))
    return above.text if is_sum else f"{squeezed(above.text)}：{squeezed(head.text)}"


def _heads(sheet: CellMap, number: int) -> list[FilledCell]:
    """The cells that end with a row and stand above the cells of the next, if they are heads."""
    above = [cell for cell in sheet.covering(number) if cell.row + cell.rows == number + 1]
    below = {cell.column: cell for cell in sheet.rows[number + 1]}
    pairs = [(cell, below.get(cell.column)) for cell in above]
    same = [
        (cell, one)
        for cell, one in pairs
        if one and one.columns == cell.columns and (bare_text(cell) or _is_number(one))
    ]
    months = [cell for cell, _ in same if _MONTHS.fullmatch(bare_text(cell))]
    said = months if len(months) >= _MIN_MONTHS else []
    if not all(cell in said or _may_be_head(cell) for cell, _ in same):
        return []
    heads = [cell for cell, _ in same]
    is_matrix = _are_neighbours([one for _, one in same]) or _are_quarters(heads)
    return heads if is_matrix or _names_a_project(sheet, number, heads) else []


def _names_a_project(sheet: CellMap, number: int, heads: Sequence[FilledCell]) -> bool:
    """Whether a row of labels, one of them that of a name, stands above its values.

    Where labels and values take turns, no label is the second or fourth; where one is, labels that
    nobody knows may stand beside it.
    """
    values = sheet.rows[number + 1]
    names = [at for at, cell in enumerate(heads) if field_labels.is_name_of_project(cell.text)]
    return (
        len(heads) == len(sheet.rows[number]) == len(values) >= _MIN_LABELS
        and bool(names)
        and (names[-1] > 0 or not _are_neighbours(values))
        and (any(at % 2 for at in names) or all(map(_is_label, heads)))
        and not any(any(map(str.isdigit, cell.text)) for cell in heads)
        and not any(map(_is_label_beside, values))
    )


def _has_label(sheet: CellMap, row: int) -> bool:
    return any(map(_is_label_beside, sheet.rows[row]))


def _is_label_beside(cell: FilledCell) -> bool:
    """Whether a cell is a label of the upper part of a form; 一级 may be what a project is."""
    return field_labels.is_label(cell.text) and field_labels.column(cell.text) is None


def _is_label(cell: FilledCell) -> bool:
    is_money = value_fields.is_all_money(field_labels.core(cell.text))
    return is_money or field_labels.is_label(cell.text)


def _are_quarters(heads: Sequence[FilledCell]) -> bool:
    """Whether all heads are parts of a year, so that below them is what each says."""
    return len(heads) > 1 and all(_QUARTER.fullmatch(bare_text(cell)) for cell in heads)


def _may_be_head(cell: FilledCell) -> bool:
    text = bare_text(cell)
    return 0 < len(text) <= _MAX_HEAD and (not text[0].isdigit() or bool(_TIME.fullmatch(text)))


def _are_neighbours(cells: Sequence[FilledCell]) -> bool:
    """Whether two numbers stand side by side."""
    return any(
        one.column + one.columns == other.column and _is_number(one) and _is_number(other)
        for one, other in pairwise(cells)
    )


def _is_number(cell: FilledCell) -> bool:
    text = bare_text(cell)
    short = len(text) <= _MAX_NUMBER or field_labels.is_amount(text)
    is_number = short and _NUMBER.fullmatch(text) is not None
    return is_number and not _YEARS_MONEY.match(text)


def _end(sheet: CellMap, row: int, heads: Sequence[FilledCell], repeated: Collection[int]) -> int:
    """Behind the last row whose cells stand below the heads."""
    while row < len(sheet.rows) and row not in repeated and all(_below(sheet, row, heads)):
        row += 1
    return row


def _below(sheet: CellMap, row: int, heads: Sequence[FilledCell]) -> Iterator[bool]:
    for head in heads:
        cell = sheet.at(row, head.column)
        yield cell is not None and (cell.column, cell.columns) == (head.column, head.columns)
