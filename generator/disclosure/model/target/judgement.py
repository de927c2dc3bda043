"""Whether an actual value reaches its target, and how far it is from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from disclosure.model.target.alignment import aligned, one_without_unit, turn
from disclosure.model.target.intervals import Interval, quantity, side_by_side
from disclosure.model.target.leftover import neutral
from disclosure.model.target.normalisation import clean
from disclosure.model.target.parsing import parse
from disclosure.model.target.shortfall import difference, miss, reversed_miss
from disclosure.model.target.values import Kind, Sign, Target
from disclosure.model.target.verdict import UNSIGNED, Band, Distance, Judgement, Outcome, Reason
from disclosure.model.target.wording import value

_NOT_FILLED_IN = {Kind.EMPTY, Kind.PLACEHOLDER}
_SAME = "实际完成值与目标相同"
_REACHED = "实际完成值达到目标"
#: Reasons that say no more than that a target was met, which the two values show.
PLAIN_REASONS = frozenset({_SAME, _REACHED})
_INDEFINITE = "实际完成值不是一个确定的数，不能判断"
_SEPARATOR = re.compile("[、；;]")
_MAX_PARTS = 6
#: What may be less than zero, so that zero may be a floor.
_BELOW_NOUGHT = {"share", "points", "temperature"}


def judge(target: Target, actual: Target) -> Judgement:
    """Whether the actual value is what the target demands, by the target's printed sign.

    Both are parsed with the target's year. Where the text does not decide what a difference
    is worth, the outcome is `DIFFERS` and the reason says the difference and nothing more.
    """
    if target.kind in _NOT_FILLED_IN:
        return _no("目标没有填写具体数值")
    if actual.kind in _NOT_FILLED_IN:
        return _no("没有填写实际完成值")
    if clean(target.printed) == clean(actual.printed):
        return _met(_SAME)
    target, actual = aligned(target, actual)
    if target.kind is Kind.WORDS and (several := _several(target, actual)):
        return several
    if obstacle := _obstacle(target, actual):
        return _no(obstacle)
    return _way(target, actual)(target, actual)


def _way(target: Target, actual: Target) -> Callable[[Target, Target], Judgement]:
    """How two values are judged that can be held against each other."""
    if target.deadline is not None:
        return _judge_days
    if turn(target) * turn(actual) < 0:
        return _judge_reversed
    return _judge_without_unit if one_without_unit(target, actual) else _judge_numbers


def _several(target: Target, actual: Target) -> Judgement | None:
    """Several values in one cell, each judged beside its own; None if they are not several."""
    demanded, reached = _parts(target), _parts(actual)
    if len(demanded) != len(reached) or not 1 < len(demanded) <= _MAX_PARTS:
        return None
    if any(part.kind in {Kind.WORDS, *_NOT_FILLED_IN} for part in (*demanded, *reached)):
        return None
    found = [judge(*pair) for pair in zip(demanded, reached, strict=True)]
    missed = [
        (number, one) for number, one in enumerate(found, 1) if one.outcome is not Outcome.MET
    ]
    if not missed:
        return _met(f"{len(found)}项都达到目标")
    outcomes = {one.outcome for one in found}
    order = (Outcome.NOT_COMPARABLE, Outcome.NOT_MET, Outcome.DIFFERS)
    worst = next(outcome for outcome in order if outcome in outcomes)
    reason = Reason(why=tuple(f"第{number}项{one.reason}" for number, one in missed))
    return Judgement(worst, reason, _furthest(one for _, one in missed if one.outcome is worst))


def _parts(target: Target) -> list[Target]:
    return [parse(part, target.year) for part in _SEPARATOR.split(clean(target.printed))]


def _furthest(found: Iterable[Judgement]) -> Distance | None:
    distances = [one.distance for one in found if one.distance]
    return max(distances, key=lambda one: [*Band].index(one.band), default=None)


def _obstacle(target: Target, actual: Target) -> str:
    """Why the two cannot be held against each other; empty if they can."""
    if Kind.WORDS in {target.kind, actual.kind}:
        return "不是可以比较的数值或日期"
    if (target.deadline is None) != (actual.deadline is None):
        return "一处是数值，一处是日期，不能比较"
    if quantity(target) != quantity(actual) and not one_without_unit(target, actual):
        return f"单位不同（{_printed(target)}、{_printed(actual)}），不能比较"
    if not _speaks_of(actual, target):
        return "实际完成值另有文字说明，不能自动判断"
    return ""


def _printed(target: Target) -> str:
    return target.unit.printed if target.unit else "无单位"


def _speaks_of(actual: Target, target: Target) -> bool:
    """Whether the actual value's words say nothing that the target's do not."""
    if turn(target) and turn(actual):
        return neutral(actual.words) or actual.words in target.words
    if turn(target) < 0 and actual.low is not None and actual.low < 0:
        return False  # a fall of less than zero: nobody can say which way it is meant
    return all(
        neutral(words) or words in demanded
        for words, demanded in ((actual.before, target.before), (actual.words, target.words))
    )


def _judge_numbers(target: Target, actual: Target) -> Judgement:
    demanded, reached = side_by_side(target, actual)
    if Kind.ABOUT in {target.kind, actual.kind}:
        return _judge_roughly(target, actual, demanded, reached)
    if target.kind is Kind.NUMBER and target.sign in {None, Sign.EQUAL}:
        return _judge_without_direction(target, actual, demanded, reached)
    if reached.within(demanded):
        return _met(_SAME if demanded == reached else _REACHED)
    if not reached.apart(demanded):
        return _no(_INDEFINITE)
    return Judgement(Outcome.NOT_MET, *miss(target, actual, demanded, reached))


def _judge_without_direction(
    target: Target, actual: Target, demanded: Interval, reached: Interval
) -> Judgement:
    """A target that is a number and no bound; `=` at least demands as much."""
    if demanded == reached:
        return _met(_SAME)
    if reached.low != reached.high:
        return _no(_INDEFINITE)
    if demanded.low == 0:
        facts = Reason(f"目标是{_shown(target)}，实际{value(actual)}")
        if quantity(target) not in _BELOW_NOUGHT:  # as a floor it would demand nothing
            return Judgement(Outcome.NOT_MET, facts, Distance())
        return _differs(facts, _why_not(target), Distance())
    reason, distance = difference(target, actual, demanded.low, reached.low)
    if target.sign is Sign.EQUAL and reached.low < demanded.low:
        return Judgement(Outcome.NOT_MET, reason, distance)
    return _differs(reason, _why_not(target), distance)


def _shown(target: Target) -> str:
    """The target without its sign; zero that has no unit in print has none here."""
    return value(replace(target, sign=None, unit=parse(target.printed, target.year).unit))


def _why_not(target: Target) -> str:
    return "“=”没有说多出的算不算达到" if target.sign is Sign.EQUAL else f"原文{UNSIGNED}"


def _judge_roughly(
    target: Target, actual: Target, demanded: Interval, reached: Interval
) -> Judgement:
    """A number with 约 or 左右, whose leeway nobody knows, on one side or on both."""
    if target.kind in {Kind.RANGE, Kind.TOLERANCE} or reached.low != reached.high:
        return _no(_INDEFINITE)
    rough = target.kind is Kind.ABOUT
    end = demanded.low if demanded.low.is_finite() else demanded.high
    if rough and end == reached.low:
        return _met(_SAME if actual.kind is Kind.ABOUT else "实际完成值与目标的数相同")
    reason, distance = difference(target, actual, end, reached.low)
    why = "目标写“约”，没有写明幅度" if rough else "实际完成值是约数"
    return _differs(reason, why, distance)


def _judge_without_unit(target: Target, actual: Target) -> Judgement:
    """One of the two has no unit: what follows if it is the other's is said as a condition."""
    if target.unit is None:
        who, pair = "目标", (replace(target, unit=actual.unit), actual)
    else:
        who, pair = "实际完成值", (target, replace(actual, unit=target.unit))
    demanded, reached = side_by_side(*pair)
    if target.kind not in {Kind.NUMBER, Kind.ABOUT} or reached.low != reached.high:
        return _no(f"{who}没有写单位，不能比较")
    end = demanded.low if demanded.low.is_finite() else demanded.high
    reason, distance = difference(*pair, end, reached.low)
    off = f"{who}没有写单位；按同一单位，{reason.difference}"
    return Judgement(Outcome.DIFFERS, replace(reason, difference=off), distance)


