"""自评表各行资金之和与总额不符

检查什么：自评表的资金（funds），年初预算数、全年预算数、全年执行数每一栏，总额是否等于下面各行（财政
拨款、上年结转、其他资金等）之和；只有一行的，看它是否大于总额。某一行下面又列出明细的，明细之和等于它
就不重复计算；结转、结余和后面标明“其中”的行，算或不算在内都可以。合计的小数位数较少的，按同样的位数比
较。第一行不是总额，或有一格填的不是金额的，这一栏不检查。

为什么：总额由各行资金构成。对不上，说明有一个数字录错或漏录了一行，执行率也就不可信。

例子：年度资金总额的全年执行数 111.76，财政拨款 99.41，其他资金 21.35，合计 120.76。

怎么改：对照自评表改正录错的数字、补录漏掉的一行。公开文件本身对不上的，请按原文保留，并在自评结果的
notes 里写 rule: C119 和说明。

出处：绩效自评表“年度资金总额”及其下各行的关系。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.added_up import SUM_NAME, SumRow, rounded, sums
from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.evaluations import Evaluation
from disclosure.model.fields import Amount, amount_in, title_of
from disclosure.model.records import CheckSettings
from disclosure.model.target_table import Fund

RULE = Rule("C119", Severity.WARNING, "自评表各行资金之和与总额不符")
_COLUMNS = ("initial", "budget", "spent")
_SUM = re.compile(f"{SUM_NAME.pattern}|总额")
#: A first row with such a name is no sum of those below it.
_SOURCE = re.compile(
    "拨款|公共预算|基金|结转|结余|其[他它]|自筹|^其中|基本支出|^项目支出$|财政资金|单位资金|"
    "中央|省级|市级|县级|区级|本级|补助|事业"
)
_NOTHING = re.compile(r"[\W_]*")


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the first row of money with those below it, column by column."""
    result = subject.result
    if len(result.funds) < 2 or not _sum_first(result):
        return
    hint = "请核对这一栏的数字和金额单位。" + or_accept(RULE)
    for column in _COLUMNS:
        stated, parts = _cell(result, 0, column), _parts(result, column)
        if stated is None or not parts or not (said := _wrong(result, stated, parts)):
            continue
        name, title = result.funds[0].name, title_of(Fund, column)
        message = f"“{name}”的{title} {stated} 万元，{said}。"
        yield subject.remark(RULE, ("funds", 0, column), message, hint)


def _sum_first(result: Evaluation) -> bool:
    first, *others = (row.name for row in result.funds)
    return bool(_SUM.search(first) or not _SOURCE.search(first)) and not any(
        _SUM.search(name) for name in others
    )


def _wrong(result: Evaluation, stated: Amount, parts: list[SumRow]) -> str:
    """What is wrong with a sum; "" if nothing is."""
    together = sum((part.amount for part in parts), Decimal(0))
    if len(result.funds) == 2:
        more = rounded(together, stated, result.money) > stated
        return f"而“{parts[0].name}”是 {together} 万元" if more else ""
    found = sums(parts)
    if found is None or any(rounded(one, stated, result.money) == stated for one in found):
        return ""
    return f"而下面各行之和为 {together} 万元，相差 {abs(together - stated)} 万元"


def _parts(result: Evaluation, column: str) -> list[SumRow]:
    """The amounts below the sum; none at all where a cell says something else."""
    parts = []
    for at, row in enumerate(result.funds[1:], 1):
        amount = _cell(result, at, column)
        if amount is not None:
            parts.append(SumRow(row.name, amount, first=at == 1))
        elif not _NOTHING.fullmatch(getattr(row, column) or ""):
            return []
    return parts


def _cell(result: Evaluation, at: int, column: str) -> Amount | None:
    return amount_in(getattr(result.funds[at], column) or "", result.money)
