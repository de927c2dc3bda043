"""The parts of a target value, as frozen values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Sign(StrEnum):
    """Which way a value binds. There is none unless the text has one."""

    EQUAL = "="
    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE = ">"
    LESS = "<"


class Kind(StrEnum):
    """What sort of value a text is.

    `TOLERANCE` is an interval printed with ±; `ABOUT` a number with 约 or 左右, whose leeway
    nobody knows; `DEADLINE` one day, `PERIOD` a first and a last day; `PLACEHOLDER` a blank
    that was never filled in (`≥**%`, `/`).
    """

    NUMBER = "number"
    RANGE = "range"
    TOLERANCE = "tolerance"
    ABOUT = "about"
    DEADLINE = "deadline"
    PERIOD = "period"
    WORDS = "words"
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"


class MeasureUnit(Struct, frozen=True):
    """What a number counts.

    Attributes:
        printed: As it stands in the text, with its denominator: `万元`, `百分比`, `元/亩`.
        quantity: What is measured; only equal quantities can be compared: `money`, `mass`,
            `count:次`, `money/area`, and `number` for a bare 万.
        factor: How many of the quantity's base unit this is (元, 公斤, 米, 亩, % …).
        per: The denominator as printed, the 亩 of 元/亩; empty if there is none.
        per_factor: How many of its base unit the denominator is; 1 if there is none.
    """

    printed: str
    quantity: str
    factor: Decimal
    per: str = ""
    per_factor: Decimal = Decimal(1)


class Target(Struct, frozen=True):
    """A target value, or an actual value written in the same way.

    Attributes:
        printed: The text verbatim; empty if there was none.
        kind: Which of the following are there.
        year: The disclosure's year, against which dates are measured.
        sign: None where the text has none. A deadline has `AT_MOST` (12月31日前) or none.
        low: The number, or the lower end of a range, in `unit`, not in its base.
        high: The number again, or the upper end of a range.
        unit: None where the text has none.
        start: A period's first day.
        deadline: A deadline's day, or a period's last day.
        year_filled: The text has no year, so the disclosure's was taken.
        before: What else the text says before the value (每年, 满意度).
        words: What else it says after the value (完成发放工作); the whole text for `WORDS`.
        doubt: Why the text may be damaged, in Chinese; empty if nothing is suspected. The
            value is what was printed all the same.
    """

    printed: str
    kind: Kind
    year: int = 0
    sign: Sign | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: MeasureUnit | None = None
    start: date | None = None
    deadline: date | None = None
    year_filled: bool = False
    before: str = ""
    words: str = ""
    doubt: str = ""
