"""Numbers in digits and in the Chinese numerals of common use."""

from __future__ import annotations

import re
from decimal import Decimal

#: At most 15 digits before the point and 6 after it: more is no number of a target table.
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?"
#: A run of numerals; whether it is a number, `number` says.
CHINESE = r"[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿点]*"

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}

_D = "[一二两三四五六七八九]"
_BELOW_100 = f"{_D}?十{_D}?|{_D}"
_HUNDREDS = f"{_D}百(?:零{_D}|{_D}十{_D}?)?"
_THOUSANDS = f"{_D}千(?:零(?:{_D}十{_D}?|{_D})|{_HUNDREDS})?"
_SECTION = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_BELOW_100})"
# After 亿 and 万 follow thousands, or 零 and less. So the clipped 三万五 (35,000) and 一百二
# (120) and the vague 两三 (two or three) are no numbers here.
_LESS = f"(?:{_THOUSANDS}|零(?:{_HUNDREDS}|{_BELOW_100}))"
_WHOLE = re.compile(
    f"(?:(?P<yi>{_SECTION})亿(?=$|零|{_D}千))?"
    f"(?:(?:(?<=亿)零)?(?P<wan>{_SECTION})万(?=$|零|{_D}千))?"
    f"(?P<rest>(?<=[万亿]){_LESS}|(?<![万亿零]){_SECTION}|\\A零)?"
)


def number(text: str) -> Decimal | None:
    """`1,200.50` → 1200.50, 一千二百 → 1200, 一点五 → 1.5; None if it is no number."""
    if text[0].isascii():
        return Decimal(text.replace(",", ""))
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    if not fraction or any(character not in _DIGITS for character in fraction):
        return None
    return Decimal(f"{value}.{digits(fraction)}")


def digits(text: str) -> str:
    """Chinese digits one by one, as in years: 二〇二四 → `2024`."""
    return "".join(str(_DIGITS.get(character, character)) for character in text)


def _whole(text: str) -> Decimal | None:
    match = _WHOLE.fullmatch(text)
    if not match or not text:
        return None
    yi, wan, rest = (_section(match[group] or "") for group in ("yi", "wan", "rest"))
    return Decimal(yi * 10**8 + wan * 10**4 + rest)


def _section(text: str) -> int:
    """A number below 10,000: each digit times the power that follows it."""
    total = digit = 0
    for character in text:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
