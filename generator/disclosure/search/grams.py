"""What of a text is looked up: every one, two and three letters in a row, and six around a digit.

Chinese has no spaces, and two programs that cut it into words cut it differently; what they cut
differently is never found. Letters in a row cannot be cut differently: a page that holds a text
also holds all the grams of that text. Of digits there are few, and every page has many of them, so
that three in a row say little: where there is one, six letters in a row are looked up as well.

The browser's half of this contract is `theme/assets/search-text.js`; the numbers, marks and letters
below reach it with the index (`contract.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

#: How many letters the longest gram has, and the longest one with a letter or digit of ASCII.
LONGEST, LONGEST_WITH_DIGIT = 3, 6

#: How many letters a run may have that is looked up as a whole.
LONGEST_WHOLE = 20

#: Stand before a gram of a name or a code: somewhere in either, where a name starts or ends, where
#: a code starts or ends; before a whole department, to filter by; and before a whole run. No gram
#: of a text begins with them, because none of them is a letter.
MARKS = INSIDE, NAME_START, NAME_END, CODE_START, CODE_END, DEPARTMENT, WHOLE = tuple("~<>[]#=")


class _Folding(dict[int, str]):
    """For `str.translate`: letters and digits as they are compared, and a space for the rest."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        narrow = unicodedata.normalize("NFKC", character).lower()
        forms = (form for form in (narrow, character.lower()) if len(form) == 1)
        folded = next(forms, character)
        self[point] = folded if unicodedata.category(folded)[0] in "LN" else " "
        return self[point]


_FOLDING = _Folding()

#: What counts as a letter or digit of ASCII, as a regular expression that JavaScript reads alike.
DIGIT = "[0-9a-z]"
_DIGIT = re.compile(DIGIT)


def runs(text: str) -> list[str]:
    """The letters and digits of a text in runs, folded: "≤150.00Ｇ" → ["150", "00g"]."""
    return text.translate(_FOLDING).split()


def of_run(run: str) -> set[str]:
    """One run's grams."""
    longest = longest_of_run(run)
    return longest | {gram[:length] for gram in longest for length in range(1, LONGEST)}


def longest_of_run(run: str) -> set[str]:
    """One run's grams but for the starts of others: three letters from each on, or what is left."""
    found = {run[start : start + LONGEST] for start in range(len(run))}
    if _DIGIT.search(run):
        ends = range(LONGEST_WITH_DIGIT, len(run) + 1)
        found.update(filter(_DIGIT.search, (run[end - LONGEST_WITH_DIGIT : end] for end in ends)))
    return found


def whole(run: str) -> set[str]:
    """The marked gram of a whole run; none if its other grams say enough, or if it is too long.

    A page may hold all grams of a word without the word: those that hold it as it is come first.
    """
    asked = LONGEST < len(run) <= LONGEST_WHOLE and not _DIGIT.search(run)
    return {WHOLE + run} if asked else set()


def of_names(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The marked grams of a page's names and codes."""
    for name, code in names:
        yield from _marked(name, NAME_START, NAME_END)
        yield from _marked(code, CODE_START, CODE_END)


def _marked(text: str, start: str, end: str) -> Iterator[str]:
    pieces = runs(text)
    for piece in pieces:
        yield from (INSIDE + gram for gram in of_run(piece))
    if pieces:
        yield from (start + pieces[0][:length] for length in range(1, LONGEST + 1))
        yield from (end + pieces[-1][-length:] for length in range(1, LONGEST + 1))


def number(key: str) -> int:
    """A number made from a gram without its mark (FNV-1a), to spread grams over files."""
    result = 0x811C9DC5
    for character in key[1:] if key[0] in MARKS else key:
        result = ((result ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return result ^ result >> 15
