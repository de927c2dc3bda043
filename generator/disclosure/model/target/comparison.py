"""Which of two target values demands more, where the printed signs say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.model.target.intervals import quantity, side_by_side
from disclosure.model.target.leftover import neutral
from disclosure.model.target.text import clean
from disclosure.model.target.values import Kind, Sign, Target
from disclosure.model.target.wording import amount, bound, day, interval


class Change(StrEnum):
    """What became of a target from the old value to the new one."""

    STRICTER = "stricter"
    LOOSER = "looser"
    SAME = "same"
    REWORDED = "reworded"
    NOT_COMPARABLE = "not-comparable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A change and why, in one clause of Chinese."""

    change: Change
    reason: str


_SORTS_BY_SIGN = {
    Sign.AT_LEAST: "下限（≥）",
    Sign.MORE: "下限（≥）",
    Sign.AT_MOST: "上限（≤）",
    Sign.LESS: "上限（≤）",
    Sign.EQUAL: "等于某数（=）",
    None: "没有符号的数值",
}
_SORTS = {
    Kind.RANGE: "区间",
    Kind.TOLERANCE: "区间",
    Kind.ABOUT: "大约的数值",
    Kind.PERIOD: "时间段",
    Kind.WORDS: "文字",
    Kind.PLACEHOLDER: "未填数值",
    Kind.EMPTY: "空白",
}
_NOT_FILLED_IN = {Kind.EMPTY: "没有填写指标值", Kind.PLACEHOLDER: "没有填写具体数值"}
_NO_DIRECTION = {
    "没有符号的数值": "没有“≥”“≤”等符号，不能判断高低",
    "等于某数（=）": "“=”不分高低，数值不同不能比较",
    "大约的数值": "“约”“左右”没有写明幅度，不能比较",
}
_NUMBERS = frozenset({Kind.NUMBER, Kind.RANGE, Kind.TOLERANCE, Kind.ABOUT})
_OwnDay = tuple[int, int, int]


def compare(old: Target, new: Target) -> Verdict:
    """Whether the new value demands more or less than the old one.

    Stricter and looser follow from the printed signs alone: a number without a sign has no
    direction. Dates are measured against each disclosure's own year.
    """
    old_text, new_text = clean(old.printed), clean(new.printed)
    for target, when in ((old, "原来"), (new, "现在")):
        if target.kind in _NOT_FILLED_IN and old_text != new_text:
            return _no(f"{when}{_NOT_FILLED_IN[target.kind]}，不能比较")
    if _sort(old) != _sort(new):
        return _no(f"由{_sort(old)}改为{_sort(new)}，不能比较")
    if old.kind in _NUMBERS:
        return _compare_numbers(old, new)
    if old.deadline is not None and new.deadline is not None:
        return _compare_times(old, new, (old.deadline, new.deadline))
    if old_text == new_text:
        return _same(old, new)
    return Verdict(Change.REWORDED, "文字有改动")


def _sort(target: Target) -> str:
    """What two values must have in common to be compared, in Chinese."""
    if target.kind is Kind.NUMBER:
        return _SORTS_BY_SIGN[target.sign]
    if target.kind is Kind.DEADLINE:
        return "期限" if target.sign else "没有写“前”的日期"
    return _SORTS[target.kind]


def _compare_numbers(old: Target, new: Target) -> Verdict:
    if quantity(old) != quantity(new):
        return _no(_different_units(old, new))
    first, second = side_by_side(old, new)
    if not _same_words(old, new):
        return _reworded("数值") if first == second else _no("数值和文字都有改动，不能比较")
    if first == second:
        return _same(old, new)
    if second.within(first):
        return Verdict(Change.STRICTER, _moved(old, new, "收窄"))
    if first.within(second):
        return Verdict(Change.LOOSER, _moved(old, new, "放宽"))
    return _no(_NO_DIRECTION.get(_sort(old), "两个区间互不包含，不能比较"))


