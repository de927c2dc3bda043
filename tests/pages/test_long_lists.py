"""Lists over all departments end somewhere, and say where the rest is to be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.config.settings import Settings
from disclosure.pages import events, lists
from disclosure.site import pipeline
from tests.support.repository import ROOT

YEAR = "years/2024/index.md"
CHANGES = "changes/index.md"


def pages(data: Path) -> dict[str, str]:
    """The pages of no department as Markdown."""
    found = pipeline.generate(data, Settings("名"))
    return {page.path: page.text for one in found.shared for page in one.pages()}


def test_of_too_many_projects_a_year_lists_the_departments(monkeypatch: pytest.MonkeyPatch) -> None:
    """One project more than the limit, and the page counts them and leads to the departments."""
    data = ROOT / "data"
    count = len([*(data / "130803-322/2024/projects").iterdir()])
    whole = pages(data)[YEAR]
    assert 'id="projects"' in whole
    monkeypatch.setattr(lists, "LISTED", count - 1)
    cut = pages(data)[YEAR]
    assert 'id="projects"' not in cut
    assert "及全部项目" in whole
    assert "及全部项目" not in cut
    assert f"这一年共有{count}个项目" in cut
    assert '<a href="../../130803-322/2024/">' in cut
    monkeypatch.setattr(lists, "LISTED", count)
    assert pages(data)[YEAR] == whole


def test_of_too_many_events_the_newest_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page counts the older ones, and shows as many as it may."""
    data = ROOT / "examples/data"
    whole = pages(data)[CHANGES]
    count = whole.count("<tr data-kind=")
    monkeypatch.setattr(events, "SHOWN", 7)
    cut = pages(data)[CHANGES]
    assert cut.count("<tr data-kind=") == 7
    assert f"更早的{count - 7}条" in cut
    rows = [line for line in whole.splitlines() if line.startswith("<tr data-kind=")]
    assert [line for line in cut.splitlines() if line.startswith("<tr data-kind=")] == rows[:7]
