"""Percentages that never round a miss into a hit."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

#: Wide enough that a quotient is exact, or far more exact than anything that is shown.
_WIDE = Context(prec=60)
_MAX_DECIMALS = 6
_HUNDRED = Decimal(100)
_FINEST = Decimal(1).scaleb(-_MAX_DECIMALS)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """`part` in percent of `whole`, to sixty digits."""
    return _WIDE.divide(_WIDE.multiply(part, _HUNDRED), whole)


def worded(value: Decimal) -> str:
    """A percentage with one decimal, halves rounded up: `86.7%`, `80%`.

    What is less than 100 % is never shown as 100 %, what is more is neither, and what is not
    nothing is not shown as 0 %: these get more decimals, at most six, and then 不到 or 超过.
    """
    for decimals in range(1, _MAX_DECIMALS + 1):
        shown = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
        if shown == value or shown not in {Decimal(0), _HUNDRED}:
            text = f"{shown:f}"
            return f"{text.removesuffix('.0')}%"
    return f"{'不到' if value < shown else '超过'}{shown:.0f}%"


def rounded(value: Decimal) -> Decimal:
    """A percentage as data, with at most six decimals; like `worded`, never onto 100 or zero."""
    found = value.quantize(_FINEST, ROUND_HALF_UP, _WIDE)
    if found != value and found in {Decimal(0), _HUNDRED, -_HUNDRED}:
        away = ROUND_DOWN if abs(value) < abs(found) else ROUND_UP
        found = value.quantize(_FINEST, away, _WIDE)
    return Decimal(f"{found:f}".rstrip("0").rstrip("."))


def signed(value: Decimal) -> str:
    """A change in percent with its sign: `+5.6%`, `−19%`."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{worded(abs(value))}"
