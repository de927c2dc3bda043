"""Some pages of a preview, made before all others: those that somebody is looking at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.structure.pages import Page

from disclosure.plugin import mkdocs_internals
from disclosure.plugin.mkdocs_files import GeneratedFile
from disclosure.plugin.workers import RenderContext


def first_pages(context: RenderContext, addresses: Iterable[str]) -> dict[str, bytes]:
    """The pages at some addresses, as they will stand in the site.

    Nothing of the site is written. A page is left out if it is none of this site, or says how
    large files are that are made at the end.
    """
    others = context.index.take()
    pages = {address: context.files.page_ahead(address) for address in addresses}
    made = {address: _made(context, page) for address, page in pages.items() if page}
    context.index.take()  # the worker that makes these pages gives them to search
    context.index.put_back(others)
    return made


def _made(context: RenderContext, page: Page) -> bytes:
    """A page with the theme around it; one that was written by hand has been read already."""
    file = page.file
    if isinstance(file, GeneratedFile):
        mkdocs_internals.read_page(page, context.config, context.files)
    with TemporaryDirectory() as scratch:
        file.abs_dest_path = place = str(Path(scratch, "page.html"))
        everything = context.files.documentation_pages()
        mkdocs_internals.write_page(page, context.config, everything, context.nav, context.env)
        del file.abs_dest_path  # which is in the site again
        return Path(place).read_bytes()
