"""Makes the documents that tests import: official forms as Word, Excel and, by LibreOffice, PDF.

A form is a list of rows, each a list of cells; a cell is its text, or its text with how many
columns and rows it covers. So one description serves every format.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from msgspec import Struct
from openpyxl.styles import Border, Side

from disclosure import reading
from disclosure.model.departments import Department
from disclosure.model.records import Disclosure, Project
from disclosure.model.target_table import Indicator
from tests.support import office
from tests.support.repository import ROOT

#: The smallest picture: a PNG of one white dot.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2ngAAAABJRU5ErkJggg=="
)
HEADS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
_NUMERALS = "一二三四五六七八九十"


class Wide(Struct, frozen=True):
    """A cell that covers several columns or rows, or holds a table below its text."""

    text: str
    columns: int = 1
    rows: int = 1
    table: Sequence[Sequence[str]] = ()


class Layout(Struct, frozen=True):
    """How a Word document is laid out: with part one or not, its tables, the size of letters."""

    part_one: bool = True
    repeated_heads: bool = False
    size: float = 12


PLAIN, FORMS_ONLY = Layout(), Layout(part_one=False)
#: So large that pages break within the tables, whose heads are then repeated.
LARGE = Layout(repeated_heads=True, size=16)

Row = Sequence[str | Wide | None]
"""A row of a grid; None where a cell from above covers the place."""

Piece = str | Sequence[Row]
"""A paragraph or a table."""


def form(project: Project, heading: str) -> list[Row]:
    """A project's form in the seed's layout, on a grid of seven columns."""
    money = project.budget
    amounts = [
        "" if value is None else str(value) for value in (money.total, money.fiscal, money.other)
    ]
    plan = list(project.spending_plan.items())
    widths = [1, 1, 2, 2]
    goals = "\n".join(f"{number}.{goal}" for number, goal in enumerate(project.goals, 1))
    return [
        ["项目编码", Wide(project.code or "", 2), "项目名称", Wide(project.name, 3)],
        [Wide("预算规模及资金用途", rows=2), "预算数", amounts[0], "其中：财政资金", amounts[1],
         "其他资金", amounts[2]],
        [None, Wide(project.purpose or "", 6)],
        [Wide(heading, rows=2), *(Wide(period, width) for (period, _), width in
                                  zip(plan, widths, strict=True))],
        [None, *(Wide(str(amount), width) for (_, amount), width in
                 zip(plan, widths, strict=True))],
        ["绩效目标", Wide(goals, 6)],
        [*HEADS[:3], Wide(HEADS[3], 2), *HEADS[4:]],
        *indicators(project.indicators),
    ]  # fmt: skip


def indicators(rows: Sequence[Indicator]) -> Iterable[Row]:
    """The rows of the indicators, equal neighbours of the first two levels merged."""
    for _, first in groupby(rows, key=lambda row: row.level1):
        group = list(first)
        level1: Wide | None = Wide(group[0].level1 or "", rows=len(group))
        for _, second in groupby(group, key=lambda row: row.level2):
            inner = list(second)
            level2: Wide | None = Wide(inner[0].level2 or "", rows=len(inner))
            for row in inner:
                yield [level1, level2, row.name, Wide(row.description or "", 2),
                       row.target or "", row.basis or ""]  # fmt: skip
                level1 = level2 = None


def part_one(disclosure: Disclosure) -> Iterable[str]:
    """The paragraphs of part one, as the seed prints them."""
    yield from ("第一部分", "部门整体绩效目标", "一、总体绩效目标", disclosure.overall_goal or "")
    yield "二、分项绩效目标"
    for numeral, objective in zip(_NUMERALS, disclosure.objectives, strict=False):
        yield f"（{numeral}）{objective.name}"
        yield f"绩效目标：{objective.goal}"
        if objective.indicators:
            yield f"绩效指标：{objective.indicators}"
    yield "三、工作保障措施"
    for numeral, safeguard in zip(_NUMERALS, disclosure.safeguards, strict=False):
        yield f"（{numeral}）{safeguard}"
    yield from ("第二部分", "预算项目绩效目标")


def _real() -> tuple[Department, Disclosure, list[Project]]:
    (department,) = reading.read(ROOT / "data").dataset.departments
    (year,) = (one for one in department.years if one.year == 2024)
    projects = [project.current for project in year.projects]
    return department.department, year.disclosure, projects


def real_document(path: Path, layout: Layout = PLAIN) -> Path:
    """The committed disclosure of 2024 as a Word document in the seed's layout."""
    return word(path, *_real(), layout)


def real_workbook(path: Path) -> Path:
    """The same as a workbook."""
    return workbook(path, *_real())


def real_files(folder: Path) -> list[Path]:
    """The same in several Word documents: part one, then each form."""
    department, disclosure, projects = _real()
    part = word(folder / "整体.docx", department, disclosure, [])
    names = [folder / f"{project.number}.docx" for project in projects]
    for name, project in zip(names, projects, strict=True):
        word(name, department, disclosure, [project], FORMS_ONLY)
    return [part, *names]


