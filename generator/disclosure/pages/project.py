"""A project in a year: the official table as on the form, and what helps to read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import (
    Chain,
    ComparedDepartment,
    IndicatorChange,
    ProjectChange,
    SuccessionKind,
)
from disclosure.compare.code_lists import SUCCESSION_KINDS
from disclosure.config.settings import Settings
from disclosure.model import target
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.records import Project
from disclosure.pages.addresses import (
    HOME,
    compare_address,
    data_links,
    department_address,
    full_address,
    history_address,
    pdf_link,
    project_address,
    source_address,
    year_address,
)
from disclosure.pages.answers import Answer, answers
from disclosure.pages.change_wording import State, evidence, state
from disclosure.pages.filled_forms import evaluation_form, is_printed, project_form
from disclosure.pages.form_table import FormTable
from disclosure.pages.formatting import exact, money
from disclosure.pages.project_head import ProjectHead, project_head
from disclosure.pages.provenance import project_files
from disclosure.pages.public_notes import PublicNote, number_notes
from disclosure.pages.results import ResultTable, result_table
from disclosure.pages.sentences import project_sentence
from disclosure.pages.source_files import SourceDocument, source_document
from disclosure.pages.transfers import (
    TransferLine,
    project_links,
    transfer_lines,
    transferred,
)
from disclosure.pages.versions import (
    VersionDifference,
    VersionLine,
    version_differences,
    version_lines,
    version_name,
    version_statement,
)
from disclosure.pages.view import Extract, Facets, Link, Origin, View


class PlainIndicator(Struct, frozen=True):
    """One indicator in plain words, beside what it was a year before.

    Attributes:
        level3: The indicator's name.
        target: Its value as printed.
        meaning: What that means, as far as it was understood; "" otherwise.
        before: Last year's value as printed; "" when there was none.
        state: How it changed; None without a year before.
        renamed_from: Last year's name where it was another.
        certain: False when it is only likely that last year's indicator was this one.
    """

    level3: str
    target: str
    meaning: str
    before: str
    state: State | None
    renamed_from: str
    certain: bool


class Predecessor(Struct, frozen=True):
    """What this project was the year before, and where both are compared."""

    year: int
    kind: str
    basis: str
    links: tuple[Link, ...]
    compare: Link


class Provenance(Struct, frozen=True):
    """Where the page's content comes from, and the address that always shows this version."""

    source: Link
    document: str
    file: SourceDocument | None
    address: str
    citation: str


class PageSection(Struct, frozen=True):
    """A part of the page: where it begins, and its heading."""

    anchor: str
    title: str


class ProjectView(View, frozen=True, kw_only=True):
    """A project in a year, or an earlier version of it (`superseded` is then the current one).

    `budget` is in 万元, as it is counted; "" where the form prints none.
    """

    kind: ClassVar[str] = "project"
    year: int
    department: Link
    disclosure: Link
    budget: str
    answers: tuple[Answer, ...]
    head: ProjectHead
    table: FormTable
    notes: tuple[PublicNote, ...]
    readings: tuple[PlainIndicator, ...]
    predecessor: Predecessor | None
    dropped: tuple[PlainIndicator, ...]
    version: str
    versions: tuple[VersionLine, ...]
    version_differences: tuple[VersionDifference, ...]
    superseded: Link | None
    withdrawn: bool
    result: ResultTable | None
    evaluation: FormTable | None
    history: Link
    provenance: Provenance
    pdf: Link | None
    transfers: tuple[TransferLine, ...]
    previous: Link | None = None
    next: Link | None = None

    @property
    def contents(self) -> tuple[PageSection, ...]:
        """What the page holds, in its order."""
        parts = (
            (True, "form", "绩效目标表"),
            (self.notes, "public-notes", "公开注释"),
            (self.head.plan, "plan", "资金支出计划"),
            (self.readings, "readings", "逐项看指标"),
            (self.result, "result", "绩效自评"),
            (self.versions, "versions", "版本"),
            (True, "source", "来源与引用"),
        )
        return tuple(PageSection(anchor, title) for there, anchor, title in parts if there)

    @property
    def compared(self) -> bool:
        """Whether the indicators stand beside those of the year before."""
        return any(row.state for row in (*self.readings, *self.dropped))


