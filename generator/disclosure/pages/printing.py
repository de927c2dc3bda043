"""A department's whole year as one document that can be printed and filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from disclosure.config.settings import Settings
from disclosure.pages.addresses import full_address
from disclosure.pages.disclosure import DisclosureView
from disclosure.pages.filled_forms import ListTable
from disclosure.pages.form_table import FormTable
from disclosure.pages.project import ProjectView
from disclosure.pages.public_notes import PublicNote
from disclosure.pages.view import Link, View


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A table of the document, with what stands around it.

    Attributes:
        id: Its name within the document.
        number: The number of the project, or of the first of several; 0 for the department.
        title: What it is called where its own title stands in the table.
        head: Department and year.
        table: The filled form.
        notes: The notes on it.
        document: What it is from.
        version: Which version it is; "" for a table of several projects.
        address: Where it stands on the site.
        reason: Why it was changed; "" for what is as first published.
    """

    id: str
    number: int
    title: str
    head: str
    table: FormTable
    notes: tuple[PublicNote, ...]
    document: str
    version: str
    address: str
    reason: str = ""

    @property
    def label(self) -> str:
        """What contents and sheets call it."""
        return self.table.title or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintView(View):
    """A year's disclosure in one piece: cover, contents, part one, and every form.

    It says nothing that its pages do not say, so it stays out of the search index.

    Attributes:
        disclosure: The year's page.
        whole: The table of the whole department; None where there is none.
        forms: The tables of the projects in force, in the document's order.
        evaluations: The self-evaluations that were printed as tables: the department's, then those
            of its projects.
        source_address: Where the year's page stands, as it is printed.
    """

    kind: ClassVar[str] = "print"
    disclosure: DisclosureView
    whole: PrintedForm | None
    forms: tuple[PrintedForm, ...]
    evaluations: tuple[PrintedForm, ...]
    source_address: str

    @property
    def year(self) -> int:
        """The budget year."""
        return self.disclosure.year


def printed_form(view: ProjectView) -> PrintedForm:
    """The form of a project, as its page shows it."""
    reasons = [line.reason for line in view.versions if line.shown]
    return PrintedForm(
        id=view.facts.id,
        number=view.facts.number,
        title=view.title,
        head=f"{view.department.text}　{view.year}年度",
        table=view.table,
        notes=view.notes,
        document=view.provenance.document,
        version=view.version,
        address=view.provenance.address,
        reason="".join(reasons[:1]),
    )


def printed_evaluation(view: ProjectView) -> PrintedForm | None:
    """The self-evaluation of a project, if its page shows it as it was printed."""
    if view.evaluation is None or view.result is None:
        return None
    return PrintedForm(
        id=f"result-{view.facts.id}",
        number=view.facts.number,
        title=f"{view.title}{view.evaluation.name}",
        head=_head_of_evaluation(view.department, view.year, view.result.published),
        table=view.evaluation,
        notes=view.result.notes,
        document="",
        version="",
        address=view.provenance.address,
    )


def print_view(
    disclosure: DisclosureView,
    projects: Sequence[ProjectView],
    lists: Sequence[ListTable],
    settings: Settings,
) -> PrintView:
    """The document of one department's year, made of its pages and the lists in force."""
    source = full_address(disclosure.address, settings)
    current = [project for project in projects if project.superseded is None]
    return PrintView(
        address=disclosure.whole.address,
        title=f"{disclosure.title}（全文）",
        description=f"{disclosure.description}全文，供打印和存档。",
        crumbs=(*disclosure.crumbs, Link(f"{disclosure.year}年", disclosure.address)),
        disclosure=disclosure,
        whole=_whole(disclosure, source),
        forms=tuple(_forms(current, lists, source)),
        evaluations=tuple(_evaluations(disclosure, current, source)),
        source_address=source,
    )


def _forms(
    projects: Sequence[ProjectView], lists: Sequence[ListTable], source: str
) -> Iterator[PrintedForm]:
    """The form of each project; projects of one list are one table, where the first stands."""
    listed = {project.id: one for one in lists for project in one.projects}
    seen: set[int] = set()
    for view in projects:
        made = listed.get(view.facts.id)
        if made is None:
            yield printed_form(view)
        elif id(made) not in seen:
            seen.add(id(made))
            yield PrintedForm(
                id=f"list-{made.table.form_id}",
                number=view.facts.number,
                title=made.table.name,
                head=f"{view.department.text}　{view.year}年度",
                table=made.table,
                notes=made.notes,
                document=view.provenance.document,
                version="",
                address=source,
            )


def _whole(disclosure: DisclosureView, source: str) -> PrintedForm | None:
    if disclosure.tables.department is None:
        return None
    return PrintedForm(
        id="department-table",
        number=0,
        title=disclosure.tables.department.name,
        head=f"{disclosure.department.text}　{disclosure.year}年度",
        table=disclosure.tables.department,
        notes=disclosure.tables.department_notes,
        document=disclosure.publication.document or disclosure.publication.file,
        version="",
        address=source,
    )


def _evaluations(
    disclosure: DisclosureView, projects: Sequence[ProjectView], source: str
) -> Iterator[PrintedForm]:
    tables = disclosure.tables
    if tables.evaluation is not None:
        yield PrintedForm(
            id="department-result",
            number=0,
            title=tables.evaluation.name,
            head=_head_of_evaluation(
                disclosure.department, disclosure.year, tables.evaluation_published
            ),
            table=tables.evaluation,
            notes=tables.evaluation_notes,
            document="",
            version="",
            address=source,
        )
    for view in projects:
        if (made := printed_evaluation(view)) is not None:
            yield made


def _head_of_evaluation(department: Link, year: int, published: str) -> str:
    """Department and year, and when the evaluation was published, if that is known."""
    return f"{department.text}　{year}年度自评" + (f"　{published}公开" if published else "")
