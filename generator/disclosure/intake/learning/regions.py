"""The tables within a table: indicators, the main tasks, the projects of a list, items of money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.forms.form import Each
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import column_meanings, field_labels
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text

_LEVELS = {"level1", "level2", "level3"}
_VALUES = {"target", "actual", "term_target"}


def find(sheet: CellMap) -> list[RepeatedRows]:
    """The repeated rows of a table, from top to bottom; none where it has no indicators."""
    main = _indicators(sheet) or _cells_of_indicators(sheet)
    if main is None:
        return []
    found = [region for region in _above(sheet, main) if region.end <= main.top]
    return [*found, main]


def others_below(sheet: CellMap, main: RepeatedRows) -> bool:
    """Whether heads of indicators stand once more below the indicators: those of another time."""
    return any(
        len(_LEVELS.intersection(field_labels.column(cell.text) for cell in row)) > 1
        for row in sheet.rows[main.end :]
    )


def _indicators(sheet: CellMap) -> RepeatedRows | None:
    """The indicators, or the projects with their indicators where heads name projects as well."""
    for number, row in enumerate(sheet.rows):
        roles = [field_labels.column(cell.text) for cell in row if cell.text]
        heads = [cell for cell in row if field_labels.column(cell.text) in _LEVELS | _VALUES]
        levels, values = _LEVELS.intersection(roles), _VALUES.intersection(roles)
        general = any(bare_text(cell) in {"绩效指标", "年度绩效指标"} for cell in row)
        if not (len(levels) > 1 or (values and (levels or general))):
            continue
        return _region(sheet, number, _bottom(sheet, heads))
    found = column_meanings.by_categories(sheet)
    if found is None:
        return None
    top, first = found
    return _region(sheet, *found) if first > top else _without_heads(sheet, first)


def _without_heads(sheet: CellMap, first: int) -> RepeatedRows | None:
    """Indicators below no heads: their columns are those of the first row."""
    leaves = [Leaf("", "", cell.column, cell.column + cell.columns) for cell in sheet.rows[first]]
    region = RepeatedRows("indicators", first, first, first, leaves)
    _extend(sheet, region)
    return region if region.end > first + 1 else None


def _bottom(sheet: CellMap, heads: Sequence[FilledCell]) -> int:
    """Where the heads end: below the row that parts 指标值 into 符号 and 单位, if there is one."""
    first, last = (by(cell.row + cell.rows for cell in heads) for by in (min, max))
    inner = [cell for row in range(first, last) for cell in sheet.rows[row]]
    parted = bool(inner) and all(
        field_labels.column(cell.text) or field_labels.is_part(cell.text) for cell in inner
    )
    return last if parted else first


def _region(sheet: CellMap, number: int, bottom: int) -> RepeatedRows | None:
    """The region below heads that end at `bottom`; heads of a list may begin higher."""
    within = [cell for cell in sheet.covering(number) if cell.row + cell.rows <= bottom]
    top = min((cell.row for cell in within), default=number)
    leaves = sheet.leaves(top, bottom)
    named = [leaf for leaf in leaves if field_labels.is_name_of_project(leaf.head)]
    each: Each = "projects" if named else "indicators"
    first = bottom + 1 if sheet.counts_columns(bottom) else bottom
    region = RepeatedRows(each, top, first, first, leaves)
    _extend(sheet, region)
    return region if region.end > region.first else None


def _extend(sheet: CellMap, region: RepeatedRows) -> None:
    """Take rows as long as they stand in the columns, or are sums of a list."""
    row = region.first
    while row < len(sheet.rows):
        fits = sheet.fits(region.leaves, row, row)
        if region.each == "projects" and _is_sum(sheet, region, row, fits=fits):
            region.sums.add(row)
        elif not fits or _ends(sheet, row):
            break
        row += 1
    region.end = row


def _ends(sheet: CellMap, row: int) -> bool:
    """Whether a row in the columns of the indicators is none: a remark, a sum of points."""
    cells = sheet.rows[row]
    first = next((cell for cell in cells if cell.text), None)
    return (
        first is not None
        and cells[0] is first
        and bool(field_labels.ENDS.fullmatch(field_labels.bare(first.text)))
        and first.rows == 1
    )


def _is_sum(sheet: CellMap, region: RepeatedRows, row: int, *, fits: bool) -> bool:
    """Whether a row of a list is no project: a sum that says so or has only money, or a heading."""
    cells = [cell for cell in sheet.rows[row] if cell.text]
    if not cells:
        return False
    if field_labels.SUMS.fullmatch(field_labels.bare(cells[0].text)):
        return True
    if not fits or len(sheet.rows[row]) != len(region.leaves):
        return _is_sum_of_body(region, sheet.rows[row])
    if cells == [sheet.rows[row][0]]:
        return _is_named(sheet, region, row + 1)
    money = [cell for cell in cells if field_labels.is_amount(cell.text)]
    named = not field_labels.is_amount(cells[0].text)
    return bool(money) and len(money) == len(cells) - 1 and named


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


def _is_named(sheet: CellMap, region: RepeatedRows, row: int) -> bool:
    """Whether a row begins with the name of a project, so that one alone above it heads several."""
    names = [leaf.left for leaf in region.leaves if field_labels.is_name_of_project(leaf.head)]
    cell = sheet.at(row, names[0]) if names else None
    return cell is not None and cell.row == row and bool(bare_text(cell)) and names[0] == 0


def _cells_of_indicators(sheet: CellMap) -> RepeatedRows | None:
    """A list of projects that has all indicators of a project in one cell, or goals alone."""
    for number, row in enumerate(sheet.rows):
        names = [cell for cell in row if field_labels.label(cell.text) == "name"]
        listed = any("绩效指标" in bare_text(cell) or _heads_goals(cell) for cell in row)
        if names and listed and len(row) > 2:
            bottom = max(cell.row + cell.rows for cell in names)
            return _region(sheet, number, bottom)
    return None


def _heads_goals(cell: FilledCell) -> bool:
    return field_labels.label(cell.text) == "goals"


def _above(sheet: CellMap, main: RepeatedRows) -> Iterator[RepeatedRows]:
    """Main tasks and items of money above the indicators."""
    row = 0
    while row < main.top:
        region = _tasks(sheet, row) or _parts(sheet, row)
        if region is not None and region.end > region.first:
            yield region
            row = region.end
        else:
            row += 1


def _tasks(sheet: CellMap, row: int) -> RepeatedRows | None:
    cells = [cell for cell in sheet.rows[row] if cell.text]
    inner = [cell for cell in cells if field_labels.task(cell.text)]
    roles = {field_labels.task(cell.text) for cell in inner}
    around = "".join(bare_text(cell) for cell in sheet.covering(row))
    about = "任务" in around or "工作" in around or "活动" in around
    if not (about and "name" in roles and roles & {"content", "goal", "budget.total"}):
        return None
    if len(roles) < 2 or len(inner) < len(cells) - 2:
        return None
    name = next(cell for cell in inner if field_labels.task(cell.text) == "name")
    bottom = name.row + name.rows
    if bottom == row + 1 and _parts_heads(sheet, row + 1, inner):
        bottom += 1
    region = RepeatedRows("tasks", row, bottom, bottom, sheet.leaves(row, bottom))
    region.end = _end_of_items(sheet, region, region.first)
    return region


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
        if "明细" in bare_text(cell) or field_labels.bare(cell.text) == "金额"
    ]
    if len(inner) < 2 or field_labels.bare(inner[-1].text) != "金额" or inner[-2:] != cells[-2:]:
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
    return bool(cells) and bool(field_labels.SUMS.fullmatch(field_labels.bare(cells[0].text)))


def _end_of_items(sheet: CellMap, region: RepeatedRows, first: int) -> int:
    """Where the rows end that are items; a sum is none."""
    end, last = first, sheet.body(region.leaves, first)
    while end < last and not _begins_with_sum(sheet.rows[end]):
        end += 1
    return end
