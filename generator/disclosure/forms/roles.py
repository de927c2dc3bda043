"""What the cells of a form's row are to those around them: heads, labels, values.

A row that names all that stands below it is a row of heads: every cell in it is a label, but for
one that reaches down beside the rows below and belongs to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.forms.form import FormCell
from disclosure.forms.grid import Role

#: Fields that are printed where other forms print a label.
_OF_LABELS = frozenset({"money", "year", "plan_heading", "period"})
_WORD = re.compile(r"[^\W\d_]")


def is_label(cell: FormCell) -> bool:
    """Whether a cell says what other cells are: words, perhaps with a number filled in."""
    if not cell.text or cell.joined:
        return False
    words = bool(_WORD.search(re.sub(r"\{[^{}]*\}", "", cell.text)))
    return all(path in _OF_LABELS or (words and path.startswith("facts.")) for path in cell.fields)


def roles(row: Sequence[FormCell]) -> tuple[Role, ...]:
    """The role of each cell of a row."""
    labels = [is_label(cell) for cell in row]
    open_below = [isinstance(cell.rows, str) or bool(cell.merge) for cell in row]
    open_below[:1] = [one or _is_tallest(row) for one in open_below[:1]]
    own = [cell for cell, apart in zip(row, open_below, strict=True) if not apart]
    named = [is_label(cell) or not cell.text for cell in own]
    heads = bool(own) and all(named) and any(cell.text for cell in own)
    return tuple(
        _role(cell, label=label, head=heads and not apart)
        for cell, label, apart in zip(row, labels, open_below, strict=True)
    )


def _is_tallest(row: Sequence[FormCell]) -> bool:
    """Whether the first cell reaches down farther than all others of its row."""
    rows = [cell.rows for cell in row if isinstance(cell.rows, int)]
    first = row[0].rows
    return isinstance(first, int) and len(row) > 1 and rows.count(first) == 1 and first == max(rows)


def _role(cell: FormCell, *, label: bool, head: bool) -> Role:
    if not label:
        return "value" if cell.text else "blank"
    return "head" if head or cell.each else "label"
