"""Which of two target values demands more, where the printed signs say so; else what differs."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from disclosure.model.target.alignment import NUMBERS, aligned, between, turn
from disclosure.model.target.intervals import EXACT, Interval, quantity, side_by_side
from disclosure.model.target.leftover import same_words
from disclosure.model.target.normalisation import clean
from disclosure.model.target.percent import percent, worded
from disclosure.model.target.timing import compare_times
from disclosure.model.target.values import Kind, Sign, Target
from disclosure.model.target.verdict import UNSIGNED, Change, Reason, Verdict
from disclosure.model.target.wording import amount, interval, value, whose

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
_BOUNDS = {Sign.AT_LEAST, Sign.MORE, Sign.AT_MOST, Sign.LESS}
_RANGES = {Kind.RANGE, Kind.TOLERANCE}
_WORDS_TOO = "文字也有改动"
_UNCHANGED = Verdict(Change.SAME, Reason("没有变化"))


def compare(old: Target, new: Target) -> Verdict:
    """Whether the new value demands more or less than the old one, and how far they are apart.

    Stricter and looser follow from the printed signs alone: a number without a sign has no
    direction, and gets the plain difference. Dates are measured against each disclosure's own
    year.
    """
    alike = old.printed == new.printed or clean(old.printed) == clean(new.printed)
    if alike and old.deadline is None:  # most are, and a number is the same in every year
        return _UNCHANGED
    for target, when in ((old, "原来"), (new, "现在")):
        if target.kind in _NOT_FILLED_IN:
            return _no(f"{when}{_NOT_FILLED_IN[target.kind]}，不能比较")
    if not alike:
        old, new = aligned(old, new)
    if old.kind in NUMBERS and new.kind in NUMBERS:
        return _compare_numbers(old, new)
    if old.deadline is not None and new.deadline is not None:
        return compare_times(old, new, (old.deadline, new.deadline))
    if _sort(old) != _sort(new):
        return _no(f"由{_sort(old)}改为{_sort(new)}，不能比较")
    return Verdict(Change.REWORDED, Reason("文字有改动"))


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
    if _turned_round(old, new):
        return _reversed(old, new, first, second)
    if _sort(old) != _sort(new):
        return _recast(old, new, first, second)
    if first == second:
        if same_words(old, new):
            return Verdict(Change.SAME, Reason("写法不同，意思相同"))
        return Verdict(Change.REWORDED, Reason("数值没有变化，文字有改动"))
    return _compare_alike(old, new, first, second)


def _compare_alike(old: Target, new: Target, first: Interval, second: Interval) -> Verdict:
    """Two different numbers of one sort."""
    ranges = old.kind in _RANGES
    size = None if ranges else _size(first, second)
    if same_words(old, new) and second.within(first):
        return Verdict(Change.STRICTER, Reason(_moved(old, new, "收窄")), size)
    if same_words(old, new) and first.within(second):
        return Verdict(Change.LOOSER, Reason(_moved(old, new, "放宽")), size)
    return (_apart_ranges if ranges else _apart)(old, new, first, second)


def _different_units(old: Target, new: Target) -> str:
    if old.unit is None or new.unit is None:
        return "有一处没有写单位，不能比较"
    return f"单位不同（{old.unit.printed}、{new.unit.printed}），不能比较"


def _turned_round(old: Target, new: Target) -> bool:
    """Whether a rate that grew falls, or the other way round."""
    if not (turn(old) or turn(new)):
        return False
    before, after = (turn(one) or -(one.low is not None and one.low < 0) for one in (old, new))
    return before * after < 0


def _reversed(old: Target, new: Target, first: Interval, second: Interval) -> Verdict:
    wording = "改为".join(f"{one.before if turn(one) else ''}{value(one)}" for one in (old, new))
    if any(one.kind is not Kind.NUMBER or one.sign for one in (old, new)):
        return Verdict(Change.REVERSED, Reason(f"由{wording}"))
    apart = between(old, new, EXACT.add(abs(first.low), abs(second.low)))
    return Verdict(Change.REVERSED, Reason(f"由{wording}，相差{apart}"))


def _recast(old: Target, new: Target, first: Interval, second: Interval) -> Verdict:
    """Two sorts of number: what they have in common is compared, where they have something."""
    reason = Reason(f"由{value(old)}改为{value(new)}", also=_also(old, new))
    opposed = old.sign in _BOUNDS and new.sign in _BOUNDS
    if opposed or {old.kind, new.kind} & _RANGES:
        return Verdict(Change.RECAST, reason)
    if _number(first) == _number(second):
        return Verdict(
            Change.RECAST, replace(reason, difference=f"数值没有变化，{reason.difference}")
        )
    return _apart(old, new, first, second)


def _apart(old: Target, new: Target, first: Interval, second: Interval) -> Verdict:
    """The plain difference of two numbers whose text has no direction."""
    before, after = _number(first), _number(second)
    if before == after:  # an open bound beside a closed one, with other words around it
        return Verdict(Change.RECAST, Reason(f"由{value(old)}改为{value(new)}", also=_WORDS_TOO))
    verb, extent = ("减少", "减幅") if after < before else ("增加", "增幅")
    size = _size(first, second)
    by = "" if size is None else worded(abs(size))
    if by and quantity(old) != "share":
        apart, measure = "", f"数值{verb}{by}"
    else:
        off = between(old, new, EXACT.subtract(max(before, after), min(before, after)))
        apart, measure = f"数值{verb}{off}", f"{extent}{by}" if by else ""
    also = _also(old, new)
    reason = Reason(apart, measure, also, () if also else (_why_no_direction(old, new),))
    return Verdict(Change.LOWER if after < before else Change.HIGHER, reason, size)


def _apart_ranges(old: Target, new: Target, first: Interval, second: Interval) -> Verdict:
    """Of two ranges neither of which lies in the other both ends moved the same way."""
    reason = Reason(f"区间由{interval(old)}改为{interval(new)}", also=_also(old, new))
    if reason.also:
        return Verdict(Change.RECAST, reason)
    return Verdict(Change.LOWER if second.low < first.low else Change.HIGHER, reason)


def _also(old: Target, new: Target) -> str:
    return "" if same_words(old, new) else _WORDS_TOO


def _number(of: Interval) -> Decimal:
    """The one number of a value that is no range: its bound, or itself."""
    return of.low if of.low.is_finite() else of.high


def _size(first: Interval, second: Interval) -> Decimal | None:
    """The change in percent of the old number; None from zero, and where there is none."""
    before, after = _number(first), _number(second)
    if not before or before == after:
        return None
    return percent(EXACT.subtract(after, before), abs(before))


def _why_no_direction(old: Target, new: Target) -> str:
    if where := whose(old.kind is Kind.ABOUT, new.kind is Kind.ABOUT):
        return f"{where}写“约”"
    if where := whose(old.sign is None, new.sign is None):
        return f"{where}{UNSIGNED}"
    if old.sign is new.sign:
        return "“=”不分高低"
    return f"由“{old.sign}”改为“{new.sign}”"


def _moved(old: Target, new: Target, verb: str) -> str:
    """How the bound or the interval moved, in Chinese."""
    if old.kind is not Kind.NUMBER:
        return f"区间由{interval(old)}{verb}为{interval(new)}"
    if old.sign is not new.sign:
        return f"由{value(old)}改为{value(new)}"
    at_least = old.sign in {Sign.AT_LEAST, Sign.MORE}
    end, up = ("下限", "收窄") if at_least else ("上限", "放宽")
    return f"{end}由{amount(old)}{'提高' if verb == up else '降低'}到{amount(new)}"


def _no(reason: str) -> Verdict:
    return Verdict(Change.NOT_COMPARABLE, Reason(reason))
