"""A department's rows, kept from one build to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.compare import ComparedDepartment
from generator.examination import Examined
from generator.exports.rows import DepartmentRows, department_rows
from generator.kept import NOTHING, Kept, digest, program


@dataclass(frozen=True)
class RowSource:
    """Where the rows of a department come from.

    Attributes:
        examined: The department.
        kept: Where the rows are kept.
    """

    examined: Examined
    kept: Kept = NOTHING

    @property
    def origin(self) -> str:
        """A digest of all that the department was made from; "" when that is not known."""
        return self.examined.key

    @property
    def id(self) -> str:
        """Which department it is."""
        return self.examined.outline.id

    @property
    def years(self) -> tuple[int, ...]:
        """Its years."""
        return tuple(year.year for year in self.examined.outline.years)

    @cached_property
    def department(self) -> ComparedDepartment:
        """All of it, held until `forget`."""
        return self.examined.department()

    def forget(self) -> None:
        """Hold nothing that can be loaded again: all departments together would fill the memory."""
        self.__dict__.pop("department", None)

    @property
    def _key(self) -> str:
        return self.origin and digest("rows", self.origin)

    @property
    def _digests_key(self) -> str:
        return self.origin and digest("digests of rows", self.origin)

    def keys(self) -> Iterator[str]:
        """Under which keys something is kept."""
        yield from (*self.examined.keys(), self._key, self._digests_key)

    def rows(self) -> DepartmentRows:
        """All of them."""
        found = self.kept.get(self._key, DepartmentRows) if self.origin else None
        return found or self._made()

    def digests(self) -> Mapping[int, str]:
        """For each year a digest of its rows; one does not change because another year does."""
        found = self.kept.get(self._digests_key, dict) if self.origin else None
        return found or _digests(self._made())

    def _made(self) -> DepartmentRows:
        rows = department_rows(self.department)
        if self.origin:
            self.kept.put(self._key, rows)
            self.kept.put(self._digests_key, _digests(rows))
        return rows


def _digests(rows: DepartmentRows) -> dict[int, str]:
    who = repr(rows.who)
    return {year: digest(program(), who, repr(found.all())) for year, found in rows.years.items()}
