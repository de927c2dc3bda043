"""Files that cannot or must not be read: what is said of them, and that nothing comes of them.

The whole message about each stands in `tests/cases/unreadable/`; `UPDATE_CASES=1` writes it.
"""

from __future__ import annotations

import importlib
import mmap
import os
import time
from pathlib import Path

import pytest

from disclosure.intake.formats import isolated
from disclosure.intake.formats.pieces import Document
from disclosure.model.diagnostics import Diagnostic
from tests.support import documents, hostile_documents, systems
from tests.support.repository import ROOT, Run
from tests.support.taking import take_in

MESSAGES = ROOT / "tests/cases/unreadable"
SECONDS = 100.0  # on a very busy machine, and less than what is given up; most take two


def state(project: Path) -> dict[Path, bytes]:
    """Every file of the project's data."""
    files = sorted((project / "data").rglob("*"))
    return {file: file.read_bytes() for file in files if file.is_file()}


@pytest.mark.parametrize("name", hostile_documents.MAKERS)
def test_a_bad_file_is_refused(run: Run, project: Path, tmp_path: Path, name: str) -> None:
    """The message says in Chinese which file it is, why, and what to do; nothing is written."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    file = hostile_documents.MAKERS[name](folder / name)
    before, start = state(project), time.monotonic()
    code, out, err = take_in(run, project, file, "--update")
    assert time.monotonic() - start < SECONDS
    assert (code, out) == (2, "")
    assert state(project) == before
    message = err.replace(f"{folder}/", "")
    expected = MESSAGES / f"{name}.txt"
    if "UPDATE_CASES" in os.environ:
        MESSAGES.mkdir(exist_ok=True)
        expected.write_text(message, "utf-8", newline="\n")
    assert message == expected.read_text("utf-8")


def test_one_bad_file_stops_all(run: Run, project: Path, tmp_path: Path) -> None:
    """Beside a file that cannot be read, the good ones are not taken in either."""
    good = ROOT / "tests/seed/shuangluan-commerce-bureau-2024.txt"
    bad = hostile_documents.encrypted_office(tmp_path / "加密.docx")
    before = state(project)
    code, _, err = take_in(run, project, good, bad, "--update")
    assert code == 2
    assert "加密.docx" in err
    assert state(project) == before


def test_what_other_libraries_do_to_exceptions_does_not_matter(tmp_path: Path) -> None:
    """`distributed` changes how each exception is pickled: with all that led to it."""
    importlib.import_module("distributed")
    file = hostile_documents.MAKERS["层层嵌套.docx"](tmp_path / "a.docx")
    found = isolated.read(file, lambda _: None, Document.held)
    assert isinstance(found, Diagnostic)
    assert found.code == "D104"


def _never_ending(document: Document) -> int:
    while document.name:
        pass
    return 0


def test_what_takes_too_long_to_understand_is_given_up(tmp_path: Path) -> None:
    """The limit is also there for what is done with the pieces of a document."""
    file = hostile_documents.pdf(tmp_path / "a.pdf", [b"BT /F 12 Tf 72 700 Td (Page) Tj ET"])
    found = isolated.read(file, lambda _: None, _never_ending, seconds=4)
    assert isinstance(found, Diagnostic)
    assert found.code == "D111"


def _mistaken(document: Document) -> int:
    raise LookupError(document.name)


def test_a_bug_of_ours_is_no_damaged_file(tmp_path: Path) -> None:
    """What fails in our own work is said as a bug, with its traceback, not blamed on the file."""
    file = hostile_documents.pdf(tmp_path / "a.pdf", [b"BT /F 12 Tf 72 700 Td (Page) Tj ET"])
    with pytest.raises(RuntimeError, match=r"_mistaken[\s\S]*LookupError"):
        isolated.read(file, lambda _: None, _mistaken)


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """The process that reads is ended when one step takes longer than it may."""
    drawing = b"0 0 m 1 1 l S " * 3_000_000
    file = hostile_documents.pdf(tmp_path / "慢.pdf", [drawing])
    start = time.monotonic()
    found = isolated.read(file, lambda _: None, Document.held, seconds=4)
    assert time.monotonic() - start < SECONDS
    assert isinstance(found, Diagnostic)
    assert found.code == "D111"


@systems.MEMORY
def test_a_page_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    """A stream that unpacks to more than the limit ends its process, not the machine."""
    file = hostile_documents.pdf(tmp_path / "膨胀.pdf", [b" " * 700_000_000])
    assert file.stat().st_size < 1_000_000
    found = isolated.read(file, lambda _: None, Document.held, memory=400_000_000)
    assert isinstance(found, Diagnostic)
    assert found.code == "D111"


@systems.MEMORY
def test_what_the_program_holds_is_not_counted(tmp_path: Path) -> None:
    """A process that is forked from a large program may take as much as any other."""
    file = documents.simple_word(tmp_path / "a.docx", ["一", [["二", "三"]]])
    with mmap.mmap(-1, isolated.MAX_MEMORY):
        found = isolated.read(file, lambda _: None, Document.held)
    assert not isinstance(found, Diagnostic)
