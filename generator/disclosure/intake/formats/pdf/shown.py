"""Which glyphs of a page a reader sees, and why the others are not seen.

A PDF holds more than it shows: layers that are switched off, text in the colour of the paper, text
below a white box, text that a line strikes out. That is no part of what was made public, so it
never reaches a draft; it is listed, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from disclosure.intake.formats.pdf.colours import PAPER, Colour, alike
from disclosure.intake.formats.pdf.glyphs import Char
from disclosure.intake.formats.pdf.painting import Paint

#: A place on a page: left, top, right, bottom in points.
Box = tuple[float, float, float, float]

_MIN_SIZE = 1.0  # points; nobody can read smaller letters
_THICK = 4.0  # points; a narrower area cannot hide text
_THIN = 0.15  # of a letter's size; a thicker bar does not strike out
_INVISIBLE = 0.05  # of opacity
_OPAQUE = 0.95
_MIDDLE = (0.25, 0.75)  # of a letter's height: where a line strikes it out
_JOINT = 1.5  # points; lines that are nearer meet
_BEYOND = 1.5  # of a letter's size: how far such a line may go on before and behind
_SCAN = 0.05  # of a page: a smaller picture is no scan

OFF = "所在图层已关闭"
OUTSIDE = "在页面以外"
CLIPPED = "被裁切"
TRANSPARENT = "文字设为不可见"
COVERED = "被遮盖"
SAME_COLOUR = "与背景同色"
TINY = "字号不到 1 磅"
STRUCK = "已划掉"


class Seen(Struct, frozen=True):
    """The glyphs of a page.

    Attributes:
        shown: Those that a reader sees.
        hidden: The others, by why they are not seen.
        scanned: Whether what is shown is a picture, and the glyphs were recognised from it.
    """

    shown: list[Char]
    hidden: dict[str, list[Char]]
    scanned: bool = False


def seen(chars: Sequence[Char], things: Sequence[Char], area: float) -> Seen:
    """Tell the glyphs that are seen from the others.

    Args:
        chars: The glyphs, each with how it was painted.
        things: Lines, areas and pictures of the page, likewise.
        area: The page's size in square points.
    """
    painted = [thing for thing in things if not _paint(thing).off]
    covers = sorted(filter(_can_cover, painted), key=lambda thing: _paint(thing).order)
    hidden: dict[str, list[Char]] = {}
    shown: list[Char] = []
    for char in chars:
        why = _why(char, covers)
        (hidden.setdefault(why, []) if why else shown).append(char)
    scans = [one for one in painted if one["object_type"] == "image"
             and one["width"] * one["height"] > area * _SCAN]  # fmt: skip
    read = [char for why in (TRANSPARENT, COVERED) for char in hidden.get(why, ())
            if any(_lies_in(char, _box(scan)) for scan in scans)]  # fmt: skip
    if len(read) <= len(shown):
        return Seen(shown, hidden)
    recognised = {id(char) for char in read}
    rest = {why: [char for char in found if id(char) not in recognised]
            for why, found in hidden.items()}  # fmt: skip
    return Seen([*shown, *read], {why: found for why, found in rest.items() if found}, scanned=True)


def struck_out(
    chars: Sequence[Char], things: Sequence[Char], places: Sequence[Box]
) -> tuple[list[Char], list[Char]]:
    """The glyphs that stand, and those that are struck out by a line or a comment.

    Args:
        chars: The glyphs of the text; a watermark is crossed by the lines of a table.
        things: Lines and areas of the page.
        places: What comments strike out.
    """
    painted = [thing for thing in things if not _paint(thing).off]
    upright = [_box(thing) for thing in painted if thing["width"] <= _THICK < thing["height"]]
    lines = [line for line in _lines(painted) if not _joins(line, upright)]
    crossed = _crossed(chars, lines)
    out = [char for at, char in enumerate(chars)
           if at in crossed or any(_lies_in(char, box) for box in places)]  # fmt: skip
    gone = {id(char) for char in out}
    return [char for char in chars if id(char) not in gone], out


def _joins(line: Box, upright: Sequence[Box]) -> bool:
    """Whether a level line ends at an upright one, as the border of a cell does."""
    left, top, right, bottom = line
    return any(
        (abs(box[0] - left) < _JOINT or abs(box[2] - right) < _JOINT)
        and box[1] - _JOINT < bottom
        and top < box[3] + _JOINT
        for box in upright
    )


def _paint(thing: Char) -> Paint:
    paint = thing["paint"]
    assert isinstance(paint, Paint)
    return paint


def _why(char: Char, covers: Sequence[Char]) -> str:
    """Why a glyph is not seen; empty if it is."""
    paint = _paint(char)
    plain: tuple[tuple[str, Callable[[], bool]], ...] = (
        (OFF, lambda: paint.off),
        (OUTSIDE, lambda: not paint.inside),
        (CLIPPED, lambda: paint.clipped),
        (TRANSPARENT, lambda: not paint.colours or paint.opacity < _INVISIBLE),
        (TINY, lambda: char["size"] < _MIN_SIZE),
    )
    for why, holds in plain:
        if holds():
            return why
    below: Colour = PAPER
    for cover in covers:
        if not _lies_in(char, _box(cover)):
            continue
        over = _paint(cover)
        if over.order < paint.order:
            below = over.colours[0]
        elif not over.blended:
            return COVERED
    return SAME_COLOUR if all(alike(one, below) for one in paint.colours) else ""


def _can_cover(thing: Char) -> bool:
    """Whether a thing is an opaque area: a rectangle, a shape, or a picture without a mask."""
    if thing["object_type"] == "image":
        stream = thing.get("stream")
        attrs = getattr(stream, "attrs", {})
        if any(key in attrs for key in ("SMask", "Mask", "ImageMask", "IM")):
            return False
    elif not thing.get("fill") or not _is_closed(thing):
        return False
    paint = _paint(thing)
    solid = paint.opacity > _OPAQUE and not paint.clipped and bool(paint.colours)
    return solid and min(thing["width"], thing["height"]) > _THICK


def _is_closed(thing: Char) -> bool:
    """Whether a shape fills the box around it: one with four corners nearly does."""
    return thing["object_type"] == "rect" or len(thing.get("pts", ())) in {4, 5}


def _lines(things: Iterable[Char]) -> Iterator[Box]:
    """What could strike text out: level lines and thin bars that are not the paper's colour."""
    for thing in things:
        paint = _paint(thing)
        level = thing["height"] <= _THICK and thing["width"] > thing["height"]
        if thing["object_type"] == "image" or not level or paint.opacity < _INVISIBLE:
            continue
        if paint.colours and not all(alike(one, PAPER) for one in paint.colours):
            yield _box(thing)


