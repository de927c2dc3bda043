"""One page of each kind, on the site of the invented district, and programs that judge pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from tests.support.repository import ROOT

PROGRAMS = ROOT / "tests" / "npm" / "node_modules"
SCHEMES = ("light", "dark")

_EDUCATION = "990101-201/"

#: What a page shows → its address on the site of examples/.
KINDS = {
    "home": "",
    "department": _EDUCATION,
    "year of a department": f"{_EDUCATION}2024/",
    "project with results and a year before": f"{_EDUCATION}2024/99010121R002719100103/",
    "project of the first year": f"{_EDUCATION}2022/99010122P002252100868/",
    "project with versions": f"{_EDUCATION}2025/99010125P002140100796/",
    "withdrawn project": "990101-208/2025/99010125P00840610085G/",
    "earlier version": "990101-301/2025/99010125P003199100746/2025-06-18/",
    "project through the years": f"{_EDUCATION}projects/99010121R002719100103/",
    "project that was merged and corrected": "990101-501/projects/99010124P005026100729/",
    "project that came out of a split": "990101-208/projects/99010125P00849510051W/",
    "two years of a department": f"{_EDUCATION}compare/2023-2024/",
    "two years of all departments": "compare/2023-2024/",
    "all comparisons": "compare/",
    "all years": "years/",
    "year of all departments": "years/2024/",
    "list of a year": "years/2023/missed/",
    "coverage of all years": "coverage/",
    "coverage of a year": "coverage/2024/",
    "all targets": "targets/",
    "changes": "changes/",
    "downloads": "downloads/",
    "data dictionary": "downloads/dictionary/",
    "notes": "notes/",
    "glossary": "glossary/",
    "year on paper": f"{_EDUCATION}2024/print/",
    "rules": "guide/rules/",
    "rule": "guide/rules/C104/",
    "written by hand": "guide/",
    "about": "about/",
    "not found": "no/such/page/",
}

PROJECT = KINDS["project with results and a year before"]


def required(reason: str) -> NoReturn:
    """Skip for want of a program, or fail where `REQUIRE_BROWSER` says that all must be there."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def program(path: str) -> Path:
    """A file below `node_modules`."""
    found = PROGRAMS / path
    if not found.is_file():
        required(f"{found} is missing: run `npm ci` in tests/npm")
    return found
