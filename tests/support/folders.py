"""Folders as values, to be compared."""

from __future__ import annotations

from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def assert_no_empty_folder(folder: Path) -> None:
    """There is no folder below `folder` without a file in it."""
    assert all(any(path.iterdir()) for path in folder.rglob("*") if path.is_dir())
