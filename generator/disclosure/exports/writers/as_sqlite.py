"""Tables as an SQLite database, with keys, foreign keys and a table that explains the columns.

SQLite has no exact decimal numbers, so amounts are TEXT in 万元: `150.00`. What it calculates with
them (`sum(budget_total)`) is binary floating point, exact to 15 digits; to sort, say
`CAST(budget_total AS REAL)`. The same rows give the same bytes from the same version of SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from disclosure.exports.schema import TABLES, Column, Table, Type
from disclosure.exports.writers.about import About
from disclosure.exports.writers.row import Row
from disclosure.exports.writers.rows import Rows, converted

_CONVERTERS = {Type.DECIMAL: str, Type.DATE: str}
_TYPES = {Type.INTEGER: "INTEGER", Type.BOOLEAN: "INTEGER"}


def sqlite_file(rows: Rows, about: About) -> bytes:
    """A database of all tables; one without rows is there all the same."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        for table in TABLES:
            database.execute(_create(table))
        _explain(database, about)
        for table in TABLES:
            written = converted(table, rows.get(table.name, ()), _CONVERTERS)
            _insert(database, table.name, [*written])
        database.commit()
        return database.serialize()


def _create(table: Table) -> str:
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    lines += [
        f"FOREIGN KEY ({', '.join(one.columns)})"
        f" REFERENCES {one.table} ({', '.join(one.references)})"
        for one in table.belongs
    ]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table.name} (\n  {body}\n) STRICT"


def _column(column: Column) -> str:
    needed = " NOT NULL" if column.required else ""
    check = f" CHECK ({column.name} IN (0, 1))" if column.type is Type.BOOLEAN else ""
    return f'"{column.name}" {_TYPES.get(column.type, "TEXT")}{needed}{check}'


def _explain(database: sqlite3.Connection, about: About) -> None:
    """What the file is, and the data dictionary."""
    database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    facts = {
        "title": about.title,
        "address": about.address,
        "licence": about.licence,
        "citation": about.citation,
    }
    _insert(database, "about", [*facts.items()])
    database.execute(
        "CREATE TABLE dictionary (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
        " title TEXT NOT NULL, meaning TEXT NOT NULL, type TEXT NOT NULL, unit TEXT,"
        " source TEXT NOT NULL, PRIMARY KEY (table_name, column_name)) STRICT"
    )
    words = [
        (table.name, one.name, one.title, one.meaning, str(one.type), one.unit or None, one.source)
        for table in TABLES
        for one in table.columns
    ]
    _insert(database, "dictionary", words)


def _insert(database: sqlite3.Connection, name: str, rows: Sequence[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - our name
