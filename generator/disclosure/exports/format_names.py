"""The formats of the open data by name; without imports, so that help can list them at once."""

from __future__ import annotations

#: Together they are all that is offered; `datapackage` holds the CSV files.
WHOLE = ("datapackage", "json", "tables", "sqlite", "parquet")
FORMATS = ("csv", *WHOLE)
