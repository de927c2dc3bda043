"""A department's rows, kept from one build to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from disclosure.compare import ComparedDepartment
from disclosure.engine.cache import NO_CACHE, Cache, digest, program
from disclosure.exports.writers.rows import DepartmentRows, YearRows, department_rows
from disclosure.site.department_analysis import DepartmentAnalysis


@dataclass(frozen=True)
class RowSource:
    """Where the rows of a department come from.

    Attributes:
        analysed: The department.
        cache: Where the rows are kept.
    """

    analysed: DepartmentAnalysis
    cache: Cache = NO_CACHE

    @property
    def origin(self) -> str:
        """A digest of all that the department was made from; "" when that is not known."""
        return self.analysed.key

    @property
    def id(self) -> str:
        """Which department it is."""
        return self.analysed.outline.id

    @property
    def years(self) -> tuple[int, ...]:
        """Its years."""
        return tuple(year.year for year in self.analysed.outline.years)

    @cached_property
    def department(self) -> ComparedDepartment:
        """All of it, held until `forget`."""
        return self.analysed.department()

    def forget(self) -> None:
        """Hold nothing that can be loaded again: all departments together would fill the memory."""
        self.__dict__.pop("department", None)

    def _key(self, year: int | None = None) -> str:
        """Under what a year's rows are kept, or who the department is."""
        return self.origin and digest("rows", self.origin, str(year or ""))

    @property
    def _digests_key(self) -> str:
        return self.origin and digest("digests of rows", self.origin)

    def keys(self) -> Iterator[str]:
        """Under which keys something is kept."""
        yield from (*self.analysed.keys(), self._key(), *map(self._key, self.years))
        yield self._digests_key

    def rows(self, years: Collection[int] | None = None) -> DepartmentRows:
        """Those of some of its years, or all of them."""
        wanted = [year for year in self.years if years is None or year in years]
        return self._again(wanted) or _only(self._made(), wanted)

    def _again(self, years: Iterable[int]) -> DepartmentRows | None:
        if not self.origin:
            return None
        who = self.cache.get(self._key(), DepartmentRows)
        found = {year: self.cache.get(self._key(year), YearRows) for year in years}
        whole = {year: rows for year, rows in found.items() if rows}
        return replace(who, years=whole) if who and len(whole) == len(found) else None

    @cached_property
    def digests(self) -> Mapping[int, str]:
        """For each year a digest of its rows; one does not change because another year does."""
        found = self.cache.get(self._digests_key, dict) if self.origin else None
        if found is None:
            found = _digests(self._made())
            self.forget()
        return found

    def _made(self) -> DepartmentRows:
        rows = department_rows(self.department)
        if self.origin:
            self.cache.put(self._key(), _only(rows, ()))
            for year, of_year in rows.years.items():
                self.cache.put(self._key(year), of_year)
            self.cache.put(self._digests_key, _digests(rows))
        return rows


def _only(rows: DepartmentRows, years: Iterable[int]) -> DepartmentRows:
    return replace(rows, years={year: rows.years[year] for year in years})


def _digests(rows: DepartmentRows) -> dict[int, str]:
    who = repr(rows.who)
    return {year: digest(program(), who, repr(found.all())) for year, found in rows.years.items()}
