"""The page of a department: who it is, and all its years."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from disclosure.compare import ComparedDepartment
from disclosure.model.departments import Department
from disclosure.pages.addresses import HOME, compare_address, department_address, history_address
from disclosure.pages.outline import year_outline
from disclosure.pages.transfers import SuccessionLine, succession_lines
from disclosure.pages.view import Facets, Link, View
from disclosure.pages.years import Summary, summary


class DepartmentView(View, frozen=True, kw_only=True):
    """A department: who it is, and all its years."""

    kind: ClassVar[str] = "department"
    code: str
    region: str
    region_code: str
    units: tuple[tuple[str, str], ...]
    contact: str
    former: tuple[str, ...]
    successions: tuple[SuccessionLine, ...]
    years: tuple[Summary, ...]
    comparisons: tuple[Link, ...]
    projects: tuple[Link, ...]


def _former(who: Department) -> Iterator[str]:
    """What was called otherwise, and until when: the newest change first."""
    today = {unit.code: unit.name for unit in who.units}
    for names in sorted(who.former, key=lambda names: names.until, reverse=True):
        if names.name:
            yield f"{names.until}年及以前：{names.name}"
        if names.region:
            yield f"{names.until}年及以前属{names.region}"
        for code, name in names.units.items():
            yield f"{names.until}年及以前，{today.get(code, code)}称{name}"


def department_view(compared: ComparedDepartment) -> DepartmentView:
    """A department and its years."""
    department = compared.data
    who = department.department
    return DepartmentView(
        address=department_address(department),
        title=who.name,
        description=f"{who.name}公开的各年度部门整体绩效目标和项目支出绩效目标。",
        crumbs=(HOME,),
        facets=Facets("部门", department=who.name),
        data_paths=(f"{who.id}/",),
        code=who.code or "",
        region=who.region.name or "",
        region_code=who.region.code or "",
        units=tuple((unit.code, unit.name) for unit in who.units),
        contact=who.contact or "",
        former=tuple(_former(who)),
        successions=succession_lines(compared.successions),
        years=tuple(
            summary(Link(f"{year.year}年", year.address), [year])
            for year in map(partial(year_outline, department), department.years)
        ),
        comparisons=tuple(
            Link(
                f"{pair.old.year}年与{pair.new.year}年比较",
                compare_address(department, pair.old.year, pair.new.year),
            )
            for pair in compared.years
        ),
        projects=tuple(
            Link(
                chain.members[-1].project.current.name,
                history_address(department, chain.first_id),
            )
            for chain in compared.chains
        ),
    )
