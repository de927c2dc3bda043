"""The open data hold everything: the data files can be put together again from the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from disclosure.exports.writers import as_json
from disclosure.exports.writers.as_json import RowLines, json_file
from disclosure.model.dataset import DepartmentYear
from disclosure.model.evaluations import DepartmentEvaluation, SelfEvaluation
from disclosure.model.fields import Amount, Record, Yuan
from disclosure.model.records import Disclosure, Project
from tests.support.opendata import ABOUT, publication, rows

#: The real site, the invented district, and a department whose forms are others.
ROOTS = (".", "examples", "tests/cases/other-forms")


@pytest.mark.parametrize("root", ROOTS)
def test_the_data_can_be_put_together_again(root: str) -> None:
    """From the JSON alone come all data back as they were read: nothing is lost or changed."""
    content = json_file(rows(root), ABOUT)
    tables: dict[str, list[dict[str, Any]]] = json.loads(content)["tables"]
    for source in publication(root).sources:
        department = source.department.data
        for year in department.years:
            here = {"department_id": department.department.id, "year": year.year}
            assert_same(_disclosure(tables, here, year), year.disclosure)
            if year.result:
                found = _evaluation(tables, here, "department_", year.result_path)
                assert_same(DepartmentEvaluation.model_validate(found), year.result)
            for project in year.projects:
                own = {**here, "project_id": project.current.id}
                for version in project.versions:
                    adjustment = version.project.adjustment
                    day = adjustment.date.isoformat() if adjustment else "original"
                    place = {**own, "version": day}
                    assert_same(_project(tables, place, version.path), version.project)
                if project.result:
                    found = _evaluation(tables, own, "", project.result_path)
                    assert_same(SelfEvaluation.model_validate(found), project.result)


def test_rows_of_earlier_files_change_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file has the same bytes if its rows were in another one before, and if too many were."""
    found = rows("examples")
    alone = json_file(found, ABOUT)
    some = {name: members[::2] for name, members in found.items()}
    for most in (as_json._MAX_LINES, 10):
        monkeypatch.setattr(as_json, "_MAX_LINES", most)
        lines = RowLines()
        json_file(some, ABOUT, lines)
        assert json_file(found, ABOUT, lines) == alone


def assert_same(found: Record, expected: Record) -> None:
    """Both say the same, and print their amounts alike."""
    assert found == expected
    assert _printed(found) == _printed(expected)


def _printed(value: object) -> list[str]:
    if isinstance(value, Amount):
        return [value.printed]
    if isinstance(value, Record):
        value = vars(value)
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _printed(item)]
    return [text for item in value for text in _printed(item)] if isinstance(value, tuple) else []


Tables = dict[str, list[dict[str, Any]]]
Row = dict[str, Any]


def _of(tables: Tables, name: str, place: Mapping[str, object]) -> list[Row]:
    """The rows of a place, without what says where they belong."""
    rows = [row for row in tables.get(name, ()) if place.items() <= row.items()]
    return [{key: value for key, value in row.items() if key not in place} for row in rows]


def _notes(tables: Tables, place: Mapping[str, object]) -> tuple[Row, ...]:
    return tuple(
        {key: row[key] for key in ("at", "rule", "says", "note")}
        for row in _of(tables, "notes", place)
    )


def _amount(row: Row, name: str, unit: str) -> Amount | str | None:
    """An amount as it is printed; its value stands beside it and is the same."""
    printed = row[f"{name}_printed"]
    if printed is None:
        assert row[name] is None
        return None
    return Yuan(printed) if unit == "元" else printed


class _Cells:
    """What only the form has a name for, in one file."""

    def __init__(self, tables: Tables, path: str) -> None:
        self._facts = _of(tables, "facts", {"file": path})
        self._parts = _of(tables, "budget_parts", {"file": path})

    def of(self, part: str, row: int = 0) -> dict[str, str | None]:
        return {one["name"]: one["content"] for one in self._in(self._facts, part, row)}

    def budget(self, values: Row, unit: str, part: str, row: int = 0) -> Row:
        parts = {
            one["name"]: _amount(one, "amount", unit) for one in self._in(self._parts, part, row)
        }
        names = ("total", "fiscal", "other", "term_total")
        amounts = {name: _amount(values, f"budget_{name}", unit) for name in names}
        return {**{name: value for name, value in amounts.items() if value}, "parts": parts}

    def _in(self, rows: list[Row], part: str, row: int) -> list[Row]:
        return [one for one in rows if (one["part"], one["row_number"]) == (part, row)]


def _form(row: Row) -> Row:
    return {"form": row["form"], "title": row["title"], "money": row["money_unit"]}


def _indicators(found: list[Row], cells: _Cells, part: str) -> tuple[Row, ...]:
    texts = ("level1", "level2", "level3", "description", "target", "basis")
    fields = (*texts, "weight", "direction", "kind", "term_target")
    return tuple(
        {
            **{key: row[key] for key in fields},
            **{key: row[f"printed_{key}"] for key in ("sign", "value", "unit")},
            "apart": tuple(filter(None, (row["not_merged"] or "").split("、"))),
            "other": cells.of(part, number),
        }
        for number, row in enumerate(found, start=1)
    )


