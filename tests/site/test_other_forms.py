"""A department whose forms are others: no codes, yuan, weights, tasks, its own evaluation.

`UPDATE_CASES=1` writes the expected reports; read them then line by line.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from disclosure.config.site_project import load_project
from disclosure.model.dataset import GitHistory
from disclosure.pages.view import View
from disclosure.site import department_analysis
from tests.support.repository import ROOT, Run
from tests.support.views import all_events, all_views

CASE = ROOT / "tests" / "cases" / "other-forms"
WHO = "990101-601"


@cache
def views() -> dict[str, View]:
    """Every page of the case by its address."""
    project = load_project(CASE)
    analysed = department_analysis.analysed(project.data)
    return {view.address: view for view in all_views(analysed, GitHistory(), project.settings)}


def expect(name: str, text: str) -> None:
    """Hold a report against the file of that name."""
    expected = CASE / name
    if "UPDATE_CASES" in os.environ:
        expected.write_bytes(text.encode())
    assert text == expected.read_bytes().decode()


def test_what_the_checks_say(run: Run) -> None:
    """The rules see the department's table and its evaluation as they see a project's."""
    code, out, _ = run("check", folder=CASE)
    expect("check.txt", out)
    assert code == 1


@pytest.mark.parametrize("kind", ["text", "json", "csv"])
def test_what_the_comparison_says(kind: str, run: Run) -> None:
    """Two years of the table, of its tasks and of projects in yuan and in 万元."""
    code, out, err = run("compare", "2024", "2025", "--format", kind, folder=CASE)
    assert (code, err) == (0, "")
    expect(f"compare.{kind}", out)


def test_a_project_without_a_code_has_its_address_for_good() -> None:
    """Its id is the file's name; the page through the years is that of the first id."""
    addresses = {address for address in views() if address.startswith(f"{WHO}/projects/")}
    assert addresses == {f"{WHO}/projects/{own}/" for own in ("01", "02", "03")}
    assert {f"{WHO}/2024/01/", f"{WHO}/2025/99010125P00000000001L/"} <= views().keys()


def test_the_whole_departments_evaluation_is_published_and_told_of() -> None:
    """Its file is among the sources, its notes on the page of notes, and it is an event."""
    analysed = department_analysis.analysed(CASE / "data")
    path = f"{WHO}/2024/results/department.yml"
    assert path in analysed.outlines[0].files
    notes = [page.link.text for page in analysed.outlines[0].notes]
    assert notes == ["部门整体绩效目标", "部门整体绩效自评", "路灯更换（首次公开）"]
    (event,) = (one for one in all_events(analysed.dataset) if path in one.files)
    assert (event.title, event.date) == (
        "城市管理局（虚构示例）公开2024年部门整体绩效自评",
        "2025-03-20",
    )
