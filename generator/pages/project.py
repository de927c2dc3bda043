"""A project in a year: the official table as on the form, and what helps to read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from generator.dataset import DepartmentData, DepartmentYear, ProjectVersion, ProjectYear
from generator.model import Indicator, Project, SelfEvaluation
from generator.pages.common import (
    HOME,
    Facets,
    Link,
    Notes,
    PublicNote,
    Settings,
    View,
    budget_of,
    department_address,
    history_address,
    money,
    number_notes,
    project_address,
    share,
    source_address,
    year_address,
)

ADJUSTMENT_KINDS = {"adjustment": "预算调整", "correction": "更正", "withdrawal": "撤销"}
ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the official table: its text as printed, the notes on it, the rows it spans."""

    text: str
    notes: tuple[int, ...] = ()
    rows: int = 1


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One row; `level1` or `level2` is None where a merged cell from above covers it."""

    level1: Cell | None
    level2: Cell | None
    level3: Cell
    description: Cell
    target: Cell
    basis: Cell


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One point in time of the spending plan.

    Attributes:
        period: Such as `3月底`.
        amount: Cumulative, 万元, as printed.
        share: Of the project's budget, such as `24.0%`; "" when the budget is nought.
    """

    period: str
    amount: str
    share: str


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """The form of one project, cell by cell."""

    unit_code: str
    unit_name: str
    number: int
    name: Cell
    code: str
    total: Cell
    fiscal: str
    other: str
    purpose: Cell
    plan: tuple[PlanStep, ...]
    plan_notes: tuple[int, ...]
    goals: tuple[str, ...]
    goals_notes: tuple[int, ...]
    groups: tuple[tuple[IndicatorRow, ...], ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version: what it is, when, why, by which document, and where it stands."""

    label: str
    date: str
    reason: str
    document: str
    link: Link
    shown: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One indicator's promise beside what was delivered, as printed."""

    level3: str
    target: str
    actual: str
    points: str
    score: str
    deviation: str
    improvement: str


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The self-evaluation: money in 万元, points as printed."""

    published: str
    budget: str
    spent: str
    execution: str
    score: str
    rows: tuple[ResultRow, ...]
    notes: tuple[PublicNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView(View):
    """A project in a year, or an earlier version of it (`superseded` is then the current one)."""

    kind: ClassVar[str] = "project"
    year: int
    department: Link
    disclosure: Link
    standing: str
    table: OfficialTable
    notes: tuple[PublicNote, ...]
    versions: tuple[VersionLine, ...]
    superseded: Link | None
    result: ResultTable | None
    history: Link
    source: Link
    source_document: str
    citation: str
    previous: Link | None = None
    next: Link | None = None


def project_views(
    department: DepartmentData, year: DepartmentYear, settings: Settings
) -> Iterator[ProjectView]:
    """The pages of all projects of a year, each with a page for every earlier version."""
    for position, project in enumerate(year.projects):
        neighbours = (
            year.projects[position - 1] if position else None,
            year.projects[position + 1] if position + 1 < len(year.projects) else None,
        )
        links = [n and _link(department, year, n) for n in neighbours]
        for version in project.versions:
            yield _view(department, year, project, version, settings, links)


def _link(department: DepartmentData, year: DepartmentYear, project: ProjectYear) -> Link:
    return Link(project.current.name, project_address(department, year, project))


def _view(
    department: DepartmentData,
    year: DepartmentYear,
    project: ProjectYear,
    version: ProjectVersion,
    settings: Settings,
    neighbours: list[Link | None],
) -> ProjectView:
    shown = version.project
    current = _link(department, year, project)
    is_current = shown is project.current
    address = current.address if is_current else current.address + version_name(shown) + "/"
    notes = number_notes(shown.notes)
    name = department.department.name
    return ProjectView(
        address=address,
        title=shown.name,
        description=f"{name}{year.year}年项目“{shown.name}”（{shown.code}）：预算"
        f"{money(shown.budget.total)}万元，绩效目标与指标。",
        crumbs=(
            HOME,
            Link(name, department_address(department)),
            Link(f"{year.year}年", year_address(department, year)),
        ),
        facets=Facets("项目", str(year.year), name) if is_current else None,
        year=year.year,
        department=Link(name, department_address(department)),
        disclosure=Link(f"{name}{year.year}年公开", year_address(department, year)),
        standing=_standing(year, project),
        table=_official_table(department, shown, notes),
        notes=notes.all,
        versions=_versions(project, shown, current),
        superseded=None if is_current else current,
        result=_result(project.result, shown) if is_current else None,
        history=Link("历年情况", history_address(department, shown.code)),
        source=Link(version.path, source_address(version.path)),
        source_document=_document(year),
        citation=f"{name}：{year.year}年项目支出绩效目标表“{shown.name}”"
        f"（项目编码{shown.code}），{settings.name}，{settings.url}{address}",
        previous=neighbours[0],
        next=neighbours[1],
    )


def _standing(year: DepartmentYear, project: ProjectYear) -> str:
    """Where the project's money stands among the department's projects of the year."""
    whole = budget_of(year.projects)
    part = share(project.current.budget.total, whole)
    return f"占本部门{year.year}年{len(year.projects)}个项目合计{money(whole)}万元的{part}"


def _document(year: DepartmentYear) -> str:
    source = year.disclosure.source
    return "" if source is None else source.title or source.file or ""


def _official_table(department: DepartmentData, project: Project, notes: Notes) -> OfficialTable:
    units = {unit.code: unit.name for unit in department.department.units}
    budget = project.budget
    return OfficialTable(
        unit_code=project.unit,
        unit_name=units[project.unit],
        number=project.number,
        name=Cell(project.name, notes.at("name")),
        code=project.code,
        total=Cell(money(budget.total), notes.at("budget")),
        fiscal=money(budget.fiscal),
        other=money(budget.other),
        purpose=Cell(project.purpose or "", notes.at("purpose")),
        plan=tuple(
            PlanStep(period, money(amount), share(amount, budget.total))
            for period, amount in project.spending_plan.items()
        ),
        plan_notes=notes.at("spending_plan"),
        goals=project.goals,
        goals_notes=notes.at("goals"),
        groups=tuple(
            tuple(_rows(list(rows), notes))
            for _, rows in groupby(project.indicators, key=lambda row: row.level1)
        ),
    )


def _rows(indicators: list[Indicator], notes: Notes) -> Iterator[IndicatorRow]:
    """The rows under one first level, equal neighbours merged as on the form."""
    level1: Cell | None = Cell(indicators[0].level1, rows=len(indicators))
    for _, group in groupby(enumerate(indicators), key=_second_level):
        rows = [indicator for _, indicator in group]
        level2: Cell | None = Cell(rows[0].level2 or "", rows=len(rows))
        for row in rows:
            yield IndicatorRow(
                level1=level1,
                level2=level2,
                level3=Cell(row.level3),
                description=Cell(row.description or ""),
                target=Cell(row.target or "", notes.at(row.level3)),
                basis=Cell(row.basis or ""),
            )
            level1 = level2 = None


def _second_level(item: tuple[int, Indicator]) -> str | int:
    """What makes neighbours one merged cell; a blank one is never merged with another."""
    position, indicator = item
    return indicator.level2 or position


def version_name(project: Project) -> str:
    """The last part of a version's address: its date, or `original`."""
    return project.adjustment.date.isoformat() if project.adjustment else ORIGINAL


def _versions(project: ProjectYear, shown: Project, current: Link) -> tuple[VersionLine, ...]:
    """All versions, newest first; nothing when there has only ever been one."""
    if len(project.versions) == 1:
        return ()
    lines = []
    for version in reversed(project.versions):
        adjustment = version.project.adjustment
        address = current.address
        if version.project is not project.current:
            address += version_name(version.project) + "/"
        label = ADJUSTMENT_KINDS[adjustment.kind] if adjustment else "首次公开"
        lines.append(
            VersionLine(
                label=label,
                date=adjustment.date.isoformat() if adjustment else "",
                reason=adjustment.reason if adjustment else "",
                document=(adjustment.document or "") if adjustment else "",
                link=Link(label, address),
                shown=version.project is shown,
            )
        )
    return tuple(lines)


def _result(result: SelfEvaluation | None, project: Project) -> ResultTable | None:
    if result is None:
        return None
    targets = {indicator.level3: indicator.target or "" for indicator in project.indicators}
    return ResultTable(
        published=result.published.isoformat() if result.published else "",
        budget=money(result.budget),
        spent=money(result.spent),
        execution=_execution(result),
        score=money(result.score),
        rows=tuple(
            ResultRow(
                level3=row.level3,
                target=targets.get(row.level3, ""),
                actual=row.actual or "",
                points=money(row.points),
                score=money(row.score),
                deviation=row.deviation or "",
                improvement=row.improvement or "",
            )
            for row in result.indicators
        ),
        notes=number_notes(result.notes).all,
    )


def _execution(result: SelfEvaluation) -> str:
    """全年执行数 of 全年预算数, where both were published."""
    if result.spent is None or result.budget is None:
        return ""
    return share(result.spent, result.budget)
