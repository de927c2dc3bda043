"""资金支出计划越来越少

检查什么：资金支出计划是各时点的累计数，后一时点的金额是否比前一时点少。按月份先后比较，与书写顺序无
关；前后相等是可以的。

为什么：累计支出只会增加，不会减少。减少说明有一个时点录错，或各时点填的不是累计数。

例子：6月底 82.50，10月底 12.90（应为 129.00）。

怎么改：对照公开文件改正录错的数字。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C104 和
说明。各时点之和正好等于预算数的，说明填的是各期金额，由规则 C105 报告，这里不重复。

出处：项目支出绩效目标表“资金支出计划”一栏，各时点为累计数。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import adds_up_to_budget, plan
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C104", Severity.WARNING, "资金支出计划越来越少")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare each step of the plan with the one before it."""
    if adds_up_to_budget(subject.project):
        return
    for before, after in pairwise(plan(subject.project)):
        if after.value < before.value:
            yield subject.remark(
                RULE,
                after.field,
                f"{after.name} {after.value} 万元，少于{before.name} {before.value} 万元。",
                "资金支出计划是累计数，请核对这两个数字。" + or_accept(RULE),
            )
