"""The rows of indicators below their heads, or of projects where heads name projects as well."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from disclosure.forms.form import Each
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import (
    column_meanings,
    field_labels,
    list_rows,
    money_rows,
    value_parts,
)
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text
from disclosure.model import indicator_levels as levels

LEVELS = {"level1", "level2", "level3"}
_VALUES = {"target", "actual", "term_target"}
#: What the name of an indicator ends with that counts or measures something.
_COUNTED = re.compile(r".{3,}(?:率|数量?|幅度|比例|时限|面积)")
_TARGET = re.compile(r"[≥≤＞＜><=＝].+|[0-9.]+[^0-9.分].*")


def first(sheet: CellMap, heads: tuple[int, int] | None) -> RepeatedRows | None:
    """The first rows of indicators, or of projects; None where a table has none.

    Args:
        sheet: The table.
        heads: What `heads_from` finds in it.
    """
    found = below(sheet, *heads) if heads else _by_categories(sheet)
    return found or _cells_of_indicators(sheet)


def heads_from(sheet: CellMap, begin: int) -> tuple[int, int] | None:
    """The first row of heads of indicators from a row on, and the row behind the heads."""
    for number, row in enumerate(sheet.rows[begin:], start=begin):
        if _is_below_directory(sheet, row):
            continue
        roles = [field_labels.column(cell.text) for cell in row if cell.text]
        heads = [cell for cell in row if field_labels.column(cell.text) in LEVELS | _VALUES]
        levels, values = LEVELS.intersection(roles), _VALUES.intersection(roles)
        general = any(bare_text(cell) in {"绩效指标", "年度绩效指标"} for cell in row)
        if not (len(levels) > 1 or (values and (levels or general))):
            continue
        return number, _bottom(sheet, heads)
    return None


def _is_below_directory(sheet: CellMap, row: Sequence[FilledCell]) -> bool:
    """Whether a row parts a directory of services to buy into its levels: 一级, 二级, 三级."""
    above = [bare_text(sheet.at(cell.row - 1, cell.column)) for cell in row if cell.row]
    return any(text.endswith("目录") for text in above)


def _by_categories(sheet: CellMap) -> RepeatedRows | None:
    """Indicators whose heads nobody knows, by the names of their levels."""
    found = column_meanings.by_categories(sheet)
    if found is None:
        return None
    top, begin = found
    return below(sheet, top, begin) if begin > top else _without_heads(sheet, begin)


def _without_heads(sheet: CellMap, begin: int) -> RepeatedRows | None:
    """Indicators below no heads: their columns are those of the first row."""
    leaves = [Leaf("", "", cell.column, cell.column + cell.columns) for cell in sheet.rows[begin]]
    region = RepeatedRows("indicators", begin, begin, begin, leaves)
    extend(sheet, region)
    return region if region.end > begin + 1 else None


def _bottom(sheet: CellMap, heads: Sequence[FilledCell]) -> int:
    """Where the heads end: below the row that parts 指标值 into 符号 and 单位, if there is one."""
    above, last = (by(cell.row + cell.rows for cell in heads) for by in (min, max))
    inner = [cell for row in range(above, last) for cell in sheet.rows[row]]
    parted = bool(inner) and all(
        field_labels.column(cell.text) or field_labels.is_part(cell.text) for cell in inner
    )
    return last if parted else above


def below(sheet: CellMap, number: int, bottom: int, label: int = 0) -> RepeatedRows | None:
    """The rows below heads that end at `bottom`; heads of a list may begin higher.

    Args:
        sheet: The table.
        number: A row of the heads.
        bottom: The row behind them.
        label: How many rows between the heads and what repeats only say what follows.
    """
    within = [cell for cell in sheet.covering(number) if cell.row + cell.rows <= bottom]
    top = min((cell.row for cell in within), default=number)
    leaves = _naming(sheet.leaves(top, bottom))
    named = [leaf for leaf in leaves if field_labels.is_name_of_project(leaf.head)]
    each: Each = "projects" if named else "indicators"
    says_more = sheet.counts_columns(bottom) or sheet.states_units(bottom)
    begin = (bottom + 1 if says_more else bottom) + label
    region = RepeatedRows(each, top, begin, begin, leaves)
    extend(sheet, region)
    region.leaves = value_parts.split_columns(sheet, region)
    return region if region.end > region.first else None


def _naming(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The columns, the one of 一级项目名称 as that of the names where no other has names."""
    if any(field_labels.is_name_of_project(leaf.head) for leaf in leaves):
        return [*leaves]
    return [
        replace(leaf, head="项目名称") if _is_upper_name(leaf.head) else leaf for leaf in leaves
    ]


