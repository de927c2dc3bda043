"""指标描述与指标值不一致

检查什么：绩效指标描述（或三级指标名称）里写明的数值、符号、单位或期限，与指标值是否矛盾。
只看整句就是一个目标的写法，如“满意度大于等于90%”。“5000万元以上标准的企业”“每次不少于3天”
这类说明对象或局部的数字不算；换算后相等的（50万与50万元、12月底与12月31日）不算；“大于”与
“大于等于”不算。

为什么：同一行里写了两个目标，公众和考核的人不知道以哪个为准，多半是改了一处忘了另一处。

例子：描述写“投产达效项目数量大于等于10个”，指标值写“≥8个”。

怎么改：对照公开文件改正录错的一处。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C301
和说明，说明会公开显示在指标旁边。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.claims import claims
from disclosure.checks.measures import differ
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Sign, Target

RULE = Rule("C301", Severity.WARNING, "指标描述与指标值不一致")

_LOWER = {Sign.AT_LEAST, Sign.MORE}
_UPPER = {Sign.AT_MOST, Sign.LESS}
# Multipliers alone (50万) may stand for any of these.
_COUNTED_IN_WHOLE = ("money", "count:")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Hold the one claim of each row that can be compared against its target."""
    for position, row, target in subject.rows():
        found = [
            (claim, what)
            for claim in claims(row, subject.year.year)
            if (what := _difference(claim, target)) is not None
        ]
        if len(found) == 1 and found[0][1]:
            claim, what = found[0]
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.level3}”的文字写“{claim.printed}”，指标值写“{target.printed}”，"
                f"两处的{what}不一致。",
                "请对照公开文件改正录错的一处；"
                "公开文件本身如此的，请在 notes 里写 rule: C301 和说明。",
            )


def _difference(claim: Target, target: Target) -> str | None:
    """What differs; empty if nothing does, None if the two do not speak of the same thing."""
    if claim.kind is not target.kind or target.doubt:
        return None
    if claim.deadline is not None:
        return _of_deadlines(claim, target)
    return _of_numbers(claim, target)


def _of_deadlines(claim: Target, target: Target) -> str | None:
    if claim.before.endswith("每年") != target.before.endswith("每年"):
        return None
    return "" if claim.deadline == target.deadline else "期限"


def _of_numbers(claim: Target, target: Target) -> str | None:
    same_number = claim.high == target.high
    if claim.unit and target.unit and differ(claim.unit, target.unit):
        # 10个 beside 90% is about something else; 8个 beside 8% is one thing, written wrong.
        return "单位" if same_number and claim.sign is target.sign else None
    first, second = _amount(claim, target), _amount(target, claim)
    if first is None or second is None:
        return "" if same_number else None
    if first != second:
        return "数值"
    return "符号" if _opposed(claim.sign, target.sign) else ""


def _amount(one: Target, other: Target) -> Decimal | None:
    """The number in a unit that both have in common; None if there is none."""
    if one.high is None:
        return None
    if one.unit is None or other.unit is None:
        # The missing unit can only be the other's, unless that is a price.
        price = any(each.unit and each.unit.per for each in (one, other))
        return None if price else one.high
    if one.unit.quantity == other.unit.quantity:
        return one.high * one.unit.factor * other.unit.per_factor
    quantities = {one.unit.quantity, other.unit.quantity}
    if "number" in quantities:
        named = (quantities - {"number"}).pop()
        whole = named.startswith(_COUNTED_IN_WHOLE) and "/" not in named
        return one.high * one.unit.factor if whole else None
    # 个 stands for any counter: 10个 and 8家 can be compared, 10次 and 8人 cannot.
    counted = all(quantity.startswith("count:") for quantity in quantities)
    comparable = counted and "count:个" in quantities
    return one.high * one.unit.factor if comparable else None


def _opposed(one: Sign | None, other: Sign | None) -> bool:
    return (one in _LOWER and other in _UPPER) or (one in _UPPER and other in _LOWER)
