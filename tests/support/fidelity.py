"""How much of a document's tables comes through: field by field, and cell by cell."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from msgspec import Struct

from disclosure import reading
from disclosure.forms import library
from disclosure.forms.filling import fill
from disclosure.forms.form import Form
from disclosure.forms.grid import Grid
from disclosure.forms.record_values import (
    TableContext,
    department_values,
    evaluation_values,
    list_values,
    project_values,
)
from disclosure.forms.values import Values
from disclosure.intake import importing
from disclosure.intake.formats import reader
from disclosure.intake.formats.pieces import Document
from disclosure.intake.understanding.interpreting import interpret
from disclosure.model.dataset import DepartmentYear
from disclosure.model.departments import Department
from disclosure.model.fields import Record

CASES = Path(__file__).parents[1] / "cases" / "documents"
DEPARTMENT = {
    "schema": "department/1",
    "id": "990101-101",
    "name": "示例市示例局",
    "code": "101",
    "region": {"code": "990101", "name": "示例市"},
    "units": [{"code": "101001", "name": "示例市示例局本级"}],
}
#: A field of an item: which item, which field, what it says.
Field = tuple[str, str, str]


class Score(Struct, frozen=True):
    """What came through.

    Attributes:
        recall: The share of the document's fields that are in the data.
        precision: The share of the data's fields that are in the document.
        cells: The share of the printed cells that the filled form prints at their place.
        spans: The share of the printed cells that take the same rows and columns as well.
        missing: Fields that are not in the data.
        wrong: Fields of the data that are not in the document.
        unplaced: Characters without a place.
    """

    recall: float
    precision: float
    cells: float
    spans: float
    missing: tuple[Field, ...]
    wrong: tuple[Field, ...]
    unplaced: int

    def figures(self) -> tuple[int, int, int, int]:
        """The four shares in tenths of a percent, rounded down."""
        shares = (self.recall, self.precision, self.cells, self.spans)
        return tuple(int(share * 1000) for share in shares)  # type: ignore[return-value]


def score(case: str, file: str, data: Path, year: int = 2026) -> Score:
    """Take a document in, read the drafts as they are, and compare with what is expected."""
    wanted = json.loads((CASES / case / "meaning.json").read_text("utf-8"))
    folder = data / str(DEPARTMENT["id"])
    begin(folder, year, [one["name"] for one in wanted.get("evaluations", ())])
    (known,) = reading.read(data).dataset.departments
    interpreted = interpret(_read(case, file), known, year)
    made = importing.import_documents([interpreted], known, year, folder / str(year))
    assert isinstance(made, importing.ImportResult), made
    importing.write(folder / str(year), made.outcomes)
    assert [*importing.write_forms(data, made.forms)] or not made.forms
    found = reading.read(data)
    errors = [one for one in found.diagnostics if one.severity.name == "ERROR"]
    assert not errors, errors
    (read,) = found.dataset.departments
    years = read.years
    printed = [
        table
        for table in json.loads((CASES / case / "grid.json").read_text("utf-8"))["tables"]
        if table["kind"] != "blank"
    ]
    said = [*tables(read.department, years[0], found.dataset.forms)] if years else []
    expected = Counter(_expected(wanted))
    got = Counter(field for values, form in said for field in _fields_of(values, form))
    right = sum((expected & got).values())
    cells, spans, number = _compared(
        [fill(form, values) for values, form in said], printed, spaced=not file.endswith(".pdf")
    )
    return Score(
        right / max(expected.total(), 1),
        right / max(got.total(), 1),
        cells / number,
        spans / number,
        tuple((expected - got).elements()),
        tuple((got - expected).elements()),
        interpreted.ledger.count().unplaced,
    )


@lru_cache(maxsize=1)
def _read(case: str, file: str) -> Document:
    """A document as it is read; the next test often asks for the same."""
    return reader.document(CASES / case / file, lambda _: None)


def begin(folder: Path, year: int, names: Sequence[str]) -> None:
    """Write the department, and the projects that are evaluated."""
    folder.mkdir(parents=True)
    (folder / "department.yml").write_text(json.dumps(DEPARTMENT, ensure_ascii=False), "utf-8")
    if not names:
        return
    projects = folder / str(year) / "projects"
    projects.mkdir(parents=True)
    (projects.parent / "disclosure.yml").write_text(
        json.dumps({"schema": "disclosure/1", "year": str(year)}), "utf-8"
    )
    for number, name in enumerate(names, start=1):
        record = {"schema": "project/1", "name": name, "unit": "101001", "number": str(number),
                  "budget": {"total": "1"}}  # fmt: skip
        text = json.dumps(record, ensure_ascii=False)
        (projects / f"{number:02}.yml").write_text(text, "utf-8")


def tables(
    department: Department, year: DepartmentYear, own: Mapping[str, Record]
) -> Iterator[tuple[Values, Form]]:
    """What stands in the fields of each table of a year, with its form."""
    context = TableContext(department, year.disclosure)
    lists = {made.form: made for made in year.disclosure.project_lists}
    for made in year.disclosure.project_lists:
        form = library.form_of(made.form, "projects", own)
        projects = [one.current for one in year.projects if one.current.form == made.form]
        yield list_values(made, projects, context, form), form
    for project in (one.current for one in year.projects):
        if project.form not in lists and project.indicator_rows:
            form = library.form_of(project.form, "project", own)
            yield project_values(project, context, form), form
    if (table := year.disclosure.department_table) is not None:
        form = library.form_of(table.form, "department", own)
        yield department_values(table, context, form), form
    results = [(one.current.name, one.result) for one in year.projects if one.result]
    for name, result in [*results, *([("", year.result)] if year.result else [])]:
        kind = "evaluation" if name else "department-evaluation"
        form = library.form_of(result.form, kind, own)  # type: ignore[arg-type]
        yield evaluation_values(result, name, context, form), form


def _compared(
    grids: Sequence[Grid], printed: Sequence[Mapping[str, Any]], *, spaced: bool
) -> tuple[int, int, int]:
    """How many cells are at their place, how many with their spans, and how many there are.

    Args:
        grids: The filled forms.
        printed: The tables of `grid.json`.
        spaced: Whether white space counts; a PDF has none but what can be seen.
    """

    def plain(text: str) -> str:
        return text if spaced else re.sub(r"\s", "", text)

    cells = spans = number = 0
    for grid, table in zip_longest(grids, printed):
        rows = grid.without_unused_columns().rows if grid else ()
        for row, wanted in zip_longest(rows, table["rows"] if table else (), fillvalue=()):
            for cell, other in zip_longest(row, wanted):
                number += 1
                if (
                    cell is not None
                    and other is not None
                    and plain(cell.text) == plain(other["text"])
                ):
                    cells += 1
                    spans += (cell.rows, cell.columns) == (other["rows"], other["columns"])
    return cells, spans, max(number, 1)


def _expected(meaning: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of `meaning.json`."""
    items = [*meaning.get("projects", ()), *meaning.get("evaluations", ())]
    if meaning.get("department_table"):
        items.append({**meaning["department_table"], "name": ""})
    for item in items:
        yield from _of_item(str(item.get("name") or ""), item)


