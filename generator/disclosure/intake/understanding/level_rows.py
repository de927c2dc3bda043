"""Rows that hold no more than the name of a level, above the indicators of that level.

Where a list prints each level in a row of its own, such a row is no indicator.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from disclosure.forms.matching import Matched, PlacedField
from disclosure.forms.values import INDICATOR_LISTS, Values
from disclosure.model.whitespace import squeezed

_LEVELS = {"level1", "level2"}
#: Where an item is: the names of the lists and the places in them, outermost first.
_Place = tuple[tuple[str, int], ...]


def without(matched: Matched) -> tuple[Matched, bool]:
    """A table without the rows that only head others, and whether there are any."""
    said: dict[_Place, list[PlacedField]] = {}
    for one in matched.found:
        if one.items and one.items[-1][0] in INDICATOR_LISTS and squeezed(one.text):
            said.setdefault(one.items, []).append(one)
    alone = {place for place, fields in said.items() if _is_level_alone(fields)}
    if not alone:
        return matched, False
    moved: dict[_Place, _Place] = {}
    values = _without(matched.values, (), alone, moved)
    found = tuple(replace(one, items=moved.get(one.items, one.items)) for one in matched.found)
    return Matched(values, found), values != matched.values


def _is_level_alone(fields: Sequence[PlacedField]) -> bool:
    """Whether all that a row prints is the name of one level, in a cell of this row alone."""
    return len(fields) == 1 and fields[0].path in _LEVELS and fields[0].cell.rows == 1


def _without(
    item: Values, place: _Place, alone: set[_Place], moved: dict[_Place, _Place]
) -> Values:
    lists = {}
    for name, items in item.lists.items():
        kept: list[Values] = []
        named = {_levels(row) for row in items if squeezed(row.texts.get("level3", ""))}
        known = named | {(first, "") for first, _ in named}
        for at, one in enumerate(items):
            here = (*place, (name, at))
            moved[here] = (*place, (name, len(kept)))
            if name not in INDICATOR_LISTS:
                kept.append(_without(one, here, alone, moved))
            elif here not in alone or _levels(one) not in known:
                kept.append(one)
        lists[name] = tuple(kept)
    return replace(item, lists=lists)


def _levels(row: Values) -> tuple[str, str]:
    return squeezed(row.texts.get("level1", "")), squeezed(row.texts.get("level2", ""))
