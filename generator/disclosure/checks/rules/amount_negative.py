"""金额为负数

检查什么：预算数、财政资金、其他资金和资金支出计划里有没有负数。

为什么：预算安排的钱不会小于零。出现负号，多半是把短横线或表格线录成了负号，或录入了调减的差额。

例子：财政资金 -150.00；预算调减 20 万元，把调整文件里的预算数写成 -20.00。

怎么改：对照公开文件改正。预算调减时，调整文件里要写调整后的预算数，不写差额。公开文件本身就是负数
的，请按原文保留，并在 notes 里写 rule: C102 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import amounts
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C102", Severity.ERROR, "金额为负数")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for amounts below zero."""
    for amount in amounts(subject.project):
        if amount.value < 0:
            yield subject.remark(
                RULE,
                amount.field,
                f"{amount.name}是负数：{amount.value} 万元。",
                "请核对负号是不是误录；调减预算的，这里应写调整后的金额。" + or_accept(RULE),
            )
