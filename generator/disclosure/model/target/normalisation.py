"""The text of a target value without the accidents of its printing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Full-width forms, CJK radicals (some PDF files yield ⽉ for 月) and squared units. Chinese
# punctuation stays what it is: a full-width comma separates clauses, never thousands.
_COMPATIBILITY = (range(0x2F00, 0x2FD6), range(0x3371, 0x33E0), range(0xFF01, 0xFF5F))
_PUNCTUATION = frozenset("!(),:;?")
_LOOK_ALIKES = {
    "≥": "≧⩾≮",
    "≤": "≦⩽≯",
    ">": "›﹥",
    "<": "‹﹤",
    "=": "﹦",
    "%": "﹪",
    "-": "–—―−‐‑",
    "~": "〜∼˜",
}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _table() -> Iterator[tuple[int, str]]:
    for points in _COMPATIBILITY:
        for point in points:
            plain = unicodedata.normalize("NFKC", chr(point))
            if plain not in _PUNCTUATION:
                yield point, plain
    for plain, others in _LOOK_ALIKES.items():
        yield from ((ord(other), plain) for other in others)
    yield from ((ord(character), "") for character in _INVISIBLE)


_TABLE = dict(_table())
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s|]+(?=[0-9])")
_SPACE = re.compile(r"[^\S ]+|\|+| +(?![0-9])|(?<![0-9]) +")
_AT_LEAST = re.compile(r">=|=>|≥=")
_AT_MOST = re.compile(r"<=|=<|≤=")


@lru_cache(maxsize=4096)  # the same values stand on many pages
def clean(printed: str) -> str:
    """The text on one line, with one spelling for each sign, digit and dash.

    White space goes (PDF files break words anywhere), but between two digits one space stays:
    whether `1 00` is a hundred or two numbers cannot be known.
    """
    text = _BETWEEN_DIGITS.sub(" ", printed.translate(_TABLE))
    text = _SPACE.sub("", text)
    text = _AT_MOST.sub("≤", _AT_LEAST.sub("≥", text))
    return text.rstrip("。；;，,、.")
