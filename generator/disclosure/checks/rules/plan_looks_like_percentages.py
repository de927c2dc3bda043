"""资金支出计划像是百分比

检查什么：资金支出计划最后一个时点是否正好是 100，而预算数不是 100 万元，并且各时点都在 0 到 100 之
间。

为什么：原表这一栏的表头有时写着“（%）”，于是有的项目填百分比，有的填金额。本站这一栏的单位是万元，
百分比会被当成金额，图表和比例都会出错。

例子：预算数 6.00，资金支出计划 25、50、75、100。

怎么改：公开文件填百分比的，请换算成累计金额（万元）录入，并在 notes 里写一条说明；按原文保留百分比
的，请在 notes 里写 rule: C106 和说明。

出处：项目支出绩效目标表“资金支出计划”一栏；本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import looks_like_percentages, plan
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C106", Severity.WARNING, "资金支出计划像是百分比")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for a plan that ends at 100 where the budget does not."""
    if looks_like_percentages(subject.project):
        last = plan(subject.project)[-1]
        yield subject.remark(
            RULE,
            last.field,
            f"{last.name}是 {last.value}，预算数是 {subject.project.budget.counted} 万元，"
            "资金支出计划像是百分比。",
            "这一栏的单位是万元：请把百分比换算成累计金额。" + or_accept(RULE, "按原文保留的"),
        )
