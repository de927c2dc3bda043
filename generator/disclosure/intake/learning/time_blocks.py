"""Indicators of the whole term and of the year that stand one below the other in one table.

Each block may have heads of its own, or both stand below the same; which of them is of the term,
only the words around it say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import column_meanings, field_labels, goal_cells, indicator_rows
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text
from disclosure.model.whitespace import squeezed

_GOALS = {"goals", "term_goals"}


def indicator_blocks(sheet: CellMap) -> list[RepeatedRows]:
    """The blocks of indicators, from top to bottom: one, or those of the term and of the year.

    None where a table has no indicators.
    """
    heads = indicator_rows.heads_from(sheet, 0)
    if heads is not None and _alone(sheet, heads[1]):
        first = indicator_rows.below(sheet, *heads, label=1)
    else:
        first = indicator_rows.first(sheet, heads)
    if first is None or first.each != "indicators":
        return [] if first is None else [first]
    for one, other in _pairs(sheet, first):
        if _assign(sheet, one, other):
            return [one, other]
    return [first]


def _pairs(sheet: CellMap, first: RepeatedRows) -> Iterator[tuple[RepeatedRows, RepeatedRows]]:
    """The ways in which the indicators of a table may be two blocks."""
    heads = indicator_rows.heads_from(sheet, first.end)
    if heads is not None:
        second = indicator_rows.below(sheet, *heads, label=1 if _alone(sheet, heads[1]) else 0)
        if second is not None and second.each == "indicators":
            yield first, second
        return
    if first.end < len(sheet.rows):
        begun = next(iter(sheet.rows[first.end]), None)  # none where cells from above cover a row
        if _alone(sheet, first.end):
            yield from _with(sheet, first, first.leaves, first.end + 1)
        elif begun is None:
            pass
        elif begun.column < first.leaves[0].left and field_labels.is_time_label(begun.text):
            beside = Leaf("", "", begun.column, first.leaves[0].left)
            yield from _with(sheet, first, (beside, *first.leaves), first.end)
    yield from _parted(sheet, first)


def _with(
    sheet: CellMap, first: RepeatedRows, leaves: Sequence[Leaf], begin: int
) -> Iterator[tuple[RepeatedRows, RepeatedRows]]:
    """A block with another one below it that has no heads of its own."""
    second = RepeatedRows("indicators", begin, begin, begin, leaves)
    indicator_rows.extend(sheet, second)
    if second.end > begin:
        yield first, second


def _parted(sheet: CellMap, first: RepeatedRows) -> Iterator[tuple[RepeatedRows, RepeatedRows]]:
    """The two blocks of a region that has a column of two labels beside its levels."""
    for leaf in first.leaves:
        texts = [bare_text(cell) for cell in sheet.column_cells(first, leaf)]
        ends = [at for at, (one, other) in enumerate(pairwise(texts), start=1) if one != other]
        if len(ends) != 1 or not all(map(field_labels.is_time_label, texts)):
            continue
        leaves = [replace(one, head="", parent="") if one is leaf else one for one in first.leaves]
        middle = first.first + ends[0]
        yield (
            RepeatedRows("indicators", first.top, first.first, middle, leaves),
            RepeatedRows("indicators", middle, middle, first.end, leaves),
        )


def _assign(sheet: CellMap, first: RepeatedRows, second: RepeatedRows) -> bool:
    """Say which of two blocks is of the term; False where that is not certain."""
    between = (cell for row in sheet.rows[first.end : second.top] for cell in row)
    if any(column_meanings.is_category(cell.text) for cell in between):
        return False  # a row of the first block that does not stand in its columns
    words = _words(sheet, first, 0), _words(sheet, second, first.end)
    times = [field_labels.time(text) for text in words]
    if {*times} == {"year", ""}:  # 总体绩效指标 beside 年度绩效指标
        general = words[times.index("")]
        times = ["term" if not time and general.startswith("总") else time for time in times]
    if {*times} != {"term", "year"}:
        return False
    (first if times[0] == "term" else second).each = "term_indicators"
    return True


def _words(sheet: CellMap, block: RepeatedRows, begin: int) -> str:
    """What says of which time a block is: its own label, or else the goals right above it."""
    own = [cell for cell in _labels(sheet, block, begin)
           if "指标" in cell.text or field_labels.is_time_label(cell.text)]  # fmt: skip
    said = [squeezed(cell.text) for cell in own]
    timed = [text for text in said if field_labels.time(text) or text.startswith("总")]
    goals = [cell for row in sheet.rows[begin : block.top] for cell in row
             if field_labels.label(cell.text) in _GOALS]  # fmt: skip
    if timed or not goals:
        return next(iter(timed), "")
    text = squeezed(goals[-1].text)
    return "实施期" if text in goal_cells.labels_of_term(sheet) else text


def _labels(sheet: CellMap, block: RepeatedRows, begin: int) -> Iterator[FilledCell]:
    """The cells that may name a block, the nearest first: in a row alone, or beside its rows."""
    for number in range(block.first - 1, max(block.top - 1, begin) - 1, -1):
        yield from _only(sheet.rows[number])
    inner = {leaf.left for leaf in block.leaves if leaf.head or leaf.parent}
    for number in dict.fromkeys((block.first, block.top)):
        left = [cell for cell in sheet.covering(number) if cell.column < block.leaves[-1].left]
        yield from (cell for cell in reversed(left) if cell.column not in inner)
    if block.top > begin:
        yield from _only(sheet.rows[block.top - 1])


def _only(row: Sequence[FilledCell]) -> Iterator[FilledCell]:
    """The first cell of a row in which nothing else is said."""
    if row and not any(cell.text.strip() for cell in row[1:]):
        yield row[0]


def _alone(sheet: CellMap, row: int) -> bool:
    """Whether a row only says of which time the indicators below it are."""
    return row < len(sheet.rows) and field_labels.is_time_row(sheet.rows[row])
