"""Where each cell of the official form stands in a sheet, and what belongs into its fields.

The form divides its rows differently: seven cells above, as many as there are periods in the
spending plan, six below. So a sheet has a first column and twelve narrow ones beside it, and
cells are merged over them, as on the form itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosure.checks.levels import TREE
from disclosure.pages.disclosure import DisclosureView
from disclosure.pages.official_table import IndicatorRow, OfficialTable
from disclosure.pages.printing import PrintView

#: The width of the first column, in characters, and of the twelve beside it.
WIDTHS = (13.0, *([8.3] * 12))
_TWELVE = 12

#: What stands for a date or a document that the published document does not state.
UNKNOWN = "公开文件未注明"

SIGNS = ("≥", "≤", "＝", "＞", "＜")
LEVELS_2 = tuple(dict.fromkeys(level for levels in TREE.values() for level in levels))


@dataclass(frozen=True, slots=True)
class Field:
    """What belongs into a field: a hint, and what can be chosen; a field can hold anything else.

    `is_amount` is for amounts of money, in 万元.
    """

    title: str
    hint: str
    choices: tuple[str, ...] = ()
    is_amount: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
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


_AMOUNT = "按原表填写，如 150.00；单位：万元。原表空白的不填。"

NAME = Field("项目名称", "按公开文件逐字填写。")
CODE = Field("项目编码", "一般为 21 位，数字和大写字母。")
UNIT = Field("预算单位", "先写预算单位编码，空一格，再写名称，如 322001 某某局本级。")
TOTAL = Field("预算数", _AMOUNT, is_amount=True)
FISCAL = Field("其中：财政资金", _AMOUNT, is_amount=True)
OTHER = Field("其他资金", _AMOUNT, is_amount=True)
PURPOSE = Field("资金用途", "按公开文件逐字填写。")
PERIOD = Field("时点", "如 3月底，按原表填写。")
PLANNED = Field("累计支出", f"到这个时点的累计支出。{_AMOUNT}", is_amount=True)
GOALS = Field("绩效目标", "每条一行，前面写序号，如 1.完成……；单元格内换行用 Alt+Enter。")
LEVEL1 = Field("一级指标", "可以从下拉列表选；与原表不同的，按原表填写。", tuple(TREE))
LEVEL2 = Field("二级指标", "可以从下拉列表选；与原表不同的，按原表填写。", LEVELS_2)
LEVEL3 = Field("三级指标", "指标名称，按原表填写。")
DESCRIPTION = Field("绩效指标描述", "按原表填写，空白的不填。")
TARGET = Field(
    "指标值",
    "按原表填写，如 ≥8次、12月31日前。可以先从下拉列表选符号，再接着写数和单位；没有符号的不要加。",
    SIGNS,
)
BASIS = Field("指标值确定依据", "按原表填写，空白的不填。")
TEXT = Field("正文", "按公开文件逐字填写。")
DATE = Field("日期", "在冒号后面写日期，如 2024-02-06；公开文件没有写明的不改。")
SOURCE = Field("来源", "在冒号后面写公开文件的标题，按原文填写。")
REASON = Field("调整原因", "在冒号后面写调整或更正的原因。")


def form_cells(table: OfficialTable, version: Sequence[str] = ()) -> Iterator[Placed]:
    """A project's form, row by row; below it, which version it is and why there is one."""
    width = max(_TWELVE, len(table.plan))
    title = f"{table.number}.{table.name.text}绩效目标表"
    yield Placed(0, 0, title, columns=width + 1, look="title")
    unit = f"{table.unit_code} {table.unit_name}".strip()
    yield Placed(1, 0, unit, columns=9, field=UNIT, look="plain")
    yield Placed(1, 9, f"单位：{table.money}", columns=width - 8, look="right")
    yield from _head(table, width)
    yield from _plan(table, width)
    yield Placed(7, 0, "绩效目标", look="head")
    goals = "\n".join(f"{number}.{goal}" for number, goal in enumerate(table.goals, start=1))
    yield Placed(7, 1, goals, columns=width, field=GOALS)
    yield from _indicators(table, width)
    below = 9 + sum(map(len, table.groups))
    for row, (text, field) in enumerate(zip(version, (None, REASON), strict=False), start=below):
        yield Placed(row, 0, text, columns=width + 1, field=field, look="open" if field else "said")


