"""Comparison: one case, one folder; some years' tables go in, `expected.txt` comes out.

`UPDATE_CASES=1` writes the expected files; read
every changed line then, because nothing else checks them.
"""

from __future__ import annotations

import os

import pytest

from tests.support.compare_cases import CASES, load
from tests.support.comparison_text import comparison_text


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_case(case: str) -> None:
    """What the comparison says of the case's tables is, line for line, what is expected.

    The first line of the oldest table says what the case proves.
    """
    assert min((CASES / case).glob("*.yml")).read_text("utf-8").startswith("# ")
    expected = CASES / case / "expected.txt"
    text = comparison_text(load(CASES / case))
    if "UPDATE_CASES" in os.environ:
        expected.write_text(text, "utf-8", newline="\n")
    assert text == expected.read_text("utf-8")
