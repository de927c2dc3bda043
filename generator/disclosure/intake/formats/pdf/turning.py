"""Text that stands on its side or on its head: a whole page of it, or a word in a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from disclosure.intake.formats.pdf import glyphs, overlays
from disclosure.intake.formats.pdf.glyphs import Char


def quarters(char: Char) -> int:
    """How many quarters a glyph is turned against the clock, 0 to 3."""
    return round(overlays.angle(char) / 90) % 4


def of_page(chars: Sequence[Char]) -> int:
    """How many degrees a page must be turned clockwise until most of its text is upright."""
    counts = Counter(quarters(char) for char in chars if not overlays.is_slanted(char))
    return counts.most_common(1)[0][0] * 90 if counts else 0


def lines(chars: Sequence[Char]) -> list[list[Char]]:
    """The glyphs line by line; what is turned comes last, with its places as if it were not."""
    by_turn: dict[int, list[Char]] = {}
    for char in chars:
        by_turn.setdefault(quarters(char), []).append(char)
    found: list[list[Char]] = []
    for turn in sorted(by_turn):
        found += glyphs.lines([_upright(char, turn) for char in by_turn[turn]])
    return found


def _upright(char: Char, turn: int) -> Char:
    """A glyph where it would stand if the page were turned until it is upright."""
    if turn == 0:
        return char
    left, top, right, bottom = char["x0"], char["top"], char["x1"], char["bottom"]
    places = {
        1: (-bottom, left, -top, right),
        2: (-right, -bottom, -left, -top),
        3: (top, -right, bottom, -left),
    }
    x0, upper, x1, lower = places[turn]
    return {**char, "x0": x0, "top": upper, "x1": x1, "bottom": lower, "size": lower - upper}
