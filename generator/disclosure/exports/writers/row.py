"""How a row of an open table is made of values by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from disclosure.exports.schema import table
from disclosure.exports.schema.columns import Value
from disclosure.model.fields import Amount
from disclosure.model.notes import Note

Row = tuple[Value, ...]


def row_of(of: str, /, **values: Value) -> Row:
    """A row of a table, from its values by the names of the columns; all must be there."""
    columns = table(of).columns
    if len(values) != len(columns):
        raise ValueError(f"{of}: {values.keys() ^ {column.name for column in columns}}")
    return tuple(None if values[one.name] == "" else values[one.name] for one in columns)


def exact(amount: Amount | None) -> Decimal | None:
    """The number alone, without how it was printed."""
    return None if amount is None else Decimal(amount)


def numbered_rows(
    key: Mapping[str, Value], name: str, items: Iterable[Mapping[str, Value]]
) -> tuple[Row, ...]:
    """Rows that are numbered from 1, all with the same key."""
    return tuple(
        row_of(name, **key, number=number, **item) for number, item in enumerate(items, start=1)
    )


def text_rows(
    key: Mapping[str, Value], name: str, column: str, texts: Iterable[str]
) -> tuple[Row, ...]:
    """The same of texts, which stand in one column."""
    return numbered_rows(key, name, [{column: text} for text in texts])


def note_rows(
    key: Mapping[str, Value], path: str, noted: str, notes: Iterable[Note], *, first: int = 1
) -> Iterator[Row]:
    """The public notes of a file, or of a part of one, numbered from `first`."""
    for number, note in enumerate(notes, start=first):
        place = {"code": None, "project_id": None, "version": None, **key}
        yield row_of("notes", **place, file=path, number=number, noted=noted, **dict(note))
