"""Values of indicators over several columns below one head: `≥`, `95`, `%` below 指标值.

No head says which column is which, so what stands in them has to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text

#: What the columns are called where they have heads of their own.
_SIGN, _VALUE, _UNIT = "符号", "数值", "单位"
_NO_UNIT = re.compile(r"[0-9０-９≥≤＞＜<>＝=。，；]")
#: A number that leaves open what it counts, perhaps with its sign.
_NUMBER = re.compile(r"[≥≤＞＜<>＝=≧≦]{0,2}[0-9０-９.,，]+(?:[-~～—－][0-9.]+)?")
_MAX_UNIT = 8


def split_columns(sheet: CellMap, region: RepeatedRows) -> list[Leaf]:
    """The columns of a region; one for each part of the values that stand below a common head."""
    made: list[Leaf] = []
    for leaf in region.leaves:
        parts = _parts(sheet, region, leaf) if field_labels.column(leaf.head) == "target" else []
        made += parts or [leaf]
    return made


def _parts(sheet: CellMap, region: RepeatedRows, leaf: Leaf) -> list[Leaf]:
    """The columns below a head of values; none where it has one, or nobody can tell them apart."""
    rows = [
        [cell for cell in sheet.covering(number) if leaf.holds(cell)]
        for number in range(region.first, region.end)
    ]
    several = [row for row in rows if len(row) > 1]
    shapes = {tuple((cell.column, cell.columns) for cell in row) for row in several}
    if len(shapes) != 1:
        return []
    texts = [[*map(bare_text, column)] for column in zip(*several, strict=True)]
    return [
        Leaf(name, leaf.head, column, column + columns)
        for name, (column, columns) in zip(_names(texts), shapes.pop(), strict=False)
    ]


def _names(columns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What each column holds, by the texts in it; empty where that is not certain."""
    first, last = columns[0], columns[-1]
    if _are_signs(first):
        if len(columns) == 2:
            return (_SIGN, _VALUE)
        certain = len(columns) == 3 and _are_units(last, columns[1])
        return (_SIGN, _VALUE, _UNIT) if certain else ()
    if len(columns) != 2 or _are_units(first, last) == _are_units(last, first):
        return ()
    return (_UNIT, _VALUE) if _are_units(first, last) else (_VALUE, _UNIT)


def _are_signs(texts: Sequence[str]) -> bool:
    return any(texts) and {*texts} <= {"", *field_labels.CHOICE_SIGNS}


def _are_units(texts: Sequence[str], values: Sequence[str]) -> bool:
    """Whether texts are what the numbers beside them count in."""
    pairs = [(text, value) for text, value in zip(texts, values, strict=True) if text]
    return bool(pairs) and all(
        len(text) <= _MAX_UNIT and not _NO_UNIT.search(text) and _NUMBER.fullmatch(value)
        for text, value in pairs
    )
