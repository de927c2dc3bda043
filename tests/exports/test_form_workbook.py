"""The official forms as workbooks: every text in its cell, what can be filled in, what not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.config.site_project import load_project
from disclosure.exports.forms.unprinted_rows import SHEET
from disclosure.model.dataset import DepartmentYear
from disclosure.model.records import Project
from disclosure.site import department_analysis
from tests.support import district, office
from tests.support.district import CULTURE, WATER
from tests.support.form_workbooks import CODE, exported, grid, opened
from tests.support.opendata import FORMULAS, with_formulas
from tests.support.repository import ROOT, Run


def right_of(cells: dict[tuple[int, int], str], head: str) -> str:
    """What stands right of a head, "" for an empty field."""
    row, column = max(place for place, text in cells.items() if text == head)
    return cells.get((row, column + 1), "")


def amount(value: object) -> str:
    """An amount as printed, "" for an empty cell."""
    return "" if value is None else str(value)


def compare(sheet: Worksheet, project: Project, unit: str, plan_heading: str | None) -> None:
    """Every cell of a form against the project."""
    cells = grid(sheet)
    assert cells[1, 1] == f"{project.number}.{project.name}绩效目标表"
    assert cells[2, 1] == f"{project.unit} {unit}"
    assert right_of(cells, "项目编码") == project.code
    assert right_of(cells, "项目名称") == project.name
    assert right_of(cells, "预算数") == str(project.budget.total)
    assert right_of(cells, "其中：财政资金") == amount(project.budget.fiscal)
    assert right_of(cells, "其他资金") == amount(project.budget.other)
    assert cells.get((5, 2), "") == (project.purpose or "")
    assert cells[6, 1] == (plan_heading or "资金支出计划")
    plan = list(dict.fromkeys((cells.get((6, c), ""), cells.get((7, c), "")) for c in range(2, 14)))
    assert plan == [(period, str(money)) for period, money in project.spending_plan.items()] or (
        not project.spending_plan and plan == [("", "")]
    )
    goals = "\n".join(f"{number}.{goal}" for number, goal in enumerate(project.goals, start=1))
    assert cells.get((8, 2), "") == goals
    heads = [cells[9, column] for column in (1, 2, 4, 6, 10, 12)]
    assert heads == [
        "一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据",
    ]  # fmt: skip
    rows = [
        tuple(cells.get((row, column), "") for column in (1, 2, 4, 6, 10, 12))
        for row in range(10, 10 + len(project.indicators))
    ]
    below = [cells.get((row, 1)) for row in range(10 + len(rows), sheet.max_row + 1)]
    assert below == version(project)
    assert rows == [
        tuple(
            text or ""
            for text in (one.level1, one.level2, one.level3, one.description, one.target, one.basis)
        )
        for one in project.indicators
    ]


def version(project: Project) -> list[str]:
    """What stands below the form of a project: which version it is, unless it is the first."""
    adjustment = project.adjustment
    if adjustment is None:
        return []
    kinds = {"adjustment": "预算调整", "correction": "更正", "withdrawal": "撤销"}
    facts = [kinds[adjustment.kind], str(adjustment.date)]
    facts += [adjustment.document] if adjustment.document else []
    return [f"版本：{'，'.join(facts)}", f"调整原因：{adjustment.reason}"]


def years(root: Path) -> Iterator[tuple[str, dict[str, str], DepartmentYear]]:
    """Each year of a project's folder, with its workbook's name and its department's units."""
    for department in department_analysis.analysed(load_project(root).data).dataset.departments:
        units = {unit.code: unit.name for unit in department.department.units}
        for year in department.years:
            yield f"{department.department.id}-{year.year}.xlsx", units, year


