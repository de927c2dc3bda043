"""指标值比上年变化很大

检查什么：延续项目中同一个指标的年初指标值，与上年相比增减是否超过一定比例。默认 50%，可以在
checks.yml 里用 target_change 修改。只比较符号相同、单位能够换算的数值；百分比按百分点比较；个数、次
数等相差不足 5 的不检查。 notes 里已有注在该指标的说明的，不再报告。

为什么：指标值突然大幅变化，可能是录错（9500 应为 950），也可能是目标放松了，公众需要知道原因。

例子：上年 ≥950人次，本年 ≥9500人次，没有说明。

怎么改：先核对两年的指标值。确实如此的，请在本年项目的 notes 里写 at: 三级指标名称、rule: C702 和原
因。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator import target
from generator.checks.advice import or_accept
from generator.checks.statements import explains
from generator.checks.subject import DepartmentSubject
from generator.compare import ComparedYears, ProjectChange, ProjectDifference, difference
from generator.diagnostics import Remark, Rule, Severity
from generator.model import CheckSettings, Indicator
from generator.target import Kind, Target

RULE = Rule("C702", Severity.HINT, "指标值比上年变化很大")
#: Fewer pieces, persons or times than this make a large share of a small number.
_LEAST = Decimal(5)


def check(subject: DepartmentSubject, settings: CheckSettings) -> Iterator[Remark]:
    """Compare each indicator of a project that goes on with last year's."""
    for pair in subject.years:
        for change in pair.changes:
            if change.difference is not None:
                yield from _indicators(pair, change, change.difference, settings.target_change)


def _indicators(
    pair: ComparedYears, change: ProjectChange, found: ProjectDifference, most: int
) -> Iterator[Remark]:
    first = change.succession.new[0].versions[0]
    if first.project is not found.new:
        # An adjustment has its own reason; what the year began with is compared.
        found = difference(found.old, first.project, pair.old.year, pair.new.year)
    for item in found.indicators:
        if item.old is None or item.new is None or not item.certain:
            continue
        text = _jump(pair, item.old, item.new, most)
        if text and not explains(first.project.notes, item.new.level3):
            position = _position(first.project.indicators, item.new)
            place = ("indicators", position, "target")
            hint = "请核对两年的指标值。" + or_accept(RULE, "确实如此的")
            yield Remark(RULE, first.path, place, text, hint)


def _position(rows: tuple[Indicator, ...], row: Indicator) -> int:
    return next(position for position, one in enumerate(rows) if one is row)


def _jump(pair: ComparedYears, old: Indicator, new: Indicator, most: int) -> str | None:
    """How far a target moved, if it is further than allowed."""
    before = target.parse(old.target, pair.old.year)
    after = target.parse(new.target, pair.new.year)
    amounts = _amounts(before, after)
    if amounts is None:
        return None
    one, other = amounts
    text = f"“{new.level3}”{pair.old.year}年为“{old.target}”，{pair.new.year}年为“{new.target}”，"
    verb = "增加" if other > one else "减少"
    if before.unit and before.unit.quantity == "share":
        points = abs(other - one)
        return f"{text}{verb} {points.normalize():f} 个百分点。" if points > most else None
    small = before.unit and before.unit.quantity.startswith("count") and abs(other - one) < _LEAST
    if not one or small or abs(other - one) * 100 <= most * one:
        return None
    return f"{text}{verb} {round(abs(other - one) * 100 / one)}%，超过 {most}%。"


def _amounts(before: Target, after: Target) -> tuple[Decimal, Decimal] | None:
    """Both numbers in one unit, where sign and quantity are the same."""
    if before.kind is not Kind.NUMBER or after.kind is not Kind.NUMBER:
        return None
    if before.low is None or after.low is None or before.sign is not after.sign:
        return None
    one, other = before.unit, after.unit
    if one is None or other is None:
        return None if one is not other else (before.low, after.low)
    if one.quantity != other.quantity:
        return None
    return (
        before.low * one.factor / one.per_factor,
        after.low * other.factor / other.per_factor,
    )
