"""Amounts of money that state their unit where they stand: `10000万元`, `财政拨款：30.00万元`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from disclosure.intake.learning.cell_map import CellMap, RepeatedRows

_AMOUNT = r"(?P<amount>-?[0-9][0-9,]*(?:\.[0-9]+)?)"
#: A label and its amount in one cell.
LABELLED = re.compile(
    rf"(?P<label>\s*[^0-9]{{2,30}}[:：])(?P<gap>\s*){_AMOUNT}(?P<behind>(?:万元|元)?\s*)"
)
_ALONE = re.compile(rf"{_AMOUNT}(?P<behind>万元|元)")


def unit(sheet: CellMap, regions: Iterable[RepeatedRows]) -> str:
    """The one unit that all amounts of a table state which state one, but for its indicators."""
    repeated = {row for one in regions for row in range(one.first, one.end)}
    units = {
        found["behind"].strip()
        for number, row in enumerate(sheet.rows)
        for cell in row
        if number not in repeated
        and (found := LABELLED.fullmatch(cell.text) or _ALONE.fullmatch(cell.text.strip()))
    } - {""}
    return units.pop() if len(units) == 1 else ""


def without_unit(text: str, unit_: str) -> str:
    """An amount without the unit that it states; any other text as it is."""
    found = _ALONE.fullmatch(text.strip())
    return found["amount"] if found and found["behind"] == unit_ else text
