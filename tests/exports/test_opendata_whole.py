"""The open data hold everything: the data files can be put together again from the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from disclosure.exports.writers.as_json import json_file
from disclosure.model.dataset import DepartmentYear
from disclosure.model.records import Project, SelfEvaluation
from tests.support.opendata import ABOUT, publication, rows

ROOTS = (".", "examples")


@pytest.mark.parametrize("root", ROOTS)
def test_the_data_can_be_put_together_again(root: str) -> None:
    """From the JSON alone come all data back as they were read: nothing is lost or changed."""
    content = json_file(rows(root), ABOUT)
    tables: dict[str, list[dict[str, Any]]] = json.loads(content)["tables"]
    for source in publication(root).sources:
        department = source.department.data
        for year in department.years:
            here = {"department_id": department.department.id, "year": year.year}
            assert _disclosure(tables, here) == {
                **_said(year),
                "department_name": year.department.name,
            }
            for project in year.projects:
                for version in project.versions:
                    code = version.project.code
                    adjustment = version.project.adjustment
                    day = adjustment.date.isoformat() if adjustment else "original"
                    place = {**here, "code": code, "version": day}
                    assert _project(tables, place) == version.project
                if project.result:
                    place = {**here, "code": project.result.code}
                    assert _result(tables, place) == project.result


Tables = dict[str, list[dict[str, Any]]]


def _of(tables: Tables, name: str, place: Mapping[str, object]) -> list[dict[str, Any]]:
    """The rows of a place, without what says where they belong."""
    rows = [row for row in tables.get(name, ()) if place.items() <= row.items()]
    return [{key: value for key, value in row.items() if key not in place} for row in rows]


def _notes(tables: Tables, place: Mapping[str, object]) -> list[dict[str, Any]]:
    return [
        {key: row[key] for key in ("at", "rule", "says", "note")}
        for row in _of(tables, "notes", place)
    ]


def _said(year: DepartmentYear) -> dict[str, Any]:
    return year.disclosure.model_dump(mode="json", exclude={"schema_", "year"})


def _disclosure(tables: Tables, place: Mapping[str, object]) -> dict[str, Any]:
    (row,) = _of(tables, "disclosures", place)
    source = {key: row.pop(f"source_{key}") for key in ("title", "file", "sha256")}
    objectives = _of(tables, "objectives", place)
    return {
        **row,
        "source": source if any(source.values()) else None,
        "objectives": [{k: v for k, v in one.items() if k != "number"} for one in objectives],
        "safeguards": [one["safeguard"] for one in _of(tables, "safeguards", place)],
        "notes": _notes(tables, {**place, "noted": "disclosure"}),
    }


def _project(tables: Tables, place: Mapping[str, object]) -> Project:
    (row,) = _of(tables, "versions", place)
    adjusted = {key: row[key] for key in ("kind", "date", "reason", "document")}
    before = [one["predecessor_code"] for one in _of(tables, "predecessors", place)]
    fields = ("level1", "level2", "level3", "description", "target", "basis")
    indicators = _of(tables, "indicators", place)
    return Project.model_validate(
        {
            "schema": "project/1",
            "code": place["code"],
            "name": row["name"],
            "unit": row["unit_code"],
            "number": row["number"],
            "budget": {key: row[f"budget_{key}"] for key in ("total", "fiscal", "other")},
            "purpose": row["purpose"],
            "spending_plan": {
                one["period"]: one["amount"] for one in _of(tables, "spending_plan", place)
            },
            "goals": tuple(one["goal"] for one in _of(tables, "goals", place)),
            "indicators": tuple({key: one[key] for key in fields} for one in indicators),
            "continues": tuple(before) if row["predecessors_stated"] else None,
            "adjustment": None if adjusted["kind"] == "original" else adjusted,
            "notes": tuple(_notes(tables, {**place, "noted": "project"})),
        }
    )


def _result(tables: Tables, place: Mapping[str, object]) -> SelfEvaluation:
    (row,) = _of(tables, "results", place)
    fields = ("level3", "actual", "points", "score", "deviation", "improvement")
    indicators = _of(tables, "indicator_results", place)
    return SelfEvaluation.model_validate(
        {
            "schema": "result/1",
            "code": place["code"],
            **row,
            "indicators": tuple({key: one[key] for key in fields} for one in indicators),
            "notes": tuple(_notes(tables, {**place, "noted": "result"})),
        }
    )
