"""Texts that run on over the border of their cell, as a spreadsheet prints what is too wide.

Glyph by glyph such a text would be cut in two and change its neighbour as well. It is one text
because it was painted as one, and it belongs to the cell in which it is aligned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from disclosure.intake.formats.pdf import turning
from disclosure.intake.formats.pdf.glyphs import Char

_TOUCHING = 0.2  # of a glyph's size: what is farther apart is no longer one text
_ADJOINING = 0.05  # of a glyph's size: nearer than texts of two cells stand, which have padding
_ACROSS = 0.15  # of a glyph's width that lies on either side of a border
_PADDING = 0.8  # of a glyph's size: how far from the border an aligned text stands
_CENTRED = 1.5  # points

Cell = int | None


class CellBorders(Struct, frozen=True):
    """The left and right border of a cell, in points."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Half way between them."""
        return (self.left + self.right) / 2


class Overflowing(Struct, frozen=True):
    """A text over a border.

    Attributes:
        chars: Its glyphs.
        cell: The cell it belongs to.
        certain: Whether nothing else is possible.
    """

    chars: Sequence[Char]
    cell: int
    certain: bool


def overflowing(
    chars: Sequence[Char], cell_of: Callable[[Char], Cell], sides: Mapping[int, CellBorders]
) -> Iterator[Overflowing]:
    """The texts of a table that begin in one cell and end in another, or beyond its border.

    Args:
        chars: The glyphs of a page.
        cell_of: The cell in which the middle of a glyph lies.
        sides: The borders of each cell.
    """
    # What was recognised in a picture was cut at the lines of the table, and is not painted.
    upright = [char for char in chars if turning.quarters(char) == 0 and "paint" in char]
    runs = [*_runs(sorted(upright, key=lambda char: char["paint"].order))]
    for text in _joined(runs, cell_of, sides):
        cells = [cell_of(char) for char in text]
        distinct = [*dict.fromkeys(cell for cell in cells if cell is not None)]
        leaves = cells[0] is not None and None in cells
        if len(distinct) > 1 or leaves:
            cell, certain = _aligned(text, distinct, sides)
            yield Overflowing(text, cell, certain)


def _runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Glyphs that were painted as one text, with no gap in between."""
    run: list[Char] = []
    for char in chars:
        if run and not (_touch(run[-1], char) and run[-1]["paint"].run == char["paint"].run):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _touch(one: Char, other: Char) -> bool:
    """Whether a glyph follows another on its line without a gap."""
    near = abs(other["x0"] - one["x1"]) <= one["size"] * _TOUCHING
    return bool(near and abs(other["bottom"] - one["bottom"]) <= one["size"] * _TOUCHING)


def _joined(
    runs: Sequence[list[Char]], cell_of: Callable[[Char], Cell], sides: Mapping[int, CellBorders]
) -> Iterator[list[Char]]:
    """The runs; where programs paint glyph by glyph, those that go on over a border."""
    at = 0
    while at < len(runs):
        text, end = list(runs[at]), at + 1
        while end < len(runs) and len(runs[end]) == 1 and _touch(text[-1], runs[end][0]):
            text += runs[end]
            end += 1
        single = end - at > 1
        across = any(_lies_across(char, cell_of, sides) for char in text)
        if single and not (across or _goes_over(text, cell_of)):
            yield from runs[at:end]
        else:
            yield text
        at = end


def _goes_over(text: Sequence[Char], cell_of: Callable[[Char], Cell]) -> bool:
    """Whether a text goes on over a border that lies just between two of its glyphs."""
    return any(
        other["x0"] - one["x1"] <= one["size"] * _ADJOINING
        and None not in (cells := (cell_of(one), cell_of(other)))
        and cells[0] != cells[1]
        for one, other in pairwise(text)
    )


def _lies_across(
    char: Char, cell_of: Callable[[Char], Cell], sides: Mapping[int, CellBorders]
) -> bool:
    """Whether a glyph lies on the border of its cell."""
    cell = cell_of(char)
    if cell is None:
        return False
    beyond = (char["x1"] - char["x0"]) * _ACROSS
    return bool(char["x0"] < sides[cell].left - beyond or char["x1"] > sides[cell].right + beyond)


def _aligned(
    text: Sequence[Char], cells: Sequence[int], sides: Mapping[int, CellBorders]
) -> tuple[int, bool]:
    """The cell in which a text is set left, right or centred; the one it begins in otherwise."""
    size = text[0]["size"]
    begin, end = text[0]["x0"], text[-1]["x1"]
    first, last = sides[cells[0]], sides[cells[-1]]
    fitting: list[int] = []
    if begin - first.left <= size * _PADDING:
        fitting.append(cells[0])
    if last.right - end <= size * _PADDING:
        fitting.append(cells[-1])
    middle = (begin + end) / 2
    fitting += [cell for cell in cells if abs(sides[cell].middle - middle) <= _CENTRED]
    whole = len({one["paint"].run for one in text}) == 1
    chosen = fitting[0] if fitting else cells[0]
    return chosen, whole and len({*fitting}) == 1


def places(texts: Sequence[Overflowing]) -> dict[int, int]:
    """The cell of each glyph of such texts, by the identity of the glyph."""
    return {id(char): text.cell for text in texts for char in text.chars}
