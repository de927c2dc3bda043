"""What is read of worksheets: what they show, and the names of what they do not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from disclosure.intake.formats import reader
from disclosure.intake.formats.pieces import Document
from disclosure.intake.rules import UnreadableError
from tests.support.repository import ROOT
from tests.support.workbooks import Sheet, Style, relations, workbook

CASES: Mapping[str, Mapping[str, Any]] = yaml.load(
    (ROOT / "tests/cases/workbooks/cells.yml").read_text("utf-8"), yaml.CSafeLoader
)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def opened(file: Path) -> Document:
    """The document in a file."""
    return reader.document(file, lambda _: None)


def shown(document: Document, *, out_of_flow: bool = False) -> dict[str, str]:
    """The texts of a document's only sheet, by their place on it."""
    found: dict[str, str] = {}
    for text in document.texts():
        if text.bare and text.out_of_flow == out_of_flow:
            name = re.sub(r"^工作表“表”", "", text.place)
            found[name] = f"{found[name]} {text.text}" if name in found else text.text
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_is_read_as_it_is_shown(tmp_path: Path, name: str) -> None:
    """Texts, what is listed, and remarks are what the case says; every character is counted."""
    case = CASES[name]
    styles = [Style(**one) for one in case.get("styles", ())]
    sheet = Sheet("表", case["sheet"])
    document = opened(workbook(tmp_path / "a.xlsx", [sheet], styles, case.get("strings", ())))
    assert shown(document) == case["shown"]
    assert shown(document, out_of_flow=True) == case.get("unread", {})
    assert list(document.remarks) == case.get("remarks", [])
    assert document.held() == document.visible


def test_a_hidden_sheet_may_hold_formulas_without_values(tmp_path: Path) -> None:
    """It is named as hidden; a formula on a visible sheet is named with its sheet."""
    formula = '<row r="1"><c r="A1"><f>1+1</f></c></row>'
    hidden = [Sheet("表", ONE), Sheet("计算", formula, "veryHidden")]
    document = opened(workbook(tmp_path / "a.xlsx", hidden))
    assert shown(document) == {"A1": "1"}
    assert document.remarks == ("工作表“计算”是隐藏的，没有读取。",)
    seen = [Sheet("表", ONE), Sheet("计算", formula)]
    with pytest.raises(UnreadableError, match="工作表“计算”A1 是公式"):
        opened(workbook(tmp_path / "b.xlsx", seen))


def test_a_formula_in_a_hidden_row_is_no_matter(tmp_path: Path) -> None:
    """What is not shown need not be calculated."""
    rows = f'{ONE}<row r="2" hidden="1"><c r="A2"><f>1+1</f></c></row>'
    assert shown(opened(workbook(tmp_path / "a.xlsx", [Sheet("表", rows)]))) == {"A1": "1"}


@pytest.mark.parametrize(
    "far",
    [
        '<row r="65536"><c r="A65536" s="1"/></row>',
        '<row r="60000"><c r="XFD60000" t="inlineStr"><is><t> </t></is></c></row>',
        "".join(f'<row r="{at}" s="1" customFormat="1"><c r="A{at}" s="1"/></row>'
                for at in range(2, 20_000)),
    ],
)  # fmt: skip
def test_empty_cells_leave_no_trace(tmp_path: Path, far: str) -> None:
    """However far away an empty cell is, and however many there are, the grid is the same."""
    styles = [Style(font="<b/>")]
    document = opened(workbook(tmp_path / "a.xlsx", [Sheet("表", f"{ONE}{far}")], styles))
    assert [len(piece.cells) for piece in document.pieces if hasattr(piece, "cells")] == [1]


def test_a_far_word_does_not_fill_the_sheet(tmp_path: Path) -> None:
    """One word in the last column is read, and the columns between are not made."""
    far = '<row r="60000"><c r="XFD60000" t="inlineStr"><is><t>远</t></is></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="B2:B1048576"/></mergeCells>'
    inner = f"<sheetData>{ONE}{far}</sheetData>{merged}"
    document = opened(workbook(tmp_path / "a.xlsx", [Sheet("表", inner)]))
    assert shown(document) == {"A1": "1", "XFD60000": "远"}
    assert sum(1 for _ in document.texts()) < 200


