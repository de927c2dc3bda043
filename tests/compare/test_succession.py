"""Statements of succession that cannot be true: one case, one folder, its whole report pinned.

`UPDATE_CASES=1` writes the reports; read each of them then as a clerk would.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from disclosure import reading
from disclosure.compare.findings import UNKNOWN_PREDECESSOR
from disclosure.config.settings import Settings
from disclosure.model.diagnostics import Remark, Span, has_errors
from disclosure.reports.finding_report import RENDERERS
from disclosure.site import checking, pipeline
from tests.support.repository import Run

CASES = Path(__file__).parents[1] / "cases" / "succession"
SETTINGS = Settings("网站")


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_case(case: str) -> None:
    """The report on the case's data folder is, word for word, the expected one."""
    expected = CASES / case / "expected.txt"
    found = checking.check(CASES / case / "data")
    report = RENDERERS["text"]([one for one in found if not one.code.startswith("C")])
    if "UPDATE_CASES" in os.environ:
        expected.write_text(report, "utf-8", newline="\n")
    assert report == expected.read_text("utf-8")


def test_an_impossible_predecessor_stops_the_site() -> None:
    """A predecessor that does not exist is an error, so no page is made."""
    made = pipeline.generate(CASES / "missing-code" / "data", SETTINGS)
    assert has_errors(made.diagnostics)
    assert not tuple(made.pages())


def test_a_double_claim_is_published_with_a_warning() -> None:
    """What may be meant is a warning: the pages are made, and the finding is told."""
    made = pipeline.generate(CASES / "double-claim" / "data", SETTINGS)
    codes = [found.code for found in made.diagnostics if not found.code.startswith("C")]
    assert codes == ["L104"]
    assert tuple(made.pages())


def test_the_command_tells_them(run: Run, tmp_path: Path) -> None:
    """`disclosure check` shows findings of succession and ends with 1."""
    data = CASES / "twice" / "data"
    (tmp_path / "mkdocs.yml").write_text(
        f"plugins: [{{disclosure: {{data_dir: {data}}}}}]", "utf-8"
    )
    code, out, _ = run("-C", tmp_path, "check")
    assert code == 1
    assert "P24A.yml:10:5 错误 L103" in out


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("130803-322/2024/projects/P24A.yml", ("continues", 9)),
        ("130803-322/2024/projects/P24A.yml", ("nothing",)),
        ("130803-322/2024/projects/GONE.yml", ("continues", 0)),
    ],
)
def test_what_is_not_there_is_told_of_the_file(path: str, field: tuple[str | int, ...]) -> None:
    """A remark on a field or file that is no longer there names the file, and does not fail."""
    remark = Remark(UNKNOWN_PREDECESSOR, path, field, "没有这个项目。", "请核对。")
    data = CASES / "twice" / "data"
    (found,) = reading.locate(data, [remark], reading.read(data).files)
    assert found.span == Span(f"data/{path}")
    assert (found.code, found.message, found.hint) == ("L101", "没有这个项目。", "请核对。")
