"""Numbers left of the rows of a form, which count the rows and say nothing of the project."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.forms.grid import FilledCell
from disclosure.model.target.numerals import number
from disclosure.model.whitespace import squeezed

_NUMBER = re.compile(r"[（(]?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]?")
_HEAD = re.compile(r"序号|行次|项次|编号|栏次")
_MIN_ROWS = 3


def numbered_cells(rows: Sequence[Sequence[FilledCell]]) -> dict[int, FilledCell]:
    """The cells of the first column that count the rows 1, 2, 3 …, and the head above, by row."""
    cells = [cell for row in rows for cell in row[:1] if cell.column == 0]
    numbers = [(cell, _number(squeezed(cell.text))) for cell in cells if cell.columns == 1]
    counted = [(cell, count) for cell, count in numbers if count]
    if [count for _, count in counted] != [*range(1, len(counted) + 1)]:
        return {}
    if len(counted) < _MIN_ROWS:
        return {}
    first = counted[0][0].row
    heads = [cell for cell in cells if cell.row < first and _HEAD.fullmatch(squeezed(cell.text))]
    return {cell.row: cell for cell in (*heads, *(cell for cell, _ in counted))}


def _number(text: str) -> int:
    """The number that a text is, 0 for any other text."""
    found = _NUMBER.fullmatch(text)
    return int((found and number(found[1])) or 0)
