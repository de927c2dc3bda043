"""A data folder made of the cases of the known forms: each table as its own department and year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from disclosure.forms.filling import IS_SUM
from disclosure.forms.library import shipped
from disclosure.forms.values import Values
from tests.support.formcases import cases, tables

_ROW = ("level1", "level2", "level3", "description", "target", "sign", "value", "unit", "basis",
        "weight", "direction", "kind", "term_target", "actual", "points", "score", "deviation",
        "improvement")  # fmt: skip
_FUND = ("initial", "budget", "spent", "points", "rate", "score")


class PrintedTable(Struct, frozen=True):
    """A table of a case, and the page of the site that shows it.

    Attributes:
        form_id: The form.
        address: The page.
        printed: What the case says that is printed.
    """

    form_id: str
    address: str
    printed: Mapping[str, Any]


def write_forms(data: Path) -> list[PrintedTable]:
    """Write the data of every case; the tables, each with its page."""
    _write(data / "checks.yml", {"schema": "checks/1", "switched_off": ["C409"]})
    every = [(form_id, *table) for form_id in cases() for table in tables(form_id)]
    return [
        _write_table(data / f"990101-{number:03d}", form_id, values, printed)
        for number, (form_id, values, printed) in enumerate(every, 1)
    ]


def _write_table(
    folder: Path, form_id: str, values: Values, printed: Mapping[str, Any]
) -> PrintedTable:
    texts, kind = values.texts, shipped(form_id).kind
    year, code = texts.get("year", "2026"), folder.name[-3:]
    name = texts["name"] if kind == "department-evaluation" else texts.get("department", "示例局")
    unit = {"code": texts.get("unit", f"{code}001"), "name": texts.get("unit_name", "示例局本级")}
    _write(
        folder / "department.yml",
        {"schema": "department/1", "id": folder.name, "name": name, "code": code,
         "region": {"code": "990101", "name": "示例市"}, "units": [unit]},
    )  # fmt: skip
    about: dict[str, Any] = {"schema": "disclosure/1", "year": year, "overall_goal": "目标。"}
    if "plan_heading" in texts:
        about["plan_heading"] = texts["plan_heading"]
    within = _WRITERS[kind](folder / year, form_id, values, unit["code"], about)
    _write(folder / year / "disclosure.yml", about)
    return PrintedTable(form_id, f"{folder.name}/{year}/{within}", printed)


def _one(folder: Path, form_id: str, values: Values, unit: str, about: dict[str, Any]) -> str:
    del about
    number = int(values.texts.get("number", "1"))
    name = values.texts.get("code", f"{number:02d}")
    _write(folder / "projects" / f"{name}.yml", _project(values, form_id, number, unit))
    return f"{name}/"


def _department(
    folder: Path, form_id: str, values: Values, unit: str, about: dict[str, Any]
) -> str:
    del folder, unit
    about["department_table"] = {"form": form_id, **_common(values), "tasks": _tasks(values)}
    return ""


def _result(folder: Path, form_id: str, values: Values, unit: str, about: dict[str, Any]) -> str:
    del about
    target = {"schema": "project/1", "name": values.texts["name"], "unit": unit, "number": "1",
              "budget": {"total": "1.00"}, "indicators": [{"level3": "示例"}]}  # fmt: skip
    _write(folder / "projects" / "01.yml", target)
    _write(folder / "results" / "01.yml", {"schema": "result/1", **_evaluation(values, form_id)})
    return "01/"


def _whole_result(
    folder: Path, form_id: str, values: Values, unit: str, about: dict[str, Any]
) -> str:
    del unit, about
    record = {"schema": "department-result/1", "tasks": _tasks(values)}
    _write(folder / "results" / "department.yml", {**record, **_evaluation(values, form_id)})
    return ""


def _list(folder: Path, form_id: str, values: Values, unit: str, about: dict[str, Any]) -> str:
    sums: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    number = 0
    for item in values.lists["projects"]:
        if IS_SUM in item.texts:
            waiting.append({"name": item.texts["name"], "budget": _budget(item)})
            continue
        number += 1
        name = item.texts.get("code", f"{number:02d}")
        sums += [{**one, "before": name} for one in waiting]
        waiting = []
        _write(folder / "projects" / f"{name}.yml", _project(item, form_id, number, unit))
    record = {"form": form_id, "sums": [*sums, *waiting], "facts": _named(values, "facts.")}
    about["project_lists"] = [record]
    return ""


def _project(values: Values, form_id: str, number: int, unit: str) -> dict[str, Any]:
    texts = values.texts
    return {
        "schema": "project/1",
        "code": texts.get("code"),
        "name": texts["name"],
        "form": form_id,
        "unit": unit,
        "number": str(number),
        "purpose": texts.get("purpose"),
        "spending_plan": {
            one.texts["period"]: one.texts["amount"] for one in values.lists.get("plan", ())
        },
        **_common(values),
    }


def _common(values: Values) -> dict[str, Any]:
    texts = values.texts
    goals = texts.get("goals")
    numbered = texts.get("goals.numbered", "").split("\n")
    listed = [goals] if goals else [one.partition(".")[2] for one in numbered if one]
    return {
        "money": texts.get("money", "万元"),
        "budget": _budget(values),
        "goals": listed,
        "term_goals": [texts["term_goals"]] if texts.get("term_goals") else [],
        "indicators": [_row(one) for one in values.lists.get("indicators", ())],
        "facts": _named(values, "facts.")
        | {one.texts["name"]: one.texts["content"] for one in values.lists.get("facts", ())},
    }


def _budget(values: Values) -> dict[str, Any]:
    texts = values.texts
    own = {name: texts[f"budget.{name}"] for name in ("total", "fiscal", "other", "term_total")
           if texts.get(f"budget.{name}")}  # fmt: skip
    parts = _named(values, "budget.parts.") | {
        one.texts["name"]: one.texts["amount"] for one in values.lists.get("parts", ())
    }
    return {**own, "parts": parts} if parts else own


def _row(item: Values) -> dict[str, Any]:
    found: dict[str, Any] = {name: item.texts[name] for name in _ROW if item.texts.get(name)}
    if "value" in found:
        found.pop("target", None)
    else:
        found.pop("sign", None)
        found.pop("unit", None)
    return {"level3": None, **found, "other": _named(item, "other.")}


def _tasks(values: Values) -> list[dict[str, Any]]:
    names = ("name", "content", "goal")
    return [
        {**{name: one.texts.get(name) for name in names}, "budget": _budget(one)}
        for one in values.lists.get("tasks", ())
    ]


def _evaluation(values: Values, form_id: str) -> dict[str, Any]:
    texts = values.texts
    funds = [dict(one.texts) for one in values.lists.get("funds", ())]
    by_name: dict[str, dict[str, Any]] = {}
    for path, text in texts.items():
        if path.startswith("funds."):
            name, _, column = path.removeprefix("funds.").rpartition(".")
            by_name.setdefault(name, {"name": name})[column] = text
    common = _common(values)
    del common["budget"], common["term_goals"]
    rows = [{key: one for key, one in row.items() if key not in {"sign", "value", "unit"}}
            for row in common.pop("indicators")]  # fmt: skip
    targets = [one.texts.get("target") for one in values.lists.get("indicators", ())]
    rows = [{**row, "target": target} for row, target in zip(rows, targets, strict=True)]
    return {
        **common,
        "form": form_id,
        "name": texts["name"],
        "score": texts.get("score") or None,
        "goals_actual": [texts["goals_actual"]],
        "funds": [*funds, *by_name.values()],
        "indicators": rows,
    }


def _named(values: Values, prefix: str) -> dict[str, Any]:
    return {
        path.removeprefix(prefix): text or None
        for path, text in values.texts.items()
        if path.startswith(prefix)
    }


def _write(path: Path, record: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = yaml.safe_dump(dict(record), allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(written, encoding="utf-8")


_WRITERS: Mapping[str, Callable[[Path, str, Values, str, dict[str, Any]], str]] = {
    "project": _one,
    "projects": _list,
    "department": _department,
    "evaluation": _result,
    "department-evaluation": _whole_result,
}
