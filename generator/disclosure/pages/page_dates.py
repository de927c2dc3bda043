"""The dates of pages, taken from the data and never from the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from disclosure.model.dataset import DepartmentData, DepartmentYear


def dates(department: DepartmentData) -> Mapping[str, str]:
    """The date of each data file and the newest in each folder, as `View.data_paths` names them."""
    found: dict[str, str] = {}
    for year in department.years:
        for path, day in _of_year(year):
            if day:
                for place in (path, *_folders(path)):
                    found[place] = max(found.get(place, ""), day.isoformat())
    return found


def newest(data_paths: Iterable[str], known: Mapping[str, str]) -> str:
    """The newest date behind a page, ISO; "" where nothing has one."""
    return max((known[place] for place in data_paths if place in known), default="")


def _of_year(year: DepartmentYear) -> Iterator[tuple[str, date | None]]:
    published = year.disclosure.published
    yield year.path, published
    if year.result_path and year.result:
        yield year.result_path, year.result.published
    for project in year.projects:
        for version in project.versions:
            adjustment = version.project.adjustment
            yield version.path, adjustment.date if adjustment else published
        if project.result_path and project.result:
            yield project.result_path, project.result.published


def _folders(path: str) -> Iterator[str]:
    """`a/2024/x.yml` lies in `a/2024/`, `a/` and in the data folder, which is ""."""
    parts = path.split("/")
    for length in range(len(parts)):
        yield "".join(f"{part}/" for part in parts[:length])
