"""Cuts text into grams: every one, two and three letters in a row, and six around a digit.

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
MAX_GRAM, MAX_GRAM_WITH_DIGIT = 3, 6

#: How many letters a run may have that is looked up as a whole.
MAX_WHOLE = 20

#: Stand before a gram of a name or a code: somewhere in either, where a name starts or ends, where
#: a code starts or ends; before a whole department, to filter by; before a whole run; and before a
#: number, of the text or of a name. No gram of a text begins with them, because none is a letter.
MARKS = tuple("~<>[]#=%&")
INSIDE, NAME_START, NAME_END, CODE_START, CODE_END, DEPARTMENT, WHOLE, NUMBER, NAME_NUMBER = MARKS

#: A number as it is written, without what makes it a part of a code: letters between its digits.
_NUMBER = re.compile(
    r"(?<![0-9a-z.])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![0-9]|\.[0-9]|[a-z]+[0-9])"
)

#: A number of more digits is a code.
_MAX_NUMBER = 12

#: Digits, Latin letters and full stops of full width are no others.
_FULL_WIDTH = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F) if point != 0xFF0C}

#: A comma before three digits, such as that of 1,790.00.
_THOUSANDS = re.compile(r"(?<=\d)(?<!\d{4}),(?=\d{3}(?!\d))")


#: Marks that stand inside names as well: quotation marks, brackets, dashes, dots, spaces, and few
#: others. Not those between clauses, because what no reader takes for one word need not be found.
_INSIDE_WORDS = frozenset(" 、/.&+_\"'“”‘’「」『』()[]{}<>《》〈〉【】〔〕〖〗-‐‑‒–—―")

#: These even between two figures (3·15, 12·4); of all others 150.00 would become 15000.
_MIDDLE_DOTS = frozenset("·•‧∙⋅・")

#: What marks are folded to: the end of a run, a mark inside a word, one inside a number.
_END, _MARK, _DOT = "\n", " ", "\t"

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_DIGIT = re.compile("[0-9a-z]")
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9])[ \t]* [ \t]*(?=[0-9])")


class _Folding(dict[int, str]):
    """For `str.translate`: letters and digits as they are compared, and what the rest becomes."""

    def __missing__(self, point: int) -> str:
        self[point] = _folded(chr(point))
        return self[point]


def _folded(character: str) -> str:
    """A letter or digit: small, of usual width, Latin without accents; or what a mark becomes."""
    apart = unicodedata.normalize("NFKD", character).lower()
    accents = apart[1:]
    if apart[0] in _LATIN and all(unicodedata.category(one)[0] == "M" for one in accents):
        return apart[0]
    narrow = unicodedata.normalize("NFKC", character).lower()
    folded = next((form for form in (narrow, character.lower()) if len(form) == 1), character)
    kind = unicodedata.category(folded)[0]
    if kind in "LN":
        return folded
    if kind == "M":
        return ""  # an accent that stands by itself
    return _MARK if folded in _INSIDE_WORDS else _DOT if folded in _MIDDLE_DOTS else _END


_FOLDING = _Folding()

#: What counts as a letter or digit of ASCII, as a regular expression that JavaScript reads alike.
DIGIT = "[0-9a-z]"
_DIGIT = re.compile(DIGIT)


def fold(text: str) -> str:
    """A text as it is compared: letters and digits folded, marks by what they may stand in."""
    return _THOUSANDS.sub("", text).translate(_FOLDING)


def runs(folded: str) -> list[str]:
    """The letters and digits of a folded text in runs, over the marks inside words.

    “三公”经费 is found by a reader who types 三公经费. "≤150.00Ｇ（年）" → ["150", "00g年"].
    """
    over = _BETWEEN_FIGURES.sub(_END, folded).replace(_MARK, "").replace(_DOT, "")
    return list(filter(None, over.split(_END)))


def words(folded: str) -> list[str]:
    """The letters and digits of a folded text between all its marks: "（双拥）" → ["双拥"]."""
    return folded.split()


def of_name(name: str) -> str:
    """The letters and digits of a name or code in one run, folded, whatever is between them."""
    return "".join(words(fold(name)))


def of_run(run: str) -> set[str]:
    """One run's grams."""
    longest = longest_of_run(run)
    return longest | {gram[:length] for gram in longest for length in range(1, MAX_GRAM)}


def longest_of_run(run: str) -> set[str]:
    """One run's grams but for the starts of others: three letters from each on, or what is left."""
    found = {run[start : start + MAX_GRAM] for start in range(len(run))}
    if _DIGIT.search(run):
        ends = range(MAX_GRAM_WITH_DIGIT, len(run) + 1)
        found.update(filter(_DIGIT.search, (run[end - MAX_GRAM_WITH_DIGIT : end] for end in ends)))
    return found


def numbers(text: str) -> set[str]:
    """The numbers of a text, each in one way: "48.00万元、1,790次" → {"48", "1790"}."""
    found = map(_plain, _NUMBER.findall(text.translate(_FULL_WIDTH).lower()))
    return {number for number in found if len(number) <= _MAX_NUMBER}


def _plain(number: str) -> str:
    whole, point, decimals = number.replace(",", "").partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}{point}{decimals}" if decimals else whole


def whole(run: str) -> set[str]:
    """The marked gram of a whole word; none if its other grams say enough, or if it is too long.

    A page may hold all grams of a word without the word: those that hold it as it is come first.
    """
    asked = MAX_GRAM < len(run) <= MAX_WHOLE and not _DIGIT.search(run)
    return {WHOLE + run} if asked else set()


def of_names(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The marked grams of a page's names and codes."""
    for name, code in names:
        yield from _marked(name, NAME_START, NAME_END)
        yield from _marked(code, CODE_START, CODE_END)
        yield from (NAME_NUMBER + number for number in numbers(name))


def _marked(text: str, start: str, end: str) -> Iterator[str]:
    run = of_name(text)
    yield from (INSIDE + gram for gram in of_run(run))
    if run:
        yield from (start + run[:length] for length in range(1, MAX_GRAM + 1))
        yield from (end + run[-length:] for length in range(1, MAX_GRAM + 1))


def number(key: str) -> int:
    """A number made from a gram without its mark (FNV-1a), to spread grams over files."""
    result = 0x811C9DC5
    for character in key[1:] if key[0] in MARKS else key:
        result = ((result ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return result ^ result >> 15