@pytest.mark.parametrize("root", [".", "examples"])
def test_every_text_is_in_its_cell(workbooks: Path, root: str) -> None:
    """Each workbook holds part one and every project's form, cell by cell as in the data.

    Workbooks of other forms are held against their grids in `tests/intake/test_fidelity.py`, the
    last sheet, of what no form has a cell for, in `tests/intake/test_back_again.py`.
    """
    files = {path.name: path for path in (workbooks / root).glob("*.xlsx")}
    expected = {name: (units, year) for name, units, year in years(ROOT / root)}
    assert files.keys() == expected.keys()
    seen = 0
    for name, (units, year) in expected.items():
        if name.startswith((CULTURE, WATER)):
            continue
        workbook = opened(files[name])
        assert SHEET not in workbook.sheetnames[:-1]
        first, *others = (sheet for sheet in workbook.worksheets if sheet.title != SHEET)
        paragraphs = part_one(first)
        assert paragraphs[1:4] == cover(year)
        assert paragraphs[5:] == paragraphs_of(year)
        assert len(others) == len(year.projects)
        for sheet, project in zip(others, year.projects, strict=True):
            current = project.current
            compare(sheet, current, units[current.unit or ""], year.disclosure.plan_heading)
            seen += current.adjustment is not None
    assert seen == {".": 0, "examples": 7}[root]


def part_one(sheet: Worksheet) -> list[str]:
    """The paragraphs of a sheet."""
    return [str(row[0].value) for row in sheet.iter_rows()]


def cover(year: DepartmentYear) -> list[str]:
    """The facts above part one."""
    disclosure = year.disclosure
    facts = {"批复日期": disclosure.approved, "公开日期": disclosure.published}
    source = disclosure.source
    document = (source.title or source.file) if source else None
    stated = {**facts, "来源": document}
    return [f"{label}：{fact or '公开文件未注明'}" for label, fact in stated.items()]


def paragraphs_of(year: DepartmentYear) -> list[str]:
    """Part one, paragraph by paragraph, as in the document."""
    ordinals = [f"（{number}）" for number in "一二三四五六七八九十"]
    disclosure = year.disclosure
    lines = ["第一部分", "部门整体绩效目标", "一、总体绩效目标", disclosure.overall_goal or ""]
    lines += ["二、分项绩效目标"] if disclosure.objectives else []
    for ordinal, one in zip(ordinals, disclosure.objectives, strict=False):
        lines += [f"{ordinal}{one.name}", f"绩效目标：{one.goal}"]
        lines += [f"绩效指标：{one.indicators}"] if one.indicators else []
    part = "三" if disclosure.objectives else "二"
    lines += [f"{part}、工作保障措施"] if disclosure.safeguards else []
    lines += [
        f"{ordinal}{text}" for ordinal, text in zip(ordinals, disclosure.safeguards, strict=False)
    ]
    return lines


def test_heads_are_locked_and_fields_are_open(run: Run, project: Path, tmp_path: Path) -> None:
    """The sheet is protected; each field takes text and says what belongs there."""
    (file,) = exported(run, project, tmp_path / "out")
    sheet = opened(file).worksheets[1]
    assert sheet.protection.sheet
    assert not sheet.protection.insertRows  # that is allowed
    hints = {
        place: rule.prompt
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for place in area.cells
    }
    seen = 0
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if not isinstance(cell, MergedCell):
            assert cell.protection.locked == ((cell.row, cell.column) not in hints), cell.coordinate
            assert cell.protection.locked or cell.number_format == "@", cell.coordinate
            seen += not cell.protection.locked
    assert seen > 50
    assert all(hints.values())


