"""执行数超过预算数

检查什么：自评结果的全年执行数是否超过全年预算数。自评表没有填预算数的，与目标表现行的预算数比较。

为什么：支出应当控制在预算之内。执行数更大，可能是录错、漏录了预算调整，或用了上年结转的资金；无论哪
一种，公众都需要知道原因。

例子：全年预算数 150.00，全年执行数 1500.00。

怎么改：对照自评表改正；有预算调整的，补录调整文件。确实超过的（如使用上年结转资金），请在自评结果的
notes 里写 rule: C108 和说明。

出处：项目支出绩效自评表“全年预算数”“全年执行数”两栏的关系。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C108", Severity.WARNING, "执行数超过预算数")


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare what was spent with the budget that the self-evaluation names, or the table's."""
    spent, name = subject.result.spent, "全年预算数"
    budget: Decimal | None = subject.result.budget
    if budget is None:
        # What a withdrawn project spent before its withdrawal has no budget to compare with.
        if subject.project.withdrawn:
            return
        budget, name = subject.project.current.budget.counted, "目标表的预算数"
    if spent is not None and budget is not None and spent > budget:
        yield subject.remark(
            RULE,
            subject.place_of("spent"),
            f"全年执行数 {spent} 万元，超过{name} {budget} 万元，多 {spent - budget} 万元。",
            "请核对这两个数字，以及有没有漏录预算调整。" + or_accept(RULE, "确实超过的"),
        )
