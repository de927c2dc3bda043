"""A table as Parquet, with exact decimals (`decimal128`), real dates, and its words as metadata.

The digits after the point are one number for a whole column, so each has as many as its most
exact value, and amounts at least two: 150.00 stays 150.00.

arro3 writes it: Arrow's own Rust code in 12 MB and 10 ms to load, where pyarrow takes 55 MB and
DuckDB 25 MB. Text is cast to the other types, which
is exact.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import arro3.core as arrow
import arro3.io

from disclosure.exports.schema import Column, Table, Type
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.as_csv import plain
from disclosure.exports.writers.row import Row

#: All that `decimal128` holds.
PRECISION = 38
_CENTS = 2


def parquet_file(table: Table, rows: Sequence[Row]) -> bytes:
    """The rows of a table; without a row, its columns."""
    columns = [[row[index] for row in rows] for index in range(len(table.columns))]
    types = [_type(column, values) for column, values in zip(table.columns, columns, strict=True)]
    arrays = [_array(values, kind) for values, kind in zip(columns, types, strict=True)]
    fields = [
        arrow.Field(
            column.name,
            kind,
            nullable=not column.required,
            metadata={"title": column.title, "description": column.meaning, "unit": column.unit},
        )
        for column, kind in zip(table.columns, types, strict=True)
    ]
    whole = arrow.Table.from_arrays(arrays, schema=arrow.Schema(fields))
    file = io.BytesIO()
    arro3.io.write_parquet(whole, file, compression="zstd(3)", created_by="budget-disclosure")
    return file.getvalue()


def _type(column: Column, values: Sequence[Value]) -> arrow.DataType:
    if column.type is Type.DECIMAL:
        digits = [plain(value).partition(".")[2] for value in values]
        return arrow.DataType.decimal128(PRECISION, max([_CENTS, *map(len, digits)]))
    return {
        Type.TEXT: arrow.DataType.string(),
        Type.INTEGER: arrow.DataType.int64(),
        Type.DATE: arrow.DataType.date32(),
        Type.BOOLEAN: arrow.DataType.bool(),
    }[column.type]


def _array(values: Sequence[Value], kind: arrow.DataType) -> arrow.Array:
    if kind in {arrow.DataType.int64(), arrow.DataType.bool(), arrow.DataType.string()}:
        return arrow.Array(values, type=kind)
    texts = [None if value is None else plain(value) for value in values]
    found = arrow.Array(texts, type=arrow.DataType.string()).cast(kind)
    if found.null_count != texts.count(None):
        raise ValueError(f"not all of {texts} are {kind}")
    return found