class _ProjectPlace(Struct, frozen=True):
    """A project, where it stands."""

    department: ComparedDepartment
    year: DepartmentYear
    project: ProjectYear
    settings: Settings

    @property
    def data(self) -> DepartmentData:
        return self.department.data

    @property
    def link(self) -> Link:
        address = project_address(self.data, self.year, self.project)
        return Link(self.project.current.name, address)


def project_views(
    department: ComparedDepartment, year: DepartmentYear, settings: Settings
) -> Iterator[ProjectView]:
    """The pages of all projects of a year, each with a page for every earlier version."""
    places = [_ProjectPlace(department, year, project, settings) for project in year.projects]
    for position, place in enumerate(places):
        previous = places[position - 1].link if position else None
        following = places[position + 1].link if position + 1 < len(places) else None
        for version in place.project.versions:
            yield replace(_view(place, version), previous=previous, next=following)


def _view(place: _ProjectPlace, version: ProjectVersion) -> ProjectView:
    year, project, shown = place.year.year, place.project, version.project
    is_current = shown is project.current
    name, notes = place.year.department.name, number_notes(shown.notes)
    change = place.department.change_to(year, shown.id) if is_current else None
    chain = place.department.chain_of(year, shown.id)
    history = history_address(place.data, chain.first_id)
    address = place.link.address + ("" if is_current else version_name(shown) + "/")
    return ProjectView(
        address=address,
        title=shown.name,
        description=project_sentence(name, place.year, project, version),
        origin=_origin(place, shown),
        crumbs=_crumbs(place, is_current),
        facets=_facets(place, history) if is_current else None,
        data_paths=tuple(_data_paths(place, change, is_current=is_current)),
        extract=_extract(place, shown, address),
        year=year,
        department=Link(name, department_address(place.data)),
        disclosure=Link(f"{name}{year}年公开", year_address(place.data, place.year)),
        budget=exact(shown.budget.counted),
        answers=_answers(place, change) if is_current else (),
        head=project_head(place.year, shown),
        table=project_form(place.data, place.year, shown),
        notes=notes.all,
        readings=_readings(shown, change, year),
        predecessor=_predecessor(place, change),
        dropped=_dropped(change),
        version=version_statement(project, shown),
        versions=version_lines(project, shown, place.link),
        version_differences=version_differences(project, shown, year),
        superseded=None if is_current else place.link,
        withdrawn=project.withdrawn,
        result=result_table(project, year) if is_current else None,
        evaluation=_evaluation(place) if is_current else None,
        history=Link(_history_text(chain), history),
        provenance=_provenance(place, version),
        pdf=pdf_link(address, place.settings),
        transfers=_transfers(place) if is_current else (),
    )


def _evaluation(place: _ProjectPlace) -> FormTable | None:
    """The self-evaluation as it was printed, where the data hold more than what is compared."""
    result = place.project.result
    if result is None or not is_printed(result):
        return None
    return evaluation_form(place.data, place.year, result, place.project.current.name, whole=False)


def _extract(place: _ProjectPlace, shown: Project, address: str) -> Extract:
    version = "" if shown is place.project.current else version_name(shown)
    who, links = place.data.department.id, data_links(address)
    return Extract("indicators", links, who, (place.year.year,), shown.id, version)


def _facets(place: _ProjectPlace, history: str) -> Facets:
    """How search files it: under the department's name of today, which finds all its years."""
    total = money(place.project.current.budget.counted)
    amount = "已撤销" if place.project.withdrawn else f"{total}万元" if total else ""
    return Facets("项目", str(place.year.year), place.data.department.name, history, amount)


def _origin(place: _ProjectPlace, shown: Project) -> Origin:
    """Who published it; a later version has only a date of effect, which is another one."""
    published = None if shown.adjustment else place.year.disclosure.published
    return Origin(
        place.year.department.name,
        "项目支出绩效目标",
        published.isoformat() if published else "",
        version_statement(place.project, shown),
    )


def _transfers(place: _ProjectPlace) -> tuple[TransferLine, ...]:
    """From which departments the project came, and to which it went."""
    return tuple(transfer_lines(place.department, place.year, place.project))


