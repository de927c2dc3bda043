"""The form workbooks there and back: exported, filled in, saved by another program, imported."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from disclosure import reading
from disclosure.intake import importing
from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.model.records import Project
from tests.support import office
from tests.support.form_workbooks import CODE, exported, grid, opened
from tests.support.repository import ROOT, Run
from tests.support.taking import DEPARTMENT, YEAR, records, take_in, year_of

ROOTS = pytest.mark.parametrize("root", [".", "examples"])
NEW = "13080324P00519910009X"


def quiet(_: str) -> None:
    """Nobody wants to know which sheet is being read."""


def places(data: Path) -> Iterator[tuple[str, DepartmentData, DepartmentYear, Path]]:
    """Each year: the name of its workbook, and its folder."""
    for department in reading.read(data).dataset.departments:
        for year in department.years:
            identifier = department.department.id
            yield f"{identifier}-{year.year}.xlsx", department, year, data / year_path(year)


def year_path(year: DepartmentYear) -> str:
    """The folder of a year below the data folder."""
    return year.path.rpartition("/")[0]


def has_versions(year: DepartmentYear) -> bool:
    """Whether a project of the year was adjusted."""
    return any(project.current.adjustment for project in year.projects)


def assert_nothing_changes(data: Path, workbooks: Path) -> None:
    """Each workbook says what the files say, in all that a workbook holds, and nothing else."""
    seen = 0
    for name, department, year, folder in places(data):
        if not (workbooks / name).exists():
            continue
        found = importing.import_files([workbooks / name], department, year.year, folder, quiet)
        assert isinstance(found, importing.ImportResult)
        assert found.complete, found.accounts
        assert [outcome.path for outcome in found.outcomes] == in_workbook(year)
        assert [outcome.path for outcome in found.outcomes if not outcome.same] == []
        seen += 1
    assert seen == len(list(workbooks.glob("*.xlsx"))) > 0


def in_workbook(year: DepartmentYear) -> list[str]:
    """The files of a year: those that its workbook has tables of, then those in its last sheet."""
    folder = f"{year_path(year)}/"
    paths = [year.path, *(project.versions[-1].path for project in year.projects)]
    last = [version.path for project in year.projects for version in project.versions[:-1]]
    printed = [year.result_path, *(project.result_path for project in year.projects)]
    tables = [year.result, *(project.result for project in year.projects)]
    for path, one in zip(printed, tables, strict=True):
        if one is not None:
            (paths if one.form else last).append(str(path))
    return [path.removeprefix(folder) for path in (*paths, *sorted(last))]


def said(year: DepartmentYear) -> Iterator[tuple[str, Any]]:
    """What the files of a year say, without what they say is empty."""
    yield year.path, year.disclosure
    if year.result:
        yield str(year.result_path), year.result
    for project in year.projects:
        yield from ((version.path, version.project) for version in project.versions)
        if project.result:
            yield str(project.result_path), project.result


def bare(value: Any) -> Any:
    """A value without what is empty, which a file need not say."""
    if isinstance(value, dict):
        inner = {key: bare(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, {}, [])}
    return [*map(bare, value)] if isinstance(value, list) else value


@ROOTS
@pytest.mark.usefixtures("at_once")
def test_nothing_changes(workbooks: Path, root: str) -> None:
    """Beside the data that it was made from, a workbook changes no file."""
    files = [*(workbooks / root).glob("*.xlsx")]
    assert len(files) == len([*places(ROOT / root / "data")])
    assert_nothing_changes(ROOT / root / "data", workbooks / root)


@ROOTS
@pytest.mark.usefixtures("at_once")
def test_another_program_may_save_it(workbooks: Path, tmp_path: Path, root: str) -> None:
    """As LibreOffice saves the workbooks, also those with later versions, they change nothing."""
    office.need_office()
    chosen = [workbooks / root / name for name, _, year, _ in places(ROOT / root / "data")
              if root == "." or has_versions(year)]  # fmt: skip
    first, *others = chosen
    office.convert(first, "xlsx", tmp_path / "saved", *others)
    assert_nothing_changes(ROOT / root / "data", tmp_path / "saved")


#: Years with what is hard to read again: a withdrawn project, versions that were superseded,
#: notes of several lines on the year and on its date of publication.
HARD = [("990101-208", 2025), ("990101-402", 2024), ("990101-501", 2023)]


@pytest.mark.parametrize(("department", "year"), HARD)
@pytest.mark.usefixtures("at_once")
def test_our_own_pdfs_change_nothing(run: Run, tmp_path: Path, department: str, year: int) -> None:
    """Each PDF of a year and of each version of its projects says what the files say."""
    where = ("--department", department, "--year", str(year))
    command = ("-C", ROOT / "examples", "export", "--format", "pdf", *where, tmp_path / "out")
    assert run(*command)[0] == 0
    known = {
        one.department.id: one for one in reading.read(ROOT / "examples/data").dataset.departments
    }
    folder = ROOT / "examples/data" / department / str(year)
    seen = set()
    for file in (tmp_path / "out").iterdir():
        found = importing.import_files([file], known[department], year, folder, quiet)
        assert isinstance(found, importing.ImportResult)
        assert found.complete, found.accounts
        assert not [outcome.difference() for outcome in found.outcomes if not outcome.same]
        seen |= {folder / outcome.path for outcome in found.outcomes}
    assert seen == {folder / "disclosure.yml", *folder.glob("projects/*.yml")}


@pytest.mark.usefixtures("at_once")
def test_a_year_comes_back(workbooks: Path, tmp_path: Path) -> None:
    """Where the files of a workbook are gone, the import makes them again: every one, to the field.

    Its last sheet has what stands on no form, versions that were superseded and results that were
    printed in no table.
    """
    data = tmp_path / "data"
    shutil.copytree(ROOT / "examples/data", data)
    chosen = [place for place in places(ROOT / "examples/data") if has_versions(place[2])]
    before = [dict(said(year)) for _, _, year, _ in places(ROOT / "examples/data")]
    for name, department, year, _ in chosen:
        folder = data / year_path(year)
        for path in in_workbook(year):
            (folder / path).unlink()
        empty = replace(department, years=())
        file = workbooks / "examples" / name
        found = importing.import_files([file], empty, year.year, folder, quiet)
        assert isinstance(found, importing.ImportResult)
        importing.write(folder, found.outcomes)
    after = [dict(said(year)) for _, _, year, _ in places(data)]
    assert [[*one] for one in after] == [[*one] for one in before]
    for one, other in zip(after, before, strict=True):
        for path, record in one.items():
            assert bare(record.model_dump(mode="json")) == bare(
                other[path].model_dump(mode="json")
            ), path
    assert any("results/" in path for _, _, year, _ in chosen for path in in_workbook(year))


def test_the_command_says_that_nothing_changed(run: Run, project: Path, tmp_path: Path) -> None:
    """By the real commands: no file is written, and the exit code is 0."""
    before = {file: file.stat().st_mtime_ns for file in project.rglob("*.yml")}
    code, out, _ = run("export", "--format", "xlsx", tmp_path / "out", folder=project)
    assert code == 0
    assert "公开文件本身、以 # 开头的批注、department.yml 和 data/forms 里的表样不在其中" in out
    code, out, err = take_in(run, project, tmp_path / f"out/{DEPARTMENT}-{YEAR}.xlsx")
    assert code == 0, out + err
    assert out.count("没有变化：") == 4
    assert {file: file.stat().st_mtime_ns for file in project.rglob("*.yml")} == before


def edited(file: Path, changes: dict[str, str]) -> Path:
    """A workbook, each cell that begins with a key of `changes` saying its value instead."""
    book = openpyxl.load_workbook(file)
    done = set()
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        for old, new in changes.items():
            if str(cell.value or "").startswith(old):
                cell.value = new
                done.add(old)
    assert done == changes.keys()
    book.save(file)
    return file


@pytest.mark.usefixtures("at_once")
def test_what_is_edited_arrives(run: Run, project: Path, tmp_path: Path) -> None:
    """A date and a value that a clerk changes are the only difference, shown and then taken."""
    (file,) = exported(run, project, tmp_path / "out")
    edited(file, {"批复日期": "批复日期：2024-02-06", "≥8次": "≥9次"})
    code, out, _ = take_in(run, project, file)
    assert code == 1
    changes = [line for line in out.splitlines() if re.match(r"[-+] *[a-z]", line)]
    assert changes == [
        "-approved: ~", "+approved: 2024-02-06", "-    target: ≥8次", "+    target: ≥9次",
    ]  # fmt: skip
    before = records(project / "data")
    code, out, _ = take_in(run, project, file, "--update")
    assert code == 0, out
    disclosure, projects = records(project / "data")
    assert str(disclosure.approved) == "2024-02-06"
    assert disclosure.model_copy(update={"approved": None}) == before[0]
    assert projects[0][0].indicators[0].target == "≥9次"
    assert projects[1:] == before[1][1:]


@pytest.mark.usefixtures("at_once")
def test_what_is_no_date_is_not_taken_for_one(run: Run, project: Path, tmp_path: Path) -> None:
    """A date that is written otherwise, or a line that is added, is listed and kept in view."""
    (file,) = exported(run, project, tmp_path / "out")
    edited(file, {"批复日期": "批复日期：二月六日"})
    book = openpyxl.load_workbook(file)
    book.worksheets[0].insert_rows(6)
    book.worksheets[0]["A6"] = "请各单位核对"
    book.save(file)
    code, out, _ = take_in(run, project, file)
    assert code == 1
    for text in ("批复日期：二月六日", "请各单位核对"):
        assert re.search(rf"未能归入（工作表“第一部分”A\d）：{text}", out), out


def empty_form(run: Run, project: Path, folder: Path) -> Path:
    """The workbook for a new project of the seed's year."""
    options = ("--department", DEPARTMENT, "--year", str(YEAR), "--unit", "322001")
    named = ("--name", "示例项目", "--format", "xlsx")
    code, _, errors = run("-C", project, "new", "project", NEW, *options, *named, folder=folder)
    assert code == 0, errors
    return folder / f"{DEPARTMENT}-{YEAR}-{NEW}.xlsx"


