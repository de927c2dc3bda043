"""The tables within a table: indicators, the main tasks, the projects of a list, items of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import column_meanings, field_labels, time_blocks
from disclosure.intake.learning.cell_map import CellMap, RepeatedRows, bare_text
from disclosure.intake.learning.indicator_rows import LEVELS

#: What stands left of the main projects of a department, which are listed as its tasks are.
_MAIN_PROJECTS = re.compile(r"(?:年度|部门|本年度?)*(?:重点|主要|重大)项目(?:情况|支出|安排|计划)?")

_MIN_FILLED = 3  # of the cells of a row that names a project with more than its money


def repeated_rows(sheet: CellMap) -> list[RepeatedRows]:
    """The repeated rows of a table, from top to bottom; none where it has no indicators."""
    found: list[RepeatedRows] = []
    for block in time_blocks.indicator_blocks(sheet):
        begin = found[-1].end if found else 0
        found += [*_above(sheet, begin, block.top), block]
    return found


def main_of(regions: Sequence[RepeatedRows]) -> RepeatedRows:
    """The region that holds the year's indicators, or the projects of a list."""
    return next(one for one in reversed(regions) if one.each in {"indicators", "projects"})


def others_below(sheet: CellMap, regions: Sequence[RepeatedRows]) -> bool:
    """Whether heads or categories stand once more below the indicators, for reasons unknown."""
    rows = sheet.rows[max(region.end for region in regions) :]
    return any(
        len(LEVELS.intersection(field_labels.column(cell.text) for cell in row)) > 1
        or (len(row) > 2 and any(column_meanings.is_category(cell.text) for cell in row))
        for row in rows
    )


def projects_below(sheet: CellMap, regions: Sequence[RepeatedRows]) -> bool:
    """Whether rows stand below those of a list that have its columns and were not reached."""
    return any(
        region.each == "projects"
        and len([cell for cell in row if cell.text.strip()]) >= _MIN_FILLED
        and len(row) == len(region.leaves)
        and sheet.fits(region.leaves, number, number)
        for region in regions
        for number, row in enumerate(sheet.rows[region.end :], start=region.end)
    )


def _above(sheet: CellMap, row: int, end: int) -> Iterator[RepeatedRows]:
    """Main tasks and items of money above the indicators, from `row` up to `end`."""
    while row < end:
        region = _tasks(sheet, row) or _parts(sheet, row)
        if region is not None and region.end > region.first:
            if region.end <= end:
                yield region
            row = region.end
        else:
            row += 1


def _tasks(sheet: CellMap, row: int) -> RepeatedRows | None:
    cells = [cell for cell in sheet.rows[row] if cell.text]
    inner = [cell for cell in cells if field_labels.task(cell.text)]
    roles = {field_labels.task(cell.text) for cell in inner}
    around = [bare_text(cell) for cell in sheet.covering(row)]
    about = any(word in "".join(around) for word in ("任务", "工作", "活动"))
    about = about or any(map(_MAIN_PROJECTS.fullmatch, around))
    if not (about and "name" in roles and roles & {"content", "goal", "budget.total"}):
        return None
    others = [cell for cell in cells if cell not in inner and _says_result(cell)]
    if len(roles) < 2 or len(inner) + len(others) < len(cells) - 2:
        return None
    name = next(cell for cell in inner if field_labels.task(cell.text) == "name")
    bottom = name.row + name.rows
    if bottom == row + 1 and _parts_heads(sheet, row + 1, inner):
        bottom += 1
    region = RepeatedRows("tasks", row, bottom, bottom, sheet.leaves(row, bottom))
    region.end = _end_of_items(sheet, region, region.first)
    return region


def _says_result(cell: FilledCell) -> bool:
    """Whether a head beside those of tasks says what became of them: 执行数, 完成情况."""
    return bool(field_labels.fund(cell.text) or field_labels.column(cell.text))


def _parts_heads(sheet: CellMap, row: int, heads: Sequence[FilledCell]) -> bool:
    """Whether a row only parts heads above it that take several columns: 总额, 财政拨款."""
    wide = [cell for cell in heads if cell.columns > 1]
    said = [cell for cell in sheet.rows[row] if cell.text] if row < len(sheet.rows) else []
    return bool(said) and all(
        field_labels.task(cell.text) is not None
        and any(
            one.column <= cell.column and cell.column + cell.columns <= one.column + one.columns
            for one in wide
        )
        for cell in said
    )


def _parts(sheet: CellMap, row: int) -> RepeatedRows | None:
    """What the money is spent on, item by item, below a head that says so."""
    cells = [cell for cell in sheet.rows[row] if cell.text]
    inner = [
        cell
        for cell in cells
        if "明细" in bare_text(cell) or field_labels.core(cell.text) == "金额"
    ]
    if len(inner) < 2 or field_labels.core(inner[-1].text) != "金额" or inner[-2:] != cells[-2:]:
        return None
    leaves = [leaf for leaf in sheet.leaves(row, row + 1) if leaf.left >= inner[-2].column]
    if len(leaves) != 2:
        return None
    first = row + 1
    while first < len(sheet.rows) and _begins_with_sum(sheet.rows[first]):
        first += 1
    region = RepeatedRows("parts", row, first, first, leaves)
    region.end = _end_of_items(sheet, region, first)
    return region


def _begins_with_sum(cells: Sequence[FilledCell]) -> bool:
    return bool(cells) and bool(field_labels.SUMS.fullmatch(field_labels.core(cells[0].text)))


def _end_of_items(sheet: CellMap, region: RepeatedRows, first: int) -> int:
    """Where the rows end that are items; a sum is none."""
    end, last = first, sheet.body(region.leaves, first)
    while end < last and not _begins_with_sum(sheet.rows[end]):
        end += 1
    return end
