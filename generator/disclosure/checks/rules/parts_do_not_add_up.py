"""资金构成与总额不符

检查什么：原表另外列出的各项金额（budget 的 parts）中，有没有一项大于总额；部门预算分为“基本支出”“
项目支出”两项的，两项之和是否等于总额；几年的总额（term_total）是否小于本年的总额。写明是上年、以前
年度、实施期或总投资的项目，逐年列出的几个总额不检查，没有总额的也不检查。

为什么：总额由各项构成，一项比总额还大，说明至少有一个数字录错，或金额单位（元、万元）弄混了。

例子：部门预算总额 1200.00，基本支出 700.00，项目支出 600.00。

怎么改：对照公开文件改正录错的数字，看看 money 写的单位对不对。公开文件本身对不上的，请按原文保留，
并在 notes 里写 rule: C112 和说明。

出处：项目支出绩效目标表、部门整体绩效目标表的资金栏目。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import OTHER_TIMES
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C112", Severity.WARNING, "资金构成与总额不符")
_HALVES = ("基本支出", "项目支出")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the parts of a budget with its total."""
    budget = subject.project.budget
    if budget.total is None:
        return
    hint = "请核对这些数字和金额单位。" + or_accept(RULE)
    if budget.term_total is not None and budget.term_total < budget.total:
        message = f"几年的总额 {budget.term_total} 万元，小于本年的总额 {budget.total} 万元。"
        yield subject.remark(RULE, ("budget", "term_total"), message, hint)
    most = max(budget.total, budget.term_total or budget.total)
    for name, amount in budget.parts.items():
        if amount is not None and amount > most and not OTHER_TIMES.search(name):
            message = f"“{name}”{amount} 万元，大于总额 {most} 万元。"
            yield subject.remark(RULE, ("budget", "parts", name), message, hint)
    halves = [budget.parts.get(name) for name in _HALVES]
    both = sum(amount for amount in halves if amount is not None)
    if None not in halves and both != budget.total:
        message = f"基本支出与项目支出之和为 {both} 万元，而总额是 {budget.total} 万元，"
        message += f"相差 {abs(both - budget.total)} 万元。"
        yield subject.remark(RULE, ("budget", "total"), message, hint)
