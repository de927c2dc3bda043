"""The open data as tables: their columns, keys and words, from which every format is made.

This says what there is; `exports.writers.rows` fills it from the data.

- columns: what a column and a table are, and how a column takes its words from the model
- keys: the columns and keys that most tables begin with
- tables: every table there is; those of departments and years stand in `department_tables`
- distances: the columns that say how far a result or a change is
- files: which files there are
"""

from __future__ import annotations

from disclosure.exports.schema.columns import Column, ForeignKey, Table, Type
from disclosure.exports.schema.tables import FORMAT, TABLES, table

__all__ = ["FORMAT", "TABLES", "Column", "ForeignKey", "Table", "Type", "table"]
