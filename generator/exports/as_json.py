"""Tables as JSON, one row on each line, and the JSON Schema that they fit.

Exact amounts are texts (`"150.00"`). JSON knows numbers of any precision, but what reads it does
not: JavaScript, pandas and jq make `150.00` a binary 150, and `0.1` something that is not 0.1.
A text arrives as it was printed, and whoever wants to calculate says with what precision.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from generator.exports.about import About
from generator.exports.rows import Rows, converted
from generator.opendata import FORMAT, TABLES, Column, Table, Type, table

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"


def _text(value: object) -> str:
    """Exact numbers and dates as text; nothing else has no form of its own in JSON."""
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(value)


_FORMS = {Type.DECIMAL: _text, Type.DATE: _text}

#: One row. Made once, because there are very many rows.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def json_file(rows: Rows, about: About) -> bytes:
    """Some rows of any tables."""
    head = {
        "$schema": about.schema,
        "format": FORMAT,
        "title": about.title,
        "address": about.address,
        "licence": about.licence,
        "citation": about.citation,
    }
    lines = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    tables = ",\n".join(_tables(rows))
    return f'{lines},\n "tables": {{\n{tables}\n }}\n}}\n'.encode()


def _tables(rows: Rows) -> Iterator[str]:
    for name, members in rows.items():
        of = table(name)
        columns = [column.name for column in of.columns]
        written = converted(of, members, _FORMS)
        objects = (_ENCODE(dict(zip(columns, row, strict=True))) for row in written)
        lines = ",\n".join(f"   {one}" for one in objects)
        yield f'  "{name}": [\n{lines}\n  ]'


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
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


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
