"""What a column and a table are; a column that the data format has takes its words from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct, field

from disclosure.model.fields import OR_YUAN, Amount, Record
from disclosure.model.records import SCHEMAS

#: Where a column comes from that no data file has.
COMPUTED = "由本站整理或计算"

_UNIT = re.compile(r"单位：([^。；，]+)")


class Type(StrEnum):
    """What a column's values are; an empty cell is None whatever the type.

    `DECIMAL` is exact: `150.00` stays `150.00`.
    """

    TEXT = "text"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    BOOLEAN = "boolean"


#: A value of a cell: what each type is in Python, and None for an empty one.
Value = str | Decimal | int | date | bool | None

_TYPES: Mapping[type, Type] = {
    str: Type.TEXT,
    Decimal: Type.DECIMAL,
    Amount: Type.DECIMAL,
    int: Type.INTEGER,
    date: Type.DATE,
}


class Column(Struct, frozen=True):
    """A column of a table.

    Attributes:
        name: For programs; the same in every format, for good.
        type: What its values are.
        title: For people, as on the form.
        meaning: What it holds, in Chinese.
        unit: What numbers count, such as 万元; "" where they count nothing.
        source: Where it comes from: a field of a data file, or `COMPUTED`.
        required: Whether every row has a value.
        values: The values that there can be and what each means; empty where there is no list.
    """

    name: str
    type: Type
    title: str
    meaning: str
    unit: str = ""
    source: str = COMPUTED
    required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


class ForeignKey(Struct, frozen=True):
    """Columns whose values are the key of a row of another table, `references` in its words."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


class Table(Struct, frozen=True):
    """A table: what a row is, its columns, what tells rows apart, and where they belong."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    belongs: tuple[ForeignKey, ...] = ()


def field_column(
    record: type[Record],
    name: str,
    *,
    column_name: str = "",
    values: Mapping[str, str] | None = None,
) -> Column:
    """The column of a field of the data format, in the words that the format has for it.

    Args:
        record: The part of the format.
        name: The field.
        column_name: What the column is called; the field's name if not told.
        values: The values that there can be, where the format lists them.
    """
    info = record.model_fields[name]
    meaning = (info.description or "").replace(OR_YUAN, "")
    unit = _UNIT.search(meaning)
    return Column(
        name=column_name or name,
        type=_type(info.annotation),
        title=info.title or name,
        meaning=meaning,
        unit=unit[1] if unit else "",
        source=f"{_place(record)}：{name}",
        required=info.is_required(),
        values=values or {},
    )


_IN_ORDER = "在原文中的顺序，从 1 开始。"


def number(
    name: str = "number", title: str = "序号", meaning: str = _IN_ORDER, *, required: bool = True
) -> Column:
    """A column of whole numbers."""
    return Column(name, Type.INTEGER, title, meaning, required=required)


def text(
    name: str, title: str, meaning: str, *, required: bool = False, values: Mapping[str, str] = {}
) -> Column:
    """A column of text; `values` explains each value where there is a list."""
    return Column(name, Type.TEXT, title, meaning, required=required, values=values)


def yes_or_no(name: str, title: str, meaning: str) -> Column:
    """A column that says whether something is so."""
    return Column(name, Type.BOOLEAN, title, meaning, required=True)


def foreign_key(table: str, *columns: str) -> ForeignKey:
    """A foreign key to columns of the same names."""
    return ForeignKey(columns, table, columns)


#: Of the parts of a file, the file that holds them.
_HOLDERS = {
    "FormerNames": "department/1 former",
    "Succeeded": "department/1 succeeds",
    "Region": "department/1 region",
    "Unit": "department/1 units",
    "Source": "disclosure/1 source",
    "Objective": "disclosure/1 objectives",
    "Budget": "project/1 budget",
    "Indicator": "project/1 indicators",
    "DepartmentTable": "disclosure/1 department_table",
    "ProjectList": "disclosure/1 project_lists",
    "ListSum": "disclosure/1 project_lists sums",
    "Task": "disclosure/1 department_table tasks",
    "Evaluation": "result/1",
    "Fund": "result/1 funds",
    "Adjustment": "project/1 adjustment",
    "IndicatorResult": "result/1 indicators",
    "Note": "notes",
}


def _place(record: type[Record]) -> str:
    files = {model.__name__: schema for schema, model in SCHEMAS.items()}
    return files.get(record.__name__) or _HOLDERS[record.__name__]


def _type(annotation: Any) -> Type:
    """The type of a field, whether it may be empty or not; a list of texts is text."""
    if annotation in _TYPES:
        return _TYPES[annotation]
    if get_origin(annotation) is Literal:
        return Type.TEXT
    parts = [part for part in get_args(annotation) if part is not type(None) and part is not ...]
    if get_origin(annotation) in {Annotated, Union, UnionType, tuple} and parts:
        return _type(parts[0])
    raise TypeError(f"no column can hold {annotation}")
