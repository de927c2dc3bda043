"""The official names of all departments and units, to be found in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from disclosure.model.departments import Department

# A shorter name is a common word: 本级, 财政局.
_MIN_LENGTH = 5


def official_names(department: Department) -> Iterator[str]:
    """What the department and its units are and were called."""
    yield department.name
    yield from (unit.name for unit in department.units)
    for names in department.former:
        yield from (name for name in (names.name, *names.units.values()) if name)


class Names:
    """Names by their first characters, so that a text is searched once for all of them.

    Only places with the first character of a name are looked at: names of one district begin with
    few different ones, and a text has few of those.
    """

    def __init__(self, departments: Iterable[Department] = ()) -> None:
        self._by_start: dict[str, set[str]] = {}
        for department in departments:
            for name in official_names(department):
                if len(name) >= _MIN_LENGTH:
                    self._by_start.setdefault(name[:_MIN_LENGTH], set()).add(name)
        first = "".join(sorted({re.escape(start[0]) for start in self._by_start}))
        self._first = re.compile(f"[{first}]") if first else None

    def all(self) -> list[str]:
        """Every name, in order."""
        return sorted(name for names in self._by_start.values() for name in names)

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where which names stand in the text; of several at one place the longest."""
        if self._first is None:
            return
        for place in self._first.finditer(text):
            at = place.start()
            names = self._by_start.get(text[at : at + _MIN_LENGTH])
            found = [name for name in names or () if text.startswith(name, at)]
            if found:
                yield at, max(found, key=len)
