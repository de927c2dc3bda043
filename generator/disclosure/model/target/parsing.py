"""From the printed text of a target value to its parts."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from msgspec.structs import replace

from disclosure.model.target import dates
from disclosure.model.target.leftover import (
    ENDINGS,
    SIGNS,
    WITHIN,
    alternatives,
    may_stand_after,
    may_stand_before,
    neutral,
    without_copula,
)
from disclosure.model.target.normalisation import clean
from disclosure.model.target.numerals import ARABIC, CHINESE, number
from disclosure.model.target.units import PER, UNIT, unit
from disclosure.model.target.values import Kind, MeasureUnit, Sign, Target

_MAX_LENGTH = 100  # characters; a longer text is prose, not a value
_BLANK = re.compile(r"[/／\\_.…*×—-]+|[xX×]+|待定|待补充|待填")
_MASKED = re.compile(r"(?<![0-9A-Za-z])(?:\*{2,}|[xX×]{2,})(?![0-9A-Za-z])")
_SIGN = alternatives(SIGNS)
_ENDING = alternatives(ENDINGS)
_ONE_MASKED = re.compile(rf"(?:{_SIGN})?[*xX×]{UNIT}")
_ABOUT = "左右|上下"
# 90%以上（含90%） says only what 以上 says.
_INCLUDED = "(?:[(（]含(?:本数|(?P=number)(?P=unit)?)?[)）])?"


def _number_pattern(digits: str, before: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>{before})(?P<sign>{_SIGN})?(?P<about>约为?|大约)?(?P<share>[百千]分之)?"
        rf"(?P<number>{digits})(?P<unit>{UNIT})?(?:[/每](?P<per>{PER}))?"
        rf"(?:(?P<ending>{_ENDING}|{WITHIN}){_INCLUDED}|(?P<roughly>{_ABOUT}))?(?P<words>.*)"
    )


_IN_DIGITS = _number_pattern(f"-?{ARABIC}", "[^0-9]*?")
_EITHER = f"-?{ARABIC}|{CHINESE}"
_BETWEEN = re.compile("[-~至到]")
_DEVIATION = re.compile("±|正负")
_DIGIT = re.compile("[0-9]")
_NUMERAL = re.compile("[0-9零〇一二两三四五六七八九十百]")
_POWER = re.compile("[百千万亿]")
_ALSO_WORDS = {"分", "期"}  # 十分 is very, 一期 the first phase
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])")


# Patterns of some thousand characters take 15 to 70 ms to compile: where a text needs them.


@cache
def _in_numerals() -> re.Pattern[str]:
    return _number_pattern(f"{CHINESE}|(?<=百分之)百", ".*?")


@cache
def _range_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>[^0-9]*?)(?P<low>{_EITHER})(?P<low_unit>{UNIT})?(?:-{{1,2}}|~{{1,2}}|至|到)"
        rf"(?P<high>{_EITHER})(?P<unit>{UNIT})?(?:[/每](?P<per>{PER}))?(?:之间)?(?P<words>.*)"
    )


@cache
def _plus_minus_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>[^0-9]*?)(?:(?P<middle>{ARABIC})(?P<low_unit>{UNIT})?|≤)?(?:±|正负)"
        rf"(?P<leeway>{ARABIC})(?P<unit>{UNIT})?(?P<per>)(?:以内|之内|范围内|内)?(?P<words>.*)"
    )


def parse(printed: str | None, year: int) -> Target:
    """What a target value says, as far as its text says it; never an exception.

    Args:
        printed: The cell of the form, or None if it is empty.
        year: The disclosure's year, for dates without one.
    """
    return _parse(printed or "", year)


@lru_cache(maxsize=4096)
def _parse(printed: str, year: int) -> Target:
    text = clean(printed)
    return replace(_read(text, year), printed=printed, year=year)


def _read(text: str, year: int) -> Target:
    if not text:
        return Target(text, Kind.EMPTY)
    if _BLANK.fullmatch(text) or _MASKED.search(text) or _ONE_MASKED.fullmatch(text):
        return Target(text, Kind.PLACEHOLDER, words=text)
    understood = None
    if len(text) <= _MAX_LENGTH:
        understood = dates.read(text, year)
        if not understood and _NUMERAL.search(text):  # most clauses of a text have none
            understood = _range(text) or _plus_minus(text) or _number(text)
    return understood or Target(text, Kind.WORDS, words=text)


def _number(text: str) -> Target | None:
    """A number with or without a sign: ≥8次, 95%以上, 475元/亩, 约50次."""
    in_digits = bool(_DIGIT.search(text))
    match = (_IN_DIGITS if in_digits else _in_numerals()).fullmatch(text)
    if not match:
        return None
    value = Decimal(100) if match["number"] == "百" else number(match["number"])
    counted, before = _counted(match)
    words, sign = match["words"], _sign(match)
    if value is None or not _believable(value, counted, match):
        return None
    if not (may_stand_before(before) and may_stand_after(words)):
        return None
    about = match["about"] or match["roughly"]
    signs = match["sign"], match["ending"]
    if any(signs) and (about or sign is None):
        return None
    rate = in_digits and counted is not None and counted.quantity == "share"
    if sign is None and not (rate or _stands_alone(match, before, in_digits=in_digits)):
        return None
    return Target(
        text,
        Kind.ABOUT if about else Kind.NUMBER,
        sign=sign,
        low=value,
        high=value,
        unit=counted,
        before=before,
        words=words,
        doubt="" if sign or about else _damage(match["number"], counted),
    )


def _counted(match: re.Match[str]) -> tuple[MeasureUnit | None, str]:
    """The unit, wherever it is printed (百分之95, % ≥95), and what is left before the value."""
    before = without_copula(match["before"])
    if match["share"]:
        return (None if match["unit"] else unit(match["share"])), before
    repeated = match["unit"] in {None, before} and not match["per"]
    if match["sign"] and repeated and _is_unit(before):
        return unit(before), ""
    return unit(match["unit"] or "", match["per"] or ""), before


def _is_unit(text: str) -> bool:
    return bool(re.fullmatch(UNIT, text))


def _sign(match: re.Match[str]) -> Sign | None:
    """The sign before or behind the number; None if there is none or the two disagree."""
    ending = match["ending"]
    found = {SIGNS[match["sign"]]} if match["sign"] else set()
    if ending:
        found.add(ENDINGS.get(ending, Sign.AT_MOST))
    return found.pop() if len(found) == 1 else None


def _believable(value: Decimal, counted: MeasureUnit | None, match: re.Match[str]) -> bool:
    """Whether it can be a number of something: no calendar year, and below zero only shares."""
    if value < 0 and (counted is None or counted.quantity != "share"):
        return False
    if counted is None:
        return not (match["share"] or _YEAR_AND_MONTH.fullmatch(match["number"]))
    return not (counted.printed == "年" and _YEAR.fullmatch(match["number"]))


def _stands_alone(match: re.Match[str], before: str, *, in_digits: bool) -> bool:
    """Whether a number without a sign is a value, and not part of a word or a sentence.

    一次性, 第3批 and 十分满意 have numbers in them, but are none; 合格率95% is a rate.
    """
    if not neutral(before):
        return False
    has_unit = bool(match["unit"] or match["share"] or match["per"])
    if in_digits:
        day_of_month = match["unit"] == "日" and len(match["number"]) <= 2
        return not day_of_month and (has_unit or not match["words"])
    counts = (has_unit and match["unit"] not in _ALSO_WORDS) or bool(_POWER.search(match["number"]))
    return counts and not match["words"]


def _damage(printed: str, counted: MeasureUnit | None) -> str:
    """Why a number without a sign may be one whose ≥ was scanned as a 2; empty if not."""
    rest = printed[1:]
    if counted is None or not (printed.isdecimal() and printed[0] == "2" and len(rest) > 1):
        return ""
    share = counted.quantity == "share" and (len(rest) == 2 or rest == "100")
    count = counted.quantity.startswith("count:") and len(rest) == 3 and rest[-1] == "0"
    if rest[0] == "0" or not (share or count):
        return ""
    return f"可能是扫描时把“≥”认成了“2”，原文也许是“≥{rest}{counted.printed}”"


def _range(text: str) -> Target | None:
    """From one number to another: 696~890, 8-10次, 50万-60万元."""
    match = _range_pattern().fullmatch(text) if _BETWEEN.search(text) else None
    if not match or (_YEAR.fullmatch(match["low"]) and _YEAR.fullmatch(match["high"])):
        return None
    low, high = number(match["low"]), number(match["high"])
    if low is None or high is None or low >= high:
        return None
    return _interval(text, Kind.RANGE, match, (low, high))


def _plus_minus(text: str) -> Target | None:
    """An allowed deviation: ±10%以内, 100±5分."""
    match = _plus_minus_pattern().fullmatch(text) if _DEVIATION.search(text) else None
    if not match:
        return None
    middle, leeway = number(match["middle"] or "0"), number(match["leeway"])
    if middle is None or leeway is None:
        return None
    return _interval(text, Kind.TOLERANCE, match, (middle - leeway, middle + leeway))


def _interval(
    text: str, kind: Kind, match: re.Match[str], ends: tuple[Decimal, Decimal]
) -> Target | None:
    before, words = without_copula(match["before"]), match["words"]
    counted = unit(match["unit"] or "", match["per"] or "")
    first = unit(match["low_unit"] or "")
    same_unit = first is None or first == counted or _multiplies(first, match["unit"])
    if not (same_unit and may_stand_before(before) and may_stand_after(words)):
        return None
    if kind is Kind.RANGE and not _plain_range(before, words, counted, ends):
        return None
    return Target(text, kind, low=ends[0], high=ends[1], unit=counted, before=before, words=words)


def _multiplies(first: MeasureUnit, printed: str | None) -> bool:
    """Whether 50万-60万元 is what it looks like: the first unit is the second's multiplier."""
    rest = (printed or "").removeprefix(first.printed)
    return first.quantity == "number" and rest != printed and _is_unit(rest)


def _plain_range(
    before: str, words: str, counted: MeasureUnit | None, ends: tuple[Decimal, Decimal]
) -> bool:
    negative_count = ends[0] < 0 and (counted is None or counted.quantity != "share")
    return neutral(before) and not negative_count and not (words and counted is None)
