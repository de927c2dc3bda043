"""The text extracted from the real PDF, back to the committed data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disclosure import reading
from disclosure.intake.drafts import drafting
from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import interpret
from tests.support.accounts import assert_conserved
from tests.support.repository import ROOT, Run
from tests.support.taking import SEED, YEAR, committed, records, take_in, without_year


def test_the_text_gives_the_committed_data(run: Run, project: Path) -> None:
    """Every field of the year and of its three projects is what was typed by hand."""
    code, out, err = take_in(run, without_year(project), SEED)
    assert code == 0
    assert "错误" not in err
    assert records(project / "data") == committed()
    assert out.count("已新建：") == 4


@pytest.mark.usefixtures("at_once")
def test_every_character_of_the_text_is_accounted_for(run: Run, project: Path) -> None:
    """The report counts each visible character once, and none without a place."""
    visible = len(re.sub(r"\s", "", SEED.read_text("utf-8")))
    _, out, _ = take_in(run, project, SEED)
    counts = re.search(r"共 (\d+) 字，归入栏目 (\d+) 字，标题、.* (\d+) 字，未能归入 0 字", out)
    assert counts is not None
    total, placed, boilerplate = map(int, counts.groups())
    assert total == visible == placed + boilerplate
    assert placed > 5 * boilerplate


def test_what_is_said_to_be_placed_is_there() -> None:
    """Each stretch of text that has a field stands in that field of the draft."""
    (department,) = reading.read(ROOT / "data").dataset.departments
    found = interpret(reader.document(SEED, lambda _: None), department, YEAR)
    assert_conserved(found, drafting.drafts([found], YEAR, drafting.KnownData()))


@pytest.mark.usefixtures("at_once")
def test_the_same_again_changes_nothing(run: Run, project: Path) -> None:
    """Beside the committed files, whose notes are the publisher's, nothing is written."""
    before = {file: file.stat().st_mtime_ns for file in project.rglob("*.yml")}
    code, out, _ = take_in(run, project, SEED)
    assert code == 0
    assert out.count("没有变化：") == 4
    assert {file: file.stat().st_mtime_ns for file in project.rglob("*.yml")} == before
