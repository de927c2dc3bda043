"""Targets of as many projects as wanted, in rows as different from each other as real ones.

The rows of a small invented district are taken again and again. Results, amounts and sizes of
changes are drawn evenly and a third of the names are made up, so that they compress worse than
what departments write, who repeat themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random

from msgspec.structs import replace

from benchmarks import district
from disclosure.compare import TargetOutcome
from disclosure.pages.target_rows import ProjectTargets, TargetRow, project_targets
from disclosure.site.department_analysis import analysed
from disclosure.site.target_files import DepartmentTargets

#: How many projects the district has whose rows are taken.
SAMPLE = 40

#: The characters that names are made up of.
_LETTERS = [chr(point) for point in range(0x4E00, 0x4E00 + 500)]
_CHANGES = ("same", "same", "same", "stricter", "stricter", "looser", "higher", "reworded")
_DIGITS = re.compile(r"\d+")


def years_of(data: Path, projects: int) -> Iterator[tuple[int, list[DepartmentTargets]]]:
    """So many projects in each year, twenty a department, made of the sample in `data`."""
    departments = [*analysed(data).departments]
    for year in district.YEARS:
        sample = [
            project
            for one in departments
            for found in one.data.years
            if found.year == year
            for project in project_targets(one, found)
        ]
        yield year, [*_departments(sample, year, projects)]


def _departments(
    sample: Sequence[ProjectTargets], year: int, projects: int
) -> Iterator[DepartmentTargets]:
    for first in range(0, projects, district.PER_DEPARTMENT):
        number = first // district.PER_DEPARTMENT
        last = min(first + district.PER_DEPARTMENT, projects)
        own = [_project(sample[index % len(sample)], year, index) for index in range(first, last)]
        yield f"990101-{number:03d}", f"示例局{number}", own


def _project(project: ProjectTargets, year: int, index: int) -> ProjectTargets:
    random = Random(f"{year} {index}")  # noqa: S311 - repeatable on purpose
    return replace(
        project,
        name=f"{_made_up(random, 6)}{project.name}",
        address=f"{_DIGITS.sub(str(index), project.address, count=1)}{index}/",
        budget=Decimal(random.randrange(100, 5_000_000)) / 100,
        rows=tuple(_row(row, random) for row in project.rows),
    )


def _row(row: TargetRow, random: Random) -> TargetRow:
    change = random.choice(_CHANGES) if row.change and row.target else row.change
    measured = change in {"stricter", "looser", "higher"}
    name = _made_up(random, 3) + row.indicator if random.random() < 1 / 3 else row.indicator
    return replace(
        row,
        indicator=name,
        old=row.old and _DIGITS.sub(str(random.randrange(1, 5_000)), row.old),
        target=_DIGITS.sub(str(random.randrange(1, 5_000)), row.target),
        change=change,
        actual=row.actual and _DIGITS.sub(str(random.randrange(1, 5_000)), row.actual),
        size=Decimal(random.randrange(-9_999, 10_000)) / 10 if measured else None,
        outcome=row.outcome and _outcome(row.outcome, random),
        moved=random.random() < 0.1,
    )


def _outcome(outcome: TargetOutcome, random: Random) -> TargetOutcome:
    key = random.choice(["met", "met", "met", "not-met", "differs"])
    return replace(outcome, key=key, achieved=Decimal(random.randrange(1, 2_000)) / 10)


def _made_up(random: Random, length: int) -> str:
    return "".join(random.choices(_LETTERS, k=length))