def _data_paths(
    place: _ProjectPlace, change: ProjectChange | None, *, is_current: bool
) -> Iterator[str]:
    """Its own files, those of its year and department, and what it is compared with."""
    yield from (place.data.path, place.year.path, *project_files(place.project))
    for old in change.succession.old if change else ():
        yield old.versions[-1].path
    gone = place.department.departure_of(place.project) if is_current else None
    for new in gone.succession.new if gone else ():
        yield new.versions[-1].path


def _history_text(chain: Chain) -> str:
    """What the link to the project through the years says, with the years that there are."""
    first, last = (member.year.year for member in (chain.whole[0], chain.whole[-1]))
    return f"历年情况（{first}年至{last}年）" if first != last else "历年情况"


def _crumbs(place: _ProjectPlace, is_current: bool) -> tuple[Link, ...]:
    return (
        HOME,
        Link(place.year.department.name, department_address(place.data)),
        Link(f"{place.year.year}年", year_address(place.data, place.year)),
        *(() if is_current else (place.link,)),
    )


def _provenance(place: _ProjectPlace, version: ProjectVersion) -> Provenance:
    """Where the page comes from; cited is the address that will always show this version."""
    shown, source = version.project, place.year.disclosure.source
    address = place.link.address
    if shown is not place.project.current:
        address += version_name(shown) + "/"
    full = full_address(address, place.settings)
    coded = f"（项目编码{shown.code}）" if shown.code else ""
    return Provenance(
        source=Link(version.path, source_address(version.path)),
        document="" if source is None else source.title or source.file or "",
        file=source_document(place.data, place.year, shown.page),
        address=full,
        citation=f"{place.year.department.name}：{place.year.year}年项目支出绩效目标表，"
        f"{shown.name}{coded}，{place.settings.name}，{full}",
    )


def _answers(place: _ProjectPlace, change: ProjectChange | None) -> tuple[Answer, ...]:
    return answers(place.department, place.year, place.project, change)


def _changes(change: ProjectChange | None) -> tuple[IndicatorChange, ...]:
    return change.indicators if change else ()


def _readings(
    project: Project, change: ProjectChange | None, year: int
) -> tuple[PlainIndicator, ...]:
    """Every indicator in plain words; those without a meaning are listed all the same."""
    before = {id(item.new): item for item in _changes(change)}
    return tuple(
        _reading(
            indicator.name,
            indicator.target or "",
            target.meaning(target.parse(indicator.target, year)),
            before.get(id(indicator)),
        )
        for indicator in project.indicators
    )


def _reading(name: str, printed: str, meaning: str, item: IndicatorChange | None) -> PlainIndicator:
    old = item.old if item else None
    return PlainIndicator(
        level3=name,
        target=printed,
        meaning=meaning,
        before=(old.target or "") if old else "",
        state=state(item) if item else None,
        renamed_from=old.name if old and old.name != name else "",
        certain=item.certain if item else True,
    )


def _dropped(change: ProjectChange | None) -> tuple[PlainIndicator, ...]:
    """Last year's indicators that are no longer there."""
    return tuple(
        _reading(item.name, "", "", item)
        for item in _changes(change)
        if item.new is None and item.old is not None
    )


#: What is said of last year's project where one of the two was called off.
_NOT_COMPARED = {
    SuccessionKind.WITHDRAWN: "本年已撤销，不作比较",
    SuccessionKind.RESUMED: "上年已撤销，本年恢复，不作比较",
}


def _predecessor(place: _ProjectPlace, change: ProjectChange | None) -> Predecessor | None:
    """What the project was the year before; None for a new one and in the first year."""
    if change is None or not change.succession.old:
        return None
    old = next(pair.old for pair in place.department.years if pair.new.year == place.year.year)
    succession = change.succession
    stood = succession.place(succession.old[0])
    return Predecessor(
        year=stood.year.year if stood else old.year,
        kind="，".join(
            filter(
                None,
                (
                    _NOT_COMPARED.get(succession.kind, SUCCESSION_KINDS[succession.kind]),
                    transferred(succession),
                ),
            )
        ),
        basis=evidence(succession),
        links=project_links(place.data, old, succession, succession.old),
        compare=Link("两年比较", compare_address(place.data, old.year, place.year.year)),
    )
