"""指标值比上年变化很大

检查什么：延续项目中同一个指标的年初指标值，与上年相比增减是否超过一定比例。默认 50%，可以在
checks.yml 里用 target_change 修改。只比较符号相同、单位能够换算的数值；百分比按百分点比较；个数、次
数等相差不足 5 的不检查。notes 里已有注在该指标的说明的，不再报告。

为什么：指标值突然大幅变化，可能是录错（9500 应为 950），也可能是目标放松了，公众需要知道原因。

例子：上年 ≥950人次，本年 ≥9500人次，没有说明。

怎么改：先核对两年的指标值。确实如此的，请在本年项目的 notes 里写 at: 三级指标名称、rule: C702 和原
因。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.explaining_notes import explains
from disclosure.checks.percents import percent_over
from disclosure.checks.subject import DepartmentSubject
from disclosure.compare import ComparedYears, ProjectChange, ProjectDifference, project_difference
from disclosure.model import target
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Kind, Target
from disclosure.model.target_table import Indicator

RULE = Rule("C702", Severity.HINT, "指标值比上年变化很大")
#: Fewer pieces, persons or times than this make a large share of a small number.
_MIN_CHANGE = Decimal(5)


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
    place = change.succession.place(change.succession.old[0])
    old_year = place.year.year if place else pair.old.year
    if first.project is not found.new:
        # An adjustment has its own reason; what the year began with is compared.
        found = project_difference(found.old, first.project, old_year, pair.new.year)
    budgets = found.old.budget.counted, first.project.budget.counted
    for item in found.indicators:
        if item.old is None or item.new is None or not item.certain:
            continue
        if item.old.target == item.new.target:  # most are, and understanding one takes time
            continue
        before = target.parse(item.old.target, old_year)
        after = target.parse(item.new.target, pair.new.year)
        change_of_it = _jump(before, after, budgets, most)
        if change_of_it and not explains(first.project.notes, item.new.name):
            position = _position(first.project.indicator_rows, item.new)
            yield Remark(
                RULE,
                first.path,
                ("indicators", position, "target"),
                f"“{item.new.name}”{old_year}年为“{before.printed}”，"
                f"{pair.new.year}年为“{after.printed}”，{change_of_it}。",
                "请核对两年的指标值。" + or_accept(RULE, "确实如此的"),
            )


def _position(rows: tuple[Indicator, ...], row: Indicator) -> int:
    return next(position for position, one in enumerate(rows) if one is row)


def _jump(
    before: Target, after: Target, budgets: tuple[Decimal | None, Decimal | None], most: int
) -> str | None:
    """How far a target moved, if it is further than allowed and than the money moved."""
    numbers = _numbers(before, after)
    if numbers is None:
        return None
    old, new = numbers
    moved = abs(new - old)
    verb = "增加" if new > old else "减少"
    if before.unit and before.unit.quantity == "share":
        return f"{verb} {moved.normalize():f} 个百分点，超过 {most} 个" if moved > most else None
    small = before.unit and before.unit.quantity.startswith("count:") and moved < _MIN_CHANGE
    if old == 0 or small or moved * 100 <= most * old:
        return None
    then, now = budgets
    if then is not None and now is not None:
        with_money = old * now
        if abs(new * then - with_money) * 100 <= most * with_money:
            return None
    return f"{verb} {percent_over(moved, old, most)}，超过 {most}%"


def _numbers(before: Target, after: Target) -> tuple[Decimal, Decimal] | None:
    """Both numbers in one unit, where sign and quantity are the same."""
    if before.kind is not Kind.NUMBER or after.kind is not Kind.NUMBER:
        return None
    if before.low is None or after.low is None or before.sign is not after.sign:
        return None
    one, other = before.unit, after.unit
    if one is None and other is None:
        return before.low, after.low
    if one is None or other is None or one.quantity != other.quantity:
        return None
    return (
        before.low * one.factor / one.per_factor,
        after.low * other.factor / other.per_factor,
    )
