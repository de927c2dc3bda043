"""A value in the unit of another, for what puts the values of many years on one scale."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation

from msgspec.structs import replace

from disclosure.model.target.alignment import aligned, turn
from disclosure.model.target.intervals import quantity, scale
from disclosure.model.target.values import Kind, Target
from disclosure.model.target.wording import amount

_EXACT_TO = Decimal("0.000001")
_WIDE = Context(prec=60, traps=[InvalidOperation])
_ONE_NUMBER = {Kind.NUMBER, Kind.ABOUT}


def in_unit_of(value: Target, other: Target) -> str:
    """A value in the unit of another, such as `4.5公里` for 4500米 beside ≥6公里, without its sign.

    "" where it is no one number, measures something else, goes the other way (增长 beside 下降), or
    is not exact to six decimals in that unit.
    """
    other, value = aligned(other, value)
    if not {value.kind, other.kind} <= _ONE_NUMBER or value.low is None:
        return ""
    if quantity(value) != quantity(other) or turn(value) != turn(other):
        return ""
    exact = _WIDE.divide(_WIDE.multiply(value.low, scale(value, other)), scale(other, value))
    if not _is_short(exact):
        return ""
    return amount(replace(other, high=exact.normalize(_WIDE)))


def _is_short(number: Decimal) -> bool:
    try:
        return number == number.quantize(_EXACT_TO, context=_WIDE)
    except InvalidOperation:  # longer than anything that a picture can show
        return False
