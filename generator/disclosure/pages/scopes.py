"""What can be downloaded at once: everything, a year, or a part of a year of very many projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from disclosure.pages.outline import Outline

#: The scope of everything; the others are years, such as `2024`.
EVERYTHING = "all"

#: Of more projects than this, counted in each of their years, no file holds all.
MAX_WHOLE = 3_000

#: So many projects of a year are a file of 7 MB or so: no file is to exceed 20 MB, and a change
#: rebuilds all files of its part.
MAX_PART = 400


class Scope(Struct, frozen=True):
    """What some files hold.

    Attributes:
        year: The year; None for all of them.
        departments: The ids of the departments; None for all of them.
        part: Numbers the parts of a year from 1; 0 is a whole.
    """

    year: int | None = None
    departments: frozenset[str] | None = None
    part: int = 0

    @property
    def name(self) -> str:
        """The folder of its files."""
        year = str(self.year) if self.year else EVERYTHING
        return f"{year}-{self.part}" if self.part else year

    @property
    def title(self) -> str:
        """What it is called."""
        year = f"{self.year}年" if self.year else "全部年度"
        return f"{year}（第{self.part}部分）" if self.part else year

    def holds(self, department: str, year: int) -> bool:
        """Whether a department's year is in it."""
        within = self.departments is None or department in self.departments
        return within and self.year in (None, year)


def fits_one_file(departments: Iterable[Outline]) -> bool:
    """Whether one file may hold everything."""
    return sum(len(year.projects) for one in departments for year in one.years) <= MAX_WHOLE


def scopes(departments: Sequence[Outline]) -> Iterator[Scope]:
    """What is offered: everything, unless it is very much, then each year, newest first.

    A change of one figure changes the files of one scope and of no other year.
    """
    if fits_one_file(departments):
        yield Scope()
    for year in sorted({year.year for one in departments for year in one.years}, reverse=True):
        parts = _parts(departments, year)
        if len(parts) == 1:
            yield Scope(year)
        else:
            for number, part in enumerate(parts, start=1):
                yield Scope(year, frozenset(part), number)


def _parts(departments: Sequence[Outline], year: int) -> list[list[str]]:
    """The departments of a year in their order, cut where there would be too many projects."""
    parts: list[list[str]] = []
    remaining = 0
    for department in departments:
        for found in department.years:
            if found.year == year:
                if not parts or len(found.projects) > remaining:
                    parts.append([])
                    remaining = MAX_PART
                parts[-1].append(department.id)
                remaining -= len(found.projects)
    return parts
