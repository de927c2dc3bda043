"""Which words of a text changed, for showing the old beside the new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A number or a Latin word changes as a whole; Chinese is compared character by character.
TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it differs from the other side."""

    text: str
    changed: bool


def marked(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut into pieces, so that the changed ones can be marked; nothing is lost."""
    one, other = TOKEN.findall(old), TOKEN.findall(new)
    before, after = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        changed = tag != "equal"
        before.append(Piece("".join(one[i1:i2]), changed))
        after.append(Piece("".join(other[j1:j2]), changed))
    return _kept(before), _kept(after)


def _kept(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)


def similarity(old: str, new: str) -> float:
    """How alike two texts are: 0 nothing in common, 1 equal."""
    if old == new:
        return 1.0
    return SequenceMatcher(None, old, new, autojunk=False).ratio()
