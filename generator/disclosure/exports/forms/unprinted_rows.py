"""What the data files of a year say and no table of its workbook prints: rows of a last sheet.

Files without a table in the workbook, such as superseded versions and results that were not
printed as a table, are listed whole. Imported into an empty folder, it restores every file.
A row names a file, the way to a field in it, what the field is called and what it says; the way is
that of the data format, its parts joined by points and items counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from disclosure.forms import library
from disclosure.forms.form import Kind
from disclosure.forms.unprinted_fields import unprinted_fields
from disclosure.forms.values import INDICATOR_LISTS
from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.model.departments import Department
from disclosure.model.evaluations import DepartmentEvaluation, SelfEvaluation
from disclosure.model.fields import Amount, title_of
from disclosure.model.notes import Note
from disclosure.model.records import Adjustment, Disclosure, ListSum, Project
from disclosure.model.target_table import Budget, Fund, Indicator, IndicatorResult, Task
from disclosure.pages.filled_forms import is_printed

#: What the sheet is called, its heads, and what it says of itself.
SHEET = "表外内容"
HEADS = ("数据文件", "项", "栏目", "内容")
EXPLANATION = (
    "下面是数据文件里有、原表没有格子的内容。可以修改“内容”一栏；导入工作簿时写回数据文件。"
)
#: A list that is said to be empty.
NOTHING = "[]"
#: What says which file a table is of; by itself nothing that a table does not say.
_KEYS = ("form", "title", "money", "code", "name", "number")
#: What no sheet says of the year: the first one has dates, source and part one.
_OF_YEAR = ("total", "plan_heading", "notes")
_RECORDS = (Project, Indicator, IndicatorResult, Budget, Task, Fund, ListSum, SelfEvaluation,
            DepartmentEvaluation, Disclosure, Note, Adjustment, Department)  # fmt: skip


class UnprintedRow(Struct, frozen=True):
    """A field of a data file that no table prints."""

    file: str
    way: str
    title: str
    text: str


def unprinted_rows(data: DepartmentData, year: DepartmentYear) -> tuple[UnprintedRow, ...]:
    """Every field of a year's files that its workbook has in no table."""
    files = _files(data, year)
    return tuple(
        UnprintedRow(file, ".".join(way), _title(way), text)
        for file, fields in files
        for way, text in _leaves(fields, ())
    )


def _files(data: DepartmentData, year: DepartmentYear) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "disclosure.yml", _of_year(data, year)
    for project in year.projects:
        record = plain(project.current)
        listed = {one.form for one in year.disclosure.project_lists}
        kind: Kind = "projects" if record.get("form") in listed else "project"
        *earlier, path = (one.path.rpartition("/")[2] for one in project.versions)
        yield f"projects/{path}", _of_table(data, record, kind)
        for name, version in zip(earlier, project.versions, strict=False):
            yield f"projects/{name}", _whole(version.project)
        if project.result:
            found = project.result
            table = is_printed(found)
            said = _of_table(data, plain(found), "evaluation") if table else _whole(found)
            yield f"results/{project.current.id}.yml", said
    if year.result:
        record = plain(year.result)
        yield "results/department.yml", _of_table(data, record, "department-evaluation")


def _of_year(data: DepartmentData, year: DepartmentYear) -> dict[str, Any]:
    record = plain(year.disclosure)
    found = {key: record[key] for key in _OF_YEAR if record.get(key)}
    if table := record.get("department_table"):
        found |= _under("department_table", _of_table(data, table, "department"))
    lists = [_of_table(data, one, "projects") for one in record.get("project_lists", ())]
    return found | ({"project_lists": lists} if any(lists) else {})


def _whole(record: BaseModel) -> dict[str, Any]:
    """All that a file says; its id is its name."""
    return {key: value for key, value in plain(record).items() if key != "id"}


def _under(key: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {key: fields} if fields else {}


def _of_table(data: DepartmentData, record: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """What is not printed of a table; nothing where that only says which file it is."""
    form = library.form_of(record.get("form"), kind, data.forms)
    found = unprinted_fields(form, record, "projects" if form.kind == "projects" else "")
    found |= _under("notes", record.get("notes") or {})
    if not found and record.get("code", "") is not None:
        return {}
    return {key: record[key] for key in _KEYS if record.get(key)} | found


def plain(record: BaseModel) -> dict[str, Any]:
    """What a file says of a record, as text, mappings and lists; nothing of what it leaves out."""
    fields = type(record).model_fields
    return {
        (fields[name].alias or name): _plain(getattr(record, name))
        for name in fields
        if name in record.model_fields_set
    }


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return value.printed if isinstance(value, Amount) else f"{value:f}"
    return value if value is None else str(value)  # a date is its ISO form


def _leaves(value: Any, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, (*way, key))
    elif isinstance(value, list) and way[-1] == "continues" and not value:
        yield way, NOTHING  # it carries on no project, which is not the same as saying nothing
    elif isinstance(value, list):
        for number, one in enumerate(value, start=1):
            yield from _leaves(one, (*way, str(number)))
    else:
        yield way, value or ""


def _title(way: tuple[str, ...]) -> str:
    """What the field is called: in Chinese where the data format has it, else as printed."""
    named = next((one for one in reversed(way) if not one.isdecimal()), "")
    is_row = not set(INDICATOR_LISTS).isdisjoint(way[:-1])
    of_rows = (Indicator, IndicatorResult) if is_row else ()
    for record in (*of_rows, *_RECORDS):
        if named in record.model_fields:
            return title_of(record, named)
    return named
