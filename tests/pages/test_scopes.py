"""Into which files the downloads are cut: a table, and that no project is lost between two."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from disclosure import reading
from disclosure.compare import compared
from disclosure.pages.outline import Outline, outline
from disclosure.pages.scopes import MAX_PART, MAX_WHOLE, scopes
from tests.support.repository import ROOT

#: For each department how many projects it has in 2023 and in 2024, and the names of the scopes.
CASES = {
    "few": ([(3, 4)], ["all", "2024", "2023"]),
    "as many as one file holds": ([(MAX_PART, MAX_WHOLE - MAX_PART)], ["all", "2024", "2023"]),
    "a year in parts": ([(1, MAX_PART), (1, 1)], ["all", "2024-1", "2024-2", "2023"]),
    "no file of everything": (
        [(700, 700)] * 3, ["2024-1", "2024-2", "2024-3", "2023-1", "2023-2", "2023-3"],
    ),
    "a department is never cut": ([(0, MAX_WHOLE + 1), (0, 1)], ["2024-1", "2024-2", "2023"]),
}  # fmt: skip


def departments(numbers: list[tuple[int, int]]) -> list[Outline]:
    """Departments with so many projects; which ones does not matter."""
    (real,) = reading.read(ROOT / "data").dataset.departments
    whole = outline(compared(real))
    (year,) = whole.years
    return [
        replace(
            whole,
            department=real.department.model_copy(update={"id": f"d-{place}"}),
            years=tuple(
                replace(year, year=number, projects=year.projects[:1] * size)
                for number, size in ((2024, new), (2023, old))
            ),
        )
        for place, (old, new) in enumerate(numbers)
    ]


@pytest.mark.parametrize("case", CASES)
def test_every_year_of_every_department_is_in_one_scope(case: str) -> None:
    """Scopes are named as expected; together those of years hold each department once a year."""
    numbers, names = CASES[case]
    made = departments(numbers)
    found = list(scopes(made))
    assert [scope.name for scope in found] == names
    for department in made:
        for year in (2023, 2024):
            of_years = [scope for scope in found if scope.year]
            assert sum(scope.holds(department.id, year) for scope in of_years) == 1
