"""Queries as people type them, made from the data, and what must be found for each of them."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from disclosure.search import grams
from disclosure.search.pages import SearchDocument, rank

QUERIES = 500

#: How well a page answers that has the query in its text, or its digits only within others.
TEXT, LOOSE = 5, 6


class Query(Struct, frozen=True):
    """A query, and of which kind it is."""

    sort: str
    text: str


SORTS = ("name", "part of a name", "inside a word", "code", "end of a code", "indicator")


def queries(documents: Sequence[SearchDocument], count: int = QUERIES) -> list[Query]:
    """Queries made from the data, the same at every run; fewer where the data has no more."""
    chance = random.Random(2024)  # noqa: S311 - repeatable on purpose
    projects = [document for document in documents if document.page.kind == "项目"]
    made: dict[Query, None] = {}
    for attempt in range(20 * count):
        sort = SORTS[attempt % len(SORTS)]
        text = _text(chance, sort, chance.choice(projects))
        if grams.runs(text):
            made.setdefault(Query(sort, text))
        if len(made) == count:
            break
    return list(made)


def _text(chance: random.Random, sort: str, document: SearchDocument) -> str:
    """The query of a reader who looks for a project; "" if it has nothing of the kind."""
    (name, code), text = document.names[0], document.page.text
    match sort:
        case "name":
            return name
        case "part of a name":
            return _piece(chance, name, 3, 8)
        case "inside a word":
            words = [word for word in grams.words(grams.fold(text)) if len(word) >= 5]
            return _piece(chance, chance.choice(words), 2, 4) if words else ""
        case "code":
            return code
        case "end of a code":
            return code[-chance.randint(6, 9) :]
        case _:
            rows = [line for line in text.split("\n") if "率" in line or "满意度" in line]
            return chance.choice([row for row in rows if len(row) < 12] or [""])


def _piece(chance: random.Random, text: str, shortest: int, longest: int) -> str:
    length = min(len(text), chance.randint(shortest, longest))
    start = chance.randint(0, len(text) - length)
    return text[start : start + length]


class Oracle:
    """Answers queries by looking through everything."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._documents = documents
        self._texts = Haystack(
            [" ".join(grams.runs(grams.fold(each.page.text))) for each in documents]
        )
        self._names = [
            [tuple(map(grams.of_name, named)) for named in each.names] for each in documents
        ]
        self._named = Haystack([" ".join(map(" ".join, names)) for names in self._names])

    def answer(self, query: str) -> tuple[set[str], set[str]]:
        """The addresses of all pages that hold the query, and of those that may stand first."""
        needles = grams.words(grams.fold(query))
        named = set.intersection(*map(self._named.holders, needles))
        levels = dict.fromkeys(set.intersection(*map(self._texts.holders, needles)), LOOSE)
        for place in levels:
            if grams.numbers(query) <= grams.numbers(self._documents[place].page.text):
                levels[place] = TEXT
        for place in named:
            best = min(_level(needles, name, code) for name, code in self._names[place])
            levels[place] = min(best, levels.get(place, LOOSE))
        pages = {place: self._documents[place].page for place in levels}
        best = min(levels.values(), default=LOOSE)
        ranks = {place: rank(pages[place])[:2] for place, level in levels.items() if level == best}
        newest = min(ranks.values(), default=None)
        right = {pages[place].address for place, found in ranks.items() if found == newest}
        return {page.address for page in pages.values()}, right


class Haystack:
    """Many texts, to be looked through quickly."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def holders(self, needle: str) -> set[int]:
        """The numbers of the texts that hold it."""
        found, at = set(), self._all.find(needle)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            found.add(place)
            at = self._all.find(needle, self._starts[place + 1])
        return found


def _level(needles: Sequence[str], name: str, code: str) -> int:
    """How well a name and a code answer, 0 best.

    Digits by themselves are a number of a name, or else may be any part of a code.
    """
    whole = "".join(needles)
    parts = all(needle in name or needle in code for needle in needles)
    tests = (
        code == whole,
        len(whole) >= 6 and code.endswith(whole),
        name == whole,
        name.startswith(whole),
        parts and set(filter(str.isdecimal, needles)) <= grams.numbers(name),
    )
    return tests.index(True) if any(tests) else LOOSE