def _of_item(who: str, item: Mapping[str, Any]) -> Iterator[Field]:
    yield from _fields(who, name=item.get("name"), code=item.get("code"))
    for amount in (*item["amounts"], *item.get("sources", ()), *item.get("spending", ())):
        for key in ("text", "initial", "budget", "spent", "points", "rate", "score"):
            yield from _fields(who, **{f"amount.{key}": amount.get(key)})
    for label, text in item["facts"].items():
        if label != "资金使用单位":  # stands in a row of sums
            yield from _fields(who, fact=text)
    for key in ("goals", "goals_actual", "term_goals"):
        for text in item.get(key, ()):
            yield from _fields(who, **{key: text})
    for task in item.get("tasks", ()):
        yield from _fields(who, task=task.get("name"), content=task.get("content"),
                           goal=task.get("goal"))  # fmt: skip
        for amount in task.get("amounts", ()):
            yield from _fields(who, **{"amount.text": amount["text"]})
    for row in item["indicators"]:
        yield from _indicator(who, row)


_ROW = ("level1", "level2", "level3", "target", "weight", "direction", "kind", "basis",
        "description", "actual", "points", "score", "deviation")  # fmt: skip


def _indicator(who: str, row: Mapping[str, Any]) -> Iterator[Field]:
    """An indicator's fields, each beside the name of the indicator."""
    name = str(row.get("level3") or "")
    if not (name or row.get("target") or row.get("actual")):
        return  # a category that the form prints
    parts = [row.get(key) or "" for key in ("sign", "value", "unit")]
    if any(parts) and (row.get("target") or "") != "".join(parts):
        row = {**row, "target": None}
        yield from _fields(f"{who}/{name}", sign=parts[0], value=parts[1], unit=parts[2])
    for key in _ROW:
        yield from _fields(f"{who}/{name}", **{key: row.get(key)})
    for text in (row.get("other") or {}).values():
        yield from _fields(f"{who}/{name}", other=text)


