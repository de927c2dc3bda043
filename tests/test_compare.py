"""Comparison: one case, one folder; some years' tables go in, `expected.txt` comes out.

`<year>.yml` holds the projects of a year, `<year>@<date>.yml` later versions of them. What a
project leaves out is the same in all. `UPDATE_CASES=1` writes the expected files anew; read
every changed line then, because nothing else checks them.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from generator.dataset import DepartmentData, DepartmentYear, ProjectVersion, ProjectYear
from generator.model import Department, Disclosure, Project
from tests.comparison_text import comparison_text

CASES = Path(__file__).parent / "cases" / "compare"
DEPARTMENT = Department.model_validate_json(
    '{"schema": "department/1", "id": "a", "name": "示例局", "code": "322",'
    '"region": {"code": "990101", "name": "示例区"}, "units": [{"code": "322001", "name": "局"}]}'
)
SAME = {"schema": "project/1", "name": "招商引资", "unit": "322001", "budget": {"total": "100.00"}}


def department(case: Path) -> DepartmentData:
    """The years of a case as a department; projects are numbered as they stand in the file."""
    years: dict[int, dict[str, list[ProjectVersion]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(case.glob("*.yml")):
        listed = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - text only
        for number, fields in enumerate(listed, 1):
            text = json.dumps({**SAME, "number": str(number), **fields})
            project = Project.model_validate_json(text)
            version = ProjectVersion(project, f"{path.stem}/{project.code}")
            years[int(path.stem[:4])][project.code].append(version)
    found = (
        DepartmentYear(
            year,
            Disclosure(schema_="disclosure/1", year=year, overall_goal="目标"),
            str(year),
            tuple(ProjectYear(tuple(versions)) for versions in projects.values()),
        )
        for year, projects in sorted(years.items(), reverse=True)
    )
    return DepartmentData(DEPARTMENT, "a", tuple(found))


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_case(case: str) -> None:
    """What the comparison says of the case's tables is, line for line, what is expected.

    The first line of the oldest table says what the case proves.
    """
    assert min((CASES / case).glob("*.yml")).read_text("utf-8").startswith("# ")
    expected = CASES / case / "expected.txt"
    text = comparison_text(department(CASES / case))
    if "UPDATE_CASES" in os.environ:
        expected.write_text(text, "utf-8", newline="\n")
    assert text == expected.read_text("utf-8")
