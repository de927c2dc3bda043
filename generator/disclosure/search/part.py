"""What stands in one part of the index: the grams of its pages, and their addresses.

A part depends on its own pages alone, and on the other years of their projects, which each text
names. Its folder is named after them, so that a part whose pages are as they were is left as it is
(`index_parts.py` says which pages those are).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from disclosure.search import grams
from disclosure.search.packing import packed
from disclosure.search.pages import SearchDocument, rank

#: How many bytes of grams and pages stand in a file, about, before it is compressed.
FILE = 1_024

#: How many pages stand in one file of addresses.
BLOCK = 32

#: A text of more than twice as many letters is cut into pieces of so many, about: of a long list
#: only the piece is loaded that holds what was searched for.
PIECE = 2_000

#: Stands for how a part is written; the number changes with the format of its files.
SHAPE = f"7 {FILE} {BLOCK} {PIECE}"

#: How the names of the files with grams end.
GRAMS = ".grams"

#: How the names of the files end that say which pages there are and where their texts stand.
ADDRESSES = ".pages"


def in_order(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """The documents in the order in which they stand in a part: of a kind, short ones first."""
    return sorted(documents, key=_order)


def _order(document: SearchDocument) -> tuple[int, int, str]:
    kind, _, address = rank(document.page)
    return kind, len(pieces(document)), address


def files(documents: Sequence[SearchDocument]) -> list[tuple[str, bytes]]:
    """A part's files by their names; the documents are in order."""
    blobs = _files(postings(documents))
    made = [(f"{number}{GRAMS}", packed(blob)) for number, blob in enumerate(blobs)]
    pages = [
        (one.page.address, one.page.chain, one.place.file, one.place.start, *one.place.sizes)
        for one in documents
    ]
    blocks = (pages[start : start + BLOCK] for start in range(0, len(pages), BLOCK))
    return made + [(f"{number}{ADDRESSES}", packed(block)) for number, block in enumerate(blocks)]


def pieces(document: SearchDocument) -> list[str]:
    """A page's text, cut at the ends of lines if it is long."""
    text = document.page.text
    if len(text) <= 2 * PIECE:
        return [text]
    found: list[str] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE)
        end = len(text) if end < 0 else end
        found.append(text[start:end])
        start = end + 1
    return found


def postings(documents: Sequence[SearchDocument]) -> Mapping[str, int]:
    """Which pieces hold a gram, by gram: a number whose bit n is set if the nth piece does.

    A page's names are with its first piece. Most lines stand on many pages, so each of them is cut
    into grams once.
    """
    lines: dict[str, int] = defaultdict(int)
    marked: dict[str, int] = defaultdict(int)
    place = 0
    for document in documents:
        for gram in set(grams.of_names(document.names)):
            marked[gram] |= 1 << place
        for piece in pieces(document):
            for line in set(piece.split("\n")):
                lines[line] |= 1 << place
            marked[grams.DEPARTMENT + document.page.department] |= 1 << place
            place += 1
    folded = [(grams.fold(line), holders) for line, holders in lines.items()]
    for gram, holders in chain(_words(folded), _numbers(lines)):
        marked[gram] |= holders
    return {**_of_runs(_runs(folded)), **marked}


def _runs(folded: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Which pages hold a run of letters and digits of folded lines, over the marks inside words."""
    runs: dict[str, int] = defaultdict(int)
    for line, holders in folded:
        for run in grams.runs(line):
            runs[run] |= holders
    return runs


def _words(folded: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The marked grams of whole words of folded lines, each with its pages."""
    words: dict[str, int] = defaultdict(int)
    for line, holders in folded:
        for word in grams.words(line):
            words[word] |= holders
    for word, holders in words.items():
        for gram in grams.whole(word):
            yield gram, holders


def _numbers(lines: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The marked grams of the numbers in lines, each with its pages."""
    for line, holders in lines.items():
        for number in grams.numbers(line):
            yield grams.NUMBER + number, holders


def _of_runs(runs: Mapping[str, int]) -> Mapping[str, int]:
    """Which pieces hold an unmarked gram, from the runs that they hold."""
    found: dict[str, int] = defaultdict(int)
    for run, holders in runs.items():
        for gram in grams.longest_of_run(run):
            found[gram] |= holders
    for length in range(grams.MAX_GRAM, 1, -1):
        for gram in [gram for gram in found if len(gram) == length]:
            found[gram[:-1]] |= found[gram]
    return found


def _files(found: Mapping[str, int]) -> list[bytes]:
    """The grams and their pages as files; a gram's number tells in which of them it stands."""
    lists = {gram: gram.encode() + b"\0" + _list(holders) for gram, holders in found.items()}
    count = sum(map(len, lists.values())) // FILE + 1
    files: list[list[bytes]] = [[] for _ in range(count)]
    for gram in sorted(lists):
        files[grams.number(gram) % count].append(lists[gram])
    return [b"".join(file) for file in files]


def _list(holders: int) -> bytes:
    """The pieces that hold a gram, in the shorter of two ways.

    Either their bits, the lowest first, or for each of them how many lie between it and the one
    before. Twice the number of bytes that follow stands before either, and one more before bits.
    """
    length = (holders.bit_length() + 7) // 8
    if length <= holders.bit_count():
        return _varint(2 * length + 1) + holders.to_bytes(length, "little")
    between = reversed(f"{holders:b}".split("1")[1:])
    packed = b"".join(map(_varint, map(len, between)))
    return _varint(2 * len(packed)) + packed


@cache
def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the top bit says that there are more."""
    result = bytearray()
    while value > 0x7F:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)
