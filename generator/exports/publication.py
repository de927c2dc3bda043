"""Everything that the site publishes as data: beside its pages, and for download."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.compare import ComparedDepartment
from generator.dataset import Dataset
from generator.exports.about import About
from generator.exports.bundle import Files, bundle
from generator.exports.extracts import files_beside
from generator.exports.rows import DepartmentRows, Rows, department_rows, together
from generator.opendata.files import EVERYTHING, SCHEMA_FILE
from generator.pages import View
from generator.pages.common import full_address
from generator.pages.dates import dates, newest
from generator.pages.downloads import (
    DOWNLOADS,
    LICENCE_ANCHOR,
    citation,
    extent_name,
    licence,
    title,
)
from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class Publication:
    """The open data of a site; its files are made when they are asked for.

    Attributes:
        views: The pages that are of no one department: the others have their data beside them.
    """

    dataset: Dataset
    departments: Sequence[ComparedDepartment]
    views: Sequence[View]
    settings: Settings

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file by its address: beside the pages, then all data, then year by year."""
        rows = [department_rows(department) for department in self.departments]
        by_id = {one.id: one for one in rows}
        yield from files_beside(self.views, by_id, self.settings)
        years = sorted({year for one in rows for year in one.years}, reverse=True)
        for year in (None, *years):
            made = bundle(of_year(rows, year), self.about(year), extent_name(year))
            for path, content in made.items():
                yield f"{DOWNLOADS.address}{extent_name(year)}/{path}", content

    def some(self, department: str | None, year: int | None, forms: Sequence[str]) -> Files:
        """The files of a department and a year in some formats; None asks for all of them.

        Nothing when there is no such department or year.
        """
        wanted = [one for one in self.departments if department in (None, one.data.department.id)]
        rows = of_year(map(department_rows, wanted), year)
        if not rows:
            return {}
        extent = (
            "-".join(filter(None, (department, extent_name(year) if year else ""))) or EVERYTHING
        )
        return bundle(rows, self.about(year), extent, forms)

    def about(self, year: int | None) -> About:
        """What the files of a year say of themselves, or with None those of everything."""
        here = full_address(DOWNLOADS.address, self.settings)
        known = dates(self.dataset.departments)
        folders = [f"{one.data.department.id}/{year}/" for one in self.departments]
        return About(
            title=title(year, self.settings),
            address=here,
            schema=SCHEMA_FILE,
            licence=licence(self.settings),
            licence_address=f"{here}#{LICENCE_ANCHOR}",
            citation=citation(year, self.dataset, self.settings),
            day=newest(folders if year else [""], known),
        )


def of_year(departments: Iterable[DepartmentRows], year: int | None) -> Rows:
    """The rows of a year, or with None of all; departments without that year are left out."""
    parts: list[Rows] = []
    for department in departments:
        years = [one for number, one in department.years.items() if year in (None, number)]
        if years:
            parts += [department.who, *(one.all() for one in years)]
    return together(parts)
