"""主要任务的金额超过部门预算

检查什么：部门整体绩效目标表中，年度主要任务的金额合计是否大于部门预算的总额；分财政资金、其他资金
填写的，分别比较。任务没有填金额，或表中没有部门预算的不检查。

为什么：任务的钱出自部门预算。合计比预算还大，说明有一个数字录错，或金额单位（元、万元）弄混了。

例子：部门预算 1200.00，三项任务分别为 600.00、500.00、300.00。

怎么改：对照公开文件改正。公开文件本身如此的，请按原文保留，并在 department_table 的 notes 里写
rule: C113 和说明。

出处：部门整体绩效目标表“年度主要任务”一栏。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import DEPARTMENT_TABLE, YearSubject
from disclosure.model.dataset import total
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target_table import Budget

RULE = Rule("C113", Severity.WARNING, "主要任务的金额超过部门预算")


def check(subject: YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the tasks together with the department's money."""
    table = subject.year.disclosure.department_table
    if table is None or table.budget is None:
        return
    budgets = [task.budget for task in table.tasks if task.budget]
    for name, whole, parts in _compared(table.budget, budgets):
        together = total(parts)
        if whole is not None and together > whole:
            yield subject.remark(
                RULE,
                (DEPARTMENT_TABLE, "tasks"),
                f"{len(budgets)} 项任务的{name}合计 {together} 万元，大于部门预算的 {whole} 万元，"
                f"多 {together - whole} 万元。",
                "请核对这些数字和金额单位。" + or_accept(RULE),
            )


_Compared = tuple[str, Decimal | None, list[Decimal | None]]


def _compared(whole: Budget, parts: list[Budget]) -> Iterator[_Compared]:
    yield "金额", whole.counted, [part.counted for part in parts]
    yield "财政资金", whole.fiscal, [part.fiscal for part in parts]
    yield "其他资金", whole.other, [part.other for part in parts]
