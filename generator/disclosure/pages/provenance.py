"""Which data files are behind a page, and the last commit that touched them."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.model.dataset import DepartmentData, DepartmentYear, History, ProjectYear
from disclosure.pages.view import Version


def version_of(behind: Iterable[str], history: History) -> Version | None:
    """Which state of the data is behind a page; None where git knows nothing of it."""
    places = tuple(behind)
    if any(place in history.uncommitted for place in places):
        return Version()
    commits = (history.last[place] for place in places if place in history.last)
    newest = min(commits, key=lambda commit: commit.age, default=None)
    return Version(newest.short, newest.day) if newest else None


def year_folder(department: DepartmentData, year: DepartmentYear) -> str:
    """The folder of a department's year, as `View.behind` names it."""
    return f"{department.department.id}/{year.year}/"


def project_files(project: ProjectYear) -> tuple[str, ...]:
    """All files of a project in one year."""
    result = (project.result_path,) if project.result_path else ()
    return (*(version.path for version in project.versions), *result)
