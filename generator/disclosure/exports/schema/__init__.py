"""The open data as tables: their columns, keys and words, from which every format is made.

This says what there is; `exports.rows` fills it from the data.

- columns: what a column and a table are, and how a column takes its words from the model
- tables: every table there is
- words: the values of columns that have a list of them
- files: which files there are
"""

from __future__ import annotations

from disclosure.exports.schema.columns import Column, ForeignKey, Table, Type
from disclosure.exports.schema.tables import FORMAT, TABLES, table

__all__ = ["FORMAT", "TABLES", "Column", "ForeignKey", "Table", "Type", "table"]