def _is_upper_name(head: str) -> bool:
    return field_labels.core(head) == "一级项目名称"


def _may_name(head: str) -> bool:
    """Whether a head may be that of the names of a list where none is called so."""
    return _is_upper_name(head) or field_labels.is_name_of_project(head)


def extend(sheet: CellMap, region: RepeatedRows) -> None:
    """Take rows as long as they stand in the columns, or are sums of a list."""
    row = region.first
    if _has_wide_cells(sheet, region, row):
        row += 1
    while row < len(sheet.rows):
        fits = sheet.fits(region.leaves, row, row)
        if region.each == "projects" and list_rows.is_sum(sheet, region, row, fits=fits):
            region.sums.add(row)
        elif not fits or _ends(sheet, region, row):
            break
        row += 1
    region.end = row


def _has_wide_cells(sheet: CellMap, region: RepeatedRows, row: int) -> bool:
    """Whether the first row is of an indicator of which a cell takes several columns."""
    return (
        region.each == "indicators"
        and row + 1 < len(sheet.rows)
        and not sheet.fits(region.leaves, row, row)
        and is_of_indicator(sheet, region.leaves, row)
    )


def is_of_indicator(sheet: CellMap, leaves: Sequence[Leaf], row: int) -> bool:
    """Whether a row begins with a category and its cells end where columns do."""
    first = sheet.at(row, leaves[0].left)
    if first is None or len(sheet.rows[row]) < 2:
        return False
    category = bare_text(first)
    named = category.endswith("指标") or levels.first_level(category) is not None
    named = named or (category.startswith("预算执行") and _leaves_name(first, leaves))
    lefts, rights = {leaf.left for leaf in leaves}, {leaf.right for leaf in leaves}
    return named and all(
        cell.column in lefts and cell.column + cell.columns in rights for cell in sheet.rows[row]
    )


def _leaves_name(first: FilledCell, leaves: Sequence[Leaf]) -> bool:
    """Whether the name of an indicator stands right of a cell."""
    names = (leaf.left for leaf in leaves if field_labels.column(leaf.head) == "level3")
    return first.column + first.columns <= next(names, 0)


def _ends(sheet: CellMap, region: RepeatedRows, row: int) -> bool:
    """Whether a row in the columns of the indicators is none: a remark, a sum of points, money.

    An indicator may be called so as well: 填报单位数量, beside its level or with a target.
    """
    cells = sheet.rows[row]
    if field_labels.is_time_row(cells) or money_rows.begin(sheet, region, row):
        return True
    first = next((cell for cell in cells if cell.text), None)
    return (
        first is not None
        and cells[0] is first
        and first.column <= region.leaves[0].left
        and not (_COUNTED.fullmatch(bare_text(first)) and _states_target(sheet, region, row))
        and bool(field_labels.ENDS.fullmatch(field_labels.core(first.text)))
        and first.rows == 1
    )


def _states_target(sheet: CellMap, region: RepeatedRows, row: int) -> bool:
    """Whether a row has a target with a sign or a unit."""
    leaves = (leaf for leaf in region.leaves if field_labels.column(leaf.head) == "target")
    texts = [bare_text(sheet.at(row, leaf.left)) for leaf in leaves]
    return any(map(_TARGET.fullmatch, texts))


def _cells_of_indicators(sheet: CellMap) -> RepeatedRows | None:
    """A list of projects that has all indicators of a project in one cell, or goals alone."""
    for number, row in enumerate(sheet.rows):
        names = [cell for cell in row if field_labels.label(cell.text) == "name"]
        names = names or [cell for cell in row if _may_name(cell.text)]
        listed = any("绩效指标" in bare_text(cell) or _heads_goals(cell) for cell in row)
        if names and listed and len(row) > 2:
            bottom = max(cell.row + cell.rows for cell in names)
            return below(sheet, number, bottom)
    return None


def _heads_goals(cell: FilledCell) -> bool:
    return field_labels.label(cell.text) == "goals"
