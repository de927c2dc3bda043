"""The benchmarks measure what they say: the steps, the memory, and the papers they fill."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from benchmarks import contenders, processes, real_texts, scale, scale_report, steps
from benchmarks.district import FOUR_YEARS, PER_DEPARTMENT, write, write_site
from disclosure.model.diagnostics import has_errors
from disclosure.reading import read
from tests.support import systems

#: Starts another process that holds 60 MB for half a second.
HOLDING = """
import subprocess, sys
hold = "import time; held = bytes(range(256)) * 234_375; time.sleep(0.5)"
subprocess.run([sys.executable, "-c", hold])
"""


def test_any_number_of_projects_can_be_asked_for(tmp_path: Path) -> None:
    """What is left of a department's twenty is a department, and the data has no finding."""
    write(tmp_path / "data", PER_DEPARTMENT + 3, FOUR_YEARS)
    reading = read(tmp_path / "data")
    assert reading.diagnostics == ()
    found = [[len(year.projects) for year in one.years] for one in reading.dataset.departments]
    assert found == [[PER_DEPARTMENT] * 4, [3] * 4]


def test_texts_like_real_ones_are_as_long_and_as_varied(tmp_path: Path) -> None:
    """Of the targets two thirds have no sign and a third no number, and nothing is an error."""
    write(tmp_path / "data", 60, (2023, 2024), real_texts.kind(60))
    reading = read(tmp_path / "data")
    assert not has_errors(reading.diagnostics)
    assert [len(one.years[0].projects) for one in reading.dataset.departments] == [15, 20, 20, 5]
    projects = [
        project.current
        for one in reading.dataset.departments
        for year in one.years
        for project in year.projects
    ]
    targets = [str(row.target) for project in projects for row in project.indicators]
    assert 0.55 < sum(target[0] not in "≥≤" for target in targets) / len(targets) < 0.75
    assert 0.25 < sum(not re.search(r"\d", target) for target in targets) / len(targets) < 0.42
    purposes = [len(str(project.purpose)) for project in projects]
    assert 100 < sum(purposes) / len(purposes) < 300 < max(purposes) < 520
    texts = [str(row.description) for project in projects for row in project.indicators]
    assert len({*texts}) > len(texts) / 3  # those of two years are much the same


def test_every_step_of_a_build_is_timed(tmp_path: Path) -> None:
    """Each function that the benchmark measures as a step is still where it looks for it."""
    write_site(tmp_path, 4)
    found = scale.timed_build(tmp_path)
    assert list(found) == [*dict.fromkeys(step for step, _, _ in steps.STEPS), steps.REST]
    assert list(found) == list(scale_report.STEPS)
    assert all(seconds > 0 for seconds, _ in found.values())


def test_a_page_of_a_project_brings_six_files_at_most(built_examples: Path) -> None:
    """The page, its Markdown, its data in two formats, what it is made of, its text for search."""
    files, pages = scale.files_of_projects(built_examples)
    assert pages > 100
    assert 4 < files / pages <= 6
    project = built_examples / "990101-201/2025/99010125T002588100618"
    kinds = {path.suffix for path in project.iterdir() if path.is_file()} - {".pdf"}
    assert kinds == {".html", ".md", ".csv", ".json"}


@systems.USAGE
def test_the_memory_of_every_process_counts(tmp_path: Path) -> None:
    """What a program starts is seen as well: the largest of them, and all together."""
    usage = processes.run([sys.executable, "-c", HOLDING], tmp_path, {})
    assert usage.seconds > 0.5
    assert usage.processor > 0
    assert 60_000_000 < usage.largest < usage.together


@systems.USAGE
def test_a_program_that_fails_is_no_measurement(tmp_path: Path) -> None:
    """A build that stops early would be fast."""
    with pytest.raises(RuntimeError, match="not today"):
        processes.run([sys.executable, "-c", "raise SystemExit('not today')"], tmp_path, {})


def figures(seconds: float) -> scale.Figures:
    """What was measured of a build of two rounds."""
    return scale.Figures(full={"build": [seconds - 1, seconds + 1]}, processor=[seconds] * 2)


def a_district(**of: scale.Figures) -> scale.Scale:
    """Figures of 4,800 pages."""
    conditions = scale.Conditions("abc1234", "2026-11-26", "Linux", 2, 24_000_000_000, 0.5, "3.11")
    return scale.Scale(4_800, 7_449, conditions, of)


def test_ours_is_divided_by_theirs() -> None:
    """The ratio stands beside what the baseline needed, and a limit is broken above it only."""
    measured = a_district(disclosure=figures(6), mkdocs=figures(20), hugo=figures(3))
    first = scale_report.table(measured).splitlines()[2]
    assert [cell.strip() for cell in first.split("|")[1:5]] == [
        "full build",
        "6.00 s",
        "20.0 s (0.30)",
        "3.00 s (2.00)",
    ]
    limits = [*scale_report.limits([measured])]
    assert [(limit.limit, limit.kept) for limit in limits] == [(0.20, False), (1.0, False)]


def test_what_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A baseline that is not there is named as missing, with the reason, and has no ratio."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    (hugo,) = (one for one in contenders.BASELINES if one.name == "hugo")
    (tmp_path / "hugo/lib/python3.11/site-packages/hugo/binaries/hugo").mkdir(parents=True)
    nowhere = contenders.Material(*[tmp_path] * 5)
    with pytest.raises(contenders.MissingError, match="there is no npm"):
        hugo.lay_out(nowhere, tmp_path / "work")
    without = scale.Figures(missing="there is no npm")
    measured = a_district(disclosure=figures(6), hugo=without)
    assert scale_report.table(measured).count("missing") == len(scale_report.ROWS)
    assert "reading" not in scale_report.table(a_district(disclosure=figures(6)))
    assert [*scale_report.limits([measured])] == []


def test_papers_show_what_was_measured() -> None:
    """The tables in docs/benchmarks.md and the plot show the committed figures."""
    scales = scale_report.load()
    assert scales
    assert scale_report.tables(scales.values()) in scale_report.PAPER.read_text("utf-8")
    assert scale_report.PLOT.read_text("utf-8") == scale_report.plot([*scales.values()])
