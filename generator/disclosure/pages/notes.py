"""All public notes of the site on one page: what was found in the documents and left as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct

from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.pages.addresses import HOME, project_address, year_address
from disclosure.pages.public_notes import PublicNote, number_notes, year_notes
from disclosure.pages.versions import version_label, version_name
from disclosure.pages.view import ALL_DATA, Facets, Link, View


class NotedPage(Struct, frozen=True):
    """A page with the notes that stand on it."""

    department: str
    year: str
    link: Link
    notes: tuple[PublicNote, ...]


class NotesView(View, frozen=True, kw_only=True):
    """All public notes, by department and year."""

    kind: ClassVar[str] = "notes"
    pages: tuple[NotedPage, ...]
    count: int


def notes_view(pages: Sequence[NotedPage]) -> NotesView:
    """The page of all public notes."""
    return NotesView(
        address="notes/",
        title="数据说明",
        description="公开文件中已知的差错和疑点，逐条说明，均按原文刊载。",
        crumbs=(HOME,),
        facets=Facets("注释"),
        data_paths=ALL_DATA,
        pages=tuple(pages),
        count=sum(len(page.notes) for page in pages),
    )


def noted_pages(department: DepartmentData) -> Iterator[NotedPage]:
    """A department's pages with public notes."""
    for year in department.years:
        yield from (page for page in _noted(department, year) if page.notes)


def _noted(department: DepartmentData, year: DepartmentYear) -> Iterator[NotedPage]:
    who, when = year.department.name, f"{year.year}年"
    yield NotedPage(
        who,
        when,
        Link("部门整体绩效目标", year_address(department, year)),
        year_notes(year.disclosure).all,
    )
    if year.result is not None:
        link = Link("部门整体绩效自评", year_address(department, year))
        yield NotedPage(who, when, link, number_notes(year.result.notes).all)
    for project in year.projects:
        address = project_address(department, year, project)
        for version in project.versions:
            shown = version.project
            is_current = shown is project.current
            name = shown.name if is_current else f"{shown.name}（{version_label(shown)}）"
            link = Link(name, address + ("" if is_current else f"{version_name(shown)}/"))
            yield NotedPage(who, when, link, number_notes(shown.notes).all)
        if project.result is not None:
            link = Link(f"{project.current.name}（绩效自评）", address)
            yield NotedPage(who, when, link, number_notes(project.result.notes).all)
