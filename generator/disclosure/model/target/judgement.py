"""Whether an actual value reaches its target, where both say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from disclosure.model.target.intervals import quantity, side_by_side
from disclosure.model.target.leftover import neutral
from disclosure.model.target.text import clean
from disclosure.model.target.values import Kind, Sign, Target


class Outcome(StrEnum):
    """What became of a target. `PARTLY` is some of an at-least target, but not all of it."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    NOT_COMPARABLE = "not-comparable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outcome and why, in one clause of Chinese."""

    outcome: Outcome
    reason: str


_NOT_FILLED_IN = {Kind.EMPTY, Kind.PLACEHOLDER}
_NOT_A_VALUE = {Kind.WORDS, Kind.ABOUT}


def judge(target: Target, actual: Target) -> Judgement:
    """Whether the actual value is what the target demands, by the target's printed sign.

    Both are parsed with the target's year. A target without a sign is met by the same value;
    what a different value is worth, nobody can say.
    """
    if target.kind in _NOT_FILLED_IN:
        return _no("目标没有填写具体数值")
    if actual.kind in _NOT_FILLED_IN:
        return _no("没有填写实际完成值")
    if clean(target.printed) == clean(actual.printed):
        return Judgement(Outcome.MET, "实际完成值与目标相同")
    if obstacle := _obstacle(target, actual):
        return _no(obstacle)
    return _judge_values(target, actual)


def _obstacle(target: Target, actual: Target) -> str:
    """Why the two cannot be held against each other; empty if they can."""
    if {target.kind, actual.kind} & _NOT_A_VALUE:
        return "不是可以比较的数值或日期"
    if (target.deadline is None) != (actual.deadline is None):
        return "一处是数值，一处是日期，不能比较"
    if quantity(target) != quantity(actual):
        return "单位不同，不能比较"
    if not _speaks_of(actual, target):
        return "实际完成值另有文字说明，不能自动判断"
    return ""


def _speaks_of(actual: Target, target: Target) -> bool:
    """Whether the actual value's words say nothing that the target's do not."""
    return all(
        neutral(said) or said in demanded
        for said, demanded in ((actual.before, target.before), (actual.words, target.words))
    )


def _judge_values(target: Target, actual: Target) -> Judgement:
    demanded, reached = side_by_side(target, actual)
    if demanded == reached:
        return Judgement(Outcome.MET, "实际完成值与目标相同")
    if _without_direction(target):
        return _no("目标没有“≥”“≤”“前”等标志，不能判断")
    if reached.within(demanded):
        return Judgement(Outcome.MET, "实际完成值达到目标")
    if not reached.apart(demanded):
        return _no("实际完成值不是一个确定的数，不能判断")
    if target.sign in {Sign.AT_LEAST, Sign.MORE} and reached.low == reached.high > 0:
        return Judgement(Outcome.PARTLY, "完成了一部分，没有达到目标")
    return Judgement(Outcome.NOT_MET, _missed(target))


def _without_direction(target: Target) -> bool:
    if target.kind is Kind.PERIOD:
        return True
    return target.sign is None and target.kind in {Kind.NUMBER, Kind.DEADLINE}


def _missed(target: Target) -> str:
    if target.deadline is not None:
        return "晚于目标期限"
    if target.sign in {Sign.AT_MOST, Sign.LESS}:
        return "超过目标上限"
    if target.kind is Kind.NUMBER:
        return "没有达到目标"
    return "不在目标区间内"


def _no(reason: str) -> Judgement:
    return Judgement(Outcome.NOT_COMPARABLE, reason)
