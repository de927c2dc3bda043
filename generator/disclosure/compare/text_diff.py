"""Which words of a text changed, and how alike two texts are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

# A number or a Latin word changes as a whole; Chinese is compared character by character.
TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)

#: How often equal tokens of two texts may meet before comparing them would take too long. A
#: page of prose meets another some 10,000 times; texts that repeat themselves pass this.
MAX_MEETINGS = 200_000


class DiffPiece(Struct, frozen=True):
    """A stretch of text, and whether it differs from the other side."""

    text: str
    changed: bool


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many items two sequences share at their start, and how many of the rest at their end."""
    start = _common(old, new)
    return start, _common(old[start:][::-1], new[start:][::-1])


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    together = enumerate(zip(old, new, strict=False))
    differing = (index for index, (one, other) in together if one != other)
    return next(differing, min(len(old), len(new)))


@lru_cache(maxsize=4096)  # each change stands on several pages
def marked(old: str, new: str) -> tuple[tuple[DiffPiece, ...], tuple[DiffPiece, ...]]:
    """Both texts cut into pieces, so that the changed ones can be marked; nothing is lost."""
    one, other = TOKEN.findall(old), TOKEN.findall(new)
    before, after = [True] * len(one), [True] * len(other)
    for i, j, size in _unchanged(one, other):
        before[i : i + size] = after[j : j + size] = [False] * size
    return _pieces(one, before), _pieces(other, after)


def _unchanged(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    """What both texts have in common: a position in each, and how many tokens from there."""
    start, end = common_ends(old, new)
    yield 0, 0, start
    yield len(old) - end, len(new) - end, end
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    if _repeats(one, other):
        return
    for i, j, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        # A 的 or a comma left standing amid changes makes them harder to read, not easier.
        if size > 1 or len("".join(one[i : i + size])) > 1:
            yield start + i, start + j, size


def _pieces(tokens: list[str], changed: list[bool]) -> tuple[DiffPiece, ...]:
    groups = groupby(zip(tokens, changed, strict=True), key=lambda pair: pair[1])
    return tuple(DiffPiece("".join(token for token, _ in group), flag) for flag, group in groups)


def similarity(old: str, new: str) -> float:
    """How alike two texts are: 0 nothing in common, 1 equal."""
    if old == new:
        return 1.0
    if _repeats(old, new):
        return 2 * sum(common_ends(old, new)) / (len(old) + len(new))
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _repeats(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the texts repeat themselves so much that comparing them would take too long."""
    if len(old) * len(new) <= MAX_MEETINGS:
        return False
    one, other = Counter(old), Counter(new)
    return sum(number * other[token] for token, number in one.items()) > MAX_MEETINGS