def _fields(who: str, **texts: str | None) -> Iterator[Field]:
    for key, text in texts.items():
        if text and re.sub(r"\s", "", text):
            yield re.sub(r"\s", "", who), key, re.sub(r"\s", "", text)


def _fields_of(values: Values, form: Form) -> Iterator[Field]:
    """The fields of the data, as far as the form prints them."""
    projects = values.lists.get("projects")
    if projects is None:
        yield from _of_values(values, form)
    for item in projects or ():
        if not item.texts.get("is_sum"):
            yield from _of_values(item, form)


def _of_values(item: Values, form: Form) -> Iterator[Field]:
    who = "" if form.kind == "department" else item.texts.get("name", "")
    for path, text in item.texts.items():
        key = _key(path)
        if key and not (path == "name" and form.kind == "department") and path not in _BESIDE:
            yield from _fields(who, **{key: text})
    for task in item.lists.get("tasks", ()):
        texts = task.texts
        yield from _fields(who, task=texts.get("name"), content=texts.get("content"),
                           goal=texts.get("goal"))  # fmt: skip
        for path, text in texts.items():
            if path.startswith("budget."):
                yield from _fields(who, **{"amount.text": text})
    for row in item.lists.get("indicators", ()):
        yield from _row(who, row.texts)


#: What is no field of `meaning.json`: the number above a table, the points of the last row.
_BESIDE = {"facts.表号", "facts.总分分值"}


def _key(path: str) -> str:
    """Under which name a field is compared; "" where it is not."""
    if path.startswith("budget."):
        return "amount.text"
    if path.startswith("funds."):
        return f"amount.{path.rpartition('.')[2]}"
    if path.startswith("facts."):
        return "fact"
    return path if path in {"name", "code", "goals", "goals_actual", "term_goals"} else ""


def _row(who: str, texts: Mapping[str, str]) -> Iterator[Field]:
    keys = (*_ROW, "sign", "value", "unit")
    made: dict[str, Any] = {key: texts.get(key) for key in keys}
    if made["sign"] == "定性":  # says of what kind the value is
        made |= {"kind": made["sign"], "sign": None, "value": None, "target": made["value"]}
    elif any(texts.get(key) for key in ("sign", "value", "unit")):
        made["target"] = "in columns"
    others = [text for path, text in texts.items() if path.startswith("other.")]
    made["other"] = dict(enumerate([*others, texts.get("term_target")]))
    yield from _indicator(who, made)