def word(
    file: Path,
    department: Department,
    disclosure: Disclosure,
    projects: Sequence[Project],
    layout: Layout = PLAIN,
) -> Path:
    """A whole disclosure as a Word document, with page numbers in its foot."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(layout.size)
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run("— ")
    _field(foot, "PAGE")
    foot.add_run(" —")
    for paragraph in part_one(disclosure) if layout.part_one else ():
        document.add_paragraph(paragraph)
    units = {unit.code: unit.name for unit in department.units}
    for project in projects:
        document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx is half typed
        document.add_paragraph(f"{project.number}.{project.name}绩效目标表")
        document.add_paragraph(f"{project.unit} {units[project.unit or '']} 单位：万元")
        rows = form(project, disclosure.plan_heading or "资金支出计划")
        if layout.repeated_heads:
            add_table(document, rows[:6])
            document.add_paragraph("")
            add_table(document, rows[6:], repeated=1)
        else:
            add_table(document, rows)
    document.save(str(file))
    return file


def _field(paragraph: object, name: str) -> None:
    """A field that Word fills in, such as the page's number."""
    run = paragraph.add_run()  # type: ignore[attr-defined]
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def add_table(document: object, rows: Sequence[Row], repeated: int = 0) -> None:
    """A grid with lines; `repeated` of its first rows stand again on each page."""
    width = max(sum(cell.columns if isinstance(cell, Wide) else 1 for cell in row) for row in rows)
    table = document.add_table(len(rows), width)  # type: ignore[attr-defined]
    table.style = "Table Grid"
    boxes = [row.cells for row in table.rows]  # `table.cell` would count all cells again each time
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            wide = cell if isinstance(cell, Wide) else Wide(cell or "")
            if cell is not None:
                box = boxes[at][column]
                if wide.columns > 1 or wide.rows > 1:
                    box = box.merge(boxes[at + wide.rows - 1][column + wide.columns - 1])
                box.text = wide.text
                if wide.table:
                    add_table(box, wide.table)
            column += wide.columns
        if at < repeated:
            properties = table.rows[at]._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:tblHeader"))


def workbook(
    file: Path, department: Department, disclosure: Disclosure, projects: Sequence[Project]
) -> Path:
    """A whole disclosure as a workbook: part one on a sheet, then one sheet for each project."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "整体绩效目标"
    for at, paragraph in enumerate(part_one(disclosure), 1):
        sheet.cell(at, 1, paragraph)
    units = {unit.code: unit.name for unit in department.units}
    book.create_sheet("Sheet2")  # empty, as Excel makes it
    for project in projects:
        rows = form(project, disclosure.plan_heading or "资金支出计划")
        above: list[Row] = [
            [Wide(f"{project.number}.{project.name}绩效目标表", 7)],
            [Wide(f"{project.unit} {units[project.unit or '']}", 6), "单位：万元"],
        ]
        fill(book.create_sheet(str(project.number)), [*above, *rows])
    book.save(file)
    return file


def fill(sheet: object, rows: Sequence[Row], *, numbers: bool = True) -> None:
    """Write a grid to a sheet; amounts as numbers that are shown as they are written."""
    line = Side(style="thin")
    for at, row in enumerate(rows, 1):
        column = 1
        for cell in row:
            wide = cell if isinstance(cell, Wide) else Wide(cell or "")
            if cell is not None:
                box = sheet.cell(at, column)  # type: ignore[attr-defined]
                box.border = Border(line, line, line, line)
                plain, places = wide.text.replace(".", "", 1), len(wide.text.partition(".")[2])
                if (
                    numbers
                    and places
                    and plain.isdecimal()
                    and f"{float(wide.text):.{places}f}" == wide.text  # and not as .50 or 01.5
                ):
                    box.value, box.number_format = float(wide.text), f"0.{'0' * places}"
                elif wide.text:
                    box.value, box.data_type = wide.text, "s"  # text, also where it begins with =
                if wide.columns > 1 or wide.rows > 1:
                    sheet.merge_cells(  # type: ignore[attr-defined]
                        start_row=at, start_column=column,
                        end_row=at + wide.rows - 1, end_column=column + wide.columns - 1,
                    )  # fmt: skip
            column += wide.columns


def simple_word(file: Path, pieces: Iterable[Piece]) -> Path:
    """Paragraphs and tables in a Word document."""
    document = docx.Document()
    for piece in pieces:
        if isinstance(piece, str):
            document.add_paragraph(piece)
        else:
            add_table(document, piece)
    document.save(str(file))
    return file


def simple_workbook(file: Path, pieces: Iterable[Piece]) -> Path:
    """Paragraphs and tables below one another on one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[Row] = []
    for piece in pieces:
        rows += [[piece]] if isinstance(piece, str) else piece
    fill(sheet, rows)
    book.save(file)
    return file


def as_pdf(file: Path) -> Path:
    """The document as LibreOffice prints it; without LibreOffice the test is skipped."""
    return as_pdfs([file])[0]


def as_pdfs(files: Sequence[Path]) -> list[Path]:
    """Documents of one folder as LibreOffice prints them, which takes seconds to start."""
    office.need_office()
    first, *others = files
    office.convert(first, "pdf", first.parent, *others)
    made = [file.with_suffix(".pdf") for file in files]
    assert all(file.exists() for file in made)
    return made
