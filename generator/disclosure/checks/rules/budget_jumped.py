"""预算数比上年变化很大

检查什么：延续项目的年初预算数，与上年相比增减是否超过一定比例。默认 50%，可以在 checks.yml 里用
budget_change 修改。上年有调整的，只要与调整前或调整后的一个数相比没有超过，就不报告；合并、拆分的项
目按合计比较。增减不足 5 万元的、已撤销的、上年为 0 的不检查；notes 里已有 at: budget 的说明的，不再
报告。

为什么：公众会问为什么变化这么大；也可能是小数点录错（15.00 录成 150.00）。

例子：上年 100.00，本年 1000.00，没有说明。

怎么改：先核对两年的数字。确实如此的，请在本年项目的 notes 里写 at: budget、rule: C701 和原因。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.explaining_notes import explains
from disclosure.checks.percents import percent_over
from disclosure.checks.subject import DepartmentSubject
from disclosure.compare import ComparedYears, Succession
from disclosure.model.dataset import ProjectYear, budget_of, first_budget_of
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C701", Severity.HINT, "预算数比上年变化很大")
#: Below this many 万元 a large share is still little money.
_MIN_CHANGE = Decimal(5)


def check(subject: DepartmentSubject, settings: CheckSettings) -> Iterator[Remark]:
    """Compare each year's first budgets with the year before."""
    for pair in subject.years:
        for change in pair.changes:
            succession = change.succession
            if succession.old and succession.new and succession.counted_here:
                yield from _jump(pair, succession, settings.budget_change)


def _jump(pair: ComparedYears, succession: Succession, most: int) -> Iterator[Remark]:
    projects = (*succession.old, *succession.new)
    if any(project.withdrawn or _without_budget(project) for project in projects):
        return
    first = succession.new[0].versions[0]
    new = first_budget_of(succession.new)
    # Whichever is nearer: a budget may well follow last year's adjustment, or return from it.
    old = min(
        first_budget_of(succession.old), budget_of(succession.old), key=lambda one: abs(new - one)
    )
    if old <= 0 or abs(new - old) < _MIN_CHANGE or abs(new - old) * 100 <= most * old:
        return
    if any(explains(one.versions[0].project.notes, "budget") for one in succession.new):
        return
    percent = percent_over(abs(new - old), old, most)
    now, then = len(succession.new), len(succession.old)
    whose = f"拆分后 {now} 个项目的预算数合计" if now > 1 else "预算数"
    whence = f"{pair.old.year}年" + (f"承接前的 {then} 个项目合计" if then > 1 else "")
    yield Remark(
        RULE,
        first.path,
        ("budget", "total"),
        f"{whose} {new} 万元，{whence}为 {old} 万元，"
        f"{'增加' if new > old else '减少'} {percent}，超过 {most}%。",
        f"请核对这两个数字。{or_accept(RULE, '确实如此的')}",
    )


def _without_budget(project: ProjectYear) -> bool:
    """Whether a form of the project prints no budget: nothing is known of how it changed."""
    return any(version.project.budget.counted is None for version in project.versions)
