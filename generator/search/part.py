"""One part of the index: the pages of one year, or a share of its departments.

A part depends on its own pages alone and its folder is named after them, so that a part whose
pages are as they were is left as it is.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from generator.search import grams
from generator.search.files import write_packed
from generator.search.pages import Document, rank

#: Stands in every part's name; another number makes all parts anew.
FORMAT = 3

#: How many pages a part holds, about: more of them, and more files are asked for each query; fewer,
#: and more is done again when a page changes.
PAGES = 8_000

#: How many bytes of grams and pages stand in a file, about, before it is compressed.
FILE = 1_280

#: How many pages stand in one file of addresses.
BLOCK = 64

#: A text of more than twice as many letters is cut into pieces of so many, about: of a long list
#: only the piece is loaded that holds what was searched for.
PIECE = 2_000


@dataclass(frozen=True)
class Part:
    """Some pages of one year, in the order in which they are shown among equals.

    Attributes:
        year: Four digits, or "" for the pages of no one year.
        share: Tells the parts of a year apart.
        documents: The pages; of one kind, those of one piece first.
    """

    year: str
    share: int
    documents: Sequence[Document]

    @cached_property
    def name(self) -> str:
        """The name of its folder, which no other content can have."""
        digest = hashlib.sha256(f"{FORMAT} {FILE} {BLOCK} {PIECE}".encode())
        for document in self.documents:
            digest.update(repr(document).encode("utf-8", "surrogatepass"))
        return f"{self.year or 'all'}-{self.share}-{digest.hexdigest()[:12]}"

    def about(self, files: int) -> dict[str, Any]:
        """What the browser must know of it.

        `files` is how many files hold its grams; `pages` is, for all its pages in order, of how
        many pages which kind they are, and of how many pieces each of them is.
        """
        pages = Counter((document.page.kind, len(pieces(document))) for document in self.documents)
        rows = [[kind, count, of_pieces] for (kind, of_pieces), count in pages.items()]
        return {"name": self.name, "year": self.year, "files": files, "pages": rows}

    def write(self, folder: Path) -> int:
        """Write the part's files into a new folder; gives how many files hold its grams."""
        blobs = _files(postings(self.documents))
        for number, blob in enumerate(blobs):
            write_packed(folder / f"{number}.grams", blob)
        pages = [[document.page.address, document.page.chain] for document in self.documents]
        for start in range(0, len(pages), BLOCK):
            rows = json.dumps(pages[start : start + BLOCK], ensure_ascii=False)
            write_packed(folder / f"{start // BLOCK}.pages", rows.encode())
        return len(blobs)


def parts(documents: Sequence[Document]) -> list[Part]:
    """All pages, cut by year and departments: newest year first, pages of no one year last."""
    years: dict[str, list[Document]] = defaultdict(list)
    for document in sorted(documents, key=_order):
        years[document.page.year].append(document)
    return [part for year in sorted(years, reverse=True) for part in _shares(year, years[year])]


def _order(document: Document) -> tuple[int, int, str]:
    """The order in a part."""
    kind, _, address = rank(document.page)
    return kind, len(pieces(document)), address


def _shares(year: str, documents: Sequence[Document]) -> list[Part]:
    """A year's parts. A department stays in its share as long as the year is about as large."""
    count = 1
    while len(documents) > PAGES * count:
        count *= 2
    shares: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        department = document.page.address.partition("/")[0]
        shares[zlib.crc32(department.encode()) % count].append(document)
    return [Part(year, share, shares[share]) for share in sorted(shares)]


def pieces(document: Document) -> list[str]:
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


def postings(documents: Sequence[Document]) -> Mapping[str, int]:
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
    runs: dict[str, int] = defaultdict(int)
    for line, holders in lines.items():
        for run in grams.runs(line):
            runs[run] |= holders
    for run, holders in runs.items():
        for gram in grams.whole(run):
            marked[gram] |= holders
    return {**_of_runs(runs), **marked}


def _of_runs(runs: Mapping[str, int]) -> Mapping[str, int]:
    """Which pieces hold an unmarked gram, from the runs that they hold."""
    found: dict[str, int] = defaultdict(int)
    for run, holders in runs.items():
        for gram in grams.longest_of_run(run):
            found[gram] |= holders
    for length in range(grams.LONGEST, 1, -1):
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
