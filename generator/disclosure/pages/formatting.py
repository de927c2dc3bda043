"""Amounts, shares, numbers and names as pages print them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model.dataset import ProjectYear
from disclosure.model.fields import with_two_decimals
from disclosure.model.target import percent

HUNDRED = Decimal(100)
#: 万元 in one 亿元, and 元 in one 万元.
TEN_THOUSAND = Decimal(10_000)
_HUNDREDTH = Decimal("0.01")

#: A number that nobody grouped or annotated.
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")

DIGITS = "零一二三四五六七八九十"


def marked_name(project: ProjectYear) -> str:
    """A project's name in lists, which say of a withdrawn one that it is."""
    return project.current.name + ("（已撤销）" if project.withdrawn else "")


def exact(amount: Decimal | None) -> str:
    """A number as it was written, for programs and for points; an empty cell stays empty."""
    return "" if amount is None else f"{amount:f}"


def money(amount: Decimal | None) -> str:
    """An amount in 万元 exactly as it was written, its digits grouped by thousands: `2,040.00`."""
    return "" if amount is None else f"{amount:,f}"


def in_yuan(amount: Decimal) -> str:
    """A sum in 元 where it is finer than two decimals of 万元 show: `4,396,400.05`; "" elsewhere.

    Pages never round a sum, but a headline such as 439.640005万元 is hard to read; 元 are what the
    documents that it comes from print, and what people count in.
    """
    yuan = amount * TEN_THOUSAND
    return "" if amount == amount.quantize(_HUNDREDTH) else f"{with_two_decimals(yuan):,f}"


def grouped(text: str) -> str:
    """A printed amount, its digits grouped where it is a plain number."""
    return f"{Decimal(text):,f}" if _PLAIN.fullmatch(text) else text


def ungrouped(text: str) -> str:
    """The same for programs, which do not expect commas in numbers."""
    return text.replace(",", "")


def share(part: Decimal | None, whole: Decimal | None) -> str:
    """`part` of `whole` in per cent with one decimal, halves rounded up; "" without either.

    What is not the whole is never shown as 100 %: it gets more decimals.
    """
    if part is None or not whole:
        return ""
    exact = percent.percent(part, whole)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return percent.worded(exact) if shown == HUNDRED != exact else f"{shown:f}%"


def size(number: int) -> str:
    """A number of bytes as people say it: `845 B`, `12 KB`, `1.2 MB`; never less than it is."""
    for unit, length in (("MB", 1_000_000), ("KB", 1_000)):
        if number >= length:
            tenths = -(-number * 10 // length)
            return f"{-(-tenths // 10) if tenths >= 100 else tenths / 10:g} {unit}"
    return f"{number} B"


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; for the numbering of official documents, up to 99."""
    tens, ones = divmod(number, 10)
    if number <= len(DIGITS) - 1:
        return DIGITS[number]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
