"""What a page is before it is laid out: its address, title, crumbs, origin and data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct


class Link(Struct, frozen=True):
    """A link inside the site; `address` counts from the site's root (`""` is the home page)."""

    text: str
    address: str


class PagePlace(Struct, frozen=True):
    """A place on a page; `address` is "" on the page itself, `anchor` "" for all of a page."""

    text: str
    address: str
    anchor: str = ""


class Facets(Struct, frozen=True):
    """How search files a page: its kind, and its year and department where it has one.

    `chain` is the address of the page of the project through the years: search shows all pages
    that share it as one result. `money` is the budget of a project, with its unit.
    """

    kind: str
    year: str = ""
    department: str = ""
    chain: str = ""
    money: str = ""


class Origin(Struct, frozen=True):
    """Where a page's content comes from; "" what is not known.

    Attributes:
        publisher: The department that published it.
        column: What the publication is called.
        published: When, as ISO date.
        version: Which version the page shows.
    """

    publisher: str
    column: str
    published: str = ""
    version: str = ""


class Revision(Struct, frozen=True):
    """Which state of the data a page shows: the last commit that touched it, and its day.

    Both are "" where the data has changes that were not committed.
    """

    commit: str = ""
    day: str = ""


class Extract(Struct, frozen=True):
    """Which part of the data stands beside a page as files; as JSON all of it, as CSV one table.

    Attributes:
        table: The table of the CSV file.
        links: To the files.
        department: The department; "" for all.
        years: The year; two where they are compared, the earlier first; none for all.
        code: The project, or the first code of a project through the years; "" for all.
        version: The version of its table; "" for all.
        elsewhere: What the project was or became in other departments: each one's id, and the
            first code that it had there.
    """

    table: str
    links: tuple[Link, ...]
    department: str = ""
    years: tuple[int, ...] = ()
    code: str = ""
    version: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()


#: What is behind a page that tells of all the data.
ALL_DATA = ("",)


class View(Struct, frozen=True, kw_only=True):
    """A page, with everything decided and formatted; templates only lay it out.

    Attributes:
        kind: Names the template, and nothing else.
        address: Site-relative, ending in `/`; `""` for the home page.
        title: The page's heading.
        description: One plain sentence for search engines and shared links.
        crumbs: The way down from the home page, this page left out.
        facets: How search files the page; None keeps it out of the index.
        origin: Who published it; None for what this site itself put together.
        hide: Parts of the frame the page does without (`navigation`, `toc`).
        data_paths: The data files (`a/b.yml`) and folders (`a/`) whose text the page is made of,
            relative to the data folder. What is only added up or linked to is left out, so that
            the page does not change with every file beside its own.
        revision: Which state of those; None where git knows nothing.
        dated: The newest date in them, ISO; "" where they have none.
        extract: What stands beside the page as data; None where nothing does.
        feeds: The Atom feeds of what it belongs to, the nearest last. That of the whole site is
            named on every page; here it stands for the page of changes alone.
        structured: What the page is, in the words of schema.org; None for most.
    """

    kind: ClassVar[str]
    address: str
    title: str
    description: str
    crumbs: tuple[Link, ...] = ()
    facets: Facets | None = None
    origin: Origin | None = None
    hide: tuple[str, ...] = ("navigation", "toc")
    data_paths: tuple[str, ...] = ()
    revision: Revision | None = None
    dated: str = ""
    extract: Extract | None = None
    feeds: tuple[Link, ...] = ()
    structured: Mapping[str, object] | None = None

    @property
    def offered(self) -> tuple[str, ...]:
        """The addresses of the files that it offers as data."""
        return tuple(link.address for link in self.extract.links) if self.extract else ()
