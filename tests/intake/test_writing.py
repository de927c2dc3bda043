"""Where drafts go: nothing is overwritten unasked, and either all files are written or none."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from filelock import FileLock

from disclosure import reading
from tests.support import documents
from tests.support.repository import ROOT, Run
from tests.support.taking import (
    DEPARTMENT,
    SEED,
    YEAR,
    committed,
    records,
    take_in,
    without_year,
    year_of,
)

pytestmark = pytest.mark.usefixtures("at_once")

CODE = "13080324P00514210001L"


def state(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def changed(project: Path) -> Path:
    """A project of which one file differs from the document in a value and a note."""
    file = year_of(project) / f"projects/{CODE}.yml"
    text = file.read_text("utf-8").replace("target: ≥8次", "target: ≥9次")
    file.write_text(text.replace("continues: []", "continues: ~"), "utf-8")
    return project


def test_nothing_is_overwritten(run: Run, changed: Path) -> None:
    """Where a file differs, the difference is shown and no file is touched."""
    before = state(changed / "data")
    code, out, _ = take_in(run, changed, SEED)
    assert code == 1
    assert state(changed / "data") == before
    assert "-    target: ≥9次" in out
    assert "+    target: ≥8次" in out
    assert "1 个，没有写入" in out
    assert "--update" in out


def test_an_update_is_asked_for(run: Run, changed: Path) -> None:
    """With --update the data is the document's again, and the publisher's notes are kept."""
    code, out, _ = take_in(run, changed, SEED, "--update")
    assert code == 0, out
    assert records(changed / "data") == committed()
    text = (year_of(changed) / f"projects/{CODE}.yml").read_text("utf-8")
    known = (ROOT / "data" / DEPARTMENT / str(YEAR) / f"projects/{CODE}.yml").read_text("utf-8")
    notes = re.compile(r"(?:note|rule|at): .*")
    assert notes.findall(text) == notes.findall(known)
    assert "已修改：" in out
    assert "已不在数据文件里" not in out


def test_an_update_names_what_it_drops(run: Run, project: Path) -> None:
    """What only the file said is named by its field; what the document says otherwise is not.

    What the form has no cell for stays: no document in that form could say it.
    """
    file = year_of(project) / f"projects/{CODE}.yml"
    text = file.read_text("utf-8").replace("target: ≥8次", "target: ≥9次\n    weight: 20", 1)
    text = text.replace("goals:\n", "goals:\n  - 原有的目标。\n", 1)
    text = text.replace("other: ~}", "other: 5.00}", 1)
    file.write_text(f"{text}facts: {{起止时间: 全年}}\nterm_goals: [三年目标]\n", "utf-8")
    code, out, _ = take_in(run, project, SEED, "--update")
    assert code == 0, out
    begin = f"  projects/{CODE}.yml："
    named = [line.removeprefix(begin) for line in out.splitlines() if line.startswith(begin)]
    assert named == ["budget.other", "goals第1项"]
    (kept,) = [line for line in file.read_text("utf-8").splitlines() if "weight" in line]
    assert kept == "    weight: 20"
    assert "起止时间: 全年" in file.read_text("utf-8")
    assert "三年目标" in file.read_text("utf-8")


def test_an_update_keeps_the_notes_on_the_departments_table(run: Run, project: Path) -> None:
    """The table has public notes of its own, which no document says either."""
    document = ROOT / "tests/cases/documents/chongqing-department/document.docx"
    take_in(run, project, document, "--update")
    file = year_of(project) / "disclosure.yml"
    note = "  notes:\n    - {at: budget, note: 原表没有填写金额总数。}\n"
    text = file.read_text("utf-8").replace("department_table:\n", f"department_table:\n{note}")
    assert note in text
    file.write_text(text.replace("≥95", "≥94"), "utf-8")
    take_in(run, project, document, "--update")
    (read,) = reading.read(project / "data").dataset.departments
    table = read.years[0].disclosure.department_table
    assert table
    assert [one.note for one in table.notes] == ["原表没有填写金额总数。"]


def test_new_files_wait_for_the_changed_ones(run: Run, changed: Path) -> None:
    """As long as one file differs, a file that would be new is not written either."""
    (year_of(changed) / "projects/13080324P00514110001Y.yml").unlink()
    before = state(changed / "data")
    assert take_in(run, changed, SEED)[0] == 1
    assert state(changed / "data") == before


def test_all_files_or_none(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full on the third file, the folder is as it was, without leftovers."""
    without_year(project)
    year_of(project).mkdir()
    (year_of(project) / "README.txt").write_text("别处放来的", "utf-8")
    before = state(project / "data")
    written: list[Path] = []
    real = Path.write_text

    def write_text(self: Path, *arguments: object, **options: object) -> int:
        if self.suffix == ".yml":
            written.append(self)
            if len(written) == 3:
                raise OSError(28, os.strerror(28), str(self))
        return real(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", write_text)
    code, _, err = take_in(run, project, SEED)
    monkeypatch.undo()
    assert code == 2
    assert "磁盘已满" in err
    assert state(project / "data") == before
    assert not [path for path in (project / "data").rglob(".*") if "lock" not in path.name]


def test_what_stood_there_stays(run: Run, project: Path) -> None:
    """A new draft beside files of other kinds leaves these as they are."""
    without_year(project)
    (year_of(project) / "results").mkdir(parents=True)
    kept = year_of(project) / "results" / f"{CODE}.yml"
    kept.write_text(f"schema: result/1\ncode: {CODE}\n", "utf-8")
    code, out, err = take_in(run, project, SEED)
    assert code == 0, out + err
    assert kept.read_text("utf-8") == f"schema: result/1\ncode: {CODE}\n"
    assert not list((project / "data").rglob(".*"))


def test_two_at_once(run: Run, project: Path) -> None:
    """While another program writes the year, the import says so and writes nothing."""
    without_year(project)
    with FileLock(year_of(project).with_name(f".{YEAR}.lock")):
        code, _, err = take_in(run, project, SEED)
    assert code == 2
    assert "另一个程序正在写" in err
    assert not year_of(project).exists()


def test_a_folder_elsewhere(run: Run, project: Path, tmp_path: Path) -> None:
    """With --out drafts go into another data folder, and the project's stays as it is."""
    before = state(project / "data")
    out_folder = tmp_path / "drafts"
    code, out, _ = take_in(run, project, SEED, "--out", out_folder)
    assert code == 0
    assert "disclosure check" in out
    assert state(project / "data") == before
    names = {name.rpartition("/")[2] for name in state(out_folder)}
    assert names == {name.rpartition("/")[2] for name in state(year_of(project))}


def test_an_unknown_department_is_refused(run: Run, project: Path) -> None:
    """The message names those that there are, and how to make another."""
    code, _, err = run("import", SEED, "--department", "1-2", "--year", "2024", folder=project)
    assert code == 2
    assert DEPARTMENT in err
    assert "disclosure new department" in err


def test_unplaced_text_stays_in_view(run: Run, project: Path) -> None:
    """What has no place makes the exit code 1 and a comment, also where the data is the same."""
    text = SEED.read_text("utf-8").replace("二、分项绩效目标", "二、分项绩效目标", 1)
    file = project / "seed.txt"
    file.write_text(f"某某印发\n\n{text}", "utf-8")
    code, out, _ = take_in(run, without_year(project), file)
    assert code == 1
    assert "未能归入（第1行）：某某印发" in out
    draft = (year_of(project) / "disclosure.yml").read_text("utf-8")
    assert "# 未能归入栏目的文字（第1行）：某某印发\n" in draft
    code, out, _ = take_in(run, project, file)
    assert (code, out.count("没有变化：")) == (1, 4)


def test_a_comment_cannot_become_data(run: Run, project: Path) -> None:
    """Whatever characters unplaced text holds, in the draft it is one comment."""
    odd = "某某\u2028name: 假\u0085approved: 2024-01-01\x0b- 假"
    file = project / "seed.txt"
    file.write_text(f"{odd}\n\n{SEED.read_text('utf-8')}", "utf-8")
    code, out, _ = take_in(run, without_year(project), file)
    assert code == 1, out
    found = records(project / "data")
    assert found[0].approved is None
    assert found[1] == committed()[1]


def test_a_code_that_is_a_path_names_no_file(run: Run, project: Path) -> None:
    """A code such as `../../x` stays within the year's folder, and the check names it."""
    rows: list[documents.Row] = [
        ["项目编码", "../../../outside", "项目名称", "某项目"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "数量", "1"],
    ]
    file = documents.simple_word(project / "path.docx", ["某项目绩效目标表", rows])
    code, out, err = take_in(run, project, file)
    assert code == 1
    assert "projects/04.yml" in out
    assert "编码" in err
    assert not list(project.rglob("outside*"))


def test_the_same_project_twice(run: Run, project: Path) -> None:
    """Two documents that say different things of one project are both refused."""
    text = SEED.read_text("utf-8").replace("≥3 亿元", "≥5 亿元")
    other = project / "另一份.txt"
    other.write_text(text, "utf-8")
    before = state(project / "data")
    code, _, err = take_in(run, project, SEED, other, "--update")
    assert code == 2
    assert "D114" in err
    assert f"projects/{CODE}.yml" in err
    assert state(project / "data") == before


def test_the_same_document_twice(run: Run, project: Path) -> None:
    """A document that is given twice gives its files once."""
    copy = project / "另一份.txt"
    copy.write_bytes(SEED.read_bytes())
    code, out, _ = take_in(run, project, SEED, copy)
    assert code == 0, out
    assert out.count("没有变化：") == 4
