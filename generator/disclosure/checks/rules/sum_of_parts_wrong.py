"""资金明细之和与合计不符

检查什么：原表另外列出的各项金额（budget 的 parts）：
- 没有填财政资金、其他资金，只列资金来源的（如一般公共预算拨款、政府性基金、上年结转），各来源之和是
  否等于总额，写明是上年、某一年、实施期等的，算或不算在内都可以；
- 名称是合计、小计、总计的一项，是否等于它下面或上面各项之和，财政资金、其他资金可以算在内；
- 名称写成“某某：明细”的几项，之和是否等于某某；明细里写有“其中”的，只看是否大于某
  某。以“其中”开头的一项，是否大于它上面的一项。

某一项下面又列出明细的，明细之和等于它就不重复计算；结转、结余和后面标明“其中”的，算或不算在内都可以。
合计的小数位数较少的，按同样的位数比较。比所列各项还小的“合计”，是别的东西的合计，不检查。

为什么：明细是公众核对总额的依据。对不上，说明有一个数字录错，或漏录了一项。

例子：总额 150.00，一般公共预算拨款 100.00，政府性基金 40.00。

怎么改：对照公开文件改正录错的数字、补录漏掉的一项，看看 money 写的单位对不对。公开文件本身对不上
的，请按原文保留，并在 notes 里写 rule: C117 和说明。

出处：项目支出绩效目标表、部门整体绩效目标表的资金栏目。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from disclosure.checks.added_up import SUM_NAME, SumRow, rounded, sums
from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import OTHER_TIMES
from disclosure.checks.subject import ProjectSubject
from disclosure.model.dataset import total
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.fields import Amount, MoneyUnit
from disclosure.model.records import CheckSettings
from disclosure.model.target_table import Budget

RULE = Rule("C117", Severity.WARNING, "资金明细之和与合计不符")
_SOURCE = re.compile(
    "拨款|公共预算|政府性基金|国有资本经营|财政专户|专户资金|结转|结余|事业收入|经营收入|上级补助|"
    "上缴收入|单位资金|自筹|其[他它](?:资金|收入)|债券|社会资金|捐赠"
)
#: Money of another year or of several; what is carried over from one is money of this year.
_OTHER_TIMES = re.compile(f"^(?!.*(?:结转|结余)).*(?:{OTHER_TIMES.pattern}|(?:19|20)[0-9]{{2}}年)")
_NUMBERING = re.compile(r"^[（(]?[0-9一二三四五六七八九十]{1,2}[）).、．]+")
#: A finding: the name of the part that is wrong ("" for the total), and what is wrong with it.
_Wrong = Iterator[tuple[str, str]]


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare each sum among the parts of a budget with its parts."""
    budget, unit = subject.project.budget, subject.project.money
    parts = {name: amount for name, amount in budget.parts.items() if amount is not None}
    hint = "请核对这些数字和金额单位。" + or_accept(RULE)
    for name, message in (
        *_total(budget, parts, unit),
        *_sums(budget, parts, unit),
        *_within(budget, parts),
        *_detailed(parts, unit),
    ):
        field = ("budget", "parts", name) if name else ("budget", "total")
        yield subject.remark(RULE, field, message, hint)


def _total(budget: Budget, parts: Mapping[str, Amount], unit: MoneyUnit) -> _Wrong:
    """The total of a form that prints its sources of money by name alone."""
    now = {name: amount for name, amount in parts.items() if not _OTHER_TIMES.search(name)}
    named = len(now) > 1 and all(_SOURCE.search(one) and not SUM_NAME.search(one) for one in parts)
    if budget.total is None or not named or not budget.fiscal is budget.other is None:
        return
    # A year in a name can be this one: such an amount counts or not.
    beside = [amount for name, amount in parts.items() if name not in now]
    if not _is_sum(budget.total, _rows(now), beside, unit):
        together = total(now.values())
        yield "", f"总额 {budget.total} 万元，而各项资金来源{_apart(budget.total, together)}。"


def _sums(budget: Budget, parts: Mapping[str, Amount], unit: MoneyUnit) -> _Wrong:
    """Every 合计 among the parts, with what stands below it and what stands above."""
    rows = _rows(parts)
    at_sums = [at for at, row in enumerate(rows) if SUM_NAME.search(row.name)]
    beside = [amount for amount in (budget.fiscal, budget.other) if amount is not None]
    for at in at_sums:
        ends = [*(one for one in at_sums if one > at), len(rows)]
        begins = [*(one for one in reversed(at_sums) if one < at), -1]
        runs = [rows[at + 1 : end] for end in ends]
        for begin in begins:
            above = rows[begin + 1 : at]
            runs += [above, above[::-1]]
        name, stated = rows[at].name, parts[rows[at].name]
        # What is less than one of them is the sum of something else.
        runs = [run for run in runs if run and max(row.amount for row in run) <= stated]
        if runs and not any(_is_sum(stated, run, beside, unit) for run in runs):
            together = total(row.amount for row in runs[0] if not SUM_NAME.search(row.name))
            yield name, f"“{name}”{stated} 万元，而所列各项{_apart(stated, together)}。"


def _within(budget: Budget, parts: Mapping[str, Amount]) -> _Wrong:
    """Every 其中 that is more than the part that it is said to be within."""
    known = [amount for amount in (budget.fiscal, budget.other) if amount is not None]
    for (name, amount), (part, within) in pairwise(parts.items()):
        is_within = part.startswith("其中") and not name.startswith("其中")
        if is_within and within > max([amount, *known]):
            yield part, f"“{part}”{within} 万元，大于“{name}”{amount} 万元。"


def _detailed(parts: Mapping[str, Amount], unit: MoneyUnit) -> _Wrong:
    """Every part that others detail by its name, `某某：明细`."""
    whole = {_NUMBERING.sub("", name): name for name in parts}
    details: dict[str, list[tuple[str, Amount]]] = {}
    for name, amount in parts.items():
        above, _, detail = _NUMBERING.sub("", name).partition("：")
        if detail and above in whole:
            details.setdefault(whole[above], []).append((detail, amount))
    for name, found in details.items():
        stated, together = parts[name], total(amount for _, amount in found)
        said = rounded(together, stated, unit)
        is_all = len(found) > 1 and not any("其中" in detail for detail, _ in found)
        if said > stated or (is_all and said != stated):
            yield name, f"“{name}”{stated} 万元，而它的明细{_apart(stated, together)}。"


def _rows(parts: Mapping[str, Amount]) -> list[SumRow]:
    return [SumRow(name, amount, at == 0) for at, (name, amount) in enumerate(parts.items())]


def _is_sum(
    stated: Amount, rows: Sequence[SumRow], beside: Sequence[Decimal], unit: MoneyUnit
) -> bool:
    """Whether rows add up to a sum, with some of the amounts that stand beside them."""
    found = sums([*rows, *(SumRow("其中", amount) for amount in beside)])
    return found is None or any(rounded(one, stated, unit) == stated for one in found)


def _apart(stated: Decimal, together: Decimal) -> str:
    return f"之和为 {together} 万元，相差 {abs(together - stated)} 万元"
