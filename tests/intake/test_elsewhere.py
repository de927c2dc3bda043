"""Documents that have no targets and say where they are: the message quotes the sentence.

`tests/cases/elsewhere.yml` holds their paragraphs and the sentence.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from disclosure import reading
from disclosure.intake import importing
from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import interpret
from tests.support import documents
from tests.support.fidelity import DEPARTMENT
from tests.support.repository import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/elsewhere.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_is_quoted(name: str, tmp_path: Path) -> None:
    """What the document says of its targets stands in the message, and nothing else of it."""
    (tmp_path / "990101-101").mkdir()
    (tmp_path / "990101-101/department.yml").write_text(json.dumps(DEPARTMENT), "utf-8")
    (department,) = reading.read(tmp_path).dataset.departments
    case = CASES[name]
    file = documents.simple_word(tmp_path / "a.docx", case["paragraphs"])
    found = interpret(reader.document(file, lambda _: None), department, 2026)
    assert not importing.says_anything(found)
    message = importing.no_form(file, found).message
    quoted = f"写着：“{case['quoted']}”" if case["quoted"] else "也没有绩效目标表。"
    assert message.endswith(quoted)
    assert ("写着" in message) == bool(case["quoted"])
