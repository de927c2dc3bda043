"""One page of each kind as Markdown, committed, so that a change of any page is seen in review.

`UPDATE_GOLDEN=1` writes them; look at every changed line then.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from disclosure.config.site_project import load_project
from disclosure.model.dataset import GitHistory
from disclosure.pages.render import MarkdownFile
from disclosure.pages.view import View
from disclosure.site import department_analysis
from tests.support.repository import ROOT
from tests.support.views import all_views

GOLDEN = Path(__file__).parents[1] / "golden"
DEMO, REAL, FORMS = "examples", ".", "tests/cases/other-forms"

#: The file below `golden/`, the site, and the address of the page.
PAGES = {
    "home": (DEMO, ""),
    "real-home": (REAL, ""),
    "years": (DEMO, "years/"),
    "year": (DEMO, "years/2024/"),
    "department": (DEMO, "990101-402/"),
    "disclosure": (DEMO, "990101-402/2024/"),
    "project": (DEMO, "990101-402/2024/99010124P00458110031X/"),
    "project-version": (DEMO, "990101-402/2024/99010124P00458110031X/2024-06-28/"),
    "project-withdrawn": (DEMO, "990101-301/2023/99010123P00308810032M/"),
    "history": (DEMO, "990101-402/projects/99010122P00416210028Y/"),
    "history-split": (DEMO, "990101-208/projects/99010125P00849510051W/"),
    "history-merged": (DEMO, "990101-501/projects/99010124P005026100729/"),
    "real-history": (REAL, "130803-322/projects/13080324P00514210001L/"),
    "comparison": (DEMO, "990101-402/compare/2023-2024/"),
    "comparison-renamed-indicator": (DEMO, "990101-301/compare/2023-2024/"),
    "comparison-of-all": (DEMO, "compare/2023-2024/"),
    "comparisons": (DEMO, "compare/"),
    "adjusted": (DEMO, "years/2024/adjusted/"),
    "lowered": (DEMO, "years/2024/lowered/"),
    "missed": (DEMO, "years/2024/missed/"),
    "deviations": (DEMO, "years/2024/deviations/"),
    "targets": (DEMO, "targets/"),
    "coverage": (DEMO, "coverage/"),
    "coverage-year": (DEMO, "coverage/2024/"),
    "changed-projects": (DEMO, "years/2025/projects/"),
    "changes": (DEMO, "changes/"),
    "glossary": (DEMO, "glossary/"),
    "downloads": (DEMO, "downloads/"),
    "dictionary": (REAL, "downloads/dictionary/"),
    "notes": (DEMO, "notes/"),
    "print": (REAL, "130803-322/2024/print/"),
    "rule": (REAL, "guide/rules/C101/"),
    "rules": (REAL, "guide/rules/"),
    "theme": (DEMO, "themes/elderly/"),
    "themes": (DEMO, "themes/"),
    "real-project": (REAL, "130803-322/2024/13080324P00514210001L/"),
    "real-comparisons": (REAL, "compare/"),
    "comparison-of-department-tables": (FORMS, "990101-601/compare/2024-2025/"),
    "comparison-of-all-tables": (FORMS, "compare/2024-2025/"),
    "project-without-code": (FORMS, "990101-601/2024/01/"),
    "history-without-code": (FORMS, "990101-601/projects/01/"),
}


@cache
def views(root: str) -> dict[str, View]:
    """Every generated page of a site by its address, as outside git: commits here change none."""
    project = load_project(ROOT / root)
    analysed = department_analysis.analysed(project.data)
    found = all_views(analysed, GitHistory(), project.settings)
    return {view.address: view for view in found}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_as_committed(name: str) -> None:
    """The page is, byte for byte, the one that was looked at."""
    root, address = PAGES[name]
    expected = GOLDEN / f"{name}.md"
    text = MarkdownFile(views(root)[address]).text
    if "UPDATE_GOLDEN" in os.environ:
        expected.write_text(text, "utf-8", newline="\n")
    assert text == expected.read_text("utf-8")


def test_every_kind_of_page_is_pinned() -> None:
    """No kind of page and no golden file is left over."""
    kinds = {view.kind for root in (DEMO, REAL) for view in views(root).values()}
    assert {views(root)[address].kind for root, address in PAGES.values()} == kinds
    assert {path.stem for path in GOLDEN.glob("*.md")} == PAGES.keys()
