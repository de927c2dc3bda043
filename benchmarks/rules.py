"""How long all rules take, compared with reading the files, and whether that grows in step."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from benchmarks.district import write
from benchmarks.harness import Benchmark
from disclosure import checks
from disclosure.checks.names import Names
from disclosure.compare import ComparedDepartment, compared
from disclosure.model.records import CheckSettings
from disclosure.model.target import parsing
from disclosure.reading import read

SOME, MANY = 5_000, 50_000
_SETTINGS = CheckSettings()


def rules(scratch: Path) -> Benchmark:
    """Every rule over two years of projects, against reading the same files."""
    data = scratch / "data"
    write(data, SOME // 2)
    departments = _departments(data, SOME)

    def baseline() -> None:
        read(data)

    def subject() -> None:
        _examine(departments)

    return Benchmark(
        name="rules",
        subject_is=f"all rules over {SOME:,} projects with 10 indicators each",
        baseline_is="reading the files of these projects",
        subject=subject,
        baseline=baseline,
        limit=1.0,
    )


def growth(scratch: Path) -> Benchmark:
    """Ten times as many projects at once, against a tenth of them ten times over."""
    data = scratch / "data"
    write(data, MANY // 2)
    departments = _departments(data, MANY)
    times = MANY // SOME
    few = departments[: len(departments) // times]

    def baseline() -> None:
        for _ in range(times):
            _examine(few)

    def subject() -> None:
        _examine(departments)

    return Benchmark(
        name="rules-growth",
        subject_is=f"all rules over {MANY:,} projects",
        baseline_is=f"all rules over {SOME:,} projects, {times} times",
        subject=subject,
        baseline=baseline,
        limit=1.25,
    )


def _departments(data: Path, tables: int) -> Sequence[ComparedDepartment]:
    dataset = read(data).dataset
    found = sum(len(year.projects) for each in dataset.departments for year in each.years)
    assert found == tables, "the benchmark's own data must be whole"
    return [compared(department) for department in dataset.departments]


def _examine(departments: Sequence[ComparedDepartment]) -> None:
    parsing._parse.cache_clear()  # noqa: SLF001 - a build examines once, with nothing cached
    names = Names(one.data.department for one in departments)
    for department in departments:
        deque(checks.examine(department, _SETTINGS, names, frozenset()), maxlen=0)
