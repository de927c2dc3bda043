"""自评的预算数不是现行预算数

检查什么：自评结果的全年预算数是否等于目标表现行版本（有调整的按最后一次调整）的预算数。已撤销的项目
不检查。

为什么：自评应当对照调整后的预算。两者不同，说明预算调整过却没有公开调整后的目标表，或自评仍用了年初
数。

例子：年初预算 150.00，6 月调整为 210.00，自评表的全年预算数仍写 150.00。

怎么改：对照自评表改正；预算确实调整过的，补录调整文件。公开文件本身如此的，请在自评结果的 notes 里
写 rule: C109 和说明。

出处：项目支出绩效自评表“全年预算数”与目标表“预算数”的关系。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C109", Severity.WARNING, "自评的预算数不是现行预算数")


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the self-evaluation's budget with the one in force."""
    stated, current = subject.result.budget, subject.project.current.budget.counted
    if stated is None or current is None or subject.project.withdrawn or stated == current:
        return
    message = f"自评的全年预算数 {stated} 万元，目标表现行的预算数 {current} 万元。"
    earlier = [version.project.budget.counted for version in subject.project.versions[:-1]]
    if stated in earlier:
        message += "它是调整前的数字。"
    hint = "请核对这两个数字，以及有没有漏录预算调整。" + or_accept(RULE)
    yield subject.remark(RULE, subject.place_of("budget"), message, hint)
