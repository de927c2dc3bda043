"""The open data of the real site and of the invented district, made once for several tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from disclosure.config.site_project import load_project
from disclosure.exports.writers.about import About
from disclosure.exports.writers.rows import Rows
from disclosure.pages.scopes import Scope
from disclosure.site import pipeline
from disclosure.site.downloads import OpenData, of_scope
from tests.support.repository import ROOT

ABOUT = About(
    title="测试",
    address="https://site.test/downloads/",
    schema="open-data.schema.json",
    licence="可以使用。",
    licence_address="https://site.test/downloads/#licence",
    citation="测试，2024",
    day="2024-05-01",
)

#: Text that a spreadsheet would take for a formula, or a program for something else.
FORMULAS = (
    "=1+1",
    '=HYPERLINK("https://x.test/","点我")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "'=1",
    "''",
    "=100%",
    "0012",
    "-5.00",
    "1E5",
    "2024-01-02",
    "≥8次",
    "_x0041_",
    "a,b;c|d\"e'f",
    "第一行\n=第二行",
    "TRUE",
    "#N/A",
    "<r>不是标记</r>",
    "<r><t>1</t></r>",
)


@cache
def publication(root: str) -> OpenData:
    """The open data of a project's folder below the repository."""
    project = load_project(ROOT / root)
    found = pipeline.open_data(project.data, project.settings)[1]
    assert found is not None
    return found


def rows_of(found: OpenData, year: int | None = None) -> Rows:
    """The rows of a year, or of all."""
    return of_scope(found.sources, Scope(year))


@cache
def rows(root: str) -> Rows:
    """All rows of a project's folder below the repository."""
    return rows_of(publication(root))


def hostile_rows(project: Path) -> Rows:
    """The rows of the real project once its texts look like formulas."""
    here = load_project(with_formulas(project))
    found = pipeline.open_data(here.data, here.settings)[1]
    assert found is not None
    return rows_of(found)


def with_formulas(project: Path) -> Path:
    """Put the texts of `FORMULAS` into a copy of the real project; the copy."""
    import json

    file = project / "data/130803-322/2024/projects/13080324P00514210001L.yml"
    head = file.read_text("utf-8").partition("indicators:\n")[0]
    head = head.replace("purpose: 开放外联招商引资专项经费", f"purpose: {json.dumps(FORMULAS[0])}")
    indicators = [
        {
            "level1": "产出指标",
            "level2": text,
            "level3": f"{number}",
            "description": text,
            "target": text,
            "basis": text,
        }
        for number, text in enumerate(FORMULAS)
    ]
    written = json.dumps(indicators, ensure_ascii=False)
    file.write_text(f"{head}indicators: {written}\n", encoding="utf-8")
    # Some of the texts look like leftovers of a conversion.
    (project / "data/checks.yml").write_text("schema: checks/1\nswitched_off: [C409]\n", "utf-8")
    return project
