"""Percents as findings say them."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal


def percent_over(part: Decimal, whole: Decimal, most: int) -> str:
    """A part in whole percent; with a decimal where it would read as `most` and is more."""
    percent = part * 100 / whole
    whole_percent = round(percent)
    if whole_percent == most:
        return f"{percent.quantize(Decimal('0.1'), ROUND_UP)}%"
    return f"{whole_percent}%"