def _crossed(chars: Sequence[Char], lines: Sequence[Box]) -> set[int]:
    """The glyphs that a line strikes out: it crosses their middle, and ends where they end."""
    found: set[int] = set()
    by_height = sorted(range(len(chars)), key=lambda at: chars[at]["top"])
    for left, top, right, bottom in lines:
        middle = (top + bottom) / 2
        under = [at for at in by_height if _crosses(chars[at], left, middle, right)]
        under = [at for at in under if bottom - top <= max(0.8, chars[at]["size"] * _THIN)]
        if not under:
            continue
        tolerance = max(chars[at]["size"] for at in under) * _BEYOND
        begins = min(chars[at]["x0"] for at in under)
        ends = max(chars[at]["x1"] for at in under)
        if left > begins - tolerance and begins - left < tolerance and right - ends < tolerance:
            found.update(under)
    return found


def _crosses(char: Char, left: float, middle: float, right: float) -> bool:
    upper, lower = _MIDDLE
    height = char["bottom"] - char["top"]
    if not char["top"] + height * upper <= middle <= char["top"] + height * lower:
        return False
    return bool(left <= (char["x0"] + char["x1"]) / 2 <= right)


def _box(thing: Char) -> Box:
    return thing["x0"], thing["top"], thing["x1"], thing["bottom"]


def _lies_in(char: Char, box: Box) -> bool:
    """Whether the middle of a glyph lies in a box."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
