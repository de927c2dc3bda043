"""Where each cell of a form stands in a sheet, and what belongs into its fields.

A sheet is laid out as the form is: its title, the lines above the table, the table itself, the
lines below. What a field asks for is said by what it means, never by how one form calls it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from disclosure.forms import divided_goals
from disclosure.forms.record_values import OF_FORM
from disclosure.model.departments import Department
from disclosure.model.fields import title_of
from disclosure.model.indicator_levels import TREE
from disclosure.model.records import Project
from disclosure.model.target_table import Budget, Fund, Indicator, IndicatorResult, Task
from disclosure.pages.disclosure import DisclosureView
from disclosure.pages.form_rows import TableCell
from disclosure.pages.form_table import FormTable
from disclosure.pages.printing import PrintView

#: How wide a sheet is, in characters.
_WIDE = 112.6
#: Of two lines above a table, how much of its width the first one has.
_FIRST = 0.7

#: What stands for a date or a document that the published document does not state.
UNKNOWN = "公开文件未注明"

SIGNS = ("≥", "≤", "＝", "＞", "＜")
LEVELS_2 = tuple(dict.fromkeys(level for levels in TREE.values() for level in levels))


class Field(Struct, frozen=True):
    """What belongs into a field: a hint, and what can be chosen; a field can hold anything else.

    `is_amount` is for amounts of money, in the form's own unit.
    """

    title: str
    hint: str
    choices: tuple[str, ...] = ()
    is_amount: bool = False


class Placed(Struct, frozen=True):
    """A cell: its first row and column, the rows and columns it takes, its text, its look.

    `field` is None for a head, which is locked; `look` names one of the formats.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    field: Field | None = None
    look: str = "text"


_PLAIN = "按原表填写，空白的不填。"
_AMOUNT = "按原表填写，如 150.00，单位按原表。原表空白的不填。"
_CHOSEN = "可以从下拉列表选；与原表不同的，按原表填写。"


def _of(record: Any, name: str, hint: str = _PLAIN, **more: Any) -> Field:
    """A field by the name that the model gives it."""
    return Field(title_of(record, name), hint, **more)


_GOALS = "每条一行，编号按原表；单元格内换行用 Alt+Enter。"
_FIELDS: Mapping[str, Field] = {
    "name": _of(Project, "name", "按公开文件逐字填写。"),
    "code": _of(Project, "code", "一般为 21 位，数字和大写字母。"),
    "unit": _of(Project, "unit", "先写预算单位编码，空一格，再写名称，如 322001 某某局本级。"),
    "department": _of(Department, "name", "按公开文件逐字填写。"),
    "purpose": _of(Project, "purpose", "按公开文件逐字填写。"),
    "period": Field("时点", "如 3月底，按原表填写。"),
    "amount": Field("金额", _AMOUNT, is_amount=True),
    "goals": _of(Project, "goals", _GOALS),
    "goals.numbered": _of(
        Project, "goals", "每条一行，前面写序号，如 1.完成……；单元格内换行用 Alt+Enter。"
    ),
    "goals_actual": Field("目标实际完成情况", _GOALS),
    "term_goals": _of(Project, "term_goals", _GOALS),
    "content": _of(Task, "content"),
    "goal": _of(Task, "goal"),
    "level1": _of(Indicator, "level1", _CHOSEN, choices=tuple(TREE)),
    "level2": _of(Indicator, "level2", _CHOSEN, choices=LEVELS_2),
    "level3": _of(Indicator, "level3", "指标名称，按原表填写。"),
    "target": _of(
        Indicator,
        "target",
        "按原表填写，如 ≥8次、12月31日前。可以先从下拉列表选符号，再接着写数和单位；"
        "没有符号的不要加。",
        choices=SIGNS,
    ),
    "sign": _of(Indicator, "sign", _CHOSEN, choices=(*SIGNS, "定性")),
    **{
        name: _of(Indicator, name)
        for name in ("description", "value", "basis", "weight", "direction", "kind", "term_target")
    },
    **{
        name: _of(IndicatorResult, name)
        for name in ("actual", "points", "score", "deviation", "improvement")
    },
    **{f"budget.{name}": _of(Budget, name, _AMOUNT, is_amount=True)
       for name in ("total", "fiscal", "other", "term_total")},
    **{name: _of(Fund, name) for name in ("initial", "budget", "spent", "rate")},
}  # fmt: skip
TEXT = Field("正文", "按公开文件逐字填写。")
DATE = Field("日期", "在冒号后面写日期，如 2024-02-06；公开文件没有写明的不改。")
SOURCE = Field("来源", "在冒号后面写公开文件的标题，按原文填写。")
REASON = Field("调整原因", "在冒号后面写调整或更正的原因。")


