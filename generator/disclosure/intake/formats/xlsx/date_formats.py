"""What a Chinese Excel shows for a date, a time or a duration under a number format."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from disclosure.intake.formats.xlsx.format_tokens import FormatSection, Token, UnknownFormatError

_FIRST_CERTAIN = 61  # 1 March 1900: Excel takes 1900 for a leap year, so days before it differ
_LAST = 2_958_465  # 31 December 9999
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a day, no zone
_DAY = 86_400
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = "一二三四五六日"
_NUMERALS = "〇一二三四五六七八九"
_CHINESE, _ENGLISH = {"804", "2052"}, {"409", "1033"}
_SYSTEM = {""}


def shown(section: FormatSection, value: Decimal, *, date1904: bool = False) -> str:
    """A number of days as a section of a format shows it.

    Raises:
        UnknownFormatError: It is not certain how that is shown.
    """
    if value < 0 or section.locale not in _CHINESE | _ENGLISH | _SYSTEM:
        raise UnknownFormatError
    if section.numerals > 1 or any(token.kind in {"digit", "percent"} for token in section.tokens):
        raise UnknownFormatError
    decimals = max((len(one.value) - 1 for one in section.tokens if one.kind == "part"), default=0)
    exact = (value * _DAY).quantize(Decimal(1).scaleb(-3), ROUND_HALF_UP)
    seconds = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if _shows_day(section) and int(seconds // _DAY) != int(value):
        raise UnknownFormatError  # rounded up to midnight: programs differ in the day
    if section.has("elapsed"):
        return "".join(_elapsed(token, seconds, section) for token in section.tokens)
    moment = _moment(value, seconds, date1904=date1904) if _shows_day(section) else None
    return "".join(_token_text(token, moment, seconds, section) for token in section.tokens)


def _shows_day(section: FormatSection) -> bool:
    return any(token.kind == "date" and token.value[0] in "ymdae" for token in section.tokens)


def _moment(value: Decimal, seconds: Decimal, *, date1904: bool) -> datetime:
    if value > _LAST or (not date1904 and value < _FIRST_CERTAIN):
        raise UnknownFormatError
    epoch = _EPOCH_1904 if date1904 else _EPOCH
    try:
        return epoch + timedelta(days=int(seconds // _DAY))
    except OverflowError:
        raise UnknownFormatError from None


def _elapsed(token: Token, seconds: Decimal, section: FormatSection) -> str:
    """A part of a duration: hours, minutes or seconds in all, and what is left of them."""
    if token.kind == "elapsed":
        size = {"h": 3600, "m": 60, "s": 1}[token.value[0]]
        return f"{int(seconds // size):0{len(token.value)}}"
    if token.kind == "date" and token.value[0] in "ymdae":
        raise UnknownFormatError
    return _token_text(token, None, seconds, section)


def _token_text(
    token: Token, moment: datetime | None, seconds: Decimal, section: FormatSection
) -> str:
    if token.kind == "literal":
        return token.value
    if token.kind == "half":
        return _half(token.value, seconds, section)
    if token.kind == "part":
        rest = seconds % 1
        return f"{rest:.{len(token.value) - 1}f}"[1:]
    if token.kind != "date":
        raise UnknownFormatError
    if token.value[0] in "hns":
        return _clock(token.value, seconds, section)
    assert moment is not None
    return _day(token.value, moment, section)


def _clock(part: str, seconds: Decimal, section: FormatSection) -> str:
    whole = int(seconds.to_integral_value(ROUND_FLOOR)) % _DAY
    number = {"h": whole // 3600, "n": whole // 60 % 60, "s": whole % 60}[part[0]]
    if part[0] == "h" and section.has("half"):
        number = (number + 11) % 12 + 1
    if len(part) > 2:
        raise UnknownFormatError
    return _number(number, len(part), section)


def _half(marker: str, seconds: Decimal, section: FormatSection) -> str:
    late = int(seconds) % _DAY >= _DAY // 2
    if marker.startswith("上") or section.locale in _CHINESE:
        return "下午" if late else "上午"
    first, _, second = marker.partition("/")
    return second if late else first


def _day(part: str, moment: datetime, section: FormatSection) -> str:
    letter, length = part[0], len(part)
    if letter in "ye":
        short = letter == "y" and length <= 2
        digits = f"{moment.year % 100:02}" if short else f"{moment.year:04}"
        return "".join(_NUMERALS[int(one)] for one in digits) if section.numerals else digits
    if letter == "a":
        return ("星期" if length == 4 else "") + _WEEK[moment.weekday()]
    if length <= 2:
        return _number(moment.month if letter == "m" else moment.day, length, section)
    if section.locale in _CHINESE or length > 4:
        raise UnknownFormatError
    name = _MONTHS[moment.month - 1] if letter == "m" else _DAYS[moment.weekday()]
    return name[:3] if length == 3 else name


def _number(number: int, length: int, section: FormatSection) -> str:
    """A number below one hundred, in the numerals that the format asks for."""
    if not section.numerals:
        return f"{number:0{length}}"
    if length > 1 and number < 10:
        raise UnknownFormatError
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return ten + (_NUMERALS[ones] if ones or not tens else "")
