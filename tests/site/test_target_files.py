"""The data of the page of all targets: columns by year, texts in blocks."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from disclosure.pages.target_rows import ProjectTargets, project_targets
from disclosure.site import target_files
from disclosure.site.department_analysis import Analysis, analysed
from disclosure.site.target_files import year_files
from tests.support.repository import ROOT


@pytest.fixture(scope="module")
def examples() -> Analysis:
    """The invented district."""
    return analysed(ROOT / "examples/data")


def of_year(examples: Analysis, year: int) -> list[tuple[str, str, tuple[ProjectTargets, ...]]]:
    """Every department's targets of a year."""
    return [
        (one.data.department.id, found.department.name, project_targets(one, found))
        for one in examples.departments
        for found in one.data.years
        if found.year == year
    ]


def unpacked(content: bytes) -> Any:
    """What a file holds."""
    return json.loads(gzip.decompress(content))


def word(facts: Any, column: str, row: int) -> str:
    """A word of a row."""
    found = facts[column]
    return str(found["words"][found["of"][row]])


def test_facts_and_texts_say_what_the_rows_say(
    examples: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row by row, over blocks that begin in the middle of a project."""
    monkeypatch.setattr(target_files, "BLOCK", 7)
    departments = of_year(examples, 2024)
    files = {path: unpacked(content) for path, content in year_files(2024, departments)}
    facts = files.pop("targets/2024.facts")
    projects = [project for _, _, own in departments for project in own]
    rows = [(number, row) for number, one in enumerate(projects) for row in one.rows]
    assert facts["rows"] == [len(project.rows) for project in projects]
    assert sum(facts["counts"]) == len(projects)
    assert [*files] == [f"targets/2024/{number}.texts" for number in range(-(-len(rows) // 7))]
    for at, (number, row) in enumerate(rows):
        block = files[f"targets/2024/{at // 7}.texts"]
        project = projects[number]
        assert block["projects"][number - block["first"]] == [project.name, project.address]
        for column in ("indicator", "old", "target", "actual"):
            assert block[column][at % 7] == getattr(row, column)
        assert word(facts, "change", at) == row.change
        assert word(facts, "version", at) == row.version
        assert word(facts, "outcome", at) == (row.outcome.key if row.outcome else "")


def test_rows_tell_of_versions_changes_and_outcomes(examples: Analysis) -> None:
    """A target that was changed in mid-year: as first published, and as in force."""
    (project,) = (
        project
        for _, _, own in of_year(examples, 2024)
        for project in own
        if project.address == "990101-402/2024/99010124P00458110031X/"
    )
    found = [row for row in project.rows if row.indicator == "新改建农村公路里程"]
    assert [(row.version, row.old, row.target, row.change, row.moved) for row in found] == [
        ("首次公开", "≥42公里", "≥35公里", "looser", True),
        ("预算调整 2024-06-28", "", "≥39.8公里", "", True),
        ("", "≥42公里", "≥39.8公里", "looser", True),
    ]
    assert [row.outcome and row.outcome.key for row in found] == ["met", None, "met"]


def test_percentages_are_those_of_the_pages(examples: Analysis) -> None:
    """Rounded as the pages round, so that a miss never reads 100."""
    facts = unpacked(dict(year_files(2024, of_year(examples, 2024)))["targets/2024.facts"])
    achieved = [share for share in facts["achieved"] if share is not None]
    missed = [
        facts["achieved"][row]
        for row in range(len(facts["achieved"]))
        if word(facts, "outcome", row) == "not-met"
    ]
    assert len(achieved) > 20
    assert 100 not in missed
    assert -43.8 in facts["size"]
