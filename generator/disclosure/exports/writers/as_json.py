"""Tables as JSON, one row on each line, and the JSON Schema that they fit.

Exact amounts are texts (`"150.00"`). JSON knows numbers of any precision, but what reads it does
not: JavaScript, pandas and jq make `150.00` a binary 150, and `0.1` something that is not 0.1.
A text arrives as it was printed, and the program that calculates says with what precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, get_args

from pydantic_core import to_json

from disclosure.exports.schema import FORMAT, TABLES, Column, Table, Type, table
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.about import About
from disclosure.exports.writers.row import Row
from disclosure.exports.writers.rows import Rows

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_KINDS_OF_VALUE = frozenset(get_args(Value))
_DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"


def json_file(rows: Rows, about: About, lines: RowLines | None = None) -> bytes:
    """Some rows of any tables; `lines` are those of other files that some of them are in."""
    head = {
        "$schema": about.schema,
        "format": FORMAT,
        "title": about.title,
        "address": about.address,
        "licence": about.licence,
        "citation": about.citation,
    }
    tables = b",\n".join(_tables(rows, lines or RowLines()))
    return b'%b,\n "tables": {\n%b\n }\n}\n' % (to_json(head, indent=1)[:-2], tables)


def _tables(rows: Rows, lines: RowLines) -> Iterator[bytes]:
    for name, members in rows.items():
        made = b",\n   ".join(lines.of(name, members))
        yield b'  "%b": [\n   %b\n  ]' % (name.encode(), made)


class RowLines:
    """The rows of a department as JSON, each made once for all files that it is in.

    A project's rows are in the file of its page, of its history and of its year. Rows are known by
    their identity: those that are given must be held as long as this is.
    """

    def __init__(self) -> None:
        self._made: dict[int, bytes] = {}

    def of(self, name: str, rows: Sequence[Row]) -> Iterator[bytes]:
        """The rows of a table."""
        made = self._made
        new = [row for row in rows if id(row) not in made]
        if new:
            if len(made) > _MAX_LINES:
                made.clear()
                new = [*rows]
            columns = [column.name for column in table(name).columns]
            made.update(zip(map(id, new), _objects(columns, new), strict=True))
        return (made[id(row)] for row in rows)


#: Of more rows than this, some 30 MB, the lines are not kept: a department may have 200,000.
_MAX_LINES = 50_000


def _objects(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[bytes]:
    """The rows; Pydantic writes exact numbers and dates as texts, and is twice as fast as json.

    It would also write what has no form of its own in JSON, so that is refused here.
    """
    strange = {*map(type, chain.from_iterable(rows))} - _KINDS_OF_VALUE
    if strange:
        raise TypeError(strange)
    for row in rows:
        yield to_json(dict(zip(columns, row, strict=True)))


def json_schema() -> bytes:
    """What `json_file` gives, as JSON Schema, each column with its meaning."""
    schema = {
        "$schema": _DRAFT,
        "title": "预算绩效目标开放数据",
        "description": "金额和数值是写成文字的十进制数，与原文一位不差；没有的是 null。",
        "type": "object",
        "required": ["$schema", "format", "title", "address", "licence", "citation", "tables"],
        "additionalProperties": False,
        "properties": {
            "$schema": {"type": "string", "description": "本文件所依据的模式的地址。"},
            "format": {"const": FORMAT, "description": "格式的版本。"},
            "title": {"type": "string", "description": "文件的内容。"},
            "address": {"type": "string", "description": "同样内容的网页。"},
            "licence": {"type": "string", "description": "可以怎样使用。"},
            "citation": {"type": "string", "description": "怎样引用。"},
            "tables": {
                "type": "object",
                "description": "各表的行；没有行的表不出现。",
                "additionalProperties": False,
                "properties": {one.name: _table_schema(one) for one in TABLES},
            },
        },
    }
    return to_json(schema, indent=2) + b"\n"  # json's own writer is slow where it indents


def _table_schema(of: Table) -> dict[str, Any]:
    return {
        "title": of.title,
        "description": of.meaning,
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [column.name for column in of.columns],
            "properties": {column.name: _column_schema(column) for column in of.columns},
        },
    }


_KINDS: dict[Type, dict[str, Any]] = {
    Type.TEXT: {"type": "string", "minLength": 1},
    Type.DECIMAL: {"type": "string", "pattern": _DECIMAL},
    Type.INTEGER: {"type": "integer"},
    Type.DATE: {"type": "string", "format": "date"},
    Type.BOOLEAN: {"type": "boolean"},
}


def _column_schema(column: Column) -> dict[str, Any]:
    kind = dict(_KINDS[column.type])
    if column.values:
        kind = {"enum": [*column.values]}
    if not column.required:
        kind = {"anyOf": [kind, {"type": "null"}]}
    unit = f"单位：{column.unit}。" if column.unit and "单位：" not in column.meaning else ""
    return {"title": column.title, "description": column.meaning + unit, **kind}
