"""The file that suggestions are made of when a search finds nothing: limited in size.

It holds the synonyms, which character is which in simplified Chinese (OpenCC), how characters and
words are read (pypinyin), and as many of the site's words as fit, the most used first. It is made
when the site is built; the browser's half is `theme/assets/search-words.js`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from disclosure.engine.cache import Cache
from disclosure.engine.site_folder import FileTask
from disclosure.model.words import Words
from disclosure.search.packing import packed
from disclosure.search.vocabulary import Vocabulary, by_use

#: Its place in the folder of the index.
NAME = "words.list"

#: How many bytes it may have. With the script that reads it, compressed, that is below 40,000.
MAX_BYTES = 34_000

#: Of more words not even the shortest would fit.
_MAX_WORDS = 12_000

#: The characters of the first level of GB 2312, which are those of nearly every text. They stand
#: there by their sounds, and a browser can list them as well, so that only the sounds are sent.
_USUAL = tuple(
    character
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (character := bytes((row, cell)).decode("gb2312", "ignore"))
)

#: The Unified Ideographs that OpenCC is asked about.
_IDEOGRAPHS = range(0x4E00, 0xA000)


def words_task(
    folder: str, vocabularies: Sequence[Vocabulary], words: Words, cache: Cache
) -> FileTask:
    """How the file is made, below a folder of the site, of the words of all pages."""
    make = partial(_files, folder, vocabularies, words, cache)
    return FileTask("words of search", partial(_inputs, vocabularies, words), make)


def _inputs(vocabularies: Sequence[Vocabulary], words: Words) -> Iterator[str]:
    yield repr(words)
    for each in vocabularies:
        yield each.names
        yield each.texts


def _files(
    folder: str, vocabularies: Sequence[Vocabulary], words: Words, cache: Cache
) -> list[tuple[str, bytes]]:
    """The file; most changes of a page's words change nothing in it, and it takes long."""
    ranked = _ranked(by_use(vocabularies), words)
    entry = cache.entry("file of words", [repr(words), repr(ranked)])
    content = entry.get(bytes)
    if content is None:
        content = _whole_file(ranked, words)
        entry.put(content)
    return [(folder + NAME, content)]


def words_file(used: Sequence[tuple[str, int]], words: Words) -> bytes:
    """The file, with as many of the words of the site as fit, the most used first."""
    return _whole_file(_ranked(used, words), words)


def _ranked(used: Sequence[tuple[str, int]], words: Words) -> tuple[tuple[str, int], ...]:
    """The words that may stand in it: those of synonyms and themes come before all others."""
    listed = {word for group in words.synonyms for word in group.words}
    listed |= {word for theme in words.themes for word in (theme.name, *theme.words)}
    most = 2 * used[0][1] if used else 1  # a level of their own, see `packed`
    ranked = [(word, most) for word, _ in used if word in listed]
    ranked += [item for item in used if item[0] not in listed]
    return tuple(ranked[:_MAX_WORDS])


def _whole_file(ranked: tuple[tuple[str, int], ...], words: Words) -> bytes:
    dictionary = _Dictionary(words, ranked)
    whole = dictionary.packed(len(dictionary.ranked))
    if len(whole) <= MAX_BYTES:
        return whole
    counts = range(len(dictionary.ranked))
    too_many = bisect_right(counts, MAX_BYTES, key=lambda count: len(dictionary.packed(count)))
    return dictionary.packed(max(too_many - 1, 0))


class _Dictionary:
    """What may stand in the file: the words with how much each is used, and how all is read."""

    def __init__(self, words: Words, ranked: tuple[tuple[str, int], ...]) -> None:
        self.ranked = ranked
        self._synonyms = [group.words for group in words.synonyms]
        self._others = {word for group in self._synonyms for word in group}
        spelt = self._others.union(word for word, _ in ranked)
        self._readings = _readings(spelt.union(_USUAL, *spelt))
        self._traditional = [*_traditional()]

    def packed(self, count: int) -> bytes:
        """The file with so many words; see `Dictionary` in `search-words.js`.

        Words that are used about as much stand together in order, because that packs well.
        """
        shown = self.ranked[:count]
        spelt = sorted(self._others.union(word for word, _ in shown))
        characters = set(_USUAL).union(*spelt)
        rare: dict[str, list[str]] = defaultdict(list)
        for one in sorted(characters.difference(_USUAL)):
            rare[self._readings[one]].append(one)
        usual = groupby(self._readings[one] for one in _USUAL)
        levels = groupby(shown, key=lambda item: item[1].bit_length())
        content: dict[str, Any] = {
            "synonyms": self._synonyms,
            "traditional": "".join(
                one + simplified
                for one, simplified in self._traditional
                if simplified in characters
            ),
            "usual": " ".join(f"{sound}{len(list(ones))}" for sound, ones in usual),
            "rare": " ".join(sound + "".join(ones) for sound, ones in sorted(rare.items())),
            "words": [" ".join(sorted(word for word, _ in level)) for _, level in levels],
            "readings": {
                word: reading
                for word in spelt
                if (reading := self._readings[word])
                != " ".join(self._readings[one] for one in word)
            },
        }
        return packed(content)


def _readings(words: Iterable[str]) -> dict[str, str]:
    """How words and characters are read: 银行 → "yin hang"."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionaries take 0.5 s

    return {word: " ".join(lazy_pinyin(word)) for word in words}


def _traditional() -> Iterator[tuple[str, str]]:
    """Each character that is another one in simplified Chinese, with that one."""
    from opencc import OpenCC  # noqa: PLC0415 - as for pypinyin

    characters = [*map(chr, _IDEOGRAPHS)]
    converted = OpenCC("t2s").convert("\n".join(characters))  # in one call, a fifth of the time
    for one, simplified in zip(characters, converted.split("\n"), strict=True):
        if simplified != one:
            yield one, simplified
