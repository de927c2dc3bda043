"""Deadlines and periods, with the disclosure's year where the text has none."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from disclosure.model.target.leftover import may_stand_after, may_stand_before, neutral
from disclosure.model.target.numerals import digits, number
from disclosure.model.target.values import Kind, Sign, Target

_NO_SUCH_DAY = "日历上没有这一天"
_RELATIVE = {"本": 0, "当": 0, "今": 0, "次": 1, "下": 1, "翌": 1, "明": 1}
_QUARTERS = "一二三四"

_N = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_Y = r"(?:19|20)[0-9]{2}"
_YEAR = (
    rf"(?:(?P<year>{_Y}|二[〇零][〇零一二三四五六七八九]{{2}})年度?"
    rf"|(?P<relative>[{''.join(_RELATIVE)}])年度?)"
)
_QUARTER = "第?(?P<quarter>[1-4一二三四])季度"
# A day, in the ways in which it is written. Only 底 and 末 name a day of a month, quarter or
# half: 12月前 may mean before it begins or before it ends.
_DAYS = (
    rf"{_YEAR}?(?P<month>{_N})月(?:(?P<day>{_N})[日号]|份?[底末])",
    rf"(?P<year>{_Y})(?P<dot>[./-])(?P<month>[0-9]{{1,2}})(?P=dot)(?P<day>[0-9]{{1,2}})日?",
    r"(?P<month>[0-9]{1,2})\.(?P<day>[0-9]{1,2})日?(?=之前|以前|前)",
    rf"{_YEAR}?{_QUARTER}[底末]",
    rf"{_YEAR}?(?P<half>[上下])半年[底末]",
    rf"(?:{_YEAR}年?|年)(?P<whole>[底末终])",
)
_WITHIN_YEAR = rf"(?:{_YEAR}|年度?)(?P<whole>内)"
_HEAD = (
    r"(?P<before>[^0-9]*?)"
    r"(?P<limit>不得?[晚迟]于|最迟(?:于|在)?|≤|截止(?:日期|时间)?(?:到|至|于|为|[:：])?)?(?:于|在)?"
)
_DEADLINES = tuple(
    re.compile(f"{_HEAD}{day}{end}(?P<words>.*)")
    for day, end in (
        *((day, "(?P<by>之前|以前|前|为止|止)?") for day in _DAYS),
        (_WITHIN_YEAR, "(?P<by>)"),
    )
)
_PERIODS = tuple(
    re.compile(rf"(?:于|在)?{period}(?P<words>完成)?")
    for period in (
        rf"(?:{_YEAR}(?:全年)?|全年)度?",
        rf"{_YEAR}?(?P<half>[上下])半年",
        rf"{_YEAR}?{_QUARTER}",
        rf"{_YEAR}?(?P<month>{_N})月份?",
    )
)
_LAST = rf"(?P<month2>{_N})月(?:(?P<day2>{_N})[日号]|份?底)?"
_TO = "(?:-{1,2}|~{1,2}|至|到)"
_SPANS = tuple(
    re.compile(rf"(?:于|在|自|从)?{first}{_TO}{second}(?P<words>完成)?")
    for first, second in (
        (
            rf"(?:(?P<year>{_Y})年)?(?P<month>{_N})(?:月(?:(?P<day>{_N})[日号])?)?",
            rf"(?:(?P<year2>{_Y})年|(?P<relative2>[次翌])年)?{_LAST}",
        ),
        (
            rf"(?P<year>{_Y})[./-](?P<month>[0-9]{{1,2}})(?:[./-](?P<day>[0-9]{{1,2}}))?",
            rf"(?P<year2>{_Y})[./-](?P<month2>[0-9]{{1,2}})(?:[./-](?P<day2>[0-9]{{1,2}}))?",
        ),
        (rf"(?P<year>{_Y})年?", rf"(?P<year2>{_Y})年度?"),
    )
)
_MAY_BE_DATE = re.compile(r"[年月]|季度|[0-9][./][0-9]|-[0-9]{1,2}-")
# 一年内 is a length of time, 上年底 a year that is not ours to fill in.
_OTHER_YEAR = re.compile(r"[0-9零〇一二两三四五六七八九十百半多几数上去前后隔年]$")


def read(text: str, year: int) -> Target | None:
    """The deadline or period that the text is; None if it is neither."""
    if not _MAY_BE_DATE.search(text):
        return None
    for pattern in _DEADLINES:
        match = pattern.fullmatch(text)
        if match and (deadline := _deadline(match.groupdict(), text, year)):
            return deadline
    for pattern in (*_PERIODS, *_SPANS):
        if match := pattern.fullmatch(text):
            return _period(match.groupdict(), text, year)
    return None


def _deadline(found: dict[str, str | None], text: str, year: int) -> Target | None:
    before, words = found["before"] or "", found["words"] or ""
    by = found["limit"] or found["by"] or found.get("whole") == "内"
    every_year = before.endswith("每")
    if _OTHER_YEAR.search(before) and not before.endswith("每年"):
        return None
    if not (by or neutral(before.removesuffix("每年").removesuffix("每"))):
        return None
    if not (may_stand_before(before) and may_stand_after(words)):
        return None
    day = _last_day(found, year)
    if day is None:
        return Target(text, Kind.WORDS, words=text, doubt=_NO_SUCH_DAY)
    return Target(
        text,
        Kind.DEADLINE,
        sign=Sign.AT_MOST if by else None,
        deadline=day,
        year_filled=not found.get("year"),
        before=before + "年" * every_year,
        words=words,
    )


def _period(found: dict[str, str | None], text: str, year: int) -> Target | None:
    start = _first_day(found, year)
    if start is None:
        return None
    last = {key.removesuffix("2"): value for key, value in found.items() if key.endswith("2")}
    end = _last_day(last, start.year) if last else _last_day(found, year)
    if end is None or end < start:
        return None
    return Target(
        text,
        Kind.PERIOD,
        start=start,
        deadline=end,
        year_filled=not (found.get("year") or found.get("year2")),
        words=found["words"] or "",
    )


def _year(found: dict[str, str | None], year: int) -> int:
    printed, relative = found.get("year"), found.get("relative")
    return int(digits(printed)) if printed else year + _RELATIVE.get(relative or "", 0)


def _months(found: dict[str, str | None]) -> tuple[int, int]:
    """The first and the last month that the text names; a year has all twelve."""
    if month := found.get("month"):
        value = int(number(month) or 0)
        return value, value
    if quarter := found.get("quarter"):
        last = 3 * (int(quarter) if quarter.isascii() else _QUARTERS.index(quarter) + 1)
        return last - 2, last
    if half := found.get("half"):
        return (1, 6) if half == "上" else (7, 12)
    return 1, 12


def _first_day(found: dict[str, str | None], year: int) -> date | None:
    return _day(_year(found, year), _months(found)[0], found.get("day") or "1")


def _last_day(found: dict[str, str | None], year: int) -> date | None:
    return _day(_year(found, year), _months(found)[1], found.get("day"))


def _day(year: int, month: int, day: str | None) -> date | None:
    """The day, or the month's last; None if the calendar has no such day."""
    try:
        return date(year, month, int(number(day) or 0) if day else monthrange(year, month)[1])
    except (ValueError, OverflowError):
        return None
