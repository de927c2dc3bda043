"""百分比表头下填的是金额

检查什么：disclosure.yml 的 plan_heading 写明公开文件里这一栏的表头带有“%”，而项目的资金支出计划填的
是金额：最后一个时点正好等于预算数，又不是 100。没有写 plan_heading 的年度不检查。

为什么：表头说的是百分比，数字却是万元，公众会把 36 看成 36%。

例子：表头“资金支出计划（%）”，预算数 150.00，填 36.00、82.50、129.00、150.00。

怎么改：数字按原文保留，不要换算；请在 notes 里写 at: spending_plan、rule: C107 和说明，告诉公众这些
数字是金额。

出处：项目支出绩效目标表“资金支出计划（%）”一栏；本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import plan
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C107", Severity.WARNING, "百分比表头下填的是金额")
#: Full-width and small percent signs look the same in print.
_PERCENT = ("%", "％", "﹪", "百分比")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for a plan that ends at the budget under a heading of percentages."""
    heading = subject.year.disclosure.plan_heading or ""
    steps = plan(subject.project)
    if not steps or not any(sign in heading for sign in _PERCENT):
        return
    last, total = steps[-1], subject.project.budget.counted
    if last.value == total and total not in {0, 100}:
        yield subject.remark(
            RULE,
            ("spending_plan",),
            f"公开文件的表头是“{heading}”，所填却是金额：{last.name} {last.value} 万元，"
            f"等于预算数 {total} 万元。",
            "请按原文保留数字。" + or_accept(RULE),
        )
