"""A department's rows of open data, which are cached: most builds change none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import ComparedDepartment
from disclosure.engine.cache import CacheEntry, digest
from disclosure.exports.writers.rows import DepartmentRows, YearRows, department_rows
from disclosure.site.department_analysis import DepartmentAnalysis


class RowSource(Struct, frozen=True, dict=True):
    """Where the rows of a department come from.

    Attributes:
        analysed: The department.
    """

    analysed: DepartmentAnalysis

    @property
    def entry(self) -> CacheEntry:
        """The place of the department's analysis in the cache."""
        return self.analysed.entry

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

    def _part(self, year: int | None = None) -> CacheEntry:
        """The place of a year's rows in the cache, or of who the department is."""
        return self.entry.part(f"rows-{year or 'who'}")

    def rows(self, years: Collection[int] | None = None) -> DepartmentRows:
        """Those of some of its years, or all of them."""
        wanted = [year for year in self.years if years is None or year in years]
        if not self.entry:
            return department_rows(self.department, wanted)
        return self._cached(wanted) or _only(self._made(), wanted)

    def _cached(self, years: Iterable[int]) -> DepartmentRows | None:
        who = self._part().get(DepartmentRows)
        if not who:
            return None
        found = {year: self._part(year).get(YearRows) for year in years}
        whole = {year: rows for year, rows in found.items() if rows}
        return replace(who, years=whole) if len(whole) == len(found) else None

    @cached_property
    def digests(self) -> Mapping[int, str]:
        """For each year a digest of its rows; one does not change because another year does."""
        found = self._digests.get(dict)
        if found is None:
            found = self._digested(self._made())
            self.forget()
        return found

    @property
    def _digests(self) -> CacheEntry:
        return self.entry.part("row-digests")

    def _made(self) -> DepartmentRows:
        rows = department_rows(self.department)
        self._part().put(_only(rows, ()))
        for year, of_year in rows.years.items():
            self._part(year).put(of_year)
        self._digests.put(self._digested(rows))
        return rows

    def _digested(self, rows: DepartmentRows) -> dict[int, str]:
        """See `digests`; how clear a target is depends on the columns that its form has, too."""
        who = repr((rows.who, sorted(self.department.data.forms.items())))
        return {year: digest(who, repr(found.all())) for year, found in rows.years.items()}


def _only(rows: DepartmentRows, years: Iterable[int]) -> DepartmentRows:
    return replace(rows, years={year: rows.years[year] for year in years})
