"""Where documents wait until a part of the index is made of them.

Nobody holds all of a large site's texts at once: a shelf has those of one department and year, and
who has the shelf knows what is on it without them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from disclosure.engine.cache import Kept, digest
from disclosure.search.pages import Document
from disclosure.search.part import in_order, pieces


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one year in one folder of the site, which is most often a department's.

    Attributes:
        year: Four digits, or "" for pages of no one year.
        folder: The beginning of their addresses.
        key: A digest of the documents.
        kinds: How many pages there are of each kind and each number of pieces.
        departments: The departments' names, each with its own page if that is here, otherwise "".
        held: The documents; None where they are kept under `key`.
    """

    year: str
    folder: str
    key: str
    kinds: Mapping[tuple[str, int], int]
    departments: Mapping[str, str]
    held: tuple[Document, ...] | None

    def is_there(self, kept: Kept) -> bool:
        """Whether its documents can be had."""
        return self.held is not None or kept.holds(self.key)

    def documents(self, kept: Kept) -> Sequence[Document]:
        """What is on it."""
        found = kept.get(self.key, tuple) if self.held is None else self.held
        assert found is not None, "`is_there` was not asked"
        return found


def shelved(documents: Iterable[Document], kept: Kept) -> tuple[Shelf, ...]:
    """The documents on shelves, kept if anything is."""
    shelves: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in in_order(documents):
        page = document.page
        shelves[page.year, page.address.partition("/")[0]].append(document)
    return tuple(_shelf(*key, tuple(shelves[key]), kept) for key in sorted(shelves))


def _shelf(year: str, folder: str, documents: tuple[Document, ...], kept: Kept) -> Shelf:
    pages = [document.page for document in documents]
    departments = {page.department: "" for page in pages if page.department}
    departments |= {page.department: page.address for page in pages if page.kind == "部门"}
    key = digest("documents", *map(repr, documents))
    is_kept = kept.put(key, documents)
    return Shelf(
        year=year,
        folder=folder,
        key=key,
        kinds=Counter((document.page.kind, len(pieces(document))) for document in documents),
        departments=departments,
        held=None if is_kept else documents,
    )