def _judge_reversed(target: Target, actual: Target) -> Judgement:
    """A rate that was to grow and fell, or the other way round: on the target's own scale."""
    plain = target.kind is actual.kind is Kind.NUMBER and actual.sign is None
    if not plain or actual.low is None or one_without_unit(target, actual):
        return _no(_INDEFINITE)
    mirrored = replace(actual, low=-actual.low, high=-actual.low, before=target.before)
    found = _judge_numbers(target, mirrored)
    if found.outcome is Outcome.MET:
        return _met(f"{_REACHED}，方向相反：实际{actual.before}{value(actual)}")
    return replace(found, parts=Reason(reversed_miss(target, actual), why=found.parts.why))


def _judge_days(target: Target, actual: Target) -> Judgement:
    demanded, reached = side_by_side(target, actual)
    if demanded == reached:
        return _met(_SAME)
    if target.kind is Kind.PERIOD:
        return _judge_in_period(demanded, reached)
    if target.sign is None:
        return _judge_a_day(demanded, reached)
    if reached.within(demanded):
        return _met(_REACHED)
    if not reached.apart(demanded):
        return _no(_INDEFINITE)
    return _late(demanded, reached)


def _judge_a_day(demanded: Interval, reached: Interval) -> Judgement:
    """A day of which the text does not say that it is the last."""
    if reached.low != reached.high:
        return _no(_INDEFINITE)
    late = int(reached.high - demanded.high)
    return _differs(Reason(measure=_days_off(late)), "原文没有写“前”", Distance(days=late))


