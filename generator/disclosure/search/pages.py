"""The pages of a site as the search index has them, and the names and codes that lead there."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

#: The order of the kinds of page among equals: what is closest to the source comes first.
KINDS = ("项目", "年度公开", "部门", "年度汇总", "历年", "年度比较", "注释", "指南")

#: The kind of pages that are about the site and not about money.
GUIDE = "指南"

#: What results can be filtered by, in the order in which the search box offers it.
FACETS = ("kind", "year", "department")

#: All that is known of a page beside its address, title and text.
FILED = (*FACETS, "chain", "money")


class SearchName(Struct, frozen=True):
    """A name and a code, and the page they lead to.

    Attributes:
        name: As printed, of a project, a department or a unit.
        code: As printed, or "".
        address: The page, relative to the site, such as `130803-322/2024/<code>/`.
        kind: One of `KINDS`.
        year: Four digits, or "" for a page of no one year.
        department: The department's name, or "".
        chain: The same text for all years of one project, so that they are one result; or "".
        money: The budget of a project, with its unit, or that it was withdrawn; or "".
    """

    name: str
    code: str
    address: str
    kind: str
    year: str
    department: str
    chain: str = ""
    money: str = ""


class IndexedPage(Struct, frozen=True):
    """A page as search has it: plain text, and what it is filed under (see `SearchName`)."""

    address: str
    title: str
    text: str
    kind: str
    year: str
    department: str
    chain: str
    money: str = ""


class TextPlace(NamedTuple):
    """Where the text of a page stands in the site.

    Attributes:
        file: Below the folder of all texts.
        start: Of its first piece, in bytes.
        sizes: Of its pieces, which follow each other.
    """

    file: str
    start: int
    sizes: tuple[int, ...]


NOWHERE = TextPlace("", 0, ())


class SearchDocument(Struct, frozen=True):
    """A page and its names with their codes, both as printed, and where its text was written."""

    page: IndexedPage
    names: tuple[tuple[str, str], ...] = ()
    place: TextPlace = NOWHERE


def kind_rank(kind: str) -> int:
    """Where a kind stands among the others."""
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def rank(page: IndexedPage) -> tuple[int, int, str]:
    """The order among equally good results: kind, newest year first, address."""
    return kind_rank(page.kind), -int(page.year or 0), page.address
