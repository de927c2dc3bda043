"""Evaluations and the target tables of the projects that they are of, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from disclosure import reading
from disclosure.intake import importing
from disclosure.intake.drafts import table_records
from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import interpret
from disclosure.model.dataset import DepartmentYear
from tests.support import documents, fidelity

NAME = "设备购置"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A year's folder of a department without any year."""
    folder = tmp_path / "data" / str(fidelity.DEPARTMENT["id"])
    fidelity.begin(folder, 2026, ())
    return folder / "2026"


def targets(folder: Path, *codes: str) -> Path:
    """A document of target tables, each of a project of the same name."""
    pieces: list[documents.Piece] = []
    for code in codes:
        named: list[documents.Row] = [["项目名称", NAME, "", ""]]
        if code:
            named = [["项目编码", code, "项目名称", NAME]]
        pieces += [
            "项目支出绩效目标表",
            [
                *named,
                ["一级指标", "二级指标", "三级指标", "指标值"],
                ["产出指标", "数量指标", f"购置数量{code}", "≥5台"],
            ],
        ]
    return documents.simple_word(folder / f"目标{''.join(codes)}.docx", pieces)


def evaluation(folder: Path, code: str = "") -> Path:
    """A document of an evaluation."""
    head = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    coded: list[documents.Row] = [["项目编码", code, *[""] * 5]] if code else []
    rows: list[documents.Row] = [
        *coded,
        ["项目名称", NAME, *[""] * 5],
        head,
        ["产出指标", "数量指标", "自评数量", "≥5台", "6台", "100", "100"],
    ]
    return documents.simple_word(folder / "自评.docx", ["项目支出绩效自评表", rows])


def taken_in(folder: Path, files: Sequence[Path]) -> DepartmentYear:
    """The year after an update by some documents."""
    data = folder.parents[1]
    (department,) = reading.read(data).dataset.departments
    found = [interpret(reader.document(file, lambda _: None), department, 2026) for file in files]
    taken = importing.import_documents(found, department, 2026, folder)
    assert isinstance(taken, importing.ImportResult)
    importing.write_forms(data, taken.forms)
    importing.write(folder, taken.outcomes)
    (department,) = reading.read(data).dataset.departments
    return department.years[0]


@pytest.mark.parametrize("evaluation_first", [False, True])
def test_documents_in_any_order(folder: Path, tmp_path: Path, evaluation_first: bool) -> None:
    """An evaluation belongs to its project, whichever document is given first."""
    files = [targets(tmp_path, ""), evaluation(tmp_path)]
    year = taken_in(folder, files[::-1] if evaluation_first else files)
    (project,) = year.projects
    assert [row.level3 for row in project.current.indicators] == ["购置数量"]
    assert project.result


@pytest.mark.parametrize("at_once", [False, True])
def test_two_projects_of_one_name(folder: Path, tmp_path: Path, at_once: bool) -> None:
    """An evaluation with the code of one of them replaces no target table."""
    files = [targets(tmp_path, "101", "102"), evaluation(tmp_path, "102")]
    for some in [files] if at_once else [[file] for file in files]:
        year = taken_in(folder, some)
    assert [
        (one.current.id, one.current.indicators[0].level3, one.result is not None)
        for one in year.projects
    ] == [("101", "购置数量101", False), ("102", "购置数量102", True)]


def test_an_evaluation_without_a_code_takes_no_other_projects_place(
    folder: Path, tmp_path: Path
) -> None:
    """Where two projects have its name, it stands beside them, in a file that is free."""
    fidelity.begin(tmp_path / "two", 2026, [NAME, NAME])
    (tmp_path / "two/2026").rename(folder)
    year = taken_in(folder, [evaluation(tmp_path)])
    assert [(one.current.id, one.result is not None) for one in year.projects] == [
        ("01", False), ("02", False), ("03", True)]  # fmt: skip


def test_a_project_takes_no_other_projects_place(folder: Path, tmp_path: Path) -> None:
    """A new project beside two of another name, which are not known by their name alone."""
    fidelity.begin(tmp_path / "two", 2026, ["甲", "甲"])
    (tmp_path / "two/2026").rename(folder)
    year = taken_in(folder, [targets(tmp_path, "")])
    assert [one.current.name for one in year.projects] == ["甲", "甲", NAME]


def test_the_table_that_was_missing(folder: Path, tmp_path: Path) -> None:
    """Its import ends the note that there is none, and nothing else that is noted."""
    (before,) = taken_in(folder, [evaluation(tmp_path)]).projects
    assert [note.note for note in before.current.notes] == [table_records.NO_TABLE]
    file = folder / f"projects/{before.current.id}.yml"
    file.write_text(file.read_text("utf-8") + "  - note: 另有说明。\n", "utf-8")
    (after,) = taken_in(folder, [targets(tmp_path, "")]).projects
    assert [note.note for note in after.current.notes] == ["另有说明。"]
    assert [row.level3 for row in after.current.indicators] == ["购置数量"]
