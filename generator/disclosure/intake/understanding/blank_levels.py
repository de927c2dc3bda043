"""Levels that a table seems to leave blank beside rows whose level stands in the middle of them.

Where no line is drawn around several rows of one level, each of them is a cell of its own, and
the name stands in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from disclosure.model import indicator_levels as levels
from disclosure.model.whitespace import squeezed

Row = Mapping[str, str]


def doubts(rows: Sequence[Row]) -> Iterator[str]:
    """What to say of rows that lack a level which rows beside them have."""
    named = [row for row in rows if squeezed(row.get("level3", ""))]
    first = next(_without_first(named), None)
    if first is None:
        blocks = (list(block) for _, block in groupby(named, key=lambda row: _said(row, "level1")))
        first = next((row for block in blocks for row in _without_second(block)), None)
    if first is not None:
        text = first["level3"].strip()
        yield f"“{text}”等行的级别是空的，可能与下面或者上面的行相同"


def _said(row: Row, level: str) -> str:
    return squeezed(row.get(level, ""))


def _without_second(block: Sequence[Row]) -> Iterator[Row]:
    """The rows of one first level that lack a second level, if some of them have one."""
    if _said(block[0], "level1") and any(_said(row, "level2") for row in block):
        yield from (row for row in block if not _said(row, "level2"))


def _without_first(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows without a first level, of which a row next to them has the one they belong to."""
    for at, row in enumerate(rows):
        top = next((top for top, inner in levels.TREE.items()
                    if levels.plain(_said(row, "level2")) in inner), "")  # fmt: skip
        if _said(row, "level1") or not top:
            continue
        above = (one for one in reversed(rows[:at]) if _said(one, "level1"))
        below = (one for one in rows[at + 1 :] if _said(one, "level1"))
        near = (next(above, None), next(below, None))
        if any(one and levels.first_level(_said(one, "level1")) == top for one in near):
            yield row
