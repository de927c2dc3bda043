"""How the index is cut: by year, and a year of very many pages by departments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from msgspec import Struct

from disclosure.engine.cache import Cache, digest
from disclosure.engine.partition import shares
from disclosure.engine.site_folder import FileGroup, FileTask
from disclosure.search.document_batch import DocumentBatch
from disclosure.search.pages import SearchDocument, kind_rank
from disclosure.search.part import GRAMS, SHAPE, files, in_order

#: How many pages a part may hold, about. With smaller parts there are more of them, and more files
#: are asked for each query; with larger ones more is done again when a page changes.
MAX_PAGES = 8_000

#: As long as no part is so large, none holds more than this part of a site: two for each of four
#: years, and for what is of no one year.
_OF_ALL = 8

#: A part of so few pages is never cut.
_MIN_CUT = 500


class IndexPart(Struct, frozen=True):
    """Some pages of one year.

    Attributes:
        year: Four digits, or "" for the pages of no one year.
        name: The name of its folder, which no other content can have.
        batches: Where its pages are.
    """

    year: str
    name: str
    batches: tuple[DocumentBatch, ...]

    def documents(self, cache: Cache) -> list[SearchDocument]:
        """Its pages in order."""
        return in_order(one for batch in self.batches for one in batch.documents(cache))

    def task(self, folder: str, cache: Cache) -> FileTask:
        """How its files are made, below a folder of the site."""
        make = partial(_files, self, f"{folder}{self.name}/", cache)
        return FileTask("part of the index", partial(list, [self.name]), make)

    def about(self, made: FileGroup) -> dict[str, Any]:
        """What the browser must know of it, once it is made.

        `files` is how many files hold its grams; `pages` is, for all its pages in order, of how
        many pages which kind they are, and of how many pieces each of them is.
        """
        kinds: Counter[tuple[str, int]] = Counter()
        for batch in self.batches:
            kinds.update(batch.kinds)
        order = sorted(kinds, key=lambda key: (kind_rank(key[0]), key[1]))
        rows = [[kind, kinds[kind, pieces], pieces] for kind, pieces in order]
        count = sum(file.path.endswith(GRAMS) for file in made.files)
        return {"name": self.name, "year": self.year, "files": count, "pages": rows}


def parts(batches: Iterable[DocumentBatch]) -> list[IndexPart]:
    """All pages, cut by year and departments: newest year first, pages of no one year last."""
    years: dict[str, list[DocumentBatch]] = defaultdict(list)
    for batch in sorted(batches, key=lambda batch: (batch.folder, batch.key)):
        years[batch.year].append(batch)
    in_all = sum(map(_size, chain.from_iterable(years.values())))
    most = min(MAX_PAGES, max(_MIN_CUT, in_all // _OF_ALL))
    return [one for year in sorted(years, reverse=True) for one in _shares(year, years[year], most)]


def _shares(year: str, batches: Sequence[DocumentBatch], most: int) -> Iterator[IndexPart]:
    """A year's parts. A department stays in its share as long as the year is about as large."""
    cut = shares(batches, most, lambda batch: batch.folder, _size)
    for number, own in enumerate(cut):
        if own:
            name = digest(SHAPE, *(batch.key for batch in own))[:12]
            yield IndexPart(year, f"{year or 'all'}-{number}-{name}", tuple(own))


def _size(batch: DocumentBatch) -> int:
    """How many pages are on it."""
    return sum(batch.kinds.values())


def _files(one: IndexPart, folder: str, cache: Cache) -> list[tuple[str, bytes]]:
    return [(folder + name, content) for name, content in files(one.documents(cache))]