def test_levels_and_signs_can_be_chosen(run: Run, project: Path, tmp_path: Path) -> None:
    """Each level and each target offers a list, and still takes whatever else the form says."""
    (file,) = exported(run, project, tmp_path / "out")
    sheet = opened(file).worksheets[1]
    lists = {
        rule.promptTitle: rule
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists.keys() == {"一级指标", "二级指标", "指标值"}
    assert "产出指标" in lists["一级指标"].formula1
    assert "数量指标" in lists["二级指标"].formula1
    assert "≥" in lists["指标值"].formula1
    assert not any(rule.showErrorMessage for rule in lists.values())


def test_no_text_becomes_a_formula(run: Run, project: Path, tmp_path: Path) -> None:
    """What looks like a formula is in its cell as text, in openpyxl and in LibreOffice."""
    office.need_office()
    (file,) = exported(run, with_formulas(project), tmp_path / "out")
    sheet = opened(file).worksheets[1]
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type not in {"s", "n"}]
    cells = grid(sheet)
    assert [cells[row, 10] for row in range(10, 10 + len(FORMULAS))] == list(FORMULAS)
    shown = next(rows for name, rows in office.sheets(file, tmp_path).items() if name[0] == "1")
    assert [row[9] for row in shown[9:]] == list(FORMULAS)


def test_the_workbook_is_the_same_every_time(run: Run, project: Path, tmp_path: Path) -> None:
    """The same data gives the same bytes."""
    (one,), (other,) = (exported(run, project, tmp_path / name) for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_text_that_no_cell_holds_stops_the_export(
    run: Run, project: Path, tmp_path: Path
) -> None:
    """The command says which text is too long and writes nothing."""
    file = project / f"data/130803-322/2024/projects/{CODE}.yml"
    text = file.read_text("utf-8").replace("purpose: 开放", "purpose: " + "开" * 33_000)
    file.write_text(text, encoding="utf-8")
    code, _, errors = run("-C", project, "export", "--format", "xlsx", tmp_path / "out")
    assert code == 2
    assert "超过 32767 个字" in errors
    assert not (tmp_path / "out").exists()


def test_an_empty_form(run: Run, project: Path, tmp_path: Path) -> None:
    """`new project --format xlsx` gives the form with what is known and nothing else, once."""
    options = ("--department", "130803-322", "--year", "2024", "--unit", "322001")
    named = ("--name", "示例项目", "--format", "xlsx")
    command = ("-C", project, "new", "project", "13080324P00519910009X", *options, *named)
    code, output, errors = run(*command, folder=tmp_path)
    assert code == 0, errors
    assert "disclosure import" in output
    (sheet,) = opened(tmp_path / "130803-322-2024-13080324P00519910009X.xlsx").worksheets
    filled = set(grid(sheet).values())
    heads = {"单位：万元", "项目编码", "项目名称", "预算规模及资金用途", "预算数", "其中：财政资金",
             "其他资金", "资金支出计划（%）", "绩效目标", "一级指标", "二级指标", "三级指标",
             "绩效指标描述", "指标值", "指标值确定依据"}  # fmt: skip
    assert filled - heads == {
        "4.示例项目绩效目标表",
        "322001 承德市双滦区商务局本级",
        "13080324P00519910009X",
        "示例项目",
        "3月底",
        "6月底",
        "10月底",
        "12月底",
    }
    assert not list((project / "data").rglob("*009X*"))
    code, _, errors = run(*command, folder=tmp_path)
    assert code == 2
    assert "已经有了" in errors


def test_a_form_that_carries_a_project_on(run: Run, tmp_path: Path) -> None:
    """With `--continues` the rows are last year's names, with nothing of last year beside them."""
    options = ("--department", "990101-402", "--year", "2025")
    command = ("-C", ROOT / "examples", "new", "project", "99010125P00499910099X", *options)
    continued = ("--continues", "99010124P00458110031X", "--format", "xlsx")
    code, _, errors = run(*command, *continued, folder=tmp_path)
    assert code == 0, errors
    (sheet,) = opened(tmp_path / "990101-402-2025-99010125P00499910099X.xlsx").worksheets
    cells = grid(sheet)
    names = [cells.get((row, 4), "") for row in range(10, sheet.max_row + 1)]
    found = district.departments()
    last = next(
        project.current
        for department in found
        for year in department.years
        for project in year.projects
        if project.current.code == "99010124P00458110031X"
    )
    assert names == [*(one.level3 for one in last.indicators), *([""] * 15)]
    assert not [1 for row in range(10, sheet.max_row + 1) if (row, 10) in cells]
