"""Two values as they are read beside one another.

What a text leaves open may be settled by what it stands beside: 28日 beside ≤30日 is a
duration, and zero is zero in every unit.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from msgspec.structs import replace

from disclosure.model.target.intervals import quantity, scale
from disclosure.model.target.leftover import neutral
from disclosure.model.target.normalisation import clean
from disclosure.model.target.units import unit
from disclosure.model.target.values import Kind, Target
from disclosure.model.target.wording import unit_of_difference

NUMBERS = frozenset({Kind.NUMBER, Kind.RANGE, Kind.TOLERANCE, Kind.ABOUT})
_DAYS = re.compile(r"(?P<before>[^0-9]*)(?P<number>[0-9]{1,2})日(?P<words>.*)")
_DURATIONS = {"time", "workdays"}
_EXACT_TO = Decimal("0.000001")
_WIDE = Context(prec=60)


def aligned(first: Target, second: Target) -> tuple[Target, Target]:
    """The two as they are meant beside one another; what is not settled stays as it was."""
    one, other = _duration(first), _duration(second)
    if one and (other or _is_duration(second)):
        first, second = one, other or second
    elif other and _is_duration(first):
        second = other
    return _nought(first, second), _nought(second, first)


def _duration(target: Target) -> Target | None:
    """A bare 28日 as 28 days; None if it is nothing of the kind."""
    if target.kind is not Kind.WORDS:
        return None
    match = _DAYS.fullmatch(clean(target.printed))
    if not match or not (neutral(match["before"]) and neutral(match["words"])):
        return None
    number = Decimal(match["number"])
    return replace(
        target, kind=Kind.NUMBER, low=number, high=number, unit=unit("日"), words=match["words"]
    )


def _is_duration(target: Target) -> bool:
    return target.kind in NUMBERS and quantity(target) in _DURATIONS


def _nought(target: Target, other: Target) -> Target:
    """Zero without a unit in the unit of the other."""
    if target.kind in NUMBERS and target.unit is None and target.low == target.high == 0:
        return replace(target, unit=other.unit)
    return target


def one_without_unit(first: Target, second: Target) -> bool:
    """Whether one of two numbers has a unit and the other nothing, not even 万."""
    units = [one.unit for one in (first, second) if one.unit]
    return len(units) == 1 and units[0].quantity != "number"


def turn(target: Target) -> int:
    """1 where the text before the value says that something grows, -1 where it falls."""
    before = target.before
    if not before or before.endswith("负增长"):
        return -1 if before else 0
    return next((way for words, way in _TURNS if before.endswith(words)), 0)


_TURNS = (
    (("增长", "增加", "提高", "上升", "提升", "上涨", "增幅", "涨幅"), 1),
    (("下降", "减少", "降低", "下跌", "下滑", "降幅", "减幅", "跌幅"), -1),
)


def between(target: Target, other: Target, base: Decimal) -> str:
    """A difference of base units as it is said beside the target: `0.2亿元`, `3.6个百分点`.

    It is said in the target's unit, else in the other's, where that is exact to six decimals;
    else rounded to two decimals with 约.
    """
    in_own = _WIDE.divide(base, scale(target, other))
    if in_own == in_own.quantize(_EXACT_TO, context=_WIDE):
        return f"{_plain(in_own)}{unit_of_difference(target)}"
    in_others = _WIDE.divide(base, scale(other, target))
    if in_others == in_others.quantize(_EXACT_TO, context=_WIDE):
        return f"{_plain(in_others)}{unit_of_difference(other)}"
    rounded = in_own.quantize(Decimal("0.01"), ROUND_HALF_UP, _WIDE)
    return f"约{_plain(rounded)}{unit_of_difference(target)}"


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
