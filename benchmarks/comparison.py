"""How long comparing two years takes, compared with reading the files they stand in."""

from __future__ import annotations

from pathlib import Path

from benchmarks.district import PROJECTS, write
from benchmarks.harness import Benchmark
from disclosure.compare import compared
from disclosure.model.target import parsing
from disclosure.reading import read


def comparison(scratch: Path) -> Benchmark:
    """Every project's two years against each other, against reading the same files."""
    data = scratch / "data"
    write(data)
    dataset = read(data).dataset
    found = sum(len(year.projects) for each in dataset.departments for year in each.years)
    assert found == 2 * PROJECTS, "the benchmark's own data must be whole"

    def baseline() -> None:
        read(data)

    def subject() -> None:
        parsing._parse.cache_clear()  # noqa: SLF001 - a build compares once, with nothing cached
        for department in dataset.departments:
            compared(department)

    return Benchmark(
        name="compare",
        subject_is=f"comparing two years of {PROJECTS:,} projects with 10 indicators each",
        baseline_is="reading the files of these projects",
        subject=subject,
        baseline=baseline,
        limit=0.5,
    )
