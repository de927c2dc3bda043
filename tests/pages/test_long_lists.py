"""Lists over all departments end somewhere, and say where the rest is to be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.config.settings import Settings
from disclosure.pages import events, year_lists, years
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
    monkeypatch.setattr(years, "MAX_LISTED", count - 1)
    cut = pages(data)[YEAR]
    assert 'id="projects"' not in cut
    assert "及全部项目" in whole
    assert "及全部项目" not in cut
    assert f"这一年共有{count}个项目" in cut
    assert '<a href="../../130803-322/2024/">' in cut
    monkeypatch.setattr(years, "MAX_LISTED", count)
    assert pages(data)[YEAR] == whole


def test_of_too_many_events_the_newest_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page counts the older ones, and shows as many as it may."""
    data = ROOT / "examples/data"
    whole = pages(data)[CHANGES]
    count = whole.count("<tr data-kind=")
    monkeypatch.setattr(events, "MAX_EVENTS", 7)
    cut = pages(data)[CHANGES]
    assert cut.count("<tr data-kind=") == 7
    assert f"更早的{count - 7}条" in cut
    rows = [line for line in whole.splitlines() if line.startswith("<tr data-kind=")]
    assert [line for line in cut.splitlines() if line.startswith("<tr data-kind=")] == rows[:7]


def test_a_long_list_of_a_year_is_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row stands on one page, and the first page says which departments stand where."""
    data = ROOT / "examples/data"
    lowered = "years/2024/lowered/"
    whole = rows_of(pages(data)[f"{lowered}index.md"])
    monkeypatch.setattr(year_lists, "MAX_ROWS", 30)
    cut = pages(data)
    places = [f"{lowered}index.md", f"{lowered}2/index.md", f"{lowered}3/index.md"]
    assert [path for path in cut if path.startswith(lowered)] == places
    assert [row for path in places for row in rows_of(cut[path])] == [
        row.replace("../../../", up) for row, up in zip(whole, depths(len(whole)), strict=True)
    ]
    assert '<a href="2/">第2部分</a>' in cut[places[0]]
    assert "3个部分里各有什么" in cut[places[0]]
    assert "，30行" in cut[places[0]]
    assert "这是第3部分，共3个部分" in cut[places[2]]
    assert f"要求降低、数值减少和取消的指标：{len(whole)}</a>" in cut[YEAR]


def rows_of(page: str) -> list[str]:
    """The rows of a list of indicators."""
    return [line for line in page.splitlines() if line.startswith("<tr data-state=")]


def depths(rows: int) -> list[str]:
    """The way up from the page of each row: parts but the first lie one folder deeper."""
    return ["../../../" if row < 30 else "../../../../" for row in range(rows)]


def test_a_full_page_of_a_list_is_less_than_500_kb() -> None:
    """With the longest rows of the district, a page would hold as many as it may."""
    found = pages(ROOT / "examples/data")
    for name in year_lists.YEAR_LISTS:
        page = found[f"years/2024/{name.name}/index.md"]
        rows = [line for line in page.splitlines() if line.startswith("<tr")][1:]
        longest = max(len(row.encode()) for row in rows)
        assert longest * year_lists.MAX_ROWS < 500_000, name.name
