"""Documents of one department and year, stored until a part of the index is made of them.

No process holds all of a large site's texts at once: a batch tells how many pages it has and of
which kinds without its documents, which are in the cache.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from disclosure.engine.cache import Cache, CacheEntry, digest
from disclosure.search.pages import SearchDocument
from disclosure.search.part import in_order, pieces
from disclosure.search.vocabulary import Vocabulary, vocabulary


class DocumentBatch(Struct, frozen=True):
    """The documents of one year in one folder of the site, which is most often a department's.

    Attributes:
        year: Four digits, or "" for pages of no one year.
        folder: The beginning of their addresses.
        key: A digest of the documents.
        kinds: How many pages there are of each kind and each number of pieces.
        departments: The departments' names, each with its own page if that is here, otherwise "".
        words: What can be offered to those who type pinyin or a wrong character.
        held: The documents; None where the cache holds them under `key`.
    """

    year: str
    folder: str
    key: str
    kinds: Mapping[tuple[str, int], int]
    departments: Mapping[str, str]
    words: Vocabulary
    held: tuple[SearchDocument, ...] | None

    def is_available(self, cache: Cache) -> bool:
        """Whether its documents can be had."""
        return self.held is not None or _entry(self.key, cache).exists()

    def documents(self, cache: Cache) -> Sequence[SearchDocument]:
        """Its documents."""
        found = _entry(self.key, cache).get(tuple) if self.held is None else self.held
        assert found is not None, "`is_available` was not asked"
        return found


def batched(documents: Iterable[SearchDocument], cache: Cache) -> tuple[DocumentBatch, ...]:
    """The documents in batches; their texts are put into the cache, if there is one."""
    batches: dict[tuple[str, str], list[SearchDocument]] = defaultdict(list)
    for document in in_order(documents):
        page = document.page
        batches[page.year, page.address.partition("/")[0]].append(document)
    return tuple(_batch(*key, tuple(batches[key]), cache) for key in sorted(batches))


def _batch(
    year: str, folder: str, documents: tuple[SearchDocument, ...], cache: Cache
) -> DocumentBatch:
    pages = [document.page for document in documents]
    departments = {page.department: "" for page in pages if page.department}
    departments |= {page.department: page.address for page in pages if page.kind == "部门"}
    # The names of the classes and fields are in it: with others, an index would move for nothing.
    key = digest("documents", *map(repr, documents))
    is_stored = _entry(key, cache).put(documents)
    return DocumentBatch(
        year=year,
        folder=folder,
        key=key,
        kinds=Counter((document.page.kind, len(pieces(document))) for document in documents),
        departments=departments,
        words=vocabulary(documents),
        held=None if is_stored else documents,
    )


def _entry(key: str, cache: Cache) -> CacheEntry:
    """The place of a batch's documents."""
    return cache.entry("documents", [key])