def field_of(paths: Sequence[str]) -> Field | None:
    """What belongs into a cell with these fields; None where the form itself says it."""
    asked = [path for path in paths if path not in OF_FORM]
    if not asked:
        return None
    path = asked[0]
    known = _FIELDS.get(path)
    if known is not None:
        return known
    if parted := divided_goals.list_and_index(path):
        return replace(_FIELDS[parted[0]], hint=_PLAIN)
    kind, _, name = path.partition(".")
    if kind == "budget":
        return Field(name.removeprefix("parts."), _AMOUNT, is_amount=True)
    return Field(name or path, _PLAIN)


def widths(table: FormTable) -> tuple[float, ...]:
    """How wide the columns of a sheet are, in characters."""
    own = table.printed_widths
    wide = _width(table)
    scale = _WIDE / sum(own)
    shares = (*own, *own[-1:] * (wide - len(own)))
    return tuple(round(share * scale, 2) for share in shares[:wide])


def _width(table: FormTable) -> int:
    return max(
        cell.printed_column + cell.printed_columns for row in table.rows for cell in row.cells
    )


def form_cells(table: FormTable, version: Sequence[str] = ()) -> Iterator[Placed]:
    """A form, row by row; below it, which version it is and why there is one."""
    width, top = _width(table), 0
    if table.title:
        yield Placed(0, 0, table.title, columns=width, look="title")
        top += 1
    if table.above:
        yield from _above(table, width, top)
        top += 1
    rows = table.rows
    for number, row in enumerate(rows, start=top):
        for cell in row.cells:
            yield _placed(cell, number)
    below = top + len(rows)
    for line in table.below:
        yield Placed(below, 0, line, columns=width, look="label")
        below += 1
    for row_number, (text, field) in enumerate(
        zip(version, (None, REASON), strict=False), start=below
    ):
        look = "open" if field else "label"
        yield Placed(row_number, 0, text, columns=width, field=field, look=look)


def _above(table: FormTable, width: int, row: int) -> Iterator[Placed]:
    """The lines above the table side by side, the last one at the right."""
    number = len(table.above)
    first = round(width * _FIRST) if number == 2 else width // number
    starts = [0, *(first + (width - first) * at // max(number - 1, 1) for at in range(number - 1))]
    ends = (*starts[1:], width)
    lines = zip(table.above, table.above_fields, starts, ends, strict=True)
    for at, (text, paths, start, end) in enumerate(lines):
        field = field_of(paths)
        look = "right" if at == number - 1 and number > 1 else "plain" if field else "label"
        yield Placed(row, start, text, columns=end - start, field=field, look=look)


def _placed(cell: TableCell, row: int) -> Placed:
    field = field_of(cell.fields) if cell.fields else None
    return Placed(
        row,
        cell.printed_column,
        cell.text,
        cell.rows,
        cell.printed_columns,
        field=field,
        look=_look(cell, field),
    )


def _look(cell: TableCell, field: Field | None) -> str:
    if field is None:
        return "head"
    if field.is_amount:
        return "amount"
    centred = "level1" in cell.look or "level2" in cell.look or cell.scope == "col"
    return "center" if centred else "text"


def part_one_cells(view: PrintView) -> Iterator[Placed]:
    """What the document is, then part one, one paragraph in each row, headed as in the document."""
    paragraphs = (*_cover(view), *_paragraphs(view.disclosure))
    for number, (text, field, look) in enumerate(paragraphs):
        yield Placed(number, 0, text, field=field, look=look)


def _cover(view: PrintView) -> Iterator[tuple[str, Field | None, str]]:
    """What the cover of the year's PDF says: read again, the dates and the source are the same."""
    publication = view.disclosure.publication
    yield view.disclosure.title, None, "title"
    yield f"批复日期：{publication.approved or UNKNOWN}", DATE, "open"
    yield f"公开日期：{publication.published or UNKNOWN}", DATE, "open"
    yield f"来源：{publication.document or publication.file or UNKNOWN}", SOURCE, "open"
    yield f"网址：{view.source_address}", None, "label"


def _paragraphs(year: DisclosureView) -> Iterator[tuple[str, Field | None, str]]:
    yield "第一部分", None, "title"
    yield "部门整体绩效目标", None, "title"
    yield "一、总体绩效目标", None, "heading"
    yield year.overall_goal, TEXT, "open"
    parts = iter("二三")
    if year.objectives:
        yield f"{next(parts)}、分项绩效目标", None, "heading"
    for objective in year.objectives:
        yield f"{objective.ordinal}{objective.name}", TEXT, "open"
        yield f"绩效目标：{objective.goal}", TEXT, "open"
        if objective.indicators:
            yield f"绩效指标：{objective.indicators}", TEXT, "open"
    if year.safeguards:
        yield f"{next(parts)}、工作保障措施", None, "heading"
    for ordinal, measure in year.safeguards:
        yield f"{ordinal}{measure}", TEXT, "open"
