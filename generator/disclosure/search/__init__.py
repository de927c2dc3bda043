"""The search data of a built site: which pages hold which letters in a row, and their texts.

It is cut into parts by year (`index_parts.py`), so that a change rebuilds only one of them, and
every part into small files, so that a query asks for few of them. The browser finds the grams of a
query (`grams.py`) in the newest year first, and reads the texts of the pages that it shows: those
tell what a page is about, and whether it holds all of a long query in one piece.

The browser's half is `theme/assets/search*.js`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import astuple

from disclosure.engine.cache import Cache
from disclosure.engine.site_folder import FileGroup, FileTask
from disclosure.model.words import Words
from disclosure.search.contract import contract
from disclosure.search.document_batch import DocumentBatch, batched
from disclosure.search.html_text import text_of
from disclosure.search.index_parts import IndexPart, parts
from disclosure.search.pages import (
    FACETS,
    FILED,
    KINDS,
    IndexedPage,
    SearchDocument,
    SearchName,
)
from disclosure.search.text_files import FOLDER, places, read_text, stored_texts
from disclosure.search.words_file import words_task

__all__ = [
    "FACETS",
    "KINDS",
    "DocumentBatch",
    "Index",
    "IndexPart",
    "IndexedPage",
    "SearchDocument",
    "SearchName",
    "addresses",
    "batched",
    "parts",
    "read_entries",
    "stored_texts",
    "summary_file",
    "tasks",
    "text_of",
]


class Index:
    """Gathers the pages of a site while they are rendered."""

    def __init__(self) -> None:
        self._pages: dict[str, IndexedPage] = {}

    def add(self, address: str, title: str, html: str, facets: Mapping[str, str]) -> None:
        """Take a page into the index.

        Args:
            address: Relative to the site, such as `130803-322/2024/`; "" is the home page.
            title: Plain text.
            html: The page's content as HTML. What is not its own text is left out.
            facets: `kind` (one of `KINDS`) and, where they apply, `year`, `department`,
                `chain` and `money` (see `SearchName`).
        """
        filed = {name: str(facets.get(name) or "") for name in FILED}
        self._pages[address] = IndexedPage(address, title, text_of(html), **filed)

    def take(self, entries: Iterable[SearchName] = ()) -> list[SearchDocument]:
        """What was gathered, which this index no longer holds.

        Args:
            entries: Names and codes. A page that was not added is found by them alone.
        """
        known, self._pages = self._pages, {}
        names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entry in sorted(
            set(entries), key=lambda entry: (entry.code, entry.name, astuple(entry))
        ):
            names[entry.address].append((entry.name, entry.code))
            filed = {name: str(getattr(entry, name)) for name in FILED}
            text = f"{entry.name}\n{entry.code}"
            known.setdefault(entry.address, IndexedPage(entry.address, entry.name, text, **filed))
        return [SearchDocument(page, tuple(names[address])) for address, page in known.items()]

    def put_back(self, documents: Iterable[SearchDocument]) -> None:
        """Hold again what was taken without entries."""
        self._pages.update((document.page.address, document.page) for document in documents)


def tasks(cut: Iterable[IndexPart], cache: Cache, words: Words) -> list[FileTask]:
    """How the files of these parts are made, of batches whose documents may be in `cache`.

    At last that of the words, with the site's synonyms, to find what was meant.
    """
    parts_of_index = list(cut)
    vocabularies = [batch.words for part in parts_of_index for batch in part.batches]
    made = [part.task(FOLDER, cache) for part in parts_of_index]
    return [*made, words_task(FOLDER, vocabularies, words, cache)]


def summary_file(
    cut: Sequence[IndexPart], made: Sequence[FileGroup], themes: Iterable[tuple[str, str]] = ()
) -> tuple[str, bytes]:
    """What the browser reads first: how to read the rest, what to filter by, and all parts.

    `made` is what `tasks` made; `themes` are the names and addresses of pages to browse by.
    """
    batches = [batch for part in cut for batch in part.batches]
    departments: dict[str, str] = {}
    for batch in batches:
        for name, address in batch.departments.items():
            departments[name] = departments.get(name) or address
    kinds = {kind for batch in batches for kind, _ in batch.kinds}
    index = {
        "contract": contract(),
        "facets": {
            "kind": [kind for kind in KINDS if kind in kinds],
            "year": sorted({batch.year for batch in batches} - {""}, reverse=True),
            "department": sorted(departments),
        },
        "departments": [departments[name] for name in sorted(departments)],
        "themes": [*themes],
        "parts": [part.about(files) for part, files in zip(cut, made[: len(cut)], strict=True)],
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return f"{FOLDER}index.json", f"{text}\n".encode()


def addresses(site: Path) -> set[str]:
    """Every page of a finished site that search knows."""
    return {*places(site)}


def read_entries(site: Path, addresses: Iterable[str]) -> Iterator[SearchName]:
    """The names and codes that lead to some pages of a finished site."""
    found = places(site)
    for address in addresses:
        row = read_text(site, found[address])
        filed = {name: row[name] for name in ("address", *FILED)}
        for name, code in row["names"]:
            yield SearchName(name, code, **filed)
