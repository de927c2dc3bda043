"""Values as stretches of one line, so that one can be seen to lie within another."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact

from msgspec import Struct

from disclosure.model.target.values import Kind, Sign, Target

#: Wide enough for every number and factor there is: a rounded product would be a bug.
EXACT = Context(prec=400, traps=[Inexact])
_ENDLESS = Decimal("Infinity")


class Interval(Struct, frozen=True):
    """From `low` to `high`, in the base unit; an open end does not belong to it."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def within(self, other: Interval) -> bool:
        """Whether all of it lies in the other."""
        return (self.low, self.low_open) >= (other.low, other.low_open) and (
            self.high,
            not self.high_open,
        ) <= (other.high, not other.high_open)

    def apart(self, other: Interval) -> bool:
        """Whether nothing of it lies in the other."""
        return self._before(other) or other._before(self)

    def _before(self, other: Interval) -> bool:
        return self.high < other.low or (
            self.high == other.low and (self.high_open or other.low_open)
        )


def quantity(target: Target) -> str:
    """What the value measures: `time` for dates, `number` without a unit."""
    if target.deadline is not None:
        return "date"
    return target.unit.quantity if target.unit else "number"


def side_by_side(first: Target, second: Target) -> tuple[Interval, Interval]:
    """Two values of the same quantity on one line: numbers in base units, or days.

    Denominators are brought together by multiplying with the other's, which is exact where
    dividing by one's own is not.
    """
    return (
        _interval(first, second.unit.per_factor if second.unit else Decimal(1)),
        _interval(second, first.unit.per_factor if first.unit else Decimal(1)),
    )


def scale(target: Target, other: Target) -> Decimal:
    """What one of the target's unit is on the line on which it stands beside the other."""
    factor = target.unit.factor if target.unit else Decimal(1)
    return EXACT.multiply(factor, other.unit.per_factor if other.unit else Decimal(1))


def _interval(target: Target, times: Decimal) -> Interval:
    low, high = _ends(target, times)
    if target.kind is Kind.PERIOD:
        return Interval(low, high)
    return Interval(
        -_ENDLESS if target.sign in {Sign.AT_MOST, Sign.LESS} else low,
        _ENDLESS if target.sign in {Sign.AT_LEAST, Sign.MORE} else high,
        low_open=target.sign is Sign.MORE,
        high_open=target.sign is Sign.LESS,
    )


def _ends(target: Target, times: Decimal) -> tuple[Decimal, Decimal]:
    """The first and last number or day."""
    if target.deadline is not None:
        first = target.start or target.deadline
        return Decimal(first.toordinal()), Decimal(target.deadline.toordinal())
    if target.low is None or target.high is None:
        raise ValueError(f"no number in {target.kind}")
    factor = EXACT.multiply(target.unit.factor if target.unit else Decimal(1), times)
    return EXACT.multiply(target.low, factor), EXACT.multiply(target.high, factor)