def _disclosure(tables: Tables, place: Mapping[str, object], year: DepartmentYear) -> Disclosure:
    (row,) = _of(tables, "disclosures", place)
    assert row.pop("department_name") == year.department.name
    source = {key: row.pop(f"source_{key}") for key in ("title", "file", "sha256", "page")}
    objectives = _of(tables, "objectives", place)
    cells = _Cells(tables, year.path)
    return Disclosure.model_validate(
        {
            "schema": "disclosure/1",
            "year": place["year"],
            **row,
            "source": source if any(source.values()) else None,
            "objectives": tuple(
                {k: v for k, v in one.items() if k != "number"} for one in objectives
            ),
            "safeguards": tuple(one["safeguard"] for one in _of(tables, "safeguards", place)),
            "notes": _notes(tables, {**place, "noted": "disclosure"}),
            "department_table": _department_table(tables, place, year.path, cells),
            "project_lists": tuple(
                _list(tables, {**place, "list_number": one["number"]}, one, cells)
                for one in _of(tables, "project_lists", place)
            ),
        }
    )


def _department_table(
    tables: Tables, place: Mapping[str, object], path: str, cells: _Cells
) -> Row | None:
    for row in _of(tables, "department_tables", place):
        unit, goals = row["money_unit"], _of(tables, "department_goals", place)
        rows = _of(tables, "department_indicators", place)
        return {
            **_form(row),
            "budget": cells.budget(row, unit, "department"),
            "tasks": _tasks(tables, {**place, "file": path}, unit, cells),
            "goals": tuple(one["goal"] for one in goals if one["period"] == "year"),
            "term_goals": tuple(one["goal"] for one in goals if one["period"] == "term"),
            "indicators": _indicators(rows, cells, "department_indicator"),
            "term_indicators": _indicators(
                _of(tables, "department_term_indicators", place), cells, "department_term_indicator"
            ),
            "facts": cells.of("department"),
            "notes": _notes(tables, {**place, "noted": "department_table"}),
        }
    return None


def _tasks(
    tables: Tables, place: Mapping[str, object], unit: str, cells: _Cells
) -> tuple[Row, ...]:
    return tuple(
        {
            **{key: one[key] for key in ("name", "content", "goal")},
            "budget": cells.budget(one, unit, "task", one["number"]),
            "other": cells.of("task", one["number"]),
        }
        for one in _of(tables, "tasks", place)
    )


def _list(tables: Tables, place: Mapping[str, object], row: Row, cells: _Cells) -> Row:
    number = row["number"]
    return {
        **_form(row),
        "facts": cells.of("list", number),
        "sums": tuple(
            {
                "name": one["name"],
                "before": one["before_project"],
                "budget": cells.budget(
                    one, row["money_unit"], "list_sum", number * 10_000 + one["number"]
                ),
                "facts": cells.of("list_sum", number * 10_000 + one["number"]),
            }
            for one in _of(tables, "list_sums", place)
        ),
    }


def _project(tables: Tables, place: Mapping[str, object], path: str) -> Project:
    (row,) = _of(tables, "versions", place)
    adjusted = {key: row[key] for key in ("kind", "date", "reason", "document")}
    before = [one["predecessor_code"] for one in _of(tables, "predecessors", place)]
    cells, unit = _Cells(tables, path), row["money_unit"]
    return Project.model_validate(
        {
            "schema": "project/1",
            "id": place["project_id"],
            "code": row["code"],
            "name": row["name"],
            **_form(row),
            "unit": row["unit_code"],
            "number": row["number"],
            "page": row["source_page"],
            "budget": cells.budget(row, unit, "project"),
            "purpose": row["purpose"],
            "spending_plan": {
                one["period"]: _amount(one, "amount", unit)
                for one in _of(tables, "spending_plan", place)
            },
            "goals": tuple(one["goal"] for one in _of(tables, "goals", place)),
            "term_goals": tuple(one["goal"] for one in _of(tables, "term_goals", place)),
            "indicators": _indicators(_of(tables, "indicators", place), cells, "indicator"),
            "term_indicators": _indicators(
                _of(tables, "term_indicators", place), cells, "term_indicator"
            ),
            "facts": cells.of("project"),
            "continues": tuple(before) if row["predecessors_stated"] else None,
            "adjustment": None if adjusted["kind"] == "original" else adjusted,
            "notes": _notes(tables, {**place, "noted": "project"}),
        }
    )


def _evaluation(
    tables: Tables, place: Mapping[str, object], whose: str, path: str | None
) -> dict[str, object]:
    """The self-evaluation of a project, or (`department_`) of the whole department."""
    (row,) = _of(tables, f"{whose}results", place)
    cells, here, unit = _Cells(tables, path or ""), {"file": path}, row["money_unit"]
    goals = _of(tables, "evaluation_goals", here)
    fields = ("level1", "level2", "level3", "actual", "points", "score", "deviation")
    head = {"id": place["project_id"], "code": row["code"]} if "project_id" in place else {}
    return {
        "schema": "result/1" if head else "department-result/1",
        **head,
        **_form(row),
        **{key: row[key] for key in ("name", "published", "score")},
        **{key: _amount(row, key, unit) for key in ("budget", "spent")},
        "funds": tuple(
            {
                **{key: one[key] for key in ("name", "initial", "budget", "spent")},
                **{key: one[key] for key in ("points", "rate", "score")},
                "other": cells.of("fund", one["number"]),
            }
            for one in _of(tables, "evaluation_funds", here)
        ),
        "goals": tuple(one["goal"] for one in goals if one["kind"] == "expected"),
        "goals_actual": tuple(one["goal"] for one in goals if one["kind"] == "actual"),
        "indicators": tuple(
            {
                **{key: one[key] for key in (*fields, "improvement")},
                "target": one["stated_target"],
                "apart": tuple(filter(None, (one["not_merged"] or "").split("、"))),
                "other": cells.of("indicator_result", one["number"]),
            }
            for one in _of(tables, f"{whose}indicator_results", place)
        ),
        "facts": cells.of("result"),
        "notes": _notes(tables, {**place, "noted": f"{whose}result"}),
        **({} if head else {"tasks": _tasks(tables, {**place, "file": path}, unit, cells)}),
    }
