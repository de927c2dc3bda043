"""Goals that a form prints in several cells, a field in each: `{goals.1}`, `{goals.2}`.

The data holds them as the items of one list, in the order of their cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from disclosure.forms.values import Values

#: The lists of goals that a table can have.
LISTS = ("goals", "term_goals", "goals_actual")
_FIELD = re.compile(rf"({'|'.join(LISTS)})\.([1-9][0-9]?)")


def list_and_index(path: str) -> tuple[str, int] | None:
    """The list that such a field is of, and which of its items, from 0; None for another field."""
    found = _FIELD.fullmatch(path)
    return (found[1], int(found[2]) - 1) if found else None


def texts(name: str, goals: Iterable[str]) -> dict[str, str]:
    """What stands in the fields of a list of goals: in one cell for all, and in one for each."""
    listed = [*goals]
    each = {f"{name}.{number}": goal for number, goal in enumerate(listed, start=1)}
    return {name: "\n".join(listed), **each}


def listed(name: str, printed: Mapping[str, str]) -> list[str]:
    """The goals that stand in the fields of a table, in order; empty cells hold none."""
    places = {one[1]: text for path, text in printed.items()
              if (one := list_and_index(path)) and one[0] == name}  # fmt: skip
    cells = (printed.get(name, ""), *(places[place] for place in sorted(places)))
    return [text for text in cells if text.strip()]


def has_gap(values: Values) -> bool:
    """Whether an empty cell stands before one with a goal, which a list cannot say."""
    printed = values.texts
    for path, text in printed.items():
        one = list_and_index(path)
        if one is None or not text.strip() or one[1] == 0:
            continue
        if not printed.get(f"{one[0]}.{one[1]}", "").strip():
            return True
    return any(map(has_gap, values.lists.get("projects", ())))
