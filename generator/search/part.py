"""What stands in one part of the index: the grams of its pages, and their addresses.

A part depends on its own pages alone and its folder is named after them, so that a part whose
pages are as they were is left as it is (`cutting.py` says which pages those are).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import sub

from generator.search import grams
from generator.search.files import packed
from generator.search.pages import Document, rank

#: How many bytes of grams and pages stand in a file, about, before it is compressed.
FILE = 8_192

#: How many pages stand in one file of addresses.
BLOCK = 64

#: A text of more than twice as many letters is cut into pieces of so many, about: of a long list
#: only the piece is loaded that holds what was searched for.
PIECE = 2_000

#: How the names of the files with grams end.
GRAMS = ".grams"


def in_order(documents: Iterable[Document]) -> list[Document]:
    """The documents in the order in which they stand in a part: of a kind, short ones first."""
    return sorted(documents, key=_order)


def _order(document: Document) -> tuple[int, int, str]:
    kind, _, address = rank(document.page)
    return kind, len(pieces(document)), address


def files(documents: Sequence[Document]) -> list[tuple[str, bytes]]:
    """A part's files by their names; the documents are in order."""
    blobs = _files(postings(documents))
    made = [(f"{number}{GRAMS}", packed(blob)) for number, blob in enumerate(blobs)]
    pages = [[document.page.address, document.page.chain] for document in documents]
    blocks = (pages[start : start + BLOCK] for start in range(0, len(pages), BLOCK))
    return made + [(f"{number}.pages", packed(block)) for number, block in enumerate(blocks)]


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


def postings(documents: Sequence[Document]) -> Mapping[str, Sequence[int]]:
    """The places of the pieces that hold a gram, by gram, in order; a page's first has its names.

    Most runs stand on many pages, so each of them is cut into grams once.
    """
    places: dict[str, list[int]] = defaultdict(list)
    found: dict[str, list[list[int]]] = defaultdict(list)
    place = 0
    for document in documents:
        for key in set(grams.of_names(document.names)):
            found[key].append([place])
        for piece in pieces(document):
            for run in set(grams.runs(piece)):
                places[run].append(place)
            found[grams.DEPARTMENT + document.page.department].append([place])
            place += 1
    for run, holders in places.items():
        for gram in grams.of_run(run):
            found[gram].append(holders)
    return {gram: sorted(set().union(*lists)) for gram, lists in found.items()}


def _files(found: Mapping[str, Sequence[int]]) -> list[bytes]:
    """The grams and their pages as files; a gram's number tells in which of them it stands."""
    pieces = {key: _piece(key, places) for key, places in found.items()}
    count = 1
    while sum(map(len, pieces.values())) > FILE * count:
        count *= 2
    files: list[list[bytes]] = [[] for _ in range(count)]
    for key in sorted(pieces):
        files[grams.number(key) % count].append(pieces[key])
    return [b"".join(file) for file in files]


def _piece(key: str, places: Sequence[int]) -> bytes:
    """A gram, NUL, how many bytes follow, and the distance of each page from the one before."""
    distances = list(map(sub, places, [-1, *places]))
    plain = max(distances) < 0x80
    packed = bytes(distances) if plain else b"".join(map(_varint, distances))
    return key.encode() + b"\0" + _varint(len(packed)) + packed


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the top bit says that there are more."""
    result = bytearray()
    while value > 0x7F:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)
