"""A department's whole year as one document that can be printed and filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from disclosure.config.settings import Settings
from disclosure.pages.addresses import full_address
from disclosure.pages.disclosure import DisclosureView
from disclosure.pages.project import ProjectView
from disclosure.pages.view import Link, View


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintView(View):
    """A year's disclosure in one piece: cover, contents, part one, and every project's form.

    It says nothing that its pages do not say, so it stays out of the search index.

    Attributes:
        disclosure: The year's page.
        projects: The current version of every project, in the document's order.
        source_address: Where the year's page stands, as it is printed.
    """

    kind: ClassVar[str] = "print"
    disclosure: DisclosureView
    projects: tuple[ProjectView, ...]
    source_address: str

    @property
    def year(self) -> int:
        """The budget year."""
        return self.disclosure.year


def print_view(
    disclosure: DisclosureView, projects: Sequence[ProjectView], settings: Settings
) -> PrintView:
    """The document of one department's year, made of its pages."""
    return PrintView(
        address=disclosure.whole.address,
        title=f"{disclosure.title}（全文）",
        description=f"{disclosure.description}全文，供打印和存档。",
        crumbs=(*disclosure.crumbs, Link(f"{disclosure.year}年", disclosure.address)),
        disclosure=disclosure,
        projects=tuple(project for project in projects if project.superseded is None),
        source_address=full_address(disclosure.address, settings),
    )
