"""Cases of data folders that git cannot hold; each is named after the function that makes it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import systems

DEPARTMENT = """schema: department/1
id: a
name: 商务局
code: 322
region: {code: 130803, name: 双滦区}
units: [{code: 322001, name: 本级}]
"""
DISCLOSURE = "schema: disclosure/1\nyear: 2024\noverall_goal: 稳步推进。\n"


def project(code: str, more: str = "") -> str:
    """A project's file without a mistake, but for what `more` adds."""
    return (
        f"schema: project/1\ncode: {code}\nname: 招商引资\nunit: 322001\nnumber: 1\n"
        f"budget: {{total: 150.00}}\n{more}"
    )


def folder(root: Path, projects: dict[str, str]) -> Path:
    """A data folder with one department, one year and these projects."""
    data = root / "data"
    tables = data / "a" / "2024" / "projects"
    tables.mkdir(parents=True)
    (data / "a" / "department.yml").write_text(DEPARTMENT, "utf-8")
    (data / "a" / "2024" / "disclosure.yml").write_text(DISCLOSURE, "utf-8")
    for name, text in projects.items():
        (tables / f"{name}.yml").write_text(text, "utf-8", newline="")
    return data


def missing_folder(root: Path) -> Path:
    """No data folder at all."""
    return root / "data"


def empty_folder(root: Path) -> Path:
    """A data folder with nothing but a hidden file in it."""
    (root / "data").mkdir()
    (root / "data" / ".gitkeep").touch()
    return root / "data"


def file_for_folder(root: Path) -> Path:
    """A file where the data folder should be."""
    (root / "data").write_text("schema: department/1", "utf-8")
    return root / "data"


def large_file(root: Path) -> Path:
    """A file of 10 MB beside a small one that has a mistake of its own."""
    return folder(root, {"A1": project("A1") + "# x\n" * 2_500_000, "A2": project("A3")})


def large_document(root: Path) -> Path:
    """A document of more than 20 MB, which takes no room on the disk; and one that is a link."""
    data = folder(root, {"A1": project("A1")})
    year = data / "a" / "2024"
    text = DISCLOSURE + "source: {file: 公开.pdf}\n"
    (year / "disclosure.yml").write_text(text, "utf-8")
    (year / "公开.pdf").write_bytes(b"%PDF-")
    os.truncate(year / "公开.pdf", 20_000_001)
    (year / "另一份.pdf").symlink_to("公开.pdf")
    return data


def deep_nesting(root: Path) -> Path:
    """Lists 100,000 deep, in brackets and by indentation."""
    brackets = project("A1", "goals: " + "[" * 100_000 + "]" * 100_000 + "\n")
    dashes = project("A2", "goals:\n" + "- " * 100_000 + "x\n")
    return folder(root, {"A1": brackets, "A2": dashes})


def symlinks(root: Path) -> Path:
    """Links to a file and a folder inside, to a file outside, to nothing; one as a hidden file."""
    outside = root / "secret.yml"
    outside.write_text(project("A3"), "utf-8")
    data = folder(root, {"A1": project("A1")})
    tables = data / "a" / "2024" / "projects"
    (tables / "A2.yml").symlink_to("A1.yml")
    (tables / "A3.yml").symlink_to(outside)
    (tables / "A4.yml").symlink_to("nowhere.yml")
    (tables / ".#A1.yml").symlink_to("user@host")
    (data / "b").symlink_to("a")
    (data / "c").mkdir()
    (data / "c" / "department.yml").symlink_to("../a/department.yml")
    (data / "c" / "2024").symlink_to("../a/2024")
    return data


def strange_entries(root: Path) -> Path:
    """A pipe instead of a file, and names that are no text."""
    data = folder(root, {"A1": project("A1")})
    os.mkfifo(data / "a" / "2024" / "projects" / "A2.yml")
    (data / "a" / os.fsdecode(b"\xd5\xd0\xc9\xcc.yml")).touch()
    (data / "a" / "x\n\x1b[31m\u202e.txt").touch()
    return data


def same_names(root: Path) -> Path:
    """Names that differ only in case: one file on Windows and macOS, two on Linux."""
    data = folder(root, {"A1": project("A1")})
    (data / "a" / "2024" / "disclosure.YML").touch()
    for name in ("Docs", "docs"):
        (data / name).mkdir()
        (data / name / "readme.txt").touch()
    return data


MADE = (
    missing_folder,
    empty_folder,
    file_for_folder,
    large_file,
    pytest.param(large_document, marks=systems.LINKS),
    deep_nesting,
    pytest.param(symlinks, marks=systems.LINKS),
    pytest.param(strange_entries, marks=systems.NAMES),
    pytest.param(same_names, marks=systems.NAMES),
)
