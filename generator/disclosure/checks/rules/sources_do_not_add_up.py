"""预算数与资金来源之和不符

检查什么：预算数是否等于财政资金加其他资金。原表中空着的一项按没有计算；两项都空着时不检查。原表另
外列有资金来源（如上年结转）的，加上其中几项相等也可以。表样只列“其中”一项、没有另一项的，只看是否大
于预算数。

为什么：这是公众最先核对的数字。三个数字对不上，说明至少有一个录错或原表有误。

例子：预算数 150.00，财政资金 100.00，其他资金 40.00，合计 140.00，相差 10.00。

怎么改：对照公开文件改正录错的数字。如果公开文件本身就对不上，请按原文保留，并在 notes 里写
rule: C101 和说明，说明会公开显示在数字旁边。

出处：项目支出绩效目标表“预算数”“其中：财政资金”“其他资金”三栏的关系。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from disclosure.checks.subject import ProjectSubject
from disclosure.forms.library import known, shipped
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C101", Severity.ERROR, "预算数与资金来源之和不符")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the total with the sum of its two sources."""
    budget = subject.project.budget
    sources = [amount for amount in (budget.fiscal, budget.other) if amount is not None]
    if budget.total is None or not sources or sum(sources) == budget.total:
        return
    if sum(sources) < budget.total and not _prints_both(subject.project.form):
        return  # the form may list one of them only, which need not be all
    others = [amount for amount in budget.parts.values() if amount is not None]
    if not _made_up(budget.total - sum(sources), others):
        yield subject.remark(
            RULE,
            ("budget", "total"),
            f"预算数 {budget.total} 万元，而财政资金与其他资金之和为 {sum(sources)} 万元，"
            f"相差 {abs(budget.total - sum(sources))} 万元。",
            "请对照公开文件核对三个数字；公开文件本身如此的，请在 notes 里写 rule: C101 和说明。",
        )


def _prints_both(form_id: str | None) -> bool:
    """Whether a form is known to have a cell for either source; the default one has."""
    if form_id is None:
        return True
    return form_id in known() and {"budget.fiscal", "budget.other"} <= shipped(form_id).paths


#: Of more amounts the sums are too many to try; no form has so many sources.
_MAX_AMOUNTS = 16


def _made_up(rest: Decimal, amounts: Sequence[Decimal]) -> bool:
    """Whether some of the amounts together are the rest."""
    if len(amounts) > _MAX_AMOUNTS:
        return False
    sums = {Decimal(0)}
    for amount in amounts:
        sums |= {one + amount for one in sums}
    return rest in sums
