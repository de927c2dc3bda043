"""A department's year: part one in full, the facts of publication, and the list of part two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from disclosure.config.settings import Settings
from disclosure.model.dataset import (
    DepartmentData,
    DepartmentYear,
    ProjectYear,
    first_budget_of,
    withdrawn_of,
)
from disclosure.model.records import Disclosure
from disclosure.model.target import Outcome
from disclosure.pages.addresses import (
    HOME,
    compare_address,
    data_links,
    department_address,
    pdf_link,
    print_address,
    project_address,
    source_address,
    targets_address,
    year_address,
    year_list_address,
)
from disclosure.pages.change_wording import listed_at
from disclosure.pages.changed_targets import ChangedTargetRow, changed_target_rows
from disclosure.pages.filled_forms import YearTables, year_tables
from disclosure.pages.filtered_rows import OUTCOME
from disclosure.pages.formatting import chinese_number, exact, in_yuan, marked_name, money, share
from disclosure.pages.in_force import BudgetCell, budget_cell, number_of
from disclosure.pages.page_parts import WHOLE, PartIndex
from disclosure.pages.provenance import year_folder, year_text
from disclosure.pages.public_notes import PublicNote, year_notes
from disclosure.pages.results import ResultTotals, result_totals
from disclosure.pages.shortfalls import Shortfall, shortfalls
from disclosure.pages.source_files import SourceDocument, source_document
from disclosure.pages.view import Extract, Facets, Link, Origin, View
from disclosure.pages.year_lists import ADJUSTED


class ObjectiveText(Struct, frozen=True):
    """One 分项绩效目标 with its number as official documents write it (`（一）`)."""

    ordinal: str
    name: str
    goal: str
    indicators: str


class ProjectLine(Struct, frozen=True):
    """A project in the list of part two; money in 万元, `value` as a plain number.

    `evaluation` leads to its self-evaluation; None before there is one.
    """

    number: int
    link: Link
    code: str
    unit: str
    budget: BudgetCell
    value: str
    share: str
    evaluation: Link | None


class Publication(Struct, frozen=True):
    """The facts of publication; "" where the document does not say. `total` is in 万元.

    `recognised` says that a machine recognised the text, and whether it was proofread.
    """

    approved: str
    published: str
    days: str
    document: str
    file: str
    sha256: str
    recognised: str
    published_file: SourceDocument | None
    total: str
    plan_heading: str


class DisclosureView(View, frozen=True, kw_only=True):
    """A department's disclosure of one year.

    Money and the number of projects are of the versions in force, without the projects that were
    called off; `first` and `first_count` are as first published, "" where that is the same. The
    lists are what stands on this page of the `index`; `elsewhere` are those that begin on a later
    one, by their names.
    """

    kind: ClassVar[str] = "disclosure"
    hide: tuple[str, ...] = ("navigation",)
    department: Link
    year: int
    overall_goal: str
    objectives: tuple[ObjectiveText, ...]
    safeguards: tuple[tuple[str, str], ...]
    publication: Publication
    projects: tuple[ProjectLine, ...]
    total: str
    total_yuan: str
    first: str
    count: str
    first_count: str
    largest: str
    tables: YearTables
    results: ResultTotals | None
    shortfalls: tuple[Shortfall, ...]
    changed_targets: tuple[ChangedTargetRow, ...]
    all_changed: Link
    notes: tuple[PublicNote, ...]
    source: Link
    others: tuple[Link, ...]
    comparisons: tuple[Link, ...]
    whole: Link
    pdf: Link | None
    index: PartIndex = WHOLE
    elsewhere: tuple[str, ...] = ()


def disclosure_view(
    department: DepartmentData, year: DepartmentYear, settings: Settings
) -> DisclosureView:
    """The page of one department's year."""
    name, disclosure = year.department.name, year.disclosure
    publication, total = _publication(department, year), year.budget
    return DisclosureView(
        address=year_address(department, year),
        title=f"{name}{year.year}年预算绩效目标",
        description=f"{name}{year.year}年部门整体绩效目标和{_count(year)}的支出绩效目标。",
        crumbs=(HOME, Link(name, department_address(department))),
        facets=Facets("年度公开", str(year.year), department.department.name),
        origin=Origin(name, "部门整体绩效目标", publication.published),
        data_paths=(department.path, year_folder(department, year)),
        extract=_extract(department, year),
        department=Link(name, department_address(department)),
        year=year.year,
        overall_goal=disclosure.overall_goal or "",
        objectives=tuple(_objectives(disclosure)),
        safeguards=tuple(_safeguards(disclosure)),
        publication=publication,
        projects=_project_lines(department, year),
        total=money(total),
        total_yuan=in_yuan(total),
        first=_first(year),
        count=_count(year),
        first_count=f"{len(year.projects)}个项目",
        largest=_largest(year),
        tables=year_tables(department, year),
        results=_results(department, year),
        shortfalls=shortfalls(department, year),
        changed_targets=tuple(changed_target_rows(department, year)),
        all_changed=Link(f"{year.year}年各部门的改动", year_list_address(year.year, ADJUSTED.name)),
        notes=year_notes(disclosure).all,
        source=Link(year.path, source_address(year.path)),
        others=_others(department, year),
        comparisons=_comparisons(department, year),
        whole=Link("打印全年公开内容", print_address(department, year)),
        pdf=pdf_link(year_address(department, year), settings),
    )


