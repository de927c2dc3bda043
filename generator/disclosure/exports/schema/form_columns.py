"""Columns of tables whose rows are those of a form: indicators, amounts as printed, cells."""

from __future__ import annotations

from msgspec.structs import replace

from disclosure.compare import code_lists
from disclosure.exports.schema.columns import Column, Type, field_column, number, text
from disclosure.exports.schema.distances import DISTANCE
from disclosure.model.evaluations import Evaluation
from disclosure.model.records import Project
from disclosure.model.target_table import Budget, Indicator, IndicatorResult

_PRINTED = "金额在原文中的写法，单位见“金额单位”一栏。"
_READ = "由指标值按字面读出；没有读懂的留空，以指标值原文为准。"

MONEY_UNIT = text(
    "money_unit",
    "金额单位",
    "原文的金额单位，万元或元；本表的金额都已换算成万元，原文的写法在 _printed 结尾的栏目里。",
    required=True,
)
#: What forms are called, and in which unit their money is.
FORM = (field_column(Project, "form"), field_column(Project, "title"), MONEY_UNIT)


def as_printed(column: Column) -> Column:
    """The column that says how an amount is printed."""
    return text(f"{column.name}_printed", f"{column.title}（原文）", _PRINTED)


def amount(
    record: type[Budget | Evaluation], field: str, column_name: str = ""
) -> tuple[Column, Column]:
    """An amount in 万元, and how it is printed."""
    column = field_column(record, field, column_name=column_name)
    return column, as_printed(column)


#: The amounts of a budget that every form may have.
BUDGET = tuple(
    column
    for field in ("total", "fiscal", "other", "term_total")
    for column in amount(Budget, field, f"budget_{field}")
)

#: A row of indicators as printed, but for what `OTHER_INDICATOR` adds.
INDICATOR = (
    field_column(Indicator, "level1"),
    field_column(Indicator, "level2"),
    field_column(Indicator, "level3"),
    field_column(Indicator, "description"),
    replace(field_column(Indicator, "target"), meaning="连同符号和单位，与原表一字不差。"),
    field_column(Indicator, "basis"),
    text(
        "target_kind",
        "指标值种类",
        "指标值读成了什么。",
        required=True,
        values=code_lists.listed(code_lists.TARGET_KINDS),
    ),
    text("target_sign", "符号", _READ, values=code_lists.listed(code_lists.SIGNS)),
    Column("target_low", Type.DECIMAL, "数值或下限", f"单位见“计量单位”。{_READ}"),
    Column("target_high", Type.DECIMAL, "数值或上限", f"单位见“计量单位”。{_READ}"),
    text("target_unit", "计量单位", f"如 万元、次、元/亩。{_READ}"),
    Column("target_start", Type.DATE, "起始日期", _READ),
    Column("target_deadline", Type.DATE, "期限", f"原文没有年份的按预算年度。{_READ}"),
    text("target_meaning", "含义", f"用平常的话说，如 至少8次。{_READ}"),
)
NOT_MERGED = text(
    "not_merged",
    "不与上行合并的栏目",
    "内容与上一行相同、原表却没有合并的栏目，有几个的以顿号隔开。",
)
OTHER_INDICATOR = (
    replace(
        field_column(Indicator, "sign", column_name="printed_sign"), title="符号（原表单独一栏）"
    ),
    replace(
        field_column(Indicator, "value", column_name="printed_value"), title="数值（原表单独一栏）"
    ),
    replace(
        field_column(Indicator, "unit", column_name="printed_unit"), title="单位（原表单独一栏）"
    ),
    field_column(Indicator, "weight"),
    field_column(Indicator, "direction"),
    field_column(Indicator, "kind"),
    field_column(Indicator, "term_target"),
    NOT_MERGED,
)

#: A row of an evaluation, and what became of its target.
RESULT = (
    field_column(IndicatorResult, "level3"),
    field_column(IndicatorResult, "actual"),
    field_column(IndicatorResult, "points"),
    field_column(IndicatorResult, "score"),
    field_column(IndicatorResult, "deviation"),
    field_column(IndicatorResult, "improvement"),
    number(
        "indicator",
        "对应的指标行号",
        "现行版本“绩效指标”表中的行号；同名指标分不清是哪一个时留空。",
        required=False,
    ),
    text(
        "outcome",
        "结论",
        "由本站比较指标值与实际完成值得出。",
        values=code_lists.listed(code_lists.OUTCOMES),
    ),
    text("outcome_reason", "结论的理由", "由本站写明为什么这样判断，差多少。"),
    *DISTANCE,
    replace(field_column(IndicatorResult, "level1"), title="自评表上的一级指标"),
    replace(field_column(IndicatorResult, "level2"), title="自评表上的二级指标"),
    field_column(IndicatorResult, "target", column_name="stated_target"),
    NOT_MERGED,
)

#: Where a row of a table that several kinds of file have comes from.
FILE = text("file", "数据文件", "这一行出自哪个数据文件，见本站 data/ 下。", required=True)
#: The parts of a file that have cells or amounts of their own, and what they are called.
PARTS = {
    "project": "项目支出绩效目标表",
    "indicator": "绩效指标的一行",
    "term_indicator": "实施期绩效指标的一行",
    "department": "部门整体绩效目标表",
    "department_indicator": "部门整体绩效目标表中绩效指标的一行",
    "department_term_indicator": "部门整体绩效目标表中中长期绩效指标的一行",
    "task": "年度主要任务的一行",
    "result": "绩效自评",
    "fund": "自评表中资金的一行",
    "indicator_result": "自评表中指标的一行",
    "list": "项目一览表",
    "list_sum": "项目一览表中不是项目的一行",
}
PART = text("part", "所在部分", "这一行出自文件的哪一部分。", required=True, values=PARTS)
ROW = number(
    "row_number",
    "行号",
    "是该部分的第几行，从 1 开始；不分行的部分是 0。项目一览表中不是项目的行（list_sum），"
    "是 list_sums 表中 list_number 乘以 10000 再加上 number。",
)
