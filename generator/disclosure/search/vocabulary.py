"""The Chinese words of pages, so that they can be offered to those who type pinyin or a wrong one.

Words are cut by jieba's dictionary, in its Rust version; what is written in a row in a name is
offered as well, because a department's short name (商务局) or the name of a thing (老年助餐) is in
no dictionary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from disclosure.search.pages import GUIDE, SearchDocument

#: What counts as a word: a few Chinese characters.
_WORD = re.compile("[\u4e00-\u9fff]{2,8}")

#: So many words of a name in a row, with so many characters at most, are offered as one.
_IN_A_ROW, _CHARACTERS = 3, 6

#: A word of a name counts as much as so many of a text.
_NAME = 8


class Vocabulary(Struct, frozen=True):
    """The words of some pages, each once, in order, with a space between: of names, of texts.

    As one text they take a tenth of the memory, and thousands of these are held at once.
    """

    names: str
    texts: str


def vocabulary(documents: Iterable[SearchDocument]) -> Vocabulary:
    """The words in the names of some pages, and those in their texts; not those of the guide."""
    names: set[str] = set()
    lines: set[str] = set()
    for document in documents:
        if document.page.kind == GUIDE:
            continue
        names.update((document.page.title, document.page.department))
        names.update(name for name, _ in document.names)
        lines.update(document.page.text.split("\n"))
    cut = [_cut(name) for name in sorted(names)]
    of_names = {word for row in cut for word in _in_a_row(row)}
    words = {*_cut("\n".join(sorted(lines)))}  # each stands there many times
    of_texts = {*filter(_WORD.fullmatch, words)}
    return Vocabulary(_joined(of_names), _joined(of_texts - of_names))


def _cut(text: str) -> list[str]:
    if not text:
        return []
    import rjieba  # noqa: PLC0415 - its dictionary takes 0.2 s, and most builds need no new words

    words: list[str] = rjieba.cut(text, True)  # with words that are in no dictionary
    return words


def _in_a_row(words: Sequence[str]) -> Iterator[str]:
    """The words of a name, and some of them in a row."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _IN_A_ROW, len(words)) + 1):
            word = "".join(words[start:end])
            if _WORD.fullmatch(word) and (end == start + 1 or len(word) <= _CHARACTERS):
                yield word


def _joined(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def by_use(vocabularies: Iterable[Vocabulary]) -> list[tuple[str, int]]:
    """All words with how much they are used, as a power of two, the most used first.

    A change of some pages would else change the order of words that are used about as much.
    """
    used: Counter[str] = Counter()
    for each in vocabularies:
        for word in each.names.split():
            used[word] += _NAME
        used.update(each.texts.split())
    rough = ((word, 1 << (count.bit_length() - 1)) for word, count in used.items())
    return sorted(rough, key=lambda item: (-item[1], item[0]))
