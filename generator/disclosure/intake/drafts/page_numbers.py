"""On which page of the year's PDF each table begins: the page of a project links to it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from disclosure.intake.drafts.table_records import Record
from disclosure.intake.understanding.interpreting import Interpreted
from disclosure.intake.understanding.ledger import Where

#: How long the ways into a table are, and those into a project of a list.
_LENGTHS = (2, 4)
_OF_PART_ONE = frozenset({"overall_goal", "objectives", "safeguards"})


class PageNumbers(Struct, frozen=True):
    """Pages of a PDF, from 1; none of any other document.

    Attributes:
        by_table: Where each table begins, by how the ways to its values begin.
        first: Where the first target stands.
    """

    by_table: Mapping[Where, int] = field(default_factory=dict)
    first: int | None = None

    def with_page(self, record: Record, origin: Where) -> Record:
        """A project with the page of its table."""
        page = self.by_table.get(origin)
        if page is None:
            return record
        made: Record = {}
        for key, value in record.items():
            made[key] = value
            if key == "number":
                made["page"] = str(page)
        return made


def of_source(found: Interpreted, known: str | None) -> PageNumbers:
    """The pages of a document that is, or becomes, the source of its year.

    Args:
        found: The document.
        known: The name of the source that the year has already; None for a new year.
    """
    becomes_source = bool(found.part_one.overall) or known in {None, found.name}
    if found.is_ours or not found.name.lower().endswith(".pdf") or not becomes_source:
        return PageNumbers()
    evaluations: set[Where] = {
        ("table", one.number) for one in found.tables if "evaluation" in one.form.kind
    }
    evaluations |= {form.at() for form in found.forms if form.evaluation}
    pages: dict[Where, int] = {}
    of_targets = []
    for placed in found.ledger.placed:
        page, where = placed.text.page, placed.where
        if not page:
            continue
        for length in _LENGTHS:
            pages[where[:length]] = min(pages.get(where[:length], page), page)
        in_table = where[0] in {"table", "form"} and where[:2] not in evaluations
        if in_table or (where[0] == "disclosure" and where[1] in _OF_PART_ONE):
            of_targets.append(page)
    return PageNumbers(pages, min(of_targets, default=None))
