"""What stands in a document beside its text: comments and boxes are read, pictures are named."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.shared import Cm

from disclosure.intake.formats import reader
from tests.support import documents, hostile_documents

SAID = "财务科核对"
_UTF16 = f"FEFF{SAID.encode('utf-16-be').hex()}"
_PAGE = b"BT /F 12 Tf 72 700 Td (Page) Tj ET"
_BESIDE = "/Annots[<</Type/Annot/Rect[9 9 99 99]{}>>]"
_EQUATION = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    f"<m:r><m:t>{SAID}</m:t></m:r></m:oMath>"
)


def annotated(what: str) -> Callable[[Path], Path]:
    """A maker of a PDF with something beside the text of its page."""
    return lambda folder: hostile_documents.pdf(
        folder / "a.pdf", [_PAGE], more=_BESIDE.format(what)
    )


def equation(folder: Path) -> Path:
    """A Word document with an equation."""
    document = docx.Document()
    document.add_paragraph("面积").runs[0]._r.addnext(parse_xml(_EQUATION))
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def box(folder: Path) -> Path:
    """A workbook with a text box."""
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        book.add_worksheet().insert_textbox(1, 1, SAID)
    return folder / "a.xlsx"


READ: dict[str, Callable[[Path], Path]] = {
    "批注": annotated(f"/Subtype/FreeText/Contents<{_UTF16}>"),
    "表单域": annotated(f"/Subtype/Widget/FT/Tx/T(a)/V<{_UTF16}>"),
    "第1段": equation,
    "文本框": box,
}


@pytest.mark.parametrize("place", READ)
def test_it_is_read(tmp_path: Path, place: str) -> None:
    """The words are there with their place, and counted."""
    document = reader.document(READ[place](tmp_path), lambda _: None)
    (text,) = (text for text in document.texts() if SAID in text.bare)
    assert place in text.place
    assert document.held() == document.visible


def picture(folder: Path) -> Path:
    """A Word document with a large picture."""
    document = docx.Document()
    document.add_paragraph("以下为扫描的表：")
    document.add_picture(io.BytesIO(documents.PICTURE), Cm(12), Cm(9))
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def chart(folder: Path) -> Path:
    """A workbook with a chart."""
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, [1, 2])
        column = book.add_chart({"type": "column"})
        column.add_series({"values": "=Sheet1!$A$1:$A$2"})
        sheet.insert_chart(3, 0, column)
    return folder / "a.xlsx"


NAMED: dict[str, Callable[[Path], Path]] = {
    "文件里有图片 1 个": picture,
    "第 1 页有图片": lambda folder: documents.as_pdf(picture(folder)),
    "文件里有图表 1 个": chart,
    "文件里有嵌入的文件 1 个": lambda folder: hostile_documents.package(
        folder / "a.docx", {"word/embeddings/a.bin": b"x"}
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_it_is_named(tmp_path: Path, name: str) -> None:
    """Where words may stand that cannot be read, a remark says so, and the exit code is 1."""
    document = reader.document(NAMED[name](tmp_path), lambda _: None)
    assert [remark for remark in document.said() if name in remark] == [*document.said()]
    assert document.remarks


def test_a_small_picture_is_a_seal(tmp_path: Path) -> None:
    """Beside the text of a page a small picture is no table that was scanned."""
    document = docx.Document()
    document.add_paragraph("示例局")
    document.add_picture(io.BytesIO(documents.PICTURE), Cm(2), Cm(2))
    document.save(str(tmp_path / "a.docx"))
    found = reader.document(documents.as_pdf(tmp_path / "a.docx"), lambda _: None)
    assert found.remarks == ()
