"""The texts of the pages, many in one file of which the browser asks for the bytes that it needs.

A file for each page was every fifth file of a large site. A file is named for what it holds, so
that a page that has been open for a while cannot take other bytes for those that it asks for.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from disclosure.engine.cache import digest
from disclosure.engine.listing import names_below
from disclosure.search.packing import packed, read_packed
from disclosure.search.pages import IndexedPage, SearchDocument, TextPlace, rank
from disclosure.search.part import ADDRESSES, pieces

#: Where all that is searched stands in the site.
FOLDER = "search/"

#: Below this folder of the site stand the texts of the pages.
TEXTS = f"{FOLDER}text/"

#: How many pages stand in one file. A server that knows no parts of files sends all of it.
TOGETHER = 32


def stored_texts(
    documents: Sequence[SearchDocument],
) -> tuple[list[SearchDocument], list[tuple[str, bytes]]]:
    """The documents with the place of their texts, and the files in which these stand.

    A text comes with where the other years of its project are: all pages of a project must be
    among the documents. Those of one year and folder stand together, so that a change of a text
    leaves the others, and so that it makes no difference which folders are among the documents.
    """
    found: list[SearchDocument] = []
    files: list[tuple[str, bytes]] = []
    chains = _chains(documents)
    in_order = sorted(documents, key=lambda one: (one.page.year, one.page.address))
    for (_, folder), together in groupby(in_order, key=_year_and_folder):
        own = [*together]
        for first in range(0, len(own), TOGETHER):
            group = own[first : first + TOGETHER]
            made = [_packed_pieces(document, chains) for document in group]
            content = b"".join(piece for pieces_ in made for piece in pieces_)
            name = f"{folder}/{digest(group[0].page.address, content)[:8]}.texts"
            start = 0
            for document, packed_pieces in zip(group, made, strict=True):
                sizes = tuple(map(len, packed_pieces))
                found.append(replace(document, place=TextPlace(name, start, sizes)))
                start += sum(sizes)
            files.append((TEXTS + name, content))
    return found, files


def _year_and_folder(document: SearchDocument) -> tuple[str, str]:
    """The year of a page, and the top folder of the site in which it stands."""
    return document.page.year, document.page.address.partition("/")[0] or "index"


def _chains(documents: Sequence[SearchDocument]) -> dict[str, list[IndexedPage]]:
    """The pages of each project, in the order in which they are shown."""
    chains: dict[str, list[IndexedPage]] = defaultdict(list)
    for page in sorted((document.page for document in documents), key=rank):
        if page.chain:
            chains[page.chain].append(page)
    return chains


def _packed_pieces(document: SearchDocument, chains: dict[str, list[IndexedPage]]) -> list[bytes]:
    page = document.page
    others = [
        {"year": other.year, "kind": other.kind, "address": other.address}
        for other in chains.get(page.chain, ())
        if other is not page
    ]
    filed = {**asdict(page), "others": others}
    return [
        packed({**filed, "text": text, "names": () if number else document.names})
        for number, text in enumerate(pieces(document))
    ]


def places(site: Path) -> dict[str, TextPlace]:
    """Every page of a finished site that search knows, and where its text stands."""
    return {
        address: _place(site, address, *place)
        for name in names_below(site / FOLDER, ADDRESSES)
        for address, _, *place in json.loads(read_packed(site / FOLDER / name))
    }


def _place(site: Path, address: str, file: str = "", start: int = 0, *sizes: int) -> TextPlace:
    """Where a text stands; a release made before texts stood together has a file for each page."""
    if not file:
        file = f"{address.strip('/') or 'index'}.page"
        sizes = ((site / TEXTS / file).stat().st_size,)
    return TextPlace(file, start, sizes)


def read_text(site: Path, place: TextPlace, piece: int = 0) -> dict[str, Any]:
    """A piece of a page's text, with what is known of the page."""
    start = place.start + sum(place.sizes[:piece])
    content = (site / TEXTS / place.file).read_bytes()[start : start + place.sizes[piece]]
    row: dict[str, Any] = json.loads(gzip.decompress(content))
    return row