@pytest.mark.usefixtures("at_once")
def test_an_empty_form_says_what_is_missing(run: Run, project: Path, tmp_path: Path) -> None:
    """Nothing is invented for what nobody filled in; each missing value is named."""
    file = empty_form(run, project, tmp_path)
    code, out, err = take_in(run, project, file)
    assert code == 0, err  # warnings only: a document may print no amount
    assert "未能归入 0 字" in out
    draft = (year_of(project) / f"projects/{NEW}.yml").read_text("utf-8")
    assert [line for line in draft.splitlines() if not line.startswith("#")] == [
        "schema: project/1",
        f"code: {NEW}",
        "name: 示例项目",
        "unit: 322001",
        "number: 4",
        "budget: {total: ~, fiscal: ~, other: ~}     # 万元",
        "purpose: ~",
        "spending_plan: {}     # 累计，万元",
        "goals: []",
        "indicators: []",
    ]
    assert re.search(rf"{NEW}\.yml:\d+:\d+ 警告 C114 没有写明预算数", err), err


#: Where the fields of a form stand; the amounts of its plan stand below the periods.
FIELDS = {"total": "D4", "fiscal": "H4", "other": "L4", "purpose": "B5", "goals": "B8"}
PLAN, COLUMNS = ("B7", "E7", "H7", "K7"), "ABDFJL"


