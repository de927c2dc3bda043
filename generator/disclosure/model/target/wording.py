"""A target value in plain Chinese."""

from __future__ import annotations

import re
from datetime import date

from disclosure.model.target.normalisation import clean
from disclosure.model.target.units import shown as shown_unit
from disclosure.model.target.values import Kind, Sign, Target

_IN_WORDS = {
    Sign.EQUAL: "等于",
    Sign.AT_LEAST: "至少",
    Sign.AT_MOST: "不超过",
    Sign.MORE: "超过",
    Sign.LESS: "不到",
}
# What a reader may not know how to read; a text without any of it is plain already.
_NOT_PLAIN = re.compile(r"[<>=≥≤±~-]|百分比")


def meaning(target: Target) -> str:
    """What the value means, such as `至少8次` or `2024年12月31日前`.

    Empty where the value was not understood, and where the printed text says it as plainly.
    """
    core = _core(target)
    text = clean(target.printed)
    whole = f"{target.before}{core}{target.words}"
    if not core or whole == text:
        return ""
    if target.deadline is None and not _NOT_PLAIN.search(text):
        return ""
    return whole


def amount(target: Target) -> str:
    """The number with its unit as printed, 百分比 as %: `50万元`, `95%`."""
    return f"{target.high:f}{_unit(target)}"


def bound(target: Target) -> str:
    """A number with its sign in words: `至少8次`; without a sign the number alone."""
    return f"{_IN_WORDS[target.sign] if target.sign else ''}{amount(target)}"


def interval(target: Target) -> str:
    """Both ends of a range: `696至890`, `-10%至10%`."""
    repeated = _unit(target) if _unit(target) in {"%", "‰"} else ""
    return f"{target.low:f}{repeated}至{amount(target)}"


def value(target: Target) -> str:
    """A number, a rough number or a range in words: `至少8次`, `约50次`, `8至10次`."""
    if target.kind is Kind.ABOUT:
        return f"约{amount(target)}"
    return bound(target) if target.kind is Kind.NUMBER else interval(target)


def shown(target: Target) -> str:
    """A value as it is named in a sentence: a day without 前, anything else as printed."""
    if target.deadline is not None and target.start is None and not target.before.endswith("年"):
        own = target.deadline.year == target.year
        return f"{target.deadline.month}月{target.deadline.day}日" if own else day(target.deadline)
    return f"“{clean(target.printed)}”"


def unit_of_difference(target: Target) -> str:
    """The unit of what two values differ by: percentages differ by 个百分点."""
    if target.unit and target.unit.quantity == "share":
        return "个百分点" if target.unit.factor == 1 else "个千分点"
    return _unit(target)


def day(value: date) -> str:
    """`2024年12月31日`."""
    return f"{value.year}年{value.month}月{value.day}日"


def _unit(target: Target) -> str:
    return shown_unit(target.unit.printed) if target.unit else ""


def _core(target: Target) -> str:
    """The value itself, without the words around it."""
    if target.kind is Kind.NUMBER:
        return bound(target)
    if target.kind is Kind.RANGE:
        return interval(target)
    if target.kind is Kind.TOLERANCE:
        return _tolerance(target)
    if target.deadline is not None:
        return _time(target, target.deadline)
    return ""


def _tolerance(target: Target) -> str:
    symmetric = target.low is not None and -target.low == target.high
    return f"上下浮动不超过{amount(target)}" if symmetric else interval(target)


def _time(target: Target, last: date) -> str:
    if target.start is not None:
        return f"{day(target.start)}至{day(last)}"
    # 每年12月31日前 is no date of one year.
    text = day(last) if not target.before.endswith("每年") else f"{last.month}月{last.day}日"
    return f"{text}前" if target.sign else text


def whose(old: bool, new: bool) -> str:
    """Which of two texts is meant: both, the old one or the new one; "" for neither."""
    return "原文" if old and new else "原来" if old else "现在" if new else ""