def _days_off(days: int) -> str:
    """By how many days something is late or, below zero, early."""
    return f"{'晚' if days > 0 else '早'}{abs(days)}天"


def _judge_in_period(demanded: Interval, reached: Interval) -> Judgement:
    """Whether a period bounds what is done or only says when, its text does not tell."""
    if reached.low > demanded.high:
        return _late(demanded, reached)
    if reached.low == reached.high and reached.within(demanded):
        return _met("在目标时间段内")
    if not reached.low.is_finite():
        return _no(_INDEFINITE)
    begins, ends = int(reached.low - demanded.low), int(reached.high - demanded.high)
    wording = "，".join(
        what + _days_off(days) for what, days in (("开始", begins), ("结束", ends)) if days
    )
    return _differs(Reason(wording), "原文没有写期限", Distance(days=ends))


def _late(demanded: Interval, reached: Interval) -> Judgement:
    first, last = (int(end - demanded.high) for end in (reached.low, reached.high))
    exact = first == last
    reason = Reason(measure=_days_off(last)) if exact else Reason(f"晚{first}至{last}天")
    return Judgement(Outcome.NOT_MET, reason, Distance(days=last))


def _met(reason: str) -> Judgement:
    return Judgement(Outcome.MET, Reason(reason))


def _no(reason: str) -> Judgement:
    return Judgement(Outcome.NOT_COMPARABLE, Reason(reason))


def _differs(reason: Reason, why: str, distance: Distance) -> Judgement:
    """A difference, and why nobody can say what it is worth."""
    return Judgement(Outcome.DIFFERS, replace(reason, why=(why,)), distance)
