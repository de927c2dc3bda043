"""The cases of comparisons: one folder each, with some years' tables of a department.

`<year>.yml` holds the projects of a year, `<year>@<date>.yml` later versions of them. What a
project leaves out is the same in all.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

from disclosure.model.dataset import DepartmentData
from disclosure.model.records import Project
from tests.support.tables import department, project

CASES = Path(__file__).parents[1] / "cases" / "compare"


def load(case: Path) -> DepartmentData:
    """The tables of a case as a department; projects are numbered as they stand in the file."""
    years: dict[int, dict[str, list[tuple[str, Project]]]] = defaultdict(dict)
    for path in sorted(case.glob("*.yml")):
        listed = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - text only
        for number, fields in enumerate(listed, 1):
            table = project(number, fields)
            versions = years[int(path.stem[:4])].setdefault(table.id, [])
            versions.append((f"{path.stem}/{table.id}", table))
    return department({year: [*projects.values()] for year, projects in years.items()})
