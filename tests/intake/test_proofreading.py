"""What a machine recognised is marked in the drafts, listed with its picture, said on the page.

The recogniser is tested in `tests/platforms`; here a document is taken as if it had been one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from disclosure import reading
from disclosure.intake import importing
from disclosure.intake.drafts.proof_page import proof_page
from disclosure.intake.drafts.proofreading import Proof
from disclosure.intake.formats import reader
from disclosure.intake.formats.pieces import Document, GridCell, Recognised, TablePiece, TextPiece
from disclosure.intake.understanding import side_labels
from disclosure.intake.understanding.interpreting import interpret
from disclosure.pages.provenance import year_text
from tests.support import datafolder, fidelity

#: What says where the file belongs and not what the document prints.
OURS = {"schema", "form", "unit", "number", "page", "code", "title", "money", "unproofread"}


def as_recognised(document: Document, first: int) -> Document:
    """The document as if what stands from a page on had been recognised."""

    def text(piece: TextPiece) -> TextPiece:
        if piece.page < first:
            return piece
        certain = tuple(0.5 if char.isdigit() else 0.99 for char in piece.bare)
        return replace(piece, recognised=(Recognised(piece.bare, certain, b"picture"),))

    def table(piece: TablePiece) -> TablePiece:
        cells = (replace(cell, text=text(cell.text)) for cell in piece.cells)
        return replace(piece, cells=tuple(cells))

    pieces = (table(one) if isinstance(one, TablePiece) else text(one) for one in document.pieces)
    return replace(document, pieces=tuple(pieces))


def taken_in(case: str, data: Path, first: int = 1) -> importing.ImportResult:
    """What a case gives whose pages were recognised from one on."""
    fidelity.begin(data / "990101-101", 2026, [])
    (known,) = reading.read(data).dataset.departments
    document = reader.document(fidelity.CASES / case / "document.pdf", lambda _: None)
    interpreted = interpret(as_recognised(document, first), department=known, year=2026)
    found = importing.import_documents([interpreted], known, 2026, data / "990101-101" / "2026")
    assert isinstance(found, importing.ImportResult)
    return found


@pytest.mark.parametrize("case", ["shaanxi-project", "beijing-list", "guangdong-department"])
def test_every_field_and_row_is_marked(case: str, tmp_path: Path) -> None:
    """One table a project, a list, a whole department: nothing that was printed is left out."""
    found = taken_in(case, tmp_path)
    for outcome in found.outcomes:
        record: Mapping[str, Any] = yaml.load(outcome.text, yaml.CSafeLoader)
        marks = record.get("unproofread", [])
        if outcome.path == "disclosure.yml":
            assert record["source"]["text"] == "recognised"
            assert ("department_table" in record) == ("department_table" in marks)
            continue
        rows = {row["level3"] for row in record["indicators"] if row["level3"]}
        fields = {key for key, value in record.items() if value and key not in OURS}
        assert rows | fields - {"indicators"} <= {*marks}
    assert [one.least for one in found.proofs] == sorted(one.least for one in found.proofs)


def test_what_was_text_is_not_marked(tmp_path: Path) -> None:
    """Of two projects only the second, which stands on scanned pages, is to be proofread."""
    found = taken_in("shaanxi-project", tmp_path, first=2)
    marked = {one.path: "unproofread" in one.text for one in found.outcomes}
    assert marked == {
        "disclosure.yml": False,
        "projects/01.yml": False,
        "projects/02.yml": True,
    }


def test_the_page_for_proofreading_escapes_and_asks_for_nothing() -> None:
    """What was recognised may look like markup; doubtful characters are marked, each once."""
    proof = Proof(
        "projects/01.yml", "<b>", "第1页", "<i>8&", (0.99, 0.99, 0.99, 0.4, 0.99), (b"x",)
    )
    page = proof_page("<script>", [proof])
    assert "&lt;i&gt;<mark>8</mark>&amp;" in page
    assert "<script>" not in page
    assert "<b>" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"https?:|src=\"(?!data:)", page)


def test_a_label_that_a_page_cut_keeps_what_was_recognised() -> None:
    """What a scan has of a side label beside its table is to be proofread as its beginning is."""
    read = [Recognised(text, (0.9,) * len(text), b"picture") for text in ("年度绩", "效指标")]
    begun, rest = (TextPiece(one.text, "", 1, recognised=(one,)) for one in read)
    other = TextPiece("产出指标", "", 1)
    cells = (GridCell(begun, 0, 0, rows=2), GridCell(other, 0, 1), GridCell(other, 1, 1))
    table = side_labels.completed(TablePiece(cells, 2), rest, 1)
    assert table
    assert table.cells[0].bare == "年度绩效指标"
    assert table.cells[0].text.recognised == (*read,)


@pytest.mark.parametrize(
    ("source", "marks", "line"),
    [
        ("", "", ""),
        ("source: {text: recognised}", "", "公开文件是扫描件，文字由机器识别，已与原件核对"),
        (
            "source: {text: recognised}",
            "unproofread: [name, budget]",
            "公开文件是扫描件，文字由机器识别，还有2处没有与原件核对",
        ),
    ],
    ids=["text", "proofread", "not proofread"],
)
def test_the_year_says_whether_it_was_proofread(
    source: str, marks: str, line: str, tmp_path: Path
) -> None:
    """The page of a year says so from the data alone, for all of its files."""
    year = "a-1/2024/"
    files = {
        "a-1/department.yml": datafolder.department(),
        f"{year}disclosure.yml": datafolder.disclosure(2024, source),
        f"{year}projects/A1.yml": datafolder.project("A1", more=marks),
    }
    (department,) = reading.read(datafolder.write(tmp_path, files)).dataset.departments
    assert year_text(department.years[0]) == line
