"""How wide the columns of a learned form are: as its texts need, for no reader measures them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Literal

from disclosure.forms.grid import FilledCell, Grid

#: In Chinese characters, of which a digit or a letter takes half.
_MIN_WIDTH, _MAX_WIDTH = 5, 30
#: What the edges of a cell take.
_EDGES = 1.5
#: How many times as wide as high a long text is laid out, about.
_FLAT = 3
#: A table wider than this is not read on upright paper.
_MAX_UPRIGHT = 70
_WHOLE = re.compile(r"[0-9A-Za-z.,%-]+")


def widths(grid: Grid) -> tuple[int, ...]:
    """The width of each column in relation to the others.

    A text asks for the columns that its cell takes, those of one column first; what they have not
    yet got is shared among them. A cell over the whole table asks for nothing.
    """
    found = [0.0] * grid.columns
    for cell in sorted(_parts(grid), key=lambda cell: cell.columns):
        covered = range(cell.column, cell.column + cell.columns)
        missing = _needed(cell.text) - sum(found[at] for at in covered)
        for at in covered:
            found[at] += max(missing, 0) / cell.columns
    return tuple(max(_MIN_WIDTH, round(one)) for one in found)


def orientation(wide: tuple[int, ...]) -> Literal["portrait", "landscape"]:
    """How the paper must lie for columns of these widths."""
    return "landscape" if sum(wide) > _MAX_UPRIGHT else "portrait"


def _parts(grid: Grid) -> Iterable[FilledCell]:
    return (cell for cell in grid.cells() if cell.columns < grid.columns)


def _needed(text: str) -> float:
    """How wide a text wants to be: an amount whole, a long text in several lines."""
    whole = max((len(one) for one in _WHOLE.findall(text)), default=0) / 2
    return min(max(whole, math.sqrt(_FLAT * len(text))) + _EDGES, _MAX_WIDTH)
