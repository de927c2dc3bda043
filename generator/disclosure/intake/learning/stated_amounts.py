"""Amounts of money that state their unit or their label where they stand.

`10000万元`, `财政拨款：30.00万元`, and several of them in one cell, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, RepeatedRows
from disclosure.model.whitespace import squeezed

_AMOUNT = r"(?P<amount>-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?![0-9])"
#: A label and its amount in one cell; others may follow.
_LABELLED = re.compile(
    rf"(?P<before>[\s；;，,。、]*)(?P<label>[^0-9；;。]{{2,30}}[:：])(?P<gap>\s*){_AMOUNT}"
    r"(?P<unit>(?:万元|元)?)(?P<behind>[\s；;。]*)"
)
_POINTS = re.compile(
    r"(?P<label>[^()（）]*(?:分值|权重)[（(])(?P<points>[0-9.]+分?)(?P<behind>[）)])"
)
_UNITS = ("万元", "元")
_NAMES_UNIT = re.compile(r"(?:金额|资金|货币|计量|计价)?单位[:：]?")
_ALONE = re.compile(rf"{_AMOUNT}\s*(?P<unit>万元|元)")


def labelled(text: str) -> list[re.Match[str]]:
    """The labels with their amounts that a cell consists of; none where it holds anything else."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        one = _LABELLED.match(text, at)
        if one is None:
            return []
        found.append(one)
        at = one.end()
    return found


def points(text: str) -> tuple[str, str, str]:
    """The points that a label states in brackets, with what is before and behind them."""
    found = _POINTS.fullmatch(text)
    return (found["label"], found["points"], found["behind"]) if found else ("", "", "")


def unit(sheet: CellMap, regions: Iterable[RepeatedRows]) -> str:
    """The one unit that all amounts of a table state which state one, but for its indicators."""
    listed = (one for one in regions if one.each != "tasks")
    repeated = {row for one in listed for row in range(one.first, one.end)}
    units = {
        found["unit"]
        for number, row in enumerate(sheet.rows)
        for cell in row
        if number not in repeated
        for found in (*labelled(cell.text), *filter(None, [_ALONE.fullmatch(cell.text.strip())]))
    } - {""}
    return units.pop() if len(units) == 1 else ""


def is_unit(text: str) -> bool:
    """Whether a cell holds the unit of an amount beside it."""
    return text.strip() in _UNITS


def beside(sheet: CellMap, regions: Iterable[RepeatedRows]) -> set[str]:
    """The units of money that stand in cells of their own, behind amounts or 金额单位."""
    repeated = {row for one in regions for row in range(one.first, one.end)}
    return {
        other.text.strip()
        for number, row in enumerate(sheet.rows)
        for one, other in pairwise(row)
        if number not in repeated and is_unit(other.text)
        if field_labels.is_amount(one.text) or _NAMES_UNIT.fullmatch(squeezed(one.text))
    }


def without_unit(text: str, unit_: str) -> str:
    """An amount without the unit that it states; any other text as it is."""
    found = _ALONE.fullmatch(text.strip())
    return found["amount"] if found and found["unit"] == unit_ else text


def behind(texts: Iterable[str], unit_: str) -> str | None:
    """The unit that amounts all state, "" where none does; None where one is no such amount."""
    amounts = {text: without_unit(text, unit_) for text in texts}
    stated = {text.removeprefix(amount) for text, amount in amounts.items()}
    alike = len(stated) == 1 and all(map(field_labels.is_amount, amounts.values()))
    return stated.pop() if alike else None
