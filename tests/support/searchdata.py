"""Search data of a few pages, written as a build writes it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from disclosure import search
from disclosure.engine.site_folder import SiteFolder
from disclosure.model.words import Words
from disclosure.reading import shipped_words
from disclosure.search import SearchDocument


def write(
    site: Path,
    documents: Iterable[SearchDocument],
    output: SiteFolder | None = None,
    words: Words | None = None,
) -> None:
    """Write `search/` into a site."""
    found, output = list(documents), output or SiteFolder(site)
    stored, texts = search.stored_texts(found)
    output.write(texts)
    cut = search.parts(search.batched(stored, output.cache))
    made = output.make_all(search.tasks(cut, output.cache, words or shipped_words()), 1)
    output.write([search.summary_file(cut, made)])