def _results(department: DepartmentData, year: DepartmentYear) -> ResultTotals | None:
    """The evaluations together; what was missed is listed on the page itself."""
    found, here = result_totals(year), year_address(department, year)
    if found is None:
        return None
    listed = {str(Outcome.NOT_MET), str(Outcome.DIFFERS)}
    place = {key: OUTCOME.address(here, key) for key in listed}

    def elsewhere(key: str) -> str:
        own = department.department.id
        return targets_address(year=str(year.year), department=own, outcome=key)

    return replace(
        found, outcomes=listed_at(found.outcomes, lambda key: place.get(key) or elsewhere(key))
    )


def _count(year: DepartmentYear) -> str:
    withdrawn = withdrawn_of(year.projects)
    return number_of(len(year.projects) - withdrawn, withdrawn)


def _first(year: DepartmentYear) -> str:
    """The projects' budgets together as first published; "" where that is what they are now."""
    first = first_budget_of(year.projects)
    return "" if first == year.budget else money(first)


def _objectives(disclosure: Disclosure) -> Iterator[ObjectiveText]:
    for number, item in enumerate(disclosure.objectives, start=1):
        yield ObjectiveText(_ordinal(number), item.name, item.goal, item.indicators or "")


def _safeguards(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(disclosure.safeguards, start=1):
        yield _ordinal(number), text


def _largest(year: DepartmentYear) -> str:
    amounts = (one.current.budget.counted for one in year.projects)
    return exact(max((one for one in amounts if one is not None), default=None))


def _extract(department: DepartmentData, year: DepartmentYear) -> Extract:
    links = data_links(year_address(department, year))
    return Extract("projects", links, department.department.id, (year.year,))


def _others(department: DepartmentData, year: DepartmentYear) -> tuple[Link, ...]:
    """The department's other years."""
    return tuple(
        Link(f"{other.year}年", year_address(department, other))
        for other in department.years
        if other.year != year.year
    )


def _comparisons(department: DepartmentData, year: DepartmentYear) -> tuple[Link, ...]:
    """The comparisons with the years published before and after this one."""
    return tuple(
        Link(
            f"与{other.year}年比较",
            compare_address(department, old.year, new.year),
        )
        for new, old in pairwise(department.years)
        for this, other in ((new, old), (old, new))
        if this is year
    )


def _ordinal(number: int) -> str:
    return f"（{chinese_number(number)}）"


def _publication(department: DepartmentData, year: DepartmentYear) -> Publication:
    disclosure = year.disclosure
    approved, published, source = disclosure.approved, disclosure.published, disclosure.source
    return Publication(
        approved=approved.isoformat() if approved else "",
        published=published.isoformat() if published else "",
        days=str((published - approved).days) if approved and published else "",
        document=(source.title or "") if source else "",
        file=(source.file or "") if source else "",
        sha256=(source.sha256 or "") if source else "",
        recognised=year_text(year),
        published_file=source_document(department, year, source.page if source else None),
        total=money(disclosure.total),
        plan_heading=disclosure.plan_heading or "",
    )


def _evaluation(
    department: DepartmentData, year: DepartmentYear, project: ProjectYear
) -> Link | None:
    if project.result is None or project.withdrawn:
        return None
    return Link("已公开自评", f"{project_address(department, year, project)}#result")


def _project_lines(department: DepartmentData, year: DepartmentYear) -> tuple[ProjectLine, ...]:
    units = {unit.code: unit.name for unit in year.department.units}
    whole = year.budget
    return tuple(
        ProjectLine(
            number=project.current.number,
            link=Link(
                marked_name(project),
                project_address(department, year, project),
            ),
            code=project.current.code or "",
            unit=units.get(project.current.unit or "", ""),
            budget=budget_cell(project),
            value=exact(project.current.budget.counted),
            share="" if project.withdrawn else share(project.current.budget.counted, whole),
            evaluation=_evaluation(department, year, project),
        )
        for project in year.projects
    )
