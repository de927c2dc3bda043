"""Watermarks and seals: text that is laid over a page and is no part of its sentences and cells.

A glyph of one may stand in any cell. It is told by how it looks: it is slanted, faint and large, or
lies across other text in another colour. All glyphs that look the same are treated alike, so that
the level letter of a round seal goes with the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from disclosure.intake.formats.pdf.colours import Colour
from disclosure.intake.formats.pdf.glyphs import Char
from disclosure.intake.formats.pdf.painting import Paint

_LEVEL = 3.0  # degrees; a scan may be as crooked
_SLANTED = 1 / 3  # of the glyphs that look the same
_FAINT, _PALE = 0.8, 0.45  # opacity below, brightness above which text is faint
_VERY_PALE = 0.6
_LARGE, _HUGE = 1.6, 2.5  # times the size of most text
_ACROSS = 0.2  # of a glyph's box that another covers: they lie over one another
_OFTEN = 1 / 4  # of the glyphs that look the same
_COLOURFUL = 0.3  # difference of the parts of a colour that is no grey
_GAP = 2.5  # times a glyph's size: a wider gap ends a text
_LAID_OVER = {"Stamp", "Watermark", "FreeText", "Signature"}

#: How a glyph looks: its size, its colours, its opacity.
_Look = tuple[float, tuple[Colour, ...], float]


def separate(chars: Sequence[Char]) -> tuple[list[Char], list[Char]]:
    """The glyphs of the text, and those of watermarks and seals."""
    looks: dict[_Look, list[Char]] = {}
    laid: set[int] = set()
    for char in chars:
        if _is_named(char) or is_slanted(char):
            laid.add(id(char))
        looks.setdefault(_look(char), []).append(char)
    usual = median(char["size"] for char in chars) if chars else 0.0
    for look, alike in looks.items():
        slanted = sum(is_slanted(char) for char in alike)
        if slanted > len(alike) * _SLANTED or _lies_over(look, alike, chars, usual):
            laid.update(map(id, alike))
    text = [char for char in chars if id(char) not in laid]
    return text, [char for char in chars if id(char) in laid]


def _look(char: Char) -> _Look:
    paint = _paint(char)
    return round(_size(char)), paint.colours, round(paint.opacity, 2)


def _size(char: Char) -> float:
    """The size of a glyph; the box around a slanted one says nothing, so its advance does."""
    a, b, *_ = char["matrix"]
    return float(char["adv"] * math.hypot(a, b) if is_slanted(char) else char["size"])


def _is_named(char: Char) -> bool:
    """Whether the document itself says that it is a watermark or a stamp."""
    paint = _paint(char)
    return paint.watermark or bool(paint.source and paint.source[1] in _LAID_OVER)


def is_slanted(char: Char) -> bool:
    """Whether a glyph stands neither upright nor on its side nor on its head."""
    return _LEVEL < angle(char) % 90 < 90 - _LEVEL


def angle(char: Char) -> float:
    """How far a glyph is turned against the clock, in degrees from 0."""
    a, b, *_ = char["matrix"]
    return math.degrees(math.atan2(b, a)) % 360


def _lies_over(look: _Look, alike: Sequence[Char], chars: Sequence[Char], usual: float) -> bool:
    """Whether glyphs of one look are laid over the text of a page."""
    _, colours, opacity = look
    size = median(char["size"] for char in alike)
    bright = max(map(_brightness, colours), default=0.0)
    faint, pale = opacity < _FAINT or bright > _PALE, opacity < _FAINT or bright > _VERY_PALE
    if faint and size > usual * _LARGE:
        return True
    colourful = any(one is not None and max(one) - min(one) > _COLOURFUL for one in colours)
    if len(alike) * 2 > len(chars) or not (pale or colourful or size > usual * _HUGE):
        return False
    others = [char for char in chars if _look(char) != look]
    across = sum(any(_covers(one, other) for other in others) for one in alike)
    return across > len(alike) * _OFTEN


def _covers(one: Char, other: Char) -> bool:
    wide = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    if wide <= 0 or high <= 0:
        return False
    smaller = min(_area(one), _area(other))
    return bool(wide * high > smaller * _ACROSS)


def _area(char: Char) -> float:
    return float((char["x1"] - char["x0"]) * (char["bottom"] - char["top"]))


def _brightness(colour: Colour) -> float:
    return sum(colour) / 3 if colour is not None else 0.0


def texts(chars: Iterable[Char]) -> Iterator[str]:
    """What watermarks say: glyphs in the order in which they were painted, cut at wide gaps."""
    run: list[str] = []
    ordered = sorted(chars, key=lambda char: _paint(char).order)
    for before, char in pairwise([None, *ordered]):
        assert char is not None
        if before is not None and _is_apart(before, char):
            yield "".join(run)
            run = []
        run.append(char["text"])
    if run:
        yield "".join(run)


def _is_apart(one: Char, other: Char) -> bool:
    x = abs((one["x0"] + one["x1"]) - (other["x0"] + other["x1"])) / 2
    y = abs((one["top"] + one["bottom"]) - (other["top"] + other["bottom"])) / 2
    return math.hypot(x, y) > max(_extent(one), _extent(other)) * _GAP


def _extent(char: Char) -> float:
    return float(max(char["x1"] - char["x0"], char["bottom"] - char["top"]))


def _paint(char: Char) -> Paint:
    paint = char["paint"]
    assert isinstance(paint, Paint)
    return paint
