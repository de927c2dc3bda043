"""The real disclosure as Word, Excel and PDF: whatever the format, the same data."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace

from disclosure import reading
from disclosure.intake.drafts import drafting, page_numbers
from disclosure.intake.formats import reader
from disclosure.intake.formats.pieces import Document, TablePiece
from disclosure.intake.understanding.interpreting import interpret
from disclosure.intake.understanding.part_one import PartOne
from disclosure.model.whitespace import squeezed
from tests.support import documents, papers, systems
from tests.support.accounts import assert_conserved
from tests.support.repository import ROOT, Run
from tests.support.taking import (
    DEPARTMENT,
    YEAR,
    committed,
    records,
    take_in,
    without_source,
    without_year,
    year_of,
)

pytestmark = pytest.mark.usefixtures("at_once")

#: Each kind of document, made once.
MakeFile = Callable[[str], Path]
#: The same as it is read, once.
ReadFile = Callable[[str], Document]

WORDS = {"word": ("公开.docx", documents.PLAIN), "large word": ("大字.docx", documents.LARGE)}
KINDS = pytest.mark.parametrize("kind", [*WORDS, "workbook", "pdf", "large pdf"])
PDFS = pytest.mark.parametrize("kind", ["pdf", "large pdf"])


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> MakeFile:
    """Makes each kind of document when it is first asked for."""
    folder = tmp_path_factory.mktemp("documents")

    @cache
    def printed() -> dict[str, Path]:
        pdfs = documents.as_pdfs([make(kind) for kind in WORDS])
        return dict(zip(("pdf", "large pdf"), pdfs, strict=True))

    @cache
    def make(kind: str) -> Path:
        if kind in WORDS:
            name, layout = WORDS[kind]
            return documents.real_document(folder / name, layout)
        return printed()[kind] if "pdf" in kind else documents.real_workbook(folder / "公开.xlsx")

    return make


@pytest.fixture(scope="session")
def read(made: MakeFile) -> ReadFile:
    """Reads each of them when it is first asked for: a PDF takes a second."""
    return cache(lambda kind: reader.document(made(kind), lambda _: None))


@KINDS
def test_every_format_gives_the_committed_data(
    run: Run, project: Path, kind: str, made: MakeFile
) -> None:
    """Part one and all forms come out as from the text, and the document is named as source."""
    document = made(kind)
    code, out, err = take_in(run, without_year(project), document)
    assert code == 0, out
    assert "错误" not in err
    found = records(project / "data")
    assert without_source(found) == without_source(committed())
    source = found[0].source
    assert source is not None
    assert source.file == document.name
    assert source.sha256 == hashlib.sha256(document.read_bytes()).hexdigest()


@PDFS
def test_each_project_says_on_which_page_it_is(
    run: Run, project: Path, kind: str, made: MakeFile
) -> None:
    """Poppler finds its name there; the year says where the first target is."""
    papers.need_poppler()
    document = made(kind)
    take_in(run, without_year(project), document)
    pages = papers.pages(document)
    disclosure, projects = records(project / "data")
    assert disclosure.source
    assert disclosure.source.page == 1
    assert disclosure.overall_goal
    assert squeezed(disclosure.overall_goal)[:10] in pages[0]
    found = [one.page or 0 for one, _ in projects]
    assert found == sorted(found)
    assert len(set(found)) > 1
    for one, _ in projects:
        assert one.page
        assert squeezed(one.name) in pages[one.page - 1]


def test_pages_are_those_of_the_source(read: ReadFile) -> None:
    """A PDF that does not become the source of its year gives no pages."""
    (department,) = reading.read(ROOT / "data").dataset.departments
    document = read("pdf")
    found = interpret(document, department, YEAR)
    tables_alone = replace(found, part_one=PartOne(found.ledger))
    assert page_numbers.of_source(found, "别的.pdf").by_table
    assert page_numbers.of_source(tables_alone, document.name).by_table
    assert not page_numbers.of_source(tables_alone, "别的.pdf").by_table


@KINDS
def test_every_format_is_accounted_for(kind: str, read: ReadFile) -> None:
    """No character is lost, none is counted twice, and what is placed stands in its field."""
    (department,) = reading.read(ROOT / "data").dataset.departments
    found = interpret(read(kind), department, YEAR)
    assert_conserved(found, drafting.drafts([found], YEAR, drafting.KnownData()))
    assert found.ledger.count().unplaced == 0


@PDFS
def test_another_program_sees_the_same_characters(
    kind: str, made: MakeFile, read: ReadFile
) -> None:
    """Poppler finds as many characters in the PDF as the import accounts for."""
    papers.need_poppler()
    assert read(kind).visible == len(squeezed("".join(papers.pages(made(kind)))))


def test_pages_break_within_the_tables(read: ReadFile) -> None:
    """The large print does what it is for: tables go on over pages and repeat their heads."""
    document = read("large pdf")
    heads = [
        cell.text.page
        for piece in document.pieces
        if isinstance(piece, TablePiece)
        for cell in piece.cells
        if cell.bare == "三级指标"
    ]
    assert len(heads) > len(committed()[1])
    assert len(set(heads)) == len(heads)


def test_forms_may_come_in_files_of_their_own(run: Run, project: Path) -> None:
    """Part one in one file and each form in another give what one file gives."""
    files = documents.real_files(project)
    code, out, _ = take_in(run, without_year(project), *files)
    assert code == 0, out
    assert without_source(records(project / "data")) == without_source(committed())
    source = records(project / "data")[0].source
    assert source is not None
    assert source.file == files[0].name


def test_forms_alone_leave_part_one_as_it_is(run: Run, project: Path) -> None:
    """A file with forms only changes nothing of a part one that is there."""
    before = (year_of(project) / "disclosure.yml").read_bytes()
    code, out, _ = take_in(run, project, *documents.real_files(project)[1:])
    assert code == 0, out
    assert (year_of(project) / "disclosure.yml").read_bytes() == before
    assert records(project / "data") == committed()


@systems.TERMINAL
def test_progress_is_shown_page_by_page(made: MakeFile, project: Path, tmp_path: Path) -> None:
    """On a terminal the page that is being read and the number of pages stand on one line."""
    import pty

    papers.need_poppler()
    pdf = papers.repeated(made("large pdf"), 4, tmp_path / "long.pdf")  # reading takes a while
    command = [sys.executable, "-m", "disclosure", "import", str(pdf),
               "--department", DEPARTMENT, "--year", str(YEAR)]  # fmt: skip
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=project, stderr=theirs, stdout=subprocess.DEVNULL,
                               env={**os.environ, "COLUMNS": "80", "TERM": "xterm"})  # fmt: skip
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the end, as a terminal says it
        while part := os.read(ours, 65_536):
            shown += part
    os.close(ours)
    process.wait()
    count = len(papers.pages(pdf))
    read = set(re.findall(rf"正在读取第 (\d+) 页，共 {count} 页", shown.decode()))
    assert len(read) > 3
    assert all(1 <= int(page) <= count for page in read)


def test_our_own_pdf_gives_the_same_data(run: Run, project: Path, tmp_path: Path) -> None:
    """What `disclosure export --format pdf` writes of a year comes in again, notes and all."""
    folder = tmp_path / "pdf"
    assert run("export", "--format", "pdf", folder, folder=project)[0] == 0
    (file,) = folder.glob(f"*-{YEAR}.pdf")
    code, out, _ = take_in(run, without_year(project), file)
    assert code == 0, out
    assert without_source(records(project / "data")) == without_source(committed())


@pytest.mark.parametrize(("format_", "shown"), [("docx", "≥80m²以上"), ("pdf", "≥80m2以上")])
def test_a_raised_figure_stays_where_it_is(tmp_path: Path, format_: str, shown: str) -> None:
    """The 2 of m², set small and high, follows its m, raised where the format says that it is."""
    document = docx.Document()
    table = document.add_table(1, 2)
    table.style = "Table Grid"
    table.cell(0, 0).text = "指标值"
    paragraph = table.cell(0, 1).paragraphs[0]
    paragraph.add_run("≥80m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("以上")
    file = tmp_path / "m2.docx"
    document.save(str(file))
    if format_ == "pdf":
        file = documents.as_pdf(file)
    texts = {text.bare for text in reader.document(file, lambda _: None).texts()}
    assert texts == {"指标值", shown}


def test_a_page_that_is_a_picture_is_named(run: Run, project: Path) -> None:
    """Where one page has no text but its number, the exit code says that work is left."""
    file = documents.real_document(project / "扫描.docx")
    document = docx.Document(str(file))
    document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx is half typed
    document.add_picture(io.BytesIO(documents.PICTURE))
    document.save(str(file))
    code, out, _ = take_in(run, without_year(project), documents.as_pdf(file))
    assert code == 1
    assert re.search(r"注意：第 \d+ 页有图片，其中的文字没有读取，要用 OCR 识别。", out)
    assert without_source(records(project / "data")) == without_source(committed())
