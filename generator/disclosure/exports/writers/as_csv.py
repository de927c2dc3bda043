"""A table as CSV (RFC 4180): UTF-8 with a byte order mark, so that Excel reads Chinese.

Lines end with CR LF, as the standard and Excel have it; a line break inside a cell stays the LF
that it is in the data. The first line names the columns. An empty cell is an empty value, because
no text of the data is empty. `spreadsheet` says how text is kept from being a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from disclosure.exports.schema import Table, Type
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.row import Row
from disclosure.exports.writers.rows import converted
from disclosure.exports.writers.spreadsheet import harmless


def csv_file(table: Table, rows: Iterable[Row]) -> bytes:
    """The rows of a table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in table.columns)
    writer.writerows(converted(table, rows, _CONVERTERS))
    return ("\ufeff" + text.getvalue()).encode()


def plain(value: Value) -> str:
    """A value as text, exact to the last digit."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


#: The writer itself writes numbers exact, dates as ISO, and an empty cell as nothing.
_CONVERTERS = {Type.TEXT: harmless, Type.BOOLEAN: plain}
