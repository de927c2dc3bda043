"""A project through the years: the same code in the same department."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from generator.dataset import DepartmentData, DepartmentYear, ProjectYear
from generator.pages.common import (
    HOME,
    Facets,
    Link,
    View,
    department_address,
    history_address,
    money,
    project_address,
)


@dataclass(frozen=True, slots=True)
class YearLine:
    """The project in one year: its name then, and its budget (万元)."""

    link: Link
    name: str
    budget: str
    indicators: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView(View):
    """A project through the years, newest first."""

    kind: ClassVar[str] = "history"
    department: Link
    code: str
    years: tuple[YearLine, ...]


def history_views(department: DepartmentData) -> Iterator[HistoryView]:
    """One page for every project the department has had."""
    chains: dict[str, list[tuple[DepartmentYear, ProjectYear]]] = {}
    for year in department.years:
        for project in year.projects:
            chains.setdefault(project.current.code, []).append((year, project))
    for code, members in chains.items():
        yield _view(department, code, members)


def _view(
    department: DepartmentData, code: str, members: list[tuple[DepartmentYear, ProjectYear]]
) -> HistoryView:
    who = Link(department.department.name, department_address(department))
    newest = members[0][1].current
    return HistoryView(
        address=history_address(department, code),
        title=f"{newest.name}：历年情况",
        description=f"{who.text}项目“{newest.name}”历年的预算和绩效目标。",
        crumbs=(HOME, who),
        # With a single year the page only repeats the project's own page: no second hit for it.
        facets=Facets("历年", department=who.text) if len(members) > 1 else None,
        department=who,
        code=code,
        years=tuple(
            YearLine(
                Link(f"{year.year}年", project_address(department, year, project)),
                project.current.name,
                money(project.current.budget.total),
                len(project.current.indicators),
            )
            for year, project in members
        ),
    )
