"""The rules: `tests/cases/checks/<code>/good` and `…/bad` are data folders, one pair a rule.

A missing department.yml or disclosure.yml is filled in. `UPDATE_CASES=1` writes the reports of
the bad cases; read each of them then as a clerk would.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from disclosure.model.diagnostics import Diagnostic
from disclosure.reports.finding_report import RENDERERS
from disclosure.site import checking
from tests.support import datafolder

CASES = Path(__file__).parents[1] / "cases" / "checks"
CODES = sorted(path.name for path in CASES.iterdir())


def findings(case: Path, root: Path) -> list[Diagnostic]:
    """What is found of the case's rule in its data folder; reading itself must find nothing."""
    data = root / "data"
    shutil.copytree(case, data, ignore=shutil.ignore_patterns("expected.txt"))
    for folder in (path for path in data.iterdir() if path.is_dir()):
        for file, text in {
            folder / "department.yml": datafolder.department(folder.name, "承德市双滦区商务局"),
            **{
                year / "disclosure.yml": datafolder.disclosure(int(year.name))
                for year in folder.iterdir()
                if year.is_dir()
            },
        }.items():
            if not file.exists():
                file.write_text(text, "utf-8", newline="\n")
    found = checking.check(data)
    assert not [one for one in found if one.code.startswith("R")]
    return [one for one in found if one.code == case.parent.name]


@pytest.mark.parametrize("code", CODES)
def test_good_case(code: str, tmp_path: Path) -> None:
    """What only looks like the defect is not reported: a false alarm costs trust."""
    assert RENDERERS["text"](findings(CASES / code / "good", tmp_path)) == "没有发现问题。\n"


@pytest.mark.parametrize("code", CODES)
def test_bad_case(code: str, tmp_path: Path) -> None:
    """The report on the defect is, word for word, the expected one."""
    expected = CASES / code / "bad" / "expected.txt"
    found = findings(CASES / code / "bad", tmp_path)
    report = RENDERERS["text"](found)
    if "UPDATE_CASES" in os.environ:
        expected.write_text(report, "utf-8", newline="\n")
    assert found, f"nothing of {code} found"
    assert report == expected.read_text("utf-8")
