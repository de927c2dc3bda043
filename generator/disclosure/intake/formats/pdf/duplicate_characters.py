"""Bold that is made by printing a glyph twice, a little apart: there is one character."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.intake.formats.pdf.glyphs import Char

_APART = 1.05  # points; programs move the second print by 0.1 to 1
_STEP = 0.6  # of a glyph's width: two characters side by side are farther apart
_SIZE = 0.05  # of the size; prints of one glyph have the same


def deduplicated(chars: Sequence[Char]) -> list[Char]:
    """The glyphs, each once, however often it was printed in nearly the same place."""
    found: list[Char] = []
    near: dict[tuple[str, int, int], list[Char]] = {}
    for char in chars:
        x, y = int(char["x0"] // _APART), int(char["top"] // _APART)
        squares = ((char["text"], x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        again = any(_is_same(other, char) for at in squares for other in near.get(at, ()))
        near.setdefault((char["text"], x, y), []).append(char)
        if not again:
            found.append(char)
    return found


def _is_same(one: Char, other: Char) -> bool:
    """Whether two glyphs that say the same stand in nearly the same place."""
    across = min(_APART, (one["x1"] - one["x0"]) * _STEP)
    down = min(_APART, (one["bottom"] - one["top"]) * _STEP)
    return bool(
        abs(one["x0"] - other["x0"]) <= across
        and abs(one["top"] - other["top"]) <= down
        and abs(one["size"] - other["size"]) <= one["size"] * _SIZE
    )
