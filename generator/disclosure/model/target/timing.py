"""Which of two deadlines is the earlier, each seen from its own disclosure's year."""

from __future__ import annotations

from datetime import date

from disclosure.model.target.leftover import same_words
from disclosure.model.target.normalisation import clean
from disclosure.model.target.values import Kind, Target
from disclosure.model.target.verdict import Change, Reason, Verdict
from disclosure.model.target.wording import day, whose

_OwnDay = tuple[int, int, int]
#: Any year without a 29 February, in which days of two years are counted alike.
_A_YEAR = 2001


def compare_times(old: Target, new: Target, ends: tuple[date, date]) -> Verdict:
    """Two values with days; `ends` are their last ones."""
    if (old.kind, old.sign) == (new.kind, new.sign) and _days(old) == _days(new):
        if not same_words(old, new):
            return Verdict(Change.REWORDED, Reason("时间没有变化，文字有改动"))
        unchanged = clean(old.printed) == clean(new.printed)
        return Verdict(Change.SAME, Reason("没有变化" if unchanged else "写法不同，意思相同"))
    words = "" if same_words(old, new) else "文字也有改动"
    first, second = _shown(old, new)
    if Kind.PERIOD in {old.kind, new.kind}:
        return Verdict(Change.MOVED, Reason(f"由{first}改为{second}", also=words))
    if _days(old) == _days(new):
        return Verdict(Change.RECAST, Reason(f"日期没有变化，由{first}改为{second}", also=words))
    return _moved(old, new, ends, words)


def _moved(old: Target, new: Target, ends: tuple[date, date], words: str) -> Verdict:
    """Two different days; `words` says so if what stands around them changed too."""
    if ends[0] == ends[1]:
        wording = "改为".join(f"“{clean(one.printed)}”" for one in (old, new))
        return Verdict(Change.RECAST, Reason(f"同是{day(ends[0])}，由{wording}", also=words))
    order, days = _order(old, new, ends)
    if old.sign is None or new.sign is None or words:
        return _without_direction(old, new, days, words)
    first, second = (_plain(end, both=ends, years=(old.year, new.year)) for end in ends)
    if order is None:
        return Verdict(Change.MOVED, Reason(f"由{first}改为{second}，跨年度，不判断早晚"))
    change, verb = (Change.STRICTER, "提前") if order < 0 else (Change.LOOSER, "推迟")
    return Verdict(change, Reason(f"期限由{first}{verb}到{second}"), days=days)


def _without_direction(old: Target, new: Target, days: int | None, words: str) -> Verdict:
    """How far a day moved of which the text does not say that it is the last."""
    first, second = _shown(old, new)
    wording = f"{'推迟' if days > 0 else '提前'}{abs(days)}天" if days else f"由{first}改为{second}"
    where = whose(old.sign is None, new.sign is None)
    why = () if words else (f"{where}没有写“前”",)
    return Verdict(Change.MOVED, Reason(wording, also=words, why=why), days=days)


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


def _order(old: Target, new: Target, ends: tuple[date, date]) -> tuple[int | None, int | None]:
    """-1 for earlier, 1 for later, and by how many days.

    No order where own year and calendar do not say the same; no days where one is meant in its
    own year and the other is not.
    """
    first, second = _own_day(old, ends[0]), _own_day(new, ends[1])
    own = (second > first) - (second < first)
    calendar = (ends[1] > ends[0]) - (ends[1] < ends[0])
    meant = {_every_year(old), _every_year(new)}
    order = own if own and (own == calendar or meant == {True}) else None
    if order is None or len(meant) > 1:
        return order, None
    if meant == {True}:
        return order, (_in_a_year(second) - _in_a_year(first)).days
    return order, (ends[1] - ends[0]).days


def _in_a_year(own: _OwnDay) -> date:
    ahead, month, day_of_month = own
    return date(_A_YEAR + max(-2000, min(ahead, 7000)), month, day_of_month)


def _shown(old: Target, new: Target) -> tuple[str, str]:
    """Both in words, without years if all days are in their disclosures' own."""
    within = all(
        end.year == one.year for one in (old, new) for end in (one.start, one.deadline) if end
    )
    first, second = (_span(one, with_year=not within) for one in (old, new))
    return first, second


def _span(target: Target, *, with_year: bool) -> str:
    days = (target.start, target.deadline)
    ends = [day(end) if with_year else f"{end.month}月{end.day}日" for end in days if end]
    return "至".join(ends) + ("前" if target.sign else "")


def _plain(end: date, *, both: tuple[date, date], years: tuple[int, int]) -> str:
    """A day, without its year if each of the two is in its disclosure's own."""
    in_own_years = tuple(each.year for each in both) == years
    return f"{end.month}月{end.day}日" if in_own_years else day(end)
