"""Rows that hold no more than the dots of their empty form, `……`, which are no indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from disclosure.forms.matching import Matched
from disclosure.forms.values import INDICATOR_LISTS, Values
from disclosure.model.whitespace import squeezed

_DOTS = re.compile(
    r"(?:(?:三级)?指标[0-9一二三四五六七八九十]{0,2}[:：]?)?"
    r"(?:…+|[.。·]{3,}|[-—–－]{2,}|[（(]?(?:以下|下)?略[)）]?)"
)
#: Where the items of a list are: the names of the lists and the places in them, outermost first.
_Place = tuple[tuple[str, int], ...]


def are_dots(text: str) -> bool:
    """Whether a text is no more than dots, or says that something is left out."""
    return bool(_DOTS.fullmatch(squeezed(text)))


def without(matched: Matched) -> tuple[Matched, int]:
    """A table without the dots in rows that hold nothing else, and how many such rows there are.

    The rows stay, as empty ones: other rows are told by their places.
    """
    places: list[_Place] = []
    values = _without(matched.values, (), places)
    if not places:
        return matched, 0
    found = tuple(one for one in matched.found if not (one.items in places and are_dots(one.text)))
    return Matched(values, found), len(places)


def _without(item: Values, place: _Place, places: list[_Place]) -> Values:
    lists = {
        name: tuple(
            _row(one, (*place, (name, at)), places)
            if name in INDICATOR_LISTS
            else _without(one, (*place, (name, at)), places)
            for at, one in enumerate(items)
        )
        for name, items in item.lists.items()
    }
    return replace(item, lists=lists)


def _row(row: Values, place: _Place, places: list[_Place]) -> Values:
    if not _has_only_dots(row.texts):
        return row
    places.append(place)
    return replace(
        row, texts={path: "" if are_dots(text) else text for path, text in row.texts.items()}
    )


def _has_only_dots(texts: Mapping[str, str]) -> bool:
    """Whether all that a row says of its own is dots; names of levels are those of rows above."""
    own = _said(text for path, text in texts.items() if path not in {"level1", "level2"})
    return any(map(are_dots, texts.values())) and all(map(are_dots, own))


def _said(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if squeezed(text)]
