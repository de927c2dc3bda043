"""Comparison: one case, one folder; some years' tables go in, `expected.txt` comes out.

`<year>.yml` holds the projects of a year, `<year>@<date>.yml` later versions of them. What a
project leaves out is the same in all. `UPDATE_CASES=1` writes the expected files; read
every changed line then, because nothing else checks them.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from disclosure.model.dataset import DepartmentData
from disclosure.model.records import Project
from tests.support.comparison_text import comparison_text
from tests.support.tables import department, project

CASES = Path(__file__).parents[1] / "cases" / "compare"


def load(case: Path) -> DepartmentData:
    """The tables of a case as a department; projects are numbered as they stand in the file."""
    years: dict[int, dict[str, list[tuple[str, Project]]]] = defaultdict(dict)
    for path in sorted(case.glob("*.yml")):
        listed = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - text only
        for number, fields in enumerate(listed, 1):
            table = project(number, fields)
            versions = years[int(path.stem[:4])].setdefault(table.id, [])
            versions.append((f"{path.stem}/{table.id}", table))
    return department({year: [*projects.values()] for year, projects in years.items()})


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
