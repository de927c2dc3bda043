"""资金支出计划与预算数不符

检查什么：资金支出计划年底（12月底）的累计数是否等于预算数；最后一个时点早于年底的，只检查有没有超过
预算数。看起来像百分比的由规则 C106 报告。已撤销的项目和没有填支出计划的项目不检查。

为什么：支出计划是对预算数的安排，到年底应当正好安排完。不相等，说明有一个数字录错，或各时点填的不是
累计数。

例子：预算数 150.00，12月底 105.00；或 3月底 40.00、6月底 50.00、10月底 40.00、12月底 20.00，各期之
和才是 150.00。

怎么改：对照公开文件改正。填成各期金额的，本站要求累计数，请改为累计；公开文件本身对不上的，请按原文
保留，并在 notes 里写 rule: C105 和说明。

出处：项目支出绩效目标表“预算数”与“资金支出计划”两栏的关系。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import adds_up_to_budget, looks_like_percentages, month, plan
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C105", Severity.ERROR, "资金支出计划与预算数不符")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the last step of the plan with the budget."""
    project = subject.project
    # A withdrawn project's plan is what it was before; percentages have a rule of their own.
    if subject.project.withdrawn or not project.spending_plan or looks_like_percentages(project):
        return
    last, total = plan(project)[-1], project.budget.counted
    if total is None:
        return
    until = month(last.field[1])
    if last.value > total or (last.value < total and (until is None or until >= 12)):
        message = f"{last.name} {last.value} 万元，预算数 {total} 万元"
        if adds_up_to_budget(project):
            message += "；各时点之和等于预算数，填的可能是各期金额而不是累计数。"
        else:
            message += f"，相差 {abs(last.value - total)} 万元。"
        hint = "请对照公开文件核对；支出计划应填累计数，到年底等于预算数。" + or_accept(RULE)
        yield subject.remark(RULE, last.field, message, hint)
