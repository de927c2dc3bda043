"""How far an actual number is from its target, in words and as a share."""

from __future__ import annotations

from decimal import Decimal

from disclosure.model.target.alignment import between
from disclosure.model.target.intervals import EXACT, Interval, side_by_side
from disclosure.model.target.percent import percent, worded
from disclosure.model.target.values import Kind, Sign, Target
from disclosure.model.target.verdict import Distance, Reason
from disclosure.model.target.wording import amount, value


def difference(
    target: Target, actual: Target, demanded: Decimal, reached: Decimal
) -> tuple[Reason, Distance]:
    """`少16个，完成86.7%`, from the two numbers on one line."""
    if demanded == reached:
        return Reason("与目标相同"), _distance(demanded, reached)
    off = between(target, actual, EXACT.subtract(max(demanded, reached), min(demanded, reached)))
    distance = _distance(demanded, reached)
    achieved = "" if distance.achieved is None else f"完成{worded(distance.achieved)}"
    return Reason(f"{'多' if reached > demanded else '少'}{off}", achieved), distance


def miss(
    target: Target, actual: Target, demanded: Interval, reached: Interval
) -> tuple[Reason, Distance]:
    """By how much a bound or a range was missed."""
    if reached.low != reached.high:
        return Reason(f"实际{value(actual)}，目标{value(target)}"), Distance()
    if reached.low in {demanded.low, demanded.high}:  # an open end: >92%, <5%
        verb = "超过" if target.sign is Sign.MORE else "不到"
        wording = f"正好{amount(actual)}，要求{verb}{amount(target)}"
        return Reason(wording), Distance(off=Decimal(0))
    below = reached.low < demanded.low
    end = demanded.low if below else demanded.high
    if below and target.kind is Kind.NUMBER:
        return difference(target, actual, end, reached.low)
    distance = _distance(end, reached.low)
    off = between(target, actual, abs(EXACT.subtract(reached.low, end)))
    if not below:
        what = "超过上限" if target.kind is Kind.NUMBER else "高于区间上限"
        return Reason(f"{what}{off}{_in_brackets(distance)}"), distance
    achieved = distance.achieved
    share = "" if achieved is None else f"，为下限的{worded(achieved)}"
    return Reason(f"低于区间下限{off}{share}"), distance


def _in_brackets(distance: Distance) -> str:
    return "" if distance.off is None else f"（{worded(distance.off)}）"


def _distance(demanded: Decimal, reached: Decimal) -> Distance:
    """There are shares only of what is more than zero, and none of a fall below it."""
    if demanded <= 0:
        return Distance()
    off = percent(abs(EXACT.subtract(reached, demanded)), demanded)
    return Distance(percent(reached, demanded) if reached >= 0 else None, off)


def reversed_miss(target: Target, actual: Target) -> str:
    """A rate that turned round: how far growth and fall are apart."""
    demanded, reached = side_by_side(target, actual)
    ends = [end for end in (demanded.low, demanded.high) if end.is_finite()]
    apart = between(target, actual, EXACT.add(ends[0], reached.low))
    sides = (f"目标{target.before}{value(target)}", f"实际{actual.before}{value(actual)}")
    return f"方向相反：{'，'.join(sides)}，相差{apart}"
