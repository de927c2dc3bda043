"""The fields that a form may print, by path: what the values of a table can hold.

A path that is none of them would never print anything, so it is a finding.
"""

from __future__ import annotations

import re

from disclosure.forms import divided_goals
from disclosure.forms.form import Each

#: The fields of the table itself, and of a project in a list.
TABLE = (
    "name", "code", "unit", "unit_name", "number", "year", "department", "money", "plan_heading",
    "purpose", "goals", "goals.numbered", "goals_actual", "term_goals", "score", "budget", "spent",
    "budget.total", "budget.fiscal", "budget.other", "budget.term_total",
)  # fmt: skip
_INDICATORS = (
    "level1", "level2", "level3", "description", "target", "sign", "value", "unit", "basis",
    "weight", "direction", "kind", "term_target", "actual", "points", "score", "deviation",
    "improvement",
)  # fmt: skip
#: Those of the items of lists.
ITEMS: dict[Each, tuple[str, ...]] = {
    "plan": ("period", "amount"),
    "parts": ("name", "amount"),
    "facts": ("name", "content"),
    "funds": ("name", "initial", "budget", "spent", "points", "rate", "score"),
    "tasks": ("name", "content", "goal"),
    "indicators": _INDICATORS,
    "term_indicators": _INDICATORS,
    "projects": (),
}
LISTS = tuple(ITEMS)
#: Paths that end in a name as printed.
_NAMED = re.compile(
    r"(facts|other|budget\.parts)\..+|funds\..+\.(initial|budget|spent|points|rate|score|other\..+)"
)
#: No values, but fields all the same: the place of an item in its list.
_PLACE = "place"


def exists(path: str) -> bool:
    """Whether a field has this path, in some list."""
    known = path in TABLE or path == _PLACE or any(path in fields for fields in ITEMS.values())
    return known or bool(_NAMED.fullmatch(path) or divided_goals.list_and_index(path))


def all_paths() -> tuple[str, ...]:
    """Every path that has no free name in it, for guessing what was meant."""
    return tuple(dict.fromkeys((*TABLE, *(path for own in ITEMS.values() for path in own))))
