"""Small data folders for tests, written file by file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

DEPARTMENT = """schema: department/1
id: {id}
name: {name}
code: 322
region: {{code: 130803, name: 双滦区}}
units: [{{code: 322001, name: 本级}}]
"""


def department(id_: str = "a-1", name: str = "商务局") -> str:
    """A department's file."""
    return DEPARTMENT.format(id=id_, name=name)


def disclosure(year: int, more: str = "") -> str:
    """A year's part one, with `more` lines such as `published: 2024-02-20`."""
    return f"schema: disclosure/1\nyear: {year}\noverall_goal: 稳步推进。\n{more}"


def project(code: str, name: str = "招商引资", number: int = 1, more: str = "") -> str:
    """A project's file, with `more` lines."""
    return (
        f"schema: project/1\ncode: {code}\nname: {name}\nunit: 322001\nnumber: {number}\n"
        f"budget: {{total: 150.00}}\n{more}"
    )


def adjustment(kind: str, date: str, reason: str = "预算调整", more: str = "") -> str:
    """The lines that make a project's file a later version."""
    return f"adjustment:\n  kind: {kind}\n  date: {date}\n  reason: {reason}\n{more}"


def result(code: str, published: str = "~") -> str:
    """A self-evaluation."""
    return f"schema: result/1\ncode: {code}\npublished: {published}\nspent: 100.00\n"


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write the files below `root`/data and return that folder."""
    for path, text in files.items():
        file = root / "data" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    return root / "data"
