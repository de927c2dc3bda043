"""A department's whole year as one document that can be printed and filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct

from disclosure.config.settings import Settings
from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.pages.addresses import full_address
from disclosure.pages.disclosure import DisclosureView, ProjectLine
from disclosure.pages.filled_forms import ListTable, list_tables, year_part
from disclosure.pages.form_table import FormTable
from disclosure.pages.page_parts import PartIndex, from_to, part_addresses, part_indexes
from disclosure.pages.print_parts import print_parts
from disclosure.pages.project import ProjectView
from disclosure.pages.public_notes import PublicNote
from disclosure.pages.view import Link, View


class PrintedForm(Struct, frozen=True):
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


class ShownForms(Struct, frozen=True):
    """What one page of the document shows.

    Attributes:
        index: The pages, where it is too long for one.
        projects: The lines of its list of projects.
        forms: Their tables.
        evaluations: The self-evaluations on it.
    """

    index: PartIndex
    projects: tuple[ProjectLine, ...]
    forms: tuple[PrintedForm, ...]
    evaluations: tuple[PrintedForm, ...]


class PrintView(View, frozen=True, kw_only=True):
    """A year's disclosure in one piece: cover, contents, part one, and every form.

    It says nothing that its pages do not say, so it stays out of the search index.

    Attributes:
        disclosure: The year's page.
        whole: The table of the whole department; None where there is none.
        forms: The tables of the projects in force, in the document's order.
        evaluations: The self-evaluations that were printed as tables: the department's, then those
            of its projects.
        source_address: Where the year's page stands, as it is printed.
        shown: What stands on its page, which is all of these or their first part.
    """

    kind: ClassVar[str] = "print"
    disclosure: DisclosureView
    whole: PrintedForm | None
    forms: tuple[PrintedForm, ...]
    evaluations: tuple[PrintedForm, ...]
    source_address: str
    shown: ShownForms

    @property
    def year(self) -> int:
        """The budget year."""
        return self.disclosure.year


class PrintPartView(View, frozen=True, kw_only=True):
    """A page of a document that is too long for one; the first is a `PrintView`."""

    kind: ClassVar[str] = "print_part"
    disclosure: DisclosureView
    shown: ShownForms


def printed_form(view: ProjectView) -> PrintedForm:
    """The form of a project, as its page shows it."""
    reasons = [line.reason for line in view.versions if line.shown]
    return PrintedForm(
        id=view.head.id,
        number=view.head.number,
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
        id=f"result-{view.head.id}",
        number=view.head.number,
        title=f"{view.title}{view.evaluation.name}",
        head=_head_of_evaluation(view.department, view.year, view.result.published),
        table=view.evaluation,
        notes=view.result.notes,
        document="",
        version="",
        address=view.provenance.address,
    )


def print_views(
    data: DepartmentData,
    year: DepartmentYear,
    disclosure: DisclosureView,
    projects: Sequence[ProjectView],
    settings: Settings,
) -> Iterator[View]:
    """The document of one department's year, made of its pages and the lists in force."""
    source = full_address(disclosure.address, settings)
    current = [project for project in projects if project.superseded is None]
    evaluations = (_evaluation_of_department(disclosure, source), *map(printed_evaluation, current))
    shown = tuple(_shown(data, year, disclosure, current, evaluations, source))
    if len(shown) == 1:
        forms = shown[0].forms
    else:
        forms = tuple(_forms(current, list_tables(data, year, in_force=True), source))
    first = PrintView(
        address=disclosure.whole.address,
        title=f"{disclosure.title}（全文）{shown[0].index.title}",
        description=f"{disclosure.description}全文，供打印和存档。",
        crumbs=(*disclosure.crumbs, Link(f"{disclosure.year}年", disclosure.address)),
        disclosure=disclosure,
        whole=_whole(disclosure, source),
        forms=forms,
        evaluations=tuple(filter(None, evaluations)),
        source_address=source,
        shown=shown[0],
    )
    yield first
    for one in shown[1:]:
        yield PrintPartView(
            address=one.index.parts[one.index.number - 1].link.address,
            title=f"{disclosure.title}（全文）{one.index.title}",
            description=first.description,
            crumbs=(*first.crumbs, Link("全文", first.address)),
            disclosure=disclosure,
            shown=one,
        )


def _shown(
    data: DepartmentData,
    year: DepartmentYear,
    disclosure: DisclosureView,
    projects: Sequence[ProjectView],
    evaluations: Sequence[PrintedForm | None],
    source: str,
) -> Iterator[ShownForms]:
    """What each page of the document shows; the places after the projects are evaluations."""
    count = len(projects)
    pages = []
    for part in print_parts(data, year):
        here = range(part.start, min(part.stop, count))
        own = slice(here.start, here.stop)
        lists = list_tables(data, year_part(year, here, in_force=True), in_force=True)
        later = evaluations[max(part.start - count, 0) : max(part.stop - count, 0)]
        lines, forms = disclosure.projects[own], tuple(_forms(projects[own], lists, source))
        pages.append((lines, forms, tuple(filter(None, later))))
    holds = [_holds(lines, found) for lines, _, found in pages]
    places = part_addresses(disclosure.whole.address, len(pages))
    for index, page in zip(part_indexes(places, holds), pages, strict=True):
        yield ShownForms(index, *page)


def _holds(lines: Sequence[ProjectLine], evaluations: Sequence[PrintedForm]) -> str:
    """The first and the last of the projects and of the evaluations on a page."""
    projects = from_to([f"{line.number}.{line.link.text}" for line in lines])
    found = from_to([form.label for form in evaluations])
    return "；".join(filter(None, (projects, f"自评：{found}" if found else ""))) or "第一部分"


def _forms(
    projects: Sequence[ProjectView], lists: Sequence[ListTable], source: str
) -> Iterator[PrintedForm]:
    """The form of each project; projects of one list are one table, where the first stands."""
    listed = {project.id: one for one in lists for project in one.projects}
    seen: set[int] = set()
    for view in projects:
        made = listed.get(view.head.id)
        if made is None:
            yield printed_form(view)
        elif id(made) not in seen:
            seen.add(id(made))
            yield PrintedForm(
                id=f"list-{made.table.form_id}",
                number=view.head.number,
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


def _evaluation_of_department(disclosure: DisclosureView, source: str) -> PrintedForm | None:
    tables = disclosure.tables
    if tables.evaluation is None:
        return None
    return PrintedForm(
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


def _head_of_evaluation(department: Link, year: int, published: str) -> str:
    """Department and year, and when the evaluation was published, if that is known."""
    return f"{department.text}　{year}年度自评" + (f"　{published}公开" if published else "")
