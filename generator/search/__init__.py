"""The search data of a built site: which pages hold which letters in a row, and their texts.

It is cut into parts by year (`part.py`), so that a change makes only one of them anew, and every
part into small files, so that a query asks for few of them. The browser finds the grams of a
query (`grams.py`) in the newest year first, and reads the texts of the pages that it shows: those
tell what a page is about, and whether it holds all of a long query in one piece.

The browser's half is `theme/assets/search*.js`.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from functools import partial
from pathlib import Path

from generator import parallel
from generator.search.files import read_packed, write_packed
from generator.search.pages import FACETS, KINDS, Document, Entry, IndexedPage, rank
from generator.search.part import Part, parts, pieces
from generator.search.text import text_of

__all__ = [
    "FACETS",
    "KINDS",
    "Document",
    "Entry",
    "Index",
    "IndexedPage",
    "read_catalogue",
    "text_of",
    "write",
]

#: Below this folder of the site stand the texts of the pages, each by its address.
TEXTS = "text"

#: How many texts a worker writes at a time.
UNIT = 500

#: With fewer pages than this it takes longer to share the work than to do it.
FEW = 200


class Index:
    """Gathers the pages of a site while it is built, then writes its search data."""

    def __init__(self) -> None:
        self._pages: dict[str, IndexedPage] = {}

    def add(self, address: str, title: str, html: str, facets: Mapping[str, str]) -> None:
        """Take a page into the index.

        Args:
            address: Relative to the site, such as `130803-322/2024/`; "" is the home page.
            title: Plain text.
            html: The page's content as HTML. What is not its own text is left out.
            facets: `kind` (one of `KINDS`) and, where they apply, `year`, `department` and
                `chain` (see `Entry`).
        """
        filed = {name: str(facets.get(name) or "") for name in (*FACETS, "chain")}
        self._pages[address] = IndexedPage(address, title, text_of(html), **filed)

    def take(self) -> list[IndexedPage]:
        """What was gathered, which this index no longer holds: another one is to `accept` it."""
        pages, self._pages = list(self._pages.values()), {}
        return pages

    def accept(self, pages: Iterable[IndexedPage]) -> None:
        """Hold the pages that another index gathered, in another process."""
        self._pages.update((page.address, page) for page in pages)

    def write(self, site_dir: Path, entries: Iterable[Entry], jobs: int = 1) -> None:
        """Write `search/` into the site; the same input, the same bytes.

        What stands there already and is still right is left: parts whose pages are unchanged.

        Args:
            site_dir: The site.
            entries: All names and codes. A page that was not added is found by them alone.
            jobs: How many processes may share the work.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
        """
        write(site_dir / "search", _documents(self._pages, entries), jobs)


def _documents(pages: Mapping[str, IndexedPage], entries: Iterable[Entry]) -> list[Document]:
    """The pages with their names, in no order."""
    known = dict(pages)
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in sorted(set(entries), key=lambda entry: (entry.code, entry.name, astuple(entry))):
        names[entry.address].append((entry.name, entry.code))
        filed = {name: str(getattr(entry, name)) for name in (*FACETS, "chain")}
        text = f"{entry.name}\n{entry.code}"
        known.setdefault(entry.address, IndexedPage(entry.address, entry.name, text, **filed))
    return [Document(page, tuple(names[address])) for address, page in known.items()]


def write(folder: Path, documents: Sequence[Document], jobs: int = 1) -> None:
    """Write all of the index's files, and remove those that are no longer of it."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(documents) < FEW:
        jobs = 1
    made = parts(documents)
    files = list(parallel.each(partial(_write_part, folder), made, jobs))
    _write_texts(folder / TEXTS, documents, jobs)
    index = _facets(documents)
    index["parts"] = [part.about(count) for part, count in zip(made, files, strict=True)]
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (folder / "index.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    kept = {TEXTS, "index.json", *(part.name for part in made)}
    for path in folder.iterdir():
        if path.name not in kept:
            shutil.rmtree(path)


def _write_part(folder: Path, part: Part) -> int:
    """Write a part where it is not there yet; gives how many files hold its grams."""
    place = folder / part.name
    if place.exists():
        return sum(1 for _ in place.glob("*.grams"))
    unfinished = place.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    files = part.write(unfinished)
    unfinished.rename(place)
    return files


def _write_texts(folder: Path, documents: Sequence[Document], jobs: int) -> None:
    """Write the text of each page, with where the other years of its project are."""
    chains: dict[str, list[IndexedPage]] = defaultdict(list)
    for page in sorted((document.page for document in documents), key=rank):
        if page.chain:
            chains[page.chain].append(page)
    units = [documents[start : start + UNIT] for start in range(0, len(documents), UNIT)]
    kept: set[Path] = set()
    for paths in parallel.each(partial(_write_unit, folder, chains), units, jobs):
        kept.update(paths)
    for path in [*folder.rglob("*.page"), *folder.rglob("*.piece")]:
        if path not in kept:
            path.unlink()


def _write_unit(
    folder: Path, chains: Mapping[str, Sequence[IndexedPage]], documents: Sequence[Document]
) -> list[Path]:
    """Write the texts of some pages; gives what was written."""
    paths = []
    for document in documents:
        page = document.page
        others = [
            {"year": other.year, "kind": other.kind, "address": other.address}
            for other in chains.get(page.chain, ())
            if other is not page
        ]
        for number, text in enumerate(pieces(document)):
            names = () if number else document.names
            row = {**asdict(page), "text": text, "names": names, "others": others}
            paths.append(folder / place_of_text(page.address, number))
            write_packed(paths[-1], json.dumps(row, ensure_ascii=False).encode())
    return paths


def place_of_text(address: str, piece: int = 0) -> str:
    """The file with a piece of a page's text, below `TEXTS`."""
    name = address.rstrip("/") or "index"
    return f"{name}.{piece}.piece" if piece else f"{name}.page"


def _facets(documents: Sequence[Document]) -> dict[str, object]:
    """Everything there is to filter by, in the order in which it is offered."""
    pages = [document.page for document in documents]
    departments = {page.department: "" for page in pages if page.department}
    departments |= {page.department: page.address for page in pages if page.kind == "部门"}
    kinds = {page.kind for page in pages}
    return {
        "facets": {
            "kind": [kind for kind in KINDS if kind in kinds],
            "year": sorted({page.year for page in pages} - {""}, reverse=True),
            "department": sorted(departments),
        },
        "departments": [departments[name] for name in sorted(departments)],
    }


def read_catalogue(site_dir: Path) -> Iterator[Entry]:
    """All names and codes of a finished site."""
    for path in sorted((site_dir / "search" / TEXTS).rglob("*.page")):
        row = json.loads(read_packed(path))
        filed = {name: row[name] for name in ("address", *FACETS, "chain")}
        for name, code in row["names"]:
            yield Entry(name, code, **filed)
