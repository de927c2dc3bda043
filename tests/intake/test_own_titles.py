"""Titles whose words no rule knows: the forms of the data folder say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure import reading
from disclosure.intake import importing
from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import Interpreted, interpret
from tests.support import documents, fidelity
from tests.support.documents import Piece, Row, Wide

TITLE = "示例专项绩效内容"
FORM = "990101-101-form-1"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a department and nothing else."""
    fidelity.begin(tmp_path / "data" / "990101-101", 2026, [])
    return tmp_path / "data"


def taken(data: Path, name: str, *, inside: bool) -> Interpreted:
    """Import a document with the table of one project, its title above it or as its first row."""
    rows: list[Row] = [
        ["项目名称", Wide(name, 4)],
        ["预算安排（万元）", Wide("10.00", 4)],
        ["一级指标", "二级指标", "三级指标", "指标值", "责任人"],
        ["产出指标", "数量指标", "会议次数", "≥5次", "甲"],
    ]
    pieces: list[Piece] = [[[Wide(TITLE, 5)], *rows]] if inside else [TITLE, rows]
    (department,) = reading.read(data).dataset.departments
    year = data / "990101-101/2026"
    file = documents.simple_word(data.parent / f"{name}.docx", pieces)
    found = interpret(reader.document(file, lambda _: None), department, 2026)
    made = importing.import_documents([found], department, 2026, year)
    assert isinstance(made, importing.ImportResult)
    importing.write(year, made.outcomes)
    importing.write_forms(data, made.forms)
    return found


def test_a_title_that_no_word_shows_is_named(data: Path) -> None:
    """The first document of a form has its title listed, for the clerk to say what it is."""
    found = taken(data, "甲项目", inside=False)
    assert [one.part for one in found.ledger.unplaced()] == [TITLE]


def test_a_title_that_the_form_states_is_known(data: Path) -> None:
    """Once the form says its title, further documents of it have theirs, and the same form."""
    taken(data, "甲项目", inside=False)
    file = data / f"forms/{FORM}.yml"
    text = file.read_text("utf-8")
    assert "\ntitle: ~\n" in text
    file.write_text(text.replace("\ntitle: ~\n", f"\ntitle: {TITLE}\n"), "utf-8")
    found = taken(data, "乙项目", inside=False)
    assert [*found.ledger.unplaced()] == []
    assert [(one.form.id, one.title, one.heading) for one in found.tables] == [(FORM, None, TITLE)]


def test_a_title_that_was_the_first_row_is_known_above_the_table(data: Path) -> None:
    """It is the title of the other layout, whose form then has it."""
    taken(data, "甲项目", inside=True)
    found = taken(data, "乙项目", inside=False)
    assert [*found.ledger.unplaced()] == []
    assert [one.form.title for one in found.tables] == [TITLE]