def fill_in(file: Path, project: Project) -> None:
    """Type a project's table into its empty form, level after level in each row."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    budget = project.budget
    goals = "\n".join(f"{number}.{goal}" for number, goal in enumerate(project.goals, 1))
    typed = {"total": budget.total, "fiscal": budget.fiscal, "other": budget.other,
             "purpose": project.purpose, "goals": goals}  # fmt: skip
    for name, value in typed.items():
        sheet[FIELDS[name]] = None if value is None else str(value)
    for place, amount in zip(PLAN, project.spending_plan.values(), strict=True):
        sheet[place] = str(amount)
    for row, one in enumerate(project.indicators, 10):
        texts = (one.level1, one.level2, one.level3, one.description, one.target, one.basis)
        for column, text in zip(COLUMNS, texts, strict=True):
            sheet[f"{column}{row}"] = text
    book.save(file)


def content(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """What stands in a form below its title."""
    return {place: text for place, text in grid(sheet).items() if place[0] > 1 and text}


@pytest.mark.parametrize("saved_by", ["openpyxl", "LibreOffice"])
@pytest.mark.usefixtures("at_once")
def test_a_filled_form_gives_what_was_filled_in(
    run: Run, project: Path, tmp_path: Path, saved_by: str
) -> None:
    """An empty form, filled in as a table of the seed, is that table, and is exported as filled."""
    known = records(project / "data")[1][0][0]
    assert known.code == CODE
    file = empty_form(run, project, tmp_path)
    fill_in(file, known)
    if saved_by == "LibreOffice":
        office.need_office()
        office.convert(file, "xlsx", tmp_path / "saved")
        file = tmp_path / "saved" / file.name
    code, out, err = take_in(run, project, file)
    assert "已新建" in out, out + err
    assert code == 0, out + err
    disclosure, projects = records(project / "data")
    assert disclosure == records(ROOT / "data")[0]
    as_filled = known.model_copy(update={"code": NEW, "id": NEW, "name": "示例项目", "number": 4,
                                         "continues": None})  # fmt: skip
    assert projects[3][0].model_copy(update={"continues": None}) == as_filled
    (book,) = exported(run, project, tmp_path / "again")
    typed = opened(file).worksheets[0]
    again = opened(book).worksheets[4]
    assert content(again) == content(typed)
