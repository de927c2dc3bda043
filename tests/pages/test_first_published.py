"""Comparisons say which state they show, and what was first published beside it."""

from __future__ import annotations

from pathlib import Path

from tests.support.datafolder import adjustment
from tests.support.moving_projects import files, pages, table

BEFORE = {"a-1/2023": {"A": table("A", "市场建设", times=20), "B": table("B", "外贸", number=2)}}
AFTER = {"a-1/2024": {"A": table("A", "市场建设", times=15), "B": table("B", "外贸", number=2)}}
ADDRESS = "a-1/compare/2023-2024/"


def later(kind: str, code: str, name: str, times: int, number: int = 1) -> dict[str, str]:
    """A version of a project of 2024."""
    text = table(code, name, times=times, number=number) + adjustment(kind, "2024-06-01")
    return {f"a-1/2024/projects/{code}@2024-06-01.yml": text}


def test_a_target_that_was_raised_again_was_first_lowered(tmp_path: Path) -> None:
    """In force it is stricter; as first published it was looser, and both are said and counted."""
    data = files(BEFORE | AFTER) | later("adjustment", "A", "市场建设", 25)
    made = pages(tmp_path, data)
    page = made[ADDRESS]
    assert [(one.label, one.number) for one in page.totals.states] == [("要求提高", 1), ("未变", 1)]
    assert [(one.label, one.number) for one in page.totals.first_states] == [
        ("要求降低", 1),
        ("未变", 1),
    ]
    assert [
        (row.line.old, row.line.new, row.line.state.label) for row in page.first_indicators
    ] == [("≥20公里", "≥15公里", "要求降低")]
    (row,) = made["compare/2023-2024/"].rows
    assert [(cell.number, cell.first) for cell in row.directions] == [(1, 0), (0, 1), (0, 0)]
    of_all = made["compare/2023-2024/"].totals.first_states
    assert [(one.label, one.number, one.address) for one in of_all] == [
        ("要求降低", 1, ""),  # no list has those of all departments as first published
        ("未变", 1, "targets/?year=2024&change=same"),
    ]


def test_what_changed_only_in_force_is_unchanged_as_first_published(tmp_path: Path) -> None:
    """A target lowered in mid-year stands in both lists, as 未变 where the first ones are."""
    data = files(BEFORE | AFTER) | later("adjustment", "B", "外贸", 12, 2)
    page = pages(tmp_path, data)[ADDRESS]
    assert [row.line.state.label for row in page.first_indicators] == ["未变"]
    assert [(one.label, one.number) for one in page.totals.first_states] == [
        ("要求降低", 1),
        ("未变", 1),
    ]


def test_a_withdrawn_project_is_compared_as_it_was(tmp_path: Path) -> None:
    """In force it counts in nothing; as first published its targets went on or were lowered."""
    data = files(BEFORE | AFTER) | later("withdrawal", "A", "市场建设", 15)
    page = pages(tmp_path, data)[ADDRESS]
    assert [(one.label, one.number) for one in page.totals.states] == [("未变", 1)]
    assert [(one.label, one.number) for one in page.totals.first_states] == [
        ("要求降低", 1),
        ("未变", 1),
    ]
    assert [row.line.state.label for row in page.first_indicators] == ["要求降低"]


def test_last_years_adjustment_is_undone_as_well(tmp_path: Path) -> None:
    """What was first published a year before is compared with what was first published now."""
    text = table("A", "市场建设", times=10) + adjustment("adjustment", "2023-06-01")
    data = files(BEFORE | AFTER) | {"a-1/2023/projects/A@2023-06-01.yml": text}
    page = pages(tmp_path, data)[ADDRESS]
    assert [(row.line.old, row.line.new) for row in page.first_indicators] == [
        ("≥20公里", "≥15公里")
    ]
    assert [one.label for one in page.totals.states] == ["要求提高", "未变"]
    assert [one.label for one in page.totals.first_states] == ["要求降低", "未变"]


def test_without_later_versions_nothing_is_said_twice(tmp_path: Path) -> None:
    """Where all is as first published, the page has one comparison."""
    page = pages(tmp_path, files(BEFORE | AFTER))[ADDRESS]
    assert page.totals.first_states == ()
    assert page.first_indicators == ()


def test_a_split_is_compared_as_first_published_too(tmp_path: Path) -> None:
    """Parts of a split whose targets were adjusted compare by name as they were first published."""
    parts = {
        "a-1/2024": {
            "C": table("C", "甲段", "A", times=15),
            "D": table("D", "乙段", "A", times=5, number=2),
        }
    }
    data = files({"a-1/2023": {"A": table("A", "市场建设")}} | parts)
    data |= later("adjustment", "C", "甲段", 12)
    data["a-1/2024/projects/C@2024-06-01.yml"] += "continues: [A]\n"
    page = pages(tmp_path, data)[ADDRESS]
    reasons = [row.line.state.reason for row in page.first_indicators]
    assert reasons == ["“≥20公里”改为2个项目的“≥15公里”、“≥5公里”，不逐一比较"]
