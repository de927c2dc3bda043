"""How a row of an open table is made of values by the names of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from operator import itemgetter

from disclosure.exports.schema import table
from disclosure.exports.schema.columns import Value
from disclosure.model.fields import Amount
from disclosure.model.notes import Note

Row = tuple[Value, ...]


def row_of(of: str, /, **values: Value) -> Row:
    """A row of a table, from its values by the names of the columns; all must be there."""
    names, in_order = _named(of)
    if len(values) != len(names):
        raise ValueError(f"{of}: {values.keys() ^ names}")
    row = in_order(values)
    return tuple([None if value == "" else value for value in row]) if "" in row else row


@cache
def _named(of: str) -> tuple[frozenset[str], Callable[[Mapping[str, Value]], Row]]:
    """The names of a table's columns, and how their values are taken in order."""
    names = [column.name for column in table(of).columns]
    return frozenset(names), itemgetter(*names)


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
