"""The Frictionless Data Package over the CSV files: every column's type, meaning and keys.

https://specs.frictionlessdata.io/data-package/ and …/tabular-data-resource/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from disclosure.exports.schema import Column, Table, Type
from disclosure.exports.writers.about import About
from disclosure.exports.writers.spreadsheet import RULE

_TYPES = {
    Type.TEXT: "string",
    Type.DECIMAL: "number",
    Type.INTEGER: "integer",
    Type.DATE: "date",
    Type.BOOLEAN: "boolean",
}


def package_file(files: Mapping[str, bytes], tables: Mapping[str, Table], about: About) -> bytes:
    """`datapackage.json` over CSV files.

    Args:
        files: The files by their path beside it.
        tables: The table of each file.
        about: What they are together.
    """
    described = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "budget-performance-targets",
        "title": about.title,
        "description": f"{about.licence}{about.citation}{RULE}",
        "homepage": about.address,
        "licenses": [{"name": "other-open", "title": about.licence, "path": about.licence_address}],
        "resources": [_resource(path, tables[path], content) for path, content in files.items()],
    }
    if not about.address.startswith("http"):  # the standard asks for whole addresses
        described.pop("homepage")
        described["licenses"] = [{"name": "other-open", "title": about.licence}]
    return to_json(described, indent=2) + b"\n"  # json's own writer is slow where it indents


def _resource(path: str, table: Table, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": list(one.columns),
                    "reference": {"resource": one.table, "fields": list(one.references)},
                }
                for one in table.belongs
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.title,
        "description": column.meaning,
    }
    if column.unit:
        described["unit"] = column.unit
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values and not column.values.keys() & FORMULAS:
        constraints["enum"] = list(column.values)
    return {**described, "constraints": constraints} if constraints else described


#: The one value of a list that the CSV files write in another way.
FORMULAS = {"="}
