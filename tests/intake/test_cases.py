"""How forms vary: each case is a description, of which real files are made and taken in.

`tests/cases/importing/<case>/document.yml` holds the formats, and in order the paragraphs and the
tables of the document; `expected.txt` beside it the report on the first format, and `expected/`
the drafts that every format gives. What only Word has is XML there, in place of words.
`UPDATE_CASES=1` writes both; read every line of them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import documents, word
from tests.support.documents import Piece, Wide
from tests.support.repository import ROOT, Run

pytestmark = pytest.mark.usefixtures("at_once")

CASES = ROOT / "tests/cases/importing"
DEPARTMENT, YEAR = "990101-201", "2024"
#: What every format says in its own way: checksum, file name, places.
OWN = re.compile(r"(?<=sha256: )\w+|(?<=file: )\S+|(?<=未能归入栏目的文字（)[^）]*")
#: What only a PDF knows.
PAGE = re.compile(r"^ *page: [0-9]+\n", re.MULTILINE)


def described(case: str) -> dict[str, Any]:
    """What is to stand in the documents of a case."""
    found: dict[str, Any] = yaml.load(
        (CASES / case / "document.yml").read_text("utf-8"), yaml.CSafeLoader
    )
    return found


def pieces(case: str) -> list[Piece]:
    """The paragraphs and tables of a case."""
    return [
        piece if isinstance(piece, str) else [[_cell(cell) for cell in row] for row in piece]
        for piece in described(case)["pieces"]
    ]


def _cell(cell: str | Mapping[str, Any] | None) -> str | Wide | None:
    return Wide(**cell) if isinstance(cell, Mapping) else cell


NAMES = sorted(file.parent.name for file in CASES.glob("*/document.yml"))
VARIANTS = [(case, format_) for case in NAMES for format_ in described(case)["formats"]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of all cases, each in the folder of its format."""
    folder = tmp_path_factory.mktemp("cases")
    for case in NAMES:
        documents.simple_word(folder / f"{case}.docx", pieces(case))
        word.replace(folder / f"{case}.docx", described(case).get("word", {}))
        documents.simple_workbook(folder / f"{case}.xlsx", pieces(case))
    return folder


@pytest.fixture(scope="session")
def printed(made: Path) -> None:
    """Those that are wanted as PDF, printed all at once."""
    documents.as_pdfs([made / f"{case}.docx" for case, format_ in VARIANTS if format_ == "pdf"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with the department and nothing else."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "site_src", tmp_path / "site_src")
    here = tmp_path / "data" / DEPARTMENT
    here.mkdir(parents=True)
    shutil.copy(ROOT / "examples/data" / DEPARTMENT / "department.yml", here)
    return tmp_path


@pytest.mark.parametrize(("case", "format_"), VARIANTS)
def test_case(
    run: Run, made: Path, folder: Path, case: str, format_: str, request: pytest.FixtureRequest
) -> None:
    """Report and drafts are, word for word, what is expected of the case."""
    if format_ == "pdf":
        request.getfixturevalue("printed")
    there = folder / "data" / DEPARTMENT / YEAR
    if (CASES / case / "data").exists():
        shutil.copytree(CASES / case / "data" / YEAR, there)
    before = set(there.rglob("*.yml"))
    where = ("--department", DEPARTMENT, "--year", YEAR)
    code, out, err = run("import", made / f"{case}.{format_}", *where, folder=folder)
    texts = {file: PAGE.sub("", file.read_text("utf-8")) for file in there.rglob("*.yml")}
    drafts = {file.relative_to(there).as_posix(): OWN.sub("…", texts[file])
              for file in sorted(there.rglob("*.yml")) if file not in before}  # fmt: skip
    report = f"{out}{err}\n退出码：{code}\n"
    expected = CASES / case / "expected"
    if "UPDATE_CASES" in os.environ and format_ == described(case)["formats"][0]:
        _write(expected, report, drafts)
    known = {file.relative_to(expected).as_posix(): file.read_text("utf-8")
             for file in sorted(expected.rglob("*.yml"))}  # fmt: skip
    assert drafts == known
    pinned = expected.with_suffix(".txt").read_text("utf-8")
    if format_ == described(case)["formats"][0]:
        assert report == pinned
    else:
        assert _counts(report) == _counts(pinned)


def _counts(report: str) -> list[str]:
    """How many characters went where, but for those that a page adds, and the exit code."""
    return re.findall(r"归入栏目 \d+ 字|未能归入 \d+ 字|退出码：\d", report)


def _write(expected: Path, report: str, drafts: Mapping[str, str]) -> None:
    shutil.rmtree(expected, ignore_errors=True)
    expected.with_suffix(".txt").write_text(report, "utf-8", newline="\n")
    for name, text in drafts.items():
        (expected / name).parent.mkdir(parents=True, exist_ok=True)
        (expected / name).write_text(text, "utf-8", newline="\n")
