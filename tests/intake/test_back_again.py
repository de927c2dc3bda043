"""Any form sent out as a workbook or a PDF and taken in again: the data are the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from disclosure import reading
from disclosure.intake.drafts.unprinted_in_workbook import DraftContext
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.model.dataset import DepartmentYear
from tests.support import fidelity
from tests.support.repository import ROOT, Run

pytestmark = pytest.mark.usefixtures("at_once")

CONFIGURATION = """\
site_name: 示例
docs_dir: site_src
theme: {name: material}
plugins: [disclosure]
"""
CASES = sorted(folder.name for folder in fidelity.CASES.iterdir())
#: Its projects have no targets, so their tables are empty forms, which are named.
NO_TARGETS = {"central-evaluation"}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A case, and a project made of its document."""
    name = str(request.param)
    documents = [file.name for file in (fidelity.CASES / name).glob("document.*")]
    (first,) = [file for file in documents if not file.endswith(".pdf")]
    site = tmp_path / "site"
    fidelity.score(name, first, site / "data")
    (site / "site_src").mkdir()
    (site / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    return name, site


def taken_back(run: Run, case: str, site: Path, kind: str) -> tuple[int, Path]:
    """Send a project's year out and take it into another; the exit code, and the other."""
    sent, other = site.parent / "sent", site.parent / "other"
    assert run("export", sent, "--format", kind, folder=site)[0] == 0
    shutil.copytree(site, other, ignore=shutil.ignore_patterns("2026"))
    shutil.rmtree(other / "data" / str(fidelity.DEPARTMENT["id"]))
    wanted = json.loads((fidelity.CASES / case / "meaning.json").read_text("utf-8"))
    names = [one["name"] for one in wanted.get("evaluations", ())]
    fidelity.begin(other / "data" / str(fidelity.DEPARTMENT["id"]), 2026, names)
    file = sent / f"{fidelity.DEPARTMENT['id']}-2026.{kind}"
    of = ("--department", str(fidelity.DEPARTMENT["id"]), "--year", "2026")
    return run("import", file, *of, folder=other)[0], other


def records(site: Path) -> Iterator[tuple[str, Any]]:
    """What a project's data say, but for the document that they are from."""
    (department,) = reading.read(site / "data").dataset.departments
    for year in department.years:
        yield from _records(year)


def _records(year: DepartmentYear) -> Iterator[tuple[str, Any]]:
    yield "year", year.disclosure.model_dump(mode="json", exclude={"source"})
    if year.result:
        yield "result", year.result.model_dump(mode="json")
    for project in year.projects:
        yield project.current.id, project.current.model_dump(mode="json", exclude={"source"})
        if project.result:
            yield f"result of {project.current.id}", project.result.model_dump(mode="json")


def plain(site: Path) -> str:
    """The same without white space, which a PDF has only where it can be seen."""
    return re.sub(r"\\n|\s", "", json.dumps([*records(site)], ensure_ascii=False))


def without_form(text: str) -> str:
    """Without the names of forms, and without the number of the table, which stands above it."""
    return re.sub(r'"form":"[^"]*"|"表号":"[^"]*",?', "", text)


def test_a_workbook_comes_back(case: tuple[str, Path], run: Run) -> None:
    """Each value, its place and its form, to the last character."""
    name, site = case
    code, other = taken_back(run, name, site, "xlsx")
    assert code == (1 if name in NO_TARGETS else 0)
    assert dict(records(other)) == dict(records(site))


def test_a_pdf_comes_back(case: tuple[str, Path], run: Run) -> None:
    """Each value at its place; the other pages of the file are named, so the exit code is 1."""
    name, site = case
    code, other = taken_back(run, name, site, "pdf")
    assert code == 1
    assert without_form(plain(other)) == without_form(plain(site))


def with_other_forms(folder: Path) -> Path:
    """A site whose tables are in forms of its own."""
    site = folder / "site"
    shutil.copytree(ROOT / "tests/cases/other-forms/data", site / "data")
    (site / "site_src").mkdir()
    (site / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    return site


def test_a_workbook_changes_nothing_that_it_does_not_show(run: Run, tmp_path: Path) -> None:
    """Sent out and taken in as an update, every file says what it said: also beyond its form."""
    site = with_other_forms(tmp_path)
    old = {file: file.read_text("utf-8") for file in (site / "data").rglob("*.yml")}
    assert run("export", tmp_path / "sent", "--format", "xlsx", folder=site)[0] == 0
    for year in ("2024", "2025"):
        where = ("--department", "990101-601", "--year", year, "--update", "--verbose")
        code, out, err = run(
            "import", tmp_path / f"sent/990101-601-{year}.xlsx", *where, folder=site
        )
        assert code == 0, out + err
        assert "没有变化：" in out
        assert "已修改：" not in out
        assert "已不在数据文件里" not in out
    assert {file: file.read_text("utf-8") for file in (site / "data").rglob("*.yml")} == old


def test_an_update_changes_what_a_cell_says_and_keeps_what_none_does(
    run: Run, tmp_path: Path
) -> None:
    """A target that is changed in the workbook is changed; the weight beside it has no cell."""
    site = with_other_forms(tmp_path)
    assert run("export", tmp_path / "sent", "--format", "xlsx", folder=site)[0] == 0
    file = tmp_path / "sent/990101-601-2025.xlsx"
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value == "≥820盏"]
    assert len(cells) == 1
    cells[0].value = "≥900盏"
    book.save(file)
    where = ("--department", "990101-601", "--year", "2025", "--update")
    code, out, err = run("import", file, *where, folder=site)
    assert code == 0, out + err
    (department,) = reading.read(site / "data").dataset.departments
    year = next(one for one in department.years if one.year == 2025)
    (project,) = (one.current for one in year.projects if one.current.name == "路灯更换")
    row = project.indicators[0]
    assert (row.target, row.weight, row.term_target) == ("≥900盏", "70", "≥2500盏")
    assert project.term_goals == ("三年更换2500盏。",)


def test_a_workbook_gives_everything_where_there_is_no_file(run: Run, tmp_path: Path) -> None:
    """What no form has a cell for stands in its last sheet: a year is there again to the field."""
    site = with_other_forms(tmp_path)
    before = dict(records(site))
    assert run("export", tmp_path / "sent", "--format", "xlsx", folder=site)[0] == 0
    shutil.rmtree(site / "data/990101-601/2025")
    where = ("--department", "990101-601", "--year", "2025")
    code, out, err = run("import", tmp_path / "sent/990101-601-2025.xlsx", *where, folder=site)
    assert code == 0, out + err
    assert dict(records(site)) == before


def test_only_files_of_known_kinds_are_taken_whole() -> None:
    """What the last sheet says of a file's kind goes into its first line, so it must be a kind."""
    said: dict[str, dict[str, YamlValue]] = {
        "projects/a.yml": {"schema": "project/1"},
        "projects/b.yml": {"schema": "project/1\nname: other"},
        "projects/c.yml": {"schema": {"kind": "project/1"}},
        "projects/d.yml": {"name": "of a table"},
    }
    assert [*DraftContext(files=said).whole_files()] == ["projects/a.yml"]


def apart(site: Path) -> list[tuple[str, ...]]:
    """What the rows of a site's first year are not merged by, whatever the table."""
    (department,) = reading.read(site / "data").dataset.departments
    year = department.years[-1]
    table = year.disclosure.department_table
    assert table is not None
    results = [one.result for one in year.projects if one.result]
    found = [row.apart for row in (*table.indicator_rows, *table.term_indicators)]
    return [*found, *(row.apart for one in results for row in one.indicator_rows)]


def test_a_workbook_says_what_is_not_merged(run: Run, tmp_path: Path) -> None:
    """Where no cell shows it, or the row above says something else, the last sheet does."""
    site = with_other_forms(tmp_path)
    before = apart(site)
    assert [one for one in before if one] == [("level2",), ("level2",), ("level1",)]
    assert run("export", tmp_path / "sent", "--format", "xlsx", folder=site)[0] == 0
    shutil.rmtree(site / "data/990101-601/2024")
    where = ("--department", "990101-601", "--year", "2024")
    run("import", tmp_path / "sent/990101-601-2024.xlsx", *where, folder=site)
    assert apart(site) == before


def test_a_row_that_was_renamed_loses_nothing_in_silence(run: Run, tmp_path: Path) -> None:
    """What the last sheet says of a row that no table has any more is named, file and row."""
    site = with_other_forms(tmp_path)
    assert run("export", tmp_path / "sent", "--format", "xlsx", folder=site)[0] == 0
    file = tmp_path / "sent/990101-601-2025.xlsx"
    book = openpyxl.load_workbook(file)
    tables = [sheet for sheet in book if sheet.title != "表外内容"]
    cells = [
        cell for sheet in tables for row in sheet for cell in row if cell.value == "居民满意度"
    ]
    for cell in cells:
        cell.value = "市民满意度"
    assert cells
    book.save(file)
    shutil.rmtree(site / "data/990101-601/2025")
    _, out, _ = run(
        *("import", file, "--department", "990101-601", "--year", "2025", "--verbose"), folder=site
    )
    assert "工作表“表外内容”里写着、表里没有同名的行的" in out
    assert "“居民满意度”" in out
