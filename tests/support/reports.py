"""A case's whole report, pinned beside its data."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from disclosure.model.diagnostics import Diagnostic
from disclosure.reports.finding_report import RENDERERS


def assert_report(case: Path, findings: Sequence[Diagnostic]) -> None:
    """Hold the report on a case's folder against its expected.txt.

    With UPDATE_CASES in the environment the report is written there first.
    """
    expected = case / "expected.txt"
    report = RENDERERS["text"](tuple(findings))
    if "UPDATE_CASES" in os.environ:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(report, "utf-8", newline="\n")
    assert report == expected.read_text("utf-8")
