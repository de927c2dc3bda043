"""How long the import of a long PDF takes, compared with pdfplumber finding its tables alone."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import typst

from benchmarks.district import ROWS
from benchmarks.harness import Benchmark
from disclosure import reading
from disclosure.intake.importing import ImportResult, import_files
from disclosure.model.dataset import DepartmentData

PAGES = 200
DEPARTMENT = """schema: department/1
id: 990101-201
name: 示例局
code: 201
region: {code: 990101, name: 示例区}
units: [{code: 201001, name: 示例局本级}]
"""

#: One form a page, in the layout of the official document.
FORMS = """
#set page(paper: "a4", margin: 1.5cm, footer: context align(center, counter(page).display()))
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), lang: "zh", region: "cn", size: 8pt)
#for number in range(1, {pages} + 1) {{
  align(center)[#number#[.示例项目]#number#[绩效目标表]]
  [201001示例局本级 #h(1fr) 单位：万元]
  table(
    columns: (1fr, 1fr, 1.2fr, 1.4fr, 1.4fr, 1fr, 1fr),
    [项目编码], table.cell(colspan: 2)[99010124P#(100000000000 + number)], [项目名称],
    table.cell(colspan: 3)[示例项目#number],
    table.cell(rowspan: 2)[预算规模及资金用途], [预算数], [#number#[.00]], [其中：财政资金],
    [#number#[.00]], [其他资金], [],
    table.cell(colspan: 6)[用于示例项目的各项支出，按进度拨付。],
    table.cell(rowspan: 2)[资金支出计划（%）], [3月底], [6月底], table.cell(colspan: 2)[10月底],
    table.cell(colspan: 2)[12月底],
    [10.00], [20.00], table.cell(colspan: 2)[30.00], table.cell(colspan: 2)[40.00],
    [绩效目标], table.cell(colspan: 6)[1.完成示例项目的年度任务],
    [一级指标], [二级指标], [三级指标], table.cell(colspan: 2)[绩效指标描述], [指标值],
    [指标值确定依据],
    {rows}
  )
  if number < {pages} {{ pagebreak() }}
}}
"""


def importing(scratch: Path) -> Benchmark:
    """Everything that an import does but writing, against `extract_tables()` of each page."""
    file = typeset(scratch, filled(FORMS, PAGES))
    into = department(scratch)
    return Benchmark(
        name="import",
        subject_is=f"import of a PDF of {PAGES} pages, with a form on each",
        baseline_is="pdfplumber's extract_tables() of the same pages",
        subject=lambda: import_all(file, into, scratch / "2024", PAGES),
        baseline=lambda: tables_of(file),
        limit=1.5,
    )


def department(scratch: Path) -> DepartmentData:
    """The department that documents are imported for."""
    (scratch / "data/990101-201").mkdir(parents=True)
    (scratch / "data/990101-201/department.yml").write_text(DEPARTMENT, "utf-8")
    (found,) = reading.read(scratch / "data").dataset.departments
    return found


def tables_of(file: Path) -> None:
    """What pdfplumber does by itself to find the tables of all pages."""
    with pdfplumber.open(file) as opened:
        for page in opened.pages:
            page.extract_tables()
            page.close()


def import_all(file: Path, into: DepartmentData, year: Path, forms: int) -> None:
    """Import a document with so many forms, all of which must be placed wholly."""
    found = import_files([file], into, 2024, year, lambda _: None)
    assert isinstance(found, ImportResult)
    assert found.complete
    assert len(found.outcomes) == forms + 1


def typeset(scratch: Path, text: str) -> Path:
    """A PDF of what Typst makes of a text."""
    source, file = scratch / "document.typ", scratch / "document.pdf"
    source.write_text(text, "utf-8")
    file.write_bytes(typst.compile(source))
    return file


def filled(form: str, pages: int) -> str:
    """So many pages of a form, as text for Typst."""
    rows = (
        f"[{level1}], [{level2}], [{_typst_text(name)}],"
        f" table.cell(colspan: 2)[{_typst_text(description)}],"
        f" [{_typst_text(target)}], [年度计划],"
        for level1, level2, name, description, target, *_ in ROWS
    )
    return form.format(pages=pages, rows="\n    ".join(rows))


def _typst_text(pattern: str) -> str:
    words = {
        "work": "培训",
        "who": "教师",
        "where": "学校",
        "n": "120",
        "more": "150",
        "budget": "9",
    }
    return pattern.format(**words, less="90", m="12", d="5", month="10")
