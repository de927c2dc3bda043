"""分值之和与规定的分值不符

检查什么：自评结果的分值。一级指标写明分值的（如“产出指标(50分)”），其下各指标分值之和是否与它相等；
所有指标的分值之和是否为 100 分，或 90 分、80 分（其余为预算执行率的分值）。自评没有列全指标、有的指
标没有分值的，不检查。

为什么：分值之和不对，得分和总分就没有意义。多半是漏录了一行，或有一个分值录错。

例子：产出指标(50分)之下，各指标的分值为 20、10、10，合计 40 分。

怎么改：对照自评表改正。公开文件本身如此的，请在自评结果的 notes 里写 rule: C407 和说明。

出处：项目支出绩效自评表“分值”一栏；本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.evaluated import Evaluated, evaluated
from disclosure.checks.subject import ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.indicator_levels import points
from disclosure.model.records import CheckSettings

RULE = Rule("C407", Severity.WARNING, "分值之和与规定的分值不符")
#: All, or what the rate of execution leaves: 10 as a rule, 20 in some districts.
_TOTALS = (Decimal(100), Decimal(90), Decimal(80))


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Add up the points under each first level that states its own, and all of them."""
    rows = evaluated(subject.project.current, subject.result)
    hint = "请对照自评表核对各指标的分值。" + or_accept(RULE)
    levels = [row.indicator.level1 for row in rows if row.indicator.level1]
    for level in dict.fromkeys(level for level in levels if points(level) is not None):
        group = [row for row in rows if row.indicator.level1 == level]
        total = _sum(group)
        if total is not None and total != points(level):
            message = f"“{level}”之下 {len(group)} 个指标的分值之和为 {total} 分。"
            place = ("indicators", group[0].position or 0, "points")
            yield subject.remark(RULE, place, message, hint)
    whole = _sum(rows)
    if whole is not None and whole not in _TOTALS:
        message = f"{len(rows)} 个指标的分值之和为 {whole} 分，不是 100 分，也不是 90 分或 80 分。"
        yield subject.remark(RULE, ("indicators",), message, hint)


def _sum(rows: list[Evaluated]) -> Decimal | None:
    """The rows' points together; None if one has none."""
    found = [row.result.points for row in rows if row.result and row.result.points is not None]
    return sum(found, Decimal(0)) if found and len(found) == len(rows) else None
