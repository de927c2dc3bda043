"""The provenance of a page: the last commit that touched the data files it is made of."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.model.dataset import DepartmentData, DepartmentYear, GitHistory, ProjectYear
from disclosure.pages.view import Revision


def revision_of(data_paths: Iterable[str], history: GitHistory) -> Revision | None:
    """Which state of the data is behind a page; None where git knows nothing of it."""
    places = tuple(data_paths)
    if any(place in history.uncommitted for place in places):
        return Revision()
    commits = (history.last[place] for place in places if place in history.last)
    newest = min(commits, key=lambda commit: commit.age, default=None)
    return Revision(newest.short, newest.day) if newest else None


def year_folder(department: DepartmentData, year: DepartmentYear) -> str:
    """The folder of a department's year, as `View.data_paths` names it."""
    return f"{department.department.id}/{year.year}/"


def year_text(year: DepartmentYear) -> str:
    """Where the text of a year comes from, if a machine recognised it; "" if not."""
    versions = [one.project for project in year.projects for one in project.versions]
    results = [year.result, *(project.result for project in year.projects)]
    marks = [year.disclosure.unproofread, *(one.unproofread for one in versions)]
    marks += [one.unproofread for one in results if one is not None]
    left = sum(map(len, marks))
    source = year.disclosure.source
    if not left and (source is None or source.text is None):
        return ""
    state = f"还有{left}处没有与原件核对" if left else "已与原件核对"
    return f"公开文件是扫描件，文字由机器识别，{state}"


def project_files(project: ProjectYear) -> tuple[str, ...]:
    """All files of a project in one year."""
    result = (project.result_path,) if project.result_path else ()
    return (*(version.path for version in project.versions), *result)