def _head(table: OfficialTable, width: int) -> Iterator[Placed]:
    wide = width - _TWELVE
    yield Placed(2, 0, "项目编码", look="head")
    yield Placed(2, 1, table.code, columns=5, field=CODE)
    yield Placed(2, 6, "项目名称", columns=2, look="head")
    yield Placed(2, 8, table.name.text, columns=5 + wide, field=NAME)
    yield Placed(3, 0, "预算规模及资金用途", rows=2, look="head")
    yield Placed(3, 1, "预算数", columns=2, look="head")
    yield Placed(3, 3, table.total.text, columns=2, field=TOTAL, look="amount")
    yield Placed(3, 5, "其中：财政资金", columns=2, look="head")
    yield Placed(3, 7, table.fiscal, columns=2, field=FISCAL, look="amount")
    yield Placed(3, 9, "其他资金", columns=2, look="head")
    yield Placed(3, 11, table.other, columns=2 + wide, field=OTHER, look="amount")
    yield Placed(4, 1, table.purpose.text, columns=width, field=PURPOSE)


def _plan(table: OfficialTable, width: int) -> Iterator[Placed]:
    """The periods side by side, the last one as wide as what is left."""
    yield Placed(5, 0, table.plan_heading, rows=2, look="head")
    periods = max(len(table.plan), 1)
    each = max(width // periods, 1)
    steps = [(step.period, step.amount) for step in table.plan] or [("", "")]
    for number, (period, amount) in enumerate(steps):
        column = 1 + number * each
        columns = width + 1 - column if number == periods - 1 else each
        yield Placed(5, column, period, columns=columns, field=PERIOD, look="center")
        yield Placed(6, column, amount, columns=columns, field=PLANNED, look="amount")


#: The columns below: head, first column, how many columns it takes.
_BELOW = (
    ("一级指标", 0, 1),
    ("二级指标", 1, 2),
    ("三级指标", 3, 2),
    ("绩效指标描述", 5, 4),
    ("指标值", 9, 2),
    ("指标值确定依据", 11, 2),
)


def _indicators(table: OfficialTable, width: int) -> Iterator[Placed]:
    wide = width - _TWELVE
    for title, column, columns in _BELOW:
        more = wide if title == _BELOW[-1][0] else 0
        yield Placed(8, column, title, columns=columns + more, look="head")
    rows = [row for group in table.groups for row in group]
    for number, row in enumerate(rows, start=9):
        yield from _indicator(number, row, wide)


def _indicator(number: int, row: IndicatorRow, wide: int) -> Iterator[Placed]:
    """One row; a level that a merged cell from above covers has no cell of its own."""
    merged = ((row.level1, LEVEL1, 0, 1), (row.level2, LEVEL2, 1, 2))
    for cell, field, column, columns in merged:
        if cell is not None:
            yield Placed(number, column, cell.text, cell.rows, columns, field=field, look="center")
    fields = (
        (row.level3, LEVEL3, 3, 2),
        (row.description, DESCRIPTION, 5, 4),
        (row.target, TARGET, 9, 2),
        (row.basis, BASIS, 11, 2 + wide),
    )
    for cell, field, column, columns in fields:
        yield Placed(number, column, cell.text, columns=columns, field=field)


def part_one_cells(view: PrintView) -> Iterator[Placed]:
    """What the document is, then part one, one paragraph in each row, headed as in the document."""
    paragraphs = (*_cover(view), *_paragraphs(view.disclosure))
    for number, (text, field, look) in enumerate(paragraphs):
        yield Placed(number, 0, text, field=field, look=look)


def _cover(view: PrintView) -> Iterator[tuple[str, Field | None, str]]:
    """What the cover of the year's PDF says: read again, the dates and the source are the same."""
    said = view.disclosure.publication
    yield view.disclosure.title, None, "title"
    yield f"批复日期：{said.approved or UNKNOWN}", DATE, "open"
    yield f"公开日期：{said.published or UNKNOWN}", DATE, "open"
    yield f"来源：{said.document or said.file or UNKNOWN}", SOURCE, "open"
    yield f"网址：{view.source_address}", None, "said"


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
