"""Takes documents in by the real command, and says what the data holds afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

from disclosure import reading
from disclosure.model.dataset import DepartmentYear
from disclosure.model.evaluations import Evaluation
from disclosure.model.records import Disclosure, Project
from tests.support.repository import ROOT, Run

DEPARTMENT, YEAR = "130803-322", 2024
SEED = ROOT / "tests/seed/shuangluan-commerce-bureau-2024.txt"

#: What a year says: its part one, its projects with their results; without editorial notes.
Records = tuple[Disclosure, tuple[tuple[Project, Evaluation | None], ...]]


def take_in(run: Run, project: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Run `disclosure import` for the department of the real data, within `project`."""
    where = ("--department", DEPARTMENT, "--year", str(YEAR))
    return run("import", *arguments, *where, folder=project)


def year_of(project: Path) -> Path:
    """The folder of the year in a project."""
    return project / "data" / DEPARTMENT / str(YEAR)


def without_year(project: Path) -> Path:
    """The project, whose year has yet to be taken in."""
    shutil.rmtree(year_of(project))
    return project


def records(data: Path) -> Records:
    """What the data of the year says, read through the model."""
    (department,) = reading.read(data).dataset.departments
    (year,) = (one for one in department.years if one.year == YEAR)
    return _bare(year)


def committed() -> Records:
    """What the committed data says."""
    return records(ROOT / "data")


def without_source(found: Records) -> Records:
    """The same without name, checksum and pages of the document, of its own in every format."""
    disclosure, projects = found
    bare = ((project.model_copy(update={"page": None}), result) for project, result in projects)
    return disclosure.model_copy(update={"source": None}), tuple(bare)


def _bare(year: DepartmentYear) -> Records:
    projects = ((one.current.model_copy(update={"notes": ()}), one.result) for one in year.projects)
    return year.disclosure.model_copy(update={"notes": ()}), tuple(projects)
