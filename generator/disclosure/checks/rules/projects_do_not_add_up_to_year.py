"""项目预算数之和与年度合计不符

检查什么：disclosure.yml 写了年度项目预算数合计（total）的，各项目预算数之和是否与它相等。按年初公开
的数字或按现行数字（含调整、撤销）相等都可以；合计只写到万元或一位小数的，按同样的位数比较。没有写
total、或还没有录入项目的年度不检查。

为什么：合计是公众核对有没有漏掉项目的唯一办法。对不上，多半是漏录了项目，或有一个预算数录错。

例子：公开文件写合计 159.00，已录入的 2 个项目共 156.00，少录了一个 3.00 万元的项目。

怎么改：对照公开文件补录漏掉的项目或改正数字。公开文件本身对不上的，请按原文保留，并在
disclosure.yml 的 notes 里写 rule: C110 和说明。

出处：公开文件中的项目预算数合计。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.dataset import budget_of, first_budget_of
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C110", Severity.ERROR, "项目预算数之和与年度合计不符")


def check(subject: YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the year's stated total with the sum of its projects."""
    stated, projects = subject.year.disclosure.total, subject.year.projects
    if stated is None or not projects:
        return
    published = first_budget_of(projects)
    sums = {published, budget_of(projects)}
    if not any(stated == total.quantize(stated, ROUND_HALF_UP) for total in sums):
        yield subject.remark(
            RULE,
            ("total",),
            f"年度项目预算数合计 {stated} 万元，而 {len(projects)} 个项目的预算数之和为 "
            f"{published} 万元，相差 {abs(stated - published)} 万元。",
            "请核对有没有漏录的项目或录错的预算数。" + or_accept(RULE),
        )
