"""Small departments for tests of comparison, made of projects that name only what matters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.departments import Department
from disclosure.model.records import Disclosure, Project

DEPARTMENT = Department.model_validate_json(
    '{"schema": "department/1", "id": "a", "name": "示例局", "code": "322",'
    '"region": {"code": "990101", "name": "示例区"}, "units": [{"code": "322001", "name": "局"}]}'
)
SAME = {"schema": "project/1", "name": "招商引资", "unit": "322001", "budget": {"total": "100.00"}}

#: A project's versions, oldest first, each with the name of its file.
Versions = Sequence[tuple[str, Project]]


def project(number: int, fields: Mapping[str, object]) -> Project:
    """A project of the given fields, as YAML has them; what they leave out is always the same."""
    return Project.model_validate_json(json.dumps({**SAME, "number": str(number), **fields}))


def department(years: Mapping[int, Sequence[Versions]]) -> DepartmentData:
    """A department of these projects by year."""
    found = (
        DepartmentYear(
            year,
            Disclosure(schema_="disclosure/1", year=year, overall_goal="目标"),
            f"{year}",
            tuple(
                ProjectYear(tuple(ProjectVersion(table, path) for path, table in versions))
                for versions in projects
            ),
            DEPARTMENT,
        )
        for year, projects in sorted(years.items(), reverse=True)
    )
    return DepartmentData(DEPARTMENT, "a", tuple(found))
