"""The document that data were taken from, where it is published: its address, size and checksum."""

from __future__ import annotations

from msgspec import Struct

from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.pages.addresses import document_address
from disclosure.pages.formatting import size


class SourceDocument(Struct, frozen=True):
    """A document, and where in it a table stands.

    Attributes:
        title: What it is called.
        address: Of a PDF that of the page.
        facts: Its kind, its size and the page, for readers.
        sha256: Of what it holds.
    """

    title: str
    address: str
    facts: str
    sha256: str


def source_document(
    department: DepartmentData, year: DepartmentYear, page: int | None
) -> SourceDocument | None:
    """The document of a year; None where it is not published."""
    source, document = year.disclosure.source, year.document
    if source is None or document is None:
        return None
    address = document_address(department, year)
    kind = address.rpartition(".")[2]
    facts = (kind.upper(), size(document.size), f"第{page}页" if page else "")
    return SourceDocument(
        title=source.title or source.file or "",
        address=f"{address}#page={page}" if page and kind == "pdf" else address,
        facts="，".join(filter(None, facts)),
        sha256=document.sha256,
    )
