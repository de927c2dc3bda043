"""Glyphs on one baseline, whatever boxes their fonts declare.

The box of a glyph hangs below its baseline as far as its font says. Two fonts side by side, such as
a Chinese one and one for figures, may say different depths, and one line would be torn into two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median_low

from disclosure.intake.formats.pdf import turning
from disclosure.intake.formats.pdf.glyphs import SMALL, Char

_SAME = 0.4  # points; baselines nearer than this are one
_FINE = 0.02  # of the size: depths that differ less are the same
#: Fonts of symbols may declare a depth of a whole line, which no glyph of them has.
_DEEPEST, _OF_MOST = -0.5, -0.2  # of the size


def aligned(chars: Sequence[Char]) -> list[Char]:
    """The glyphs, those on one baseline with boxes of one depth; what is raised stays so."""
    chars = [char if _depth(char) > _DEEPEST else _moved(char, _OF_MOST) for char in chars]
    found = {id(char): char for char in chars}
    for line in _lines(chars):
        depths = [_depth(char) for char in line]
        if max(depths) - min(depths) > _FINE:
            depth = _usual(depths)
            found |= {id(char): _moved(char, depth) for char in line}
    return [found[id(char)] for char in chars]


def _usual(depths: Sequence[float]) -> float:
    """The depth that most glyphs have."""
    counted = Counter(round(depth, 2) for depth in depths)
    most = max(counted.values())
    return median_low([depth for depth, number in counted.items() if number == most])


def _lines(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Glyphs of about one size that share a baseline."""
    ordered = sorted(chars, key=lambda char: (turning.quarters(char), _baseline(char)))
    for _, turned in groupby(ordered, key=turning.quarters):
        line: list[Char] = []
        for char in turned:
            if line and _baseline(char) - _baseline(line[-1]) > _SAME:
                yield from _of_size(line)
                line = []
            line.append(char)
        yield from _of_size(line)


def _of_size(line: Sequence[Char]) -> Iterator[list[Char]]:
    """A line without what is small in it, which is raised or lowered on purpose."""
    largest = max(char["size"] for char in line)
    kept = [char for char in line if char["size"] >= largest * SMALL]
    if len(kept) > 1:
        yield kept


def _baseline(char: Char) -> float:
    """Where the baseline of a glyph lies, across the way it is read."""
    return float(char["matrix"][4 if turning.quarters(char) % 2 else 5])


def _depth(char: Char) -> float:
    """How far from its baseline the box of a glyph begins, as a share of its size."""
    side = "x0" if turning.quarters(char) % 2 else "y0"
    return float((char[side] - _baseline(char)) / max(char["size"], 0.1))


def _moved(char: Char, depth: float) -> Char:
    """A glyph whose box hangs as far below its baseline as that of others."""
    by = (depth - _depth(char)) * char["size"]
    if turning.quarters(char) % 2:
        return {**char, "x0": char["x0"] + by, "x1": char["x1"] + by}
    return {
        **char,
        "top": char["top"] - by,
        "bottom": char["bottom"] - by,
        "y0": char["y0"] + by,
        "y1": char["y1"] + by,
    }
