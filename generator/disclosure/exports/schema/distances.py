"""The columns that say how far a result is from its target, and how large a change is."""

from __future__ import annotations

from disclosure.compare import code_lists
from disclosure.exports.schema.columns import Column, Type, number, text

#: Of a row of the self-evaluation.
DISTANCE: tuple[Column, ...] = (
    Column(
        "achieved_percent",
        Type.DECIMAL,
        "完成百分比",
        "实际完成值占指标值的百分之几，最多六位小数，四舍五入；没有达到的不进位成 100。",
    ),
    number("days_late", "晚的天数", "比期限晚多少天，负数为早；只有日期才有。", required=False),
    text("first_target", "首次公开的指标值", "公开后改动过的指标才有，与原表一字不差。"),
    text(
        "first_outcome",
        "按首次公开的结论",
        "公开后改动过的指标，按首次公开的指标值得出。",
        values=code_lists.listed(code_lists.OUTCOMES),
    ),
    text("first_outcome_reason", "两种口径的完成情况", "按首次公开的和按现行的各是怎样。"),
)

#: Of a change from one year to the next.
SIZE: tuple[Column, ...] = (
    Column(
        "size_percent",
        Type.DECIMAL,
        "幅度",
        "指标值的变化占上年数值的百分比，增为正、减为负，最多六位小数，四舍五入；原值为0的没有。",
    ),
    number("days", "天数", "期限推迟多少天，负数为提前。", required=False),
    text("notes", "公开注释", "部门对这项指标的公开注释，有几条的以分号隔开。"),
)
