"""The invented district of `examples/`, its years compared, and short ways into it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from disclosure.compare import (
    Basis,
    ComparedDepartment,
    IndicatorChange,
    ProjectChange,
    SuccessionKind,
    compared,
    joined_results,
)
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.reading import read
from disclosure.site.department_analysis import Analysis, analysed

EXAMPLES = Path(__file__).parents[2] / "examples"
EDUCATION, CIVIL_AFFAIRS, HEALTH = "990101-201", "990101-208", "990101-301"
TRANSPORT, AGRICULTURE = "990101-402", "990101-501"
#: Departments whose documents have other forms.
CULTURE, WATER = "990101-105", "990101-404"


@cache
def district() -> dict[str, ComparedDepartment]:
    """The departments by id, all their years compared."""
    return {each.department.id: compared(each) for each in departments()}


@cache
def departments() -> tuple[DepartmentData, ...]:
    """The departments as read; data with a finding proves nothing."""
    reading = read(EXAMPLES / "data")
    assert reading.diagnostics == ()
    return reading.dataset.departments


@cache
def analysis() -> Analysis:
    """All of it as a build analyses it; not to be changed."""
    return analysed(EXAMPLES / "data")


def some_departments(folder: Path) -> Path:
    """A site of three small departments, whose projects continue none of another; that folder.

    Two of them have forms of their own.
    """
    shutil.copytree(EXAMPLES / "site_src", folder / "site_src")
    (folder / "site_src/guide.md").write_text("# 怎么看\n", "utf-8")  # speaks of the others
    for name in (HEALTH, CULTURE, WATER):
        shutil.copytree(EXAMPLES / "data" / name, folder / "data" / name)
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {EXAMPLES / 'mkdocs.yml'}\nplugins: [{{disclosure: {{data_dir: data}}}}]\n",
        "utf-8",
    )
    return folder


def years(of: str | None = None) -> Iterator[tuple[DepartmentData, DepartmentYear]]:
    """Every year of a department, or of all."""
    for department in departments():
        for year in department.years if of in {None, department.department.id} else ():
            yield department, year


def own_form_years() -> Iterator[tuple[DepartmentData, DepartmentYear]]:
    """The years of the departments that use the form of the district."""
    return (one for one in years() if one[0].department.id not in {CULTURE, WATER})


def project(department: str, year: int, name: str) -> ProjectYear:
    """The project of that name."""
    found = [
        each
        for owner, disclosed in years()
        for each in disclosed.projects
        if (owner.department.id, disclosed.year, each.current.name) == (department, year, name)
    ]
    (only,) = found
    return only


def change(department: str, year: int, name: str) -> ProjectChange:
    """How the project of that name came out of the year before."""
    own = project(department, year, name).current.id
    found = district()[department].change_to(year, own)
    assert found
    return found


def succession_of(
    department: str, year: int, name: str
) -> tuple[SuccessionKind, list[str], list[str], set[Basis]]:
    """What became of which projects, and on what evidence."""
    succession = change(department, year, name).succession
    old, new = ([p.current.name for p in side] for side in (succession.old, succession.new))
    return succession.kind, old, new, {link.basis for link in succession.links}


def indicator(department: str, year: int, name: str, level3: str) -> IndicatorChange:
    """What became of one indicator, by the name it has in the later year (or had, if dropped)."""
    found = change(department, year, name).difference
    assert found
    (only,) = (item for item in found.indicators if item.name == level3)
    return only


def targets(department: str, year: int, name: str, level3: str) -> tuple[str | None, ...]:
    """An indicator's old and new target as printed, and the verdict."""
    item = indicator(department, year, name, level3)
    assert item.old
    assert item.new
    assert item.verdict
    return item.old.target, item.new.target, item.verdict.change, item.verdict.reason


def outcome(department: str, year: int, name: str, level3: str) -> str:
    """What became of a promise, as far as the printed values can tell."""
    (found,) = [
        item.outcome
        for item in joined_results(project(department, year, name), year)
        if item.row.level3 == level3
    ]
    assert found
    return found.key
