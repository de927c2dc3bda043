"""The kinds of file that a data folder holds: those of the data, and forms."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.forms.form import Form
from disclosure.model import records, schema

File = records.File | Form

#: The `schema:` line of each kind of file, and its model.
SCHEMAS: Mapping[str, type[File]] = {**records.SCHEMAS, "form/1": Form}


def schemas() -> Mapping[str, str]:
    """The JSON Schemas of all of them as text, by file name, such as `project.schema.json`."""
    return schema.schemas(SCHEMAS)