def _moved(old: Target, new: Target, verb: str) -> str:
    """How the bound or the interval moved, in Chinese."""
    if old.kind is not Kind.NUMBER:
        return f"区间由{interval(old)}{verb}为{interval(new)}"
    if old.sign is not new.sign:
        return f"由{bound(old)}改为{bound(new)}"
    at_least = old.sign in {Sign.AT_LEAST, Sign.MORE}
    end, up = ("下限", "收窄") if at_least else ("上限", "放宽")
    return f"{end}由{amount(old)}{'提高' if verb == up else '降低'}到{amount(new)}"


def _different_units(old: Target, new: Target) -> str:
    if old.unit is None or new.unit is None:
        return "有一处没有写单位，不能比较"
    return f"单位不同（{old.unit.printed}、{new.unit.printed}），不能比较"


def _compare_times(old: Target, new: Target, ends: tuple[date, date]) -> Verdict:
    if not _same_words(old, new):
        same = _days(old) == _days(new)
        return _reworded("时间") if same else _no("时间和文字都有改动，不能比较")
    if _days(old) == _days(new):
        return _same(old, new)
    if old.kind is Kind.PERIOD:
        return _no("起止时间不同，不能判断高低")
    if old.sign is None:
        return _no("日期没有写“前”，不能判断早晚")
    order = _order(old, new, ends)
    if order is None:
        return _no("期限跨年度，不能判断早晚")
    change, verb = (Change.STRICTER, "提前") if order < 0 else (Change.LOOSER, "推迟")
    first, second = (_shown(end, both=ends, years=(old.year, new.year)) for end in ends)
    return Verdict(change, f"期限由{first}{verb}到{second}")


def _own_day(target: Target, end: date) -> _OwnDay:
    """A day as its disclosure sees it: years ahead, month and day.

    The last of February is one and the same day in leap years and in others.
    """
    last = 28 if end.month == 2 else 31
    return end.year - target.year, end.month, min(end.day, last)


def _every_year(target: Target) -> bool:
    """Whether the days are meant in the own year, and not as days of the calendar.

    12月31日前 and 次年1月31日前 are said again every year, and so is the own year's date in
    full; 2025年12月31日前 in a disclosure of 2023 is one day, and still the same in 2024's.
    """
    days = (target.start, target.deadline)
    return target.year_filled or all(end.year == target.year for end in days if end)


def _days(target: Target) -> tuple[_OwnDay | date, ...]:
    """What two times that are the same have in common."""
    own = _every_year(target)
    days = (target.start, target.deadline)
    return tuple(_own_day(target, end) if own else end for end in days if end)


def _order(old: Target, new: Target, ends: tuple[date, date]) -> int | None:
    """-1 for earlier, 1 for later; None where own year and calendar do not say the same."""
    first, second = _own_day(old, ends[0]), _own_day(new, ends[1])
    own = (second > first) - (second < first)
    calendar = (ends[1] > ends[0]) - (ends[1] < ends[0])
    agreed = own == calendar or (_every_year(old) and _every_year(new))
    return own if own and agreed else None


def _shown(end: date, *, both: tuple[date, date], years: tuple[int, int]) -> str:
    """A day, without its year if each of the two is in its disclosure's own."""
    in_own_years = tuple(each.year for each in both) == years
    return f"{end.month}月{end.day}日" if in_own_years else day(end)


def _same_words(old: Target, new: Target) -> bool:
    """Whether both say the same around the value; 完成 and the like count for nothing."""
    return all(
        first == second or (neutral(first) and neutral(second))
        for first, second in ((old.before, new.before), (old.words, new.words))
    )


def _same(old: Target, new: Target) -> Verdict:
    unchanged = clean(old.printed) == clean(new.printed)
    return Verdict(Change.SAME, "没有变化" if unchanged else "写法不同，意思相同")


def _reworded(what: str) -> Verdict:
    return Verdict(Change.REWORDED, f"{what}没有变化，文字有改动")


def _no(reason: str) -> Verdict:
    return Verdict(Change.NOT_COMPARABLE, reason)
