"""All files of the open data for one scope: everything, or one year.

csv/<table>.csv, datapackage.json     tidy tables, and what they are
budget-targets-<scope>.json, .xlsx, .sqlite
parquet/<table>.parquet
open-data.schema.json                 what the JSON fits
SHA256SUMS                            for `sha256sum -c`
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from disclosure.exports.format_names import WHOLE
from disclosure.exports.schema import TABLES
from disclosure.exports.schema.files import (
    CHECKSUMS,
    PACKAGE,
    SCHEMA_FILE,
    base,
    csv_path,
    parquet_path,
)
from disclosure.exports.writers.about import About
from disclosure.exports.writers.as_csv import csv_file
from disclosure.exports.writers.as_json import json_file, json_schema
from disclosure.exports.writers.data_package import package_file
from disclosure.exports.writers.rows import Rows

FileContents = dict[str, bytes]


def _csv(rows: Rows, _about: About, _extent: str) -> FileContents:
    return {csv_path(one.name): csv_file(one, rows.get(one.name, ())) for one in TABLES}


def _package(rows: Rows, about: About, scope: str) -> FileContents:
    """The package is of use only with its tables."""
    files = _csv(rows, about, scope)
    tables = {csv_path(one.name): one for one in TABLES}
    return {**files, PACKAGE: package_file(files, tables, about)}


def _json(rows: Rows, about: About, scope: str) -> FileContents:
    return {f"{base(scope)}.json": json_file(rows, about), SCHEMA_FILE: json_schema()}


def _xlsx(rows: Rows, about: About, scope: str) -> FileContents:
    from disclosure.exports.writers.as_xlsx import xlsx_file  # noqa: PLC0415 - only who writes one waits

    return {f"{base(scope)}.xlsx": xlsx_file(rows, about)}


def _sqlite(rows: Rows, about: About, scope: str) -> FileContents:
    from disclosure.exports.writers.as_sqlite import sqlite_file  # noqa: PLC0415 - the same

    return {f"{base(scope)}.sqlite": sqlite_file(rows, about)}


def _parquet(rows: Rows, _about: About, _extent: str) -> FileContents:
    from disclosure.exports.writers.as_parquet import parquet_file  # noqa: PLC0415 - the same

    return {parquet_path(one.name): parquet_file(one, rows.get(one.name, ())) for one in TABLES}


#: How each format of `format_names` is written.
WRITERS: Mapping[str, Callable[[Rows, About, str], FileContents]] = {
    "csv": _csv,
    "datapackage": _package,
    "json": _json,
    "tables": _xlsx,
    "sqlite": _sqlite,
    "parquet": _parquet,
}


def bundle(rows: Rows, about: About, scope: str, formats: Sequence[str] = WHOLE) -> FileContents:
    """The files by their path, with their checksums."""
    files: FileContents = {}
    for name in formats:
        files |= WRITERS[name](rows, about, scope)
    sums = (
        f"{hashlib.sha256(content).hexdigest()}  {path}\n"
        for path, content in sorted(files.items())
    )
    return {**files, CHECKSUMS: "".join(sums).encode()}
