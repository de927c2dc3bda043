"""自评的年初预算数不是首次公开的预算数

检查什么：自评表第一行资金的年初预算数，是否等于目标表首次公开的预算数。没有填、填的不是金额的不检
查。

为什么：年初预算数就是随预算公开的那个数。不相等，说明有一个录错，或事后改过年初的数字。

例子：目标表首次公开时预算数 150.00，自评表年初预算数 120.00。

怎么改：对照两份公开文件改正录错的数字。公开文件本身如此的，请在自评结果的 notes 里写 rule: C115
和说明。

出处：项目支出绩效自评表“年初预算数”一栏。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.fields import amount_in
from disclosure.model.records import CheckSettings

RULE = Rule("C115", Severity.WARNING, "自评的年初预算数不是首次公开的预算数")


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the sum at the beginning of the year with what was first published."""
    result = subject.result
    stated = amount_in(result.funds[0].initial or "", result.money) if result.funds else None
    first = subject.project.versions[0].project.budget.counted
    if stated is not None and first is not None and stated != first:
        yield subject.remark(
            RULE,
            ("funds", 0, "initial"),
            f"自评的年初预算数 {stated} 万元，目标表首次公开的预算数 {first} 万元，"
            f"相差 {abs(stated - first)} 万元。",
            "请核对这两个数字和金额单位。" + or_accept(RULE),
        )