def test_an_area_may_be_merged_over_the_whole_sheet(tmp_path: Path) -> None:
    """What it covers is not there, and costs nothing."""
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    document = opened(
        workbook(tmp_path / "a.xlsx", [Sheet("表", f"<sheetData>{ONE}</sheetData>{merged}")])
    )
    assert shown(document) == {"A1": "1"}
    assert document.remarks == ()


def test_text_boxes_comments_and_check_boxes(tmp_path: Path) -> None:
    """Boxes and comments are read; hidden boxes and controls are listed; others' are not taken."""
    shape = (
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="a"{}/></xdr:nvSpPr><xdr:txBody><a:p><a:r>'
        "<a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">'
        + shape.format("", "说明")
        + shape.format(' hidden="1"', "底稿")
        + "</xdr:wsDr>"
    )
    controls = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape><v:textbox><div>重点项目</div>'
        '</v:textbox><x:ClientData ObjectType="Checkbox"><x:Checked>1</x:Checked></x:ClientData>'
        "</v:shape></xml>"
    )
    comments = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList>'
        '<comment ref="A1"><text><r><t>请核对_x000D_</t></r></text></comment></commentList>'
        "</comments>"
    )
    related = {"drawing": "../drawings/d.xml", "vmlDrawing": "../drawings/v.vml",
               "comments": "../comments1.xml"}  # fmt: skip
    sheets = [Sheet("表", ONE, related=related), Sheet("底", ONE, "hidden", related)]
    parts = {"xl/drawings/d.xml": drawing, "xl/drawings/v.vml": controls,
             "xl/comments1.xml": comments}  # fmt: skip
    document = opened(workbook(tmp_path / "a.xlsx", sheets, parts=parts))
    assert shown(document) == {"A1": "1", "A1的批注": "请核对", "文本框第1段": "说明"}
    assert shown(document, out_of_flow=True) == {"里隐藏的文本框": "底稿", "里的控件": "☑重点项目"}


def test_what_only_the_second_reading_sees_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the reader of cells passes over one, its text is listed with its cell."""
    from disclosure.intake.formats.xlsx import cells

    whole = cells.read
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>丢</t></is></c></row>'

    def forgetful(*arguments: Any) -> cells.RawSheet:
        found = whole(*arguments)
        found.cells.pop()
        return found

    monkeypatch.setattr(cells, "read", forgetful)
    document = opened(workbook(tmp_path / "a.xlsx", [Sheet("表", rows)]))
    assert shown(document) == {"A1": "1"}
    assert shown(document, out_of_flow=True) == {"B1，核对时才看到": "丢"}


def test_a_check_box_in_a_cell_is_one(tmp_path: Path) -> None:
    """Newer Excel shows a truth value as a box that is ticked or not."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("表")
        sheet.insert_checkbox(0, 0, boolean=True)
        sheet.insert_checkbox(0, 1, boolean=False)
        sheet.write(0, 2, True)
    assert shown(opened(tmp_path / "a.xlsx")) == {"A1": "☑", "B1": "☐", "C1": "TRUE"}


def test_conditions_that_may_hide_are_named(tmp_path: Path) -> None:
    """A conditional format with a number format or white letters makes somebody look."""
    rule = '<conditionalFormatting sqref="A1"><cfRule type="cellIs" dxfId="0" priority="1"/>'
    inner = f"<sheetData>{ONE}</sheetData>{rule}</conditionalFormatting>"
    file = workbook(tmp_path / "a.xlsx", [Sheet("表", inner)], parts={
        "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        'main"><dxfs><dxf><numFmt numFmtId="200" formatCode=";;;"/></dxf></dxfs></styleSheet>',
    })  # fmt: skip
    assert opened(file).remarks == (
        "工作表“表”有条件格式会改变或者遮住显示的内容，导入按没有条件格式读取，请对照原文核对。",
    )


def test_a_workbook_may_have_other_names_for_its_parts(tmp_path: Path) -> None:
    """Which part is the workbook, the package's relations say."""
    file = workbook(tmp_path / "a.xlsx", [Sheet("表", ONE)])
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/book.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/book.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    parts["_rels/.rels"] = relations({"officeDocument": "/xl/book.xml"}).encode()
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    assert shown(opened(tmp_path / "b.xlsx")) == {"A1": "1"}
