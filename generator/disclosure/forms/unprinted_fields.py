"""What a table's file says and no cell of its form prints, as plain values by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from disclosure.forms import divided_goals
from disclosure.forms.form import Form
from disclosure.forms.unprinted import prints

#: The lists of a table, and the list of a form that repeats something for each of their items.
LISTS = {"indicators": "indicators", "term_indicators": "term_indicators", "tasks": "tasks",
         "funds": "funds", "sums": "projects"}  # fmt: skip
#: Fields whose own fields have names of the publisher, and how their paths begin in a form.
BELOW = {"budget": "budget.", "parts": "budget.parts.", "facts": "facts.", "other": "other."}
#: Fields that are no cell, and those that a form may print in a field of another name.
NO_CELL = frozenset({"schema", "form", "title", "apart", "money", "notes", "before", "id"})
PLAN = "spending_plan"
#: What the items of lists are called.
NAMES = ("level3", "name", "form", "note")

Fields = Mapping[str, Any]


def unprinted_fields(form: Form, table: Fields, of: str = "") -> dict[str, Any]:
    """The fields of a table that its form does not print.

    An item of a list has its name too, where another field of some item is not printed.

    Args:
        form: The form.
        table: What the file says, as plain text, mappings and sequences.
        of: The list whose item the table is: `projects`, or "" for a table of its own.
    """
    found = _fields(table, lambda path: prints(form, of, path))
    # Where a form prints all goals in one cell, it does not say where each ends.
    for name in divided_goals.LISTS:
        if len(table.get(name) or ()) > 1 and name in form.paths:
            found[name] = table[name]
    for name, listed in LISTS.items():
        if rows := _rows(table.get(name) or (), form, listed):
            found[name] = rows
    if table.get(PLAN) and not prints(form, "plan", "amount"):
        found[PLAN] = table[PLAN]
    return found


def has_rows(form: Form, listed: str) -> bool:
    """Whether a form prints the items of a list."""
    named = listed == "funds" and any(path.startswith("funds.") for path in form.paths)
    return listed in form.lists or named


def _fields(table: Fields, has_cell: Callable[[str], bool]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key in NO_CELL or key in LISTS or key == PLAN:
            continue
        if key in BELOW and isinstance(value, Mapping):
            begun = BELOW[key]
            inner = {name: one for name, one in value.items()
                     if name != "parts" and not has_cell(begun + name)}  # fmt: skip
            if "parts" in value:
                inner |= _fields({"parts": value["parts"]}, has_cell)
            found |= {key: inner} if inner else {}
        elif value not in (None, (), [], {}) and not has_cell(key):
            found[key] = value
    return found


def _apart(form: Form, row: Fields, above: Fields) -> dict[str, Any]:
    """What is said not to be merged with the row above, where no cell shows it."""
    apart = row.get("apart") or []
    shown = all(row.get(key) == above.get(key) and merges(form, key) for key in apart)
    return {} if shown else {"apart": apart}


def merges(form: Form, path: str) -> bool:
    """Whether a form makes equal neighbours in a column one cell."""
    return any(path in cell.merge and path in cell.fields for cell in form.cells())


def _rows(rows: Sequence[Fields], form: Form, listed: str) -> list[dict[str, Any]]:
    if not has_rows(form, listed):
        return [dict(row) for row in rows]
    left = [
        _fields(row, lambda path: prints(form, listed, path)) | _apart(form, row, above)
        for row, above in zip(rows, ({}, *rows), strict=False)
    ]
    if not any(left):
        return []
    return [
        {**{key: row[key] for key in NAMES if row.get(key)}, **kept}
        for row, kept in zip(rows, left, strict=True)
    ]
