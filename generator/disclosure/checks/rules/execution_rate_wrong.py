"""执行率与执行数、预算数不符

检查什么：自评表写的执行率，是否等于全年执行数除以全年预算数，各行资金分别核对；单独写在别的栏目里的
“执行率”“预算执行率”，与总额核对。按印出的小数位数（最多比较六位）四舍五入或舍去尾数都可以；金额印有
小数的，用四舍五入以前的金额计算也可以，没有小数的按印出的金额计算；写成小数（如 0.95）的也可以。没
有分值的行写 0 的，是系统没有填写，不检查；没有预算数的不检查。

为什么：执行率是钱花得怎么样最直接的数字，也决定预算执行的得分。算不出来，说明三个数字里有一个录错。

例子：全年预算数 129.35，全年执行数 111.76，执行率应为 86.4%，自评表写 96.4%。

怎么改：对照自评表改正录错的数字。公开文件本身如此的，请按原文保留，并在自评结果的 notes 里写
rule: C118 和说明。

出处：绩效自评表“全年预算数（A）”“全年执行数（B）”“执行率（B/A）”三栏的关系。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.checks.added_up import last_place
from disclosure.checks.advice import or_accept
from disclosure.checks.subject import FieldPath, ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.evaluations import Evaluation
from disclosure.model.fields import Amount, MoneyUnit, amount_in
from disclosure.model.records import CheckSettings
from disclosure.model.target_table import Fund

RULE = Rule("C118", Severity.WARNING, "执行率与执行数、预算数不符")
#: More decimals, and longer numbers, are more than the arithmetic here keeps exact.
_RATE = re.compile(r"([0-9]{1,30}(?:\.([0-9]{1,6})[0-9]*)?)\s*([%％]?)")
_FACT = re.compile(r"(?:全年|年度)?(?:预算|资金)?(?:执行|支出)率(?:[（(][%％][）)])?")
_POINTS = re.compile(r"[0-9.]+分?")
_ZERO = re.compile(r"[0.%％\s]")


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare each printed rate with the amounts that it is made of."""
    hint = "请核对执行率和这两个数字。" + or_accept(RULE)
    unit = subject.result.money
    for field, name, printed, spent, budget in _rates(subject.result):
        found = _RATE.fullmatch(printed.strip())
        if found is None or spent < 0 or budget <= 0:
            continue
        between, last = _exact(spent, budget, unit), Decimal(1).scaleb(-len(found[2] or ""))
        ways = [(Decimal(found[1]), last)]
        if not found[3]:
            ways.append((ways[0][0] * 100, last * 100 if found[2] else last))
        if not any(_fits(rate, place, between) for rate, place in ways):
            said = f"{name}执行率 {printed}，而执行数 {spent} 万元除以预算数 {budget} 万元是 "
            shown = (spent / budget * 100).quantize(last, ROUND_HALF_UP)
            yield subject.remark(RULE, field, f"{said}{shown:f}%。", hint)


def _exact(spent: Amount, budget: Amount, unit: MoneyUnit) -> tuple[Decimal, Decimal]:
    """The least and the most that the rate can be, in per cent.

    Amounts with decimals are rounded; systems divide what was there before, and of little money
    that is another rate. Whole amounts are taken as they are.
    """
    off = [last_place(one, unit) / 2 if "." in one.printed else 0 for one in (spent, budget)]
    return (spent - off[0]) / (budget + off[1]) * 100, (spent + off[0]) / (budget - off[1]) * 100


def _fits(rate: Decimal, last: Decimal, between: tuple[Decimal, Decimal]) -> bool:
    """Whether a rate is an exact one, rounded or cut off at its last place."""
    return rate - last / 2 <= between[1] and between[0] < rate + last


def _rates(result: Evaluation) -> Iterator[tuple[FieldPath, str, str, Amount, Amount]]:
    """Each rate with its place, whose it is, its text, and what was spent of how much."""
    for at, row in enumerate(result.funds):
        spent = amount_in(row.spent or "", result.money)
        budget = amount_in(row.budget or "", result.money)
        if row.rate and spent is not None and budget is not None and not _is_left_at_zero(row):
            yield ("funds", at, "rate"), f"“{row.name}”的", row.rate, spent, budget
    if result.spent is not None and result.budget is not None:
        for name, text in result.facts.items():
            if text and _FACT.fullmatch(name):
                yield ("facts", name), "", text, result.spent, result.budget


def _is_left_at_zero(row: Fund) -> bool:
    """Whether a row that earns no points has a rate that nobody filled in."""
    return not (_ZERO.sub("", row.rate or "") or _POINTS.fullmatch(row.points or ""))
