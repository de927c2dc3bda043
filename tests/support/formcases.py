"""The cases of the known forms: what stands in the fields, and the grid that is printed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from disclosure.forms.grid import Grid
from disclosure.forms.values import Values

CASES = Path(__file__).parents[1] / "cases" / "forms"


def cases() -> list[str]:
    """The ids of the forms that have a case."""
    return sorted(path.name for path in CASES.iterdir())


def tables(form_id: str) -> list[tuple[Values, dict[str, Any]]]:
    """Each table of a form's case: what stands in its fields, and what is printed."""
    folder = CASES / form_id
    values = json.loads((folder / "values.json").read_text("utf-8"))
    printed = json.loads((folder / "grid.json").read_text("utf-8"))
    return [(_values(one), table) for one, table in zip(values, printed, strict=True)]


def plain(grid: Grid) -> list[list[dict[str, Any]]]:
    """A grid as the cases write it."""
    return [
        [{"text": cell.text, "rows": cell.rows, "columns": cell.columns} for cell in row]
        for row in grid.rows
    ]


def _values(values: Mapping[str, Any]) -> Values:
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = values.get("lists", {})
    return Values(
        values.get("texts", {}),
        {name: tuple(map(_values, items)) for name, items in lists.items()},
        frozenset(values.get("apart", ())),
    )
