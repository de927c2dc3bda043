"""Forms as people make them with Excel: what the import of each gives, and what it names."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from disclosure import reading
from disclosure.model.records import Project
from tests.support import documents
from tests.support.documents import Row, Wide
from tests.support.repository import ROOT, Run

pytestmark = pytest.mark.usefixtures("at_once")

DEPARTMENT, YEAR = "990101-201", "2024"
CODE = "99010124P00231110058G"
FORM: list[Row] = [
    [Wide("7.校园安防绩效目标表", 7)],
    [Wide("201002示例区第一中学（虚构示例） 单位：万元", 7)],
    ["项目编码", Wide(CODE, 2), "项目名称", Wide("校园安防", 3)],
    [Wide("预算规模及资金用途", rows=2), "预算数", "12.00", "其中：财政资金", "12.00",
     "其他资金", ""],
    [None, Wide("用于安防设备", 6)],
    [Wide("资金支出计划", rows=2), "3月底", "6月底", Wide("10月底", 2), Wide("12月底", 2)],
    [None, "3.00", "6.00", Wide("9.00", 2), Wide("12.00", 2)],
    ["绩效目标", Wide("保障校园安全", 6)],
    ["一级指标", "二级指标", "三级指标", Wide("绩效指标描述", 2), "指标值", "指标值确定依据"],
    ["产出指标", "数量指标", "摄像头数量", Wide("安装的数量", 2), "≥20个", "年度计划"],
    ["产出指标", "质量指标", "验收合格率", Wide("合格的比例", 2), "100%", "年度计划"],
    ["效益指标", "社会效益指标", "受益人数", Wide("师生人数", 2), "≥3000人", "年度计划"],
    ["满意度指标", "服务对象满意度指标", "师生满意度", Wide("满意的比例", 2), "≥90%", "问卷调查"],
]  # fmt: skip
PART_ONE = ("部门整体绩效目标", "一、总体绩效目标", "办好人民满意的教育。", "三、工作保障措施",
            "（一）加强领导。", "第二部分", "预算项目绩效目标")  # fmt: skip
ACCOUNTING = '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '


def number(sheet: Worksheet, place: str, value: float, code: str) -> None:
    """Put a number with its format into a cell."""
    sheet[place].value, sheet[place].number_format = value, code


def scaled(sheet: Worksheet) -> None:
    """Amounts in yuan that are shown in ten thousands."""
    for place, value in (("C4", 120000), ("E4", 120000), ("B7", 30000), ("C7", 60000),
                         ("D7", 90000), ("F7", 120000)):  # fmt: skip
        number(sheet, place, value, "0!.0,")


def worded(sheet: Worksheet) -> None:
    """Targets whose sign and unit stand in the format, and a date."""
    number(sheet, "F10", 20, '"≥"0"个"')
    number(sheet, "F13", 0.9, '"≥"0%')
    number(sheet, "F12", 45473, 'yyyy"年"m"月"d"日"')


def dashes(sheet: Worksheet) -> None:
    """Nothing, as accountants write it."""
    for place in ("G4", "B7"):
        number(sheet, place, 0, ACCOUNTING)


def struck(sheet: Worksheet) -> None:
    """A target that was replaced, and one that was withdrawn."""
    old, new = TextBlock(InlineFont(strike=True), "≥25个"), TextBlock(InlineFont(), "≥20个")
    sheet["F10"].value = CellRichText(old, new)
    sheet["F11"].font = Font(strike=True)


def hidden(sheet: Worksheet) -> None:
    """An indicator in a hidden row, and remarks in a hidden column."""
    sheet.row_dimensions[11].hidden = True
    sheet["H9"].value, sheet["H10"].value = "备注", "先报二十个"
    sheet.column_dimensions["H"].hidden = True


def filtered(sheet: Worksheet) -> None:
    """The same row in a collapsed group."""
    sheet.row_dimensions.group(11, 11, hidden=True)


def wrong(sheet: Worksheet) -> None:
    """A formula that failed."""
    sheet["F11"].value, sheet["F11"].data_type = "#DIV/0!", "e"


def far(sheet: Worksheet) -> None:
    """A cell with a border at the end of the sheet."""
    sheet["XFD65536"].font = Font(bold=True)


TARGETS: list[str | None] = ["≥20个", "100%", "≥3000人", "≥90%"]
#: What is made of the form; targets, amounts and plan that are read; what is said; exit code.
CASES: dict[str, tuple[Callable[[Worksheet], None], list[str | None], str, str, str, int]] = {
    "scaled": (scaled, TARGETS, "12.0 12.0 ~", "3.0 6.0 9.0 12.0", "未能归入 0 字", 0),
    "words in the format": (
        worded, ["≥20个", "100%", "2024年6月30日", "≥90%"], "12.00 12.00 ~",
        "3.00 6.00 9.00 12.00", "未能归入 0 字", 0),
    "dashes": (dashes, TARGETS, "12.00 12.00 ~", "6.00 9.00 12.00", "未能归入 0 字", 0),
    "struck": (
        struck, ["≥20个", None, "≥3000人", "≥90%"], "12.00 12.00 ~", "3.00 6.00 9.00 12.00",
        "划了删除线的文字 F10“≥25个”、F11“100%”", 1),
    "hidden": (
        hidden, ["≥20个", "≥3000人", "≥90%"], "12.00 12.00 ~", "3.00 6.00 9.00 12.00",
        "隐藏的行 11（26 字）；隐藏的列 H（7 字）", 1),
    "collapsed": (
        filtered, ["≥20个", "≥3000人", "≥90%"], "12.00 12.00 ~", "3.00 6.00 9.00 12.00",
        "隐藏的行 11（26 字）", 1),
    "error": (
        wrong, ["≥20个", None, "≥3000人", "≥90%"], "12.00 12.00 ~", "3.00 6.00 9.00 12.00",
        "未能归入（工作表“Sheet”F11的错误值）：#DIV/0!", 1),
    "far": (far, TARGETS, "12.00 12.00 ~", "3.00 6.00 9.00 12.00", "未能归入 0 字", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_form_is_taken_as_it_is_shown(run: Run, tmp_path: Path, name: str) -> None:
    """The draft holds what the sheet shows; what it does not show is said, with exit code 1."""
    change, targets, money, plan, remark, expected = CASES[name]
    project = folder(tmp_path)
    file = documents.simple_workbook(tmp_path / "表.xlsx", [FORM])
    book = openpyxl.load_workbook(file, rich_text=True)
    assert book.active is not None
    change(book.active)
    first = book.create_sheet("整体", 0)
    for at, words in enumerate(PART_ONE, 1):
        first.cell(at, 1, words)
    book.save(file)
    code, out, err = run("import", file, "--department", DEPARTMENT, "--year", YEAR, folder=project)
    found = _project(project)
    assert [row.target for row in found.indicators] == targets, out
    amounts = (found.budget.total, found.budget.fiscal, found.budget.other)
    assert " ".join("~" if one is None else str(one) for one in amounts) == money
    assert " ".join(map(str, found.spending_plan.values())) == plan
    assert remark in out
    assert (code, "Traceback" in err) == (expected, False), (out, err)


def folder(tmp_path: Path) -> Path:
    """A project with the department and nothing else."""
    here = tmp_path / "project"
    (here / "data" / DEPARTMENT).mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", here)
    shutil.copytree(ROOT / "site_src", here / "site_src")
    shutil.copy(ROOT / "examples/data" / DEPARTMENT / "department.yml", here / "data" / DEPARTMENT)
    return here


def _project(folder: Path) -> Any | Project:
    (department,) = reading.read(folder / "data").dataset.departments
    ((project,),) = (year.projects for year in department.years)
    return project.current
