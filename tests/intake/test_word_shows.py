"""What a Word document shows and what it does not: each case is XML as Word and WPS write it.

`tests/cases/word/<kind>.yml` holds for each case what stands in the body and other parts, and what
is read of it: what is shown, what is listed beside with its place, and what is said to be
unreadable.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure.intake.formats import reader
from tests.support import word
from tests.support.repository import ROOT

KINDS = {
    file.stem: yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    for file in sorted((ROOT / "tests/cases/word").glob("*.yml"))
}
CASES = [
    pytest.param(case, id=f"{kind}: {says}")
    for kind, cases in KINDS.items()
    for says, case in cases.items()
]


@pytest.mark.parametrize("case", CASES)
def test_what_is_shown(tmp_path: Path, case: dict[str, Any]) -> None:
    """What is shown is read, what is not is listed, and a second reading finds nothing more."""
    file = word.document(tmp_path / "a.docx", case["body"], case.get("parts"))
    document = reader.document(file, lambda _: None)
    texts = [text for text in document.texts() if text.bare]
    assert [text.text for text in texts if not text.out_of_flow] == case["shown"]
    assert [[text.place, text.text] for text in texts if text.out_of_flow] == case.get("beside", [])
    assert list(document.remarks) == case.get("remarks", [])
    assert document.held() == document.visible
