"""指标值可能有扫描错误

检查什么：指标值是否像扫描或录入时认错了字：没有符号、以 2 开头、去掉 2 后正好是常见数值的
百分比和次数（“295%”“2280次”），日历上没有的日期（“2月30日前”），以及时效指标里像是表格软件
把日期存成数字的五位数（“45657”就是 2024年12月31日）。

为什么：“≥”常被认成“2”，差之一字，目标就大了许多倍；存成数字的日期没有人看得懂。

例子：设施验收合格率“295%”，原文也许是“≥95%”。

怎么改：对照公开文件的原件或图片改正。原件本来就是这样的，请按原文保留，并在 notes 里写
rule: C308 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Kind, Target
from disclosure.model.target_table import Indicator

RULE = Rule("C308", Severity.WARNING, "指标值可能有扫描错误")

# Spreadsheets count days from here, but for the first two months of 1900.
_DAY_ZERO = date(1899, 12, 30)


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Pass on what was suspected when the target was read."""
    for position, row, target in subject.rows():
        doubt = target.doubt or _stored_date(row, target, subject.year.year)
        if doubt:
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.level3}”的指标值是“{target.printed}”：{doubt}。",
                "请对照公开文件的原件核对；原件本来如此的，请在 notes 里写 rule: C308 和说明。",
            )


def _stored_date(row: Indicator, target: Target, year: int) -> str:
    """Why a number may be a day of this year or its neighbours; empty if it cannot be."""
    if "时效" not in (row.level2 or "") or target.kind is not Kind.NUMBER or target.unit:
        return ""
    if target.high is None or target.high % 1:
        return ""
    first, last = ((date(at, 1, 1) - _DAY_ZERO).days for at in (year - 1, year + 2))
    if not first <= target.high < last:
        return ""
    day = _DAY_ZERO + timedelta(days=int(target.high))
    return f"可能是表格软件把日期存成了数字，原文也许是“{day.year}年{day.month}月{day.day}日”"
