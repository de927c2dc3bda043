"""Documents in old and other formats give what the same document gives in a format of today.

LibreOffice makes them, several in one start; texts are read by LibreOffice again, each on its own.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from disclosure.intake import importing
from disclosure.intake.formats import isolated, libreoffice, reader
from disclosure.intake.formats.pieces import Document, TablePiece
from disclosure.model.dataset import DepartmentData
from disclosure.model.departments import Department
from disclosure.model.diagnostics import Diagnostic
from tests.support import office, systems
from tests.support.fidelity import CASES, DEPARTMENT
from tests.support.repository import Run
from tests.support.taking import take_in

AT_ONCE = pytest.mark.usefixtures("at_once")

WORKBOOKS = sorted(file.parent.name for file in CASES.glob("*/document.xlsx"))
#: One document for each format of texts: each is a start of LibreOffice when it is read.
TEXTS = {"doc": "fujian-project", "rtf": "jilin-list", "odt": "central-evaluation"}
FEATURES = "features"
#: WPS has extensions of its own for the same content.
OF_WPS = {"doc": ".wps", "xls": ".et"}

#: The documents that were made, by format and case; under `xlsx` and `docx` the originals.
MadeFiles = Mapping[tuple[str, str], Path]


def _features(file: Path) -> None:
    """A workbook with whatever a sheet may hold and not show, and numbers that have a look."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    rows: list[list[object]] = [
        ["编码", "名称", "数值"], ["0012", "甲", 1234.5], [130803, "乙", 0.955], ["藏", "藏", 1],
        ["丙", "白字", 45_000], ["丁", "划掉", -3.456], ["戊", "0", 0],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for place, code in (("C2", "#,##0.00"), ("C3", "0.0%"), ("C5", "yyyy-mm-dd"),
                        ("C6", '0.0"万元"'), ("C7", "0.00"), ("A3", "000000000")):  # fmt: skip
        sheet[place].number_format = code
    sheet["B5"].font = Font(color="FFFFFFFF")
    sheet["B6"].font = Font(strike=True)
    sheet["A7"] = CellRichText("留", TextBlock(InlineFont(strike=True), "去"), "下")
    sheet["A2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["A8"] = "合并\n两行"
    sheet.merge_cells("A8:B9")
    sheet["C8"].comment = Comment("批注的话", "某")
    sheet["C8"] = "有批注"
    sheet["E2"] = "藏起来的列"
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[4].hidden = True
    foot = sheet.oddFooter
    assert foot is not None
    assert foot.center is not None
    foot.center.text = "页脚的字"
    hidden = book.create_sheet("藏")
    hidden["A1"] = "看不见"
    hidden.sheet_state = "hidden"
    book.save(file)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeFiles:
    """Every document in each of its formats; each format is one start of LibreOffice."""
    office.need_office()
    folder = tmp_path_factory.mktemp("old")
    found: dict[tuple[str, str], Path] = {}
    for case in WORKBOOKS:
        shutil.copyfile(CASES / case / "document.xlsx", folder / f"{case}.xlsx")
    _features(folder / f"{FEATURES}.xlsx")
    for case in TEXTS.values():
        shutil.copyfile(CASES / case / "document.docx", folder / f"{case}.docx")
    wanted = {"xls": [*WORKBOOKS, FEATURES], "ods": [*WORKBOOKS, FEATURES]}
    for format_, cases in {**wanted, **{key: [case] for key, case in TEXTS.items()}}.items():
        origin = "docx" if format_ in TEXTS else "xlsx"
        first, *others = [folder / f"{case}.{origin}" for case in cases]
        office.convert(first, format_, folder, *others)
        for case in cases:
            found[origin, case] = folder / f"{case}.{origin}"
            file = folder / f"{case}.{format_}"
            found[format_, case] = file.rename(file.with_suffix(OF_WPS.get(format_, file.suffix)))
    return found


def _drafts(file: Path, folder: Path) -> dict[str, str]:
    """The drafts that a document gives, without what names the file."""
    department = DepartmentData(Department.model_validate(DEPARTMENT, strict=False), "", ())
    found = importing.import_files([file], department, 2026, folder, lambda _: None)
    assert isinstance(found, importing.ImportResult)
    own = re.compile(r"(?<=sha256: )\w+|(?<=file: )\S+")
    return {one.path: own.sub("…", one.text) for one in found.outcomes}


@AT_ONCE
@pytest.mark.parametrize("format_", ["xls", "ods"])
@pytest.mark.parametrize("case", WORKBOOKS)
def test_an_old_workbook_gives_the_same_drafts(
    made: MadeFiles, tmp_path: Path, case: str, format_: str
) -> None:
    """Codes, amounts and merged cells come through as from the workbook of today."""
    assert _drafts(made[format_, case], tmp_path) == _drafts(made["xlsx", case], tmp_path)


@AT_ONCE
@pytest.mark.parametrize(("format_", "case"), TEXTS.items())
def test_an_old_text_gives_the_same_drafts(
    made: MadeFiles, tmp_path: Path, case: str, format_: str
) -> None:
    """So do texts, which LibreOffice converts."""
    assert _drafts(made[format_, case], tmp_path) == _drafts(made["docx", case], tmp_path)


def _shown(document: Document) -> tuple[list[object], list[str]]:
    """Everything that was read, with its place, and the remarks."""
    pieces: list[object] = []
    for piece in document.pieces:
        if isinstance(piece, TablePiece):
            pieces += [(cell.text.text, cell.text.place, cell.row, cell.column, cell.rows,
                        cell.columns) for cell in piece.cells]  # fmt: skip
        else:
            pieces.append((piece.text, piece.place, piece.edge, piece.out_of_flow))
    return pieces, list(document.said())


@AT_ONCE
@pytest.mark.parametrize("format_", ["xls", "ods"])
def test_what_is_shown_and_what_is_not(made: MadeFiles, format_: str) -> None:
    """Number formats, hidden rows, columns and sheets, strikes, comments and feet are the same."""
    origin = reader.document(made["xlsx", FEATURES], lambda _: None)
    old = reader.document(made[format_, FEATURES], lambda _: None)
    assert _shown(old) == _shown(origin)
    assert {"0012", "000130803", "1,234.50", "95.5%"} <= {text.bare for text in old.texts()}
    assert "看不见" not in {text.bare for text in old.texts()}
    assert len(old.remarks) == 2


@AT_ONCE
def test_without_libreoffice_it_says_what_to_do(
    made: MadeFiles, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old text is no failure of the program: the message names three ways on."""
    monkeypatch.setattr(libreoffice, "executable", lambda: None)
    code, _, err = take_in(run, project, made["doc", TEXTS["doc"]])
    assert code == 2
    assert "D101" in err
    assert all(word in err for word in ("LibreOffice", ".docx", "PDF"))


@systems.PROC
def test_a_conversion_that_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What LibreOffice has started itself is ended with it, and nothing of it stays behind."""
    log, program = tmp_path / "log", tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nsleep 1000 &\necho "$! $HOME" > {log}\nwait\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    file = tmp_path / "a.rtf"
    file.write_text(r"{\rtf1 }")
    found = isolated.read(file, lambda _: None, Document.held, seconds=15)
    assert isinstance(found, Diagnostic)
    assert found.code == "D111"
    number, home = log.read_text().split()
    stat = Path(f"/proc/{number}/stat")
    assert not stat.exists() or stat.read_text().split()[2] == "Z"
    assert not Path(home).exists()
