"""Folders that are made once for all processes of a test run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support.repository import ROOT, mkdocs


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this test run, made by whichever process asks first.

    Args:
        factory: Pytest's own folder of this run.
        name: The folder's name.
        make: Fills the folder, which is there and empty. Nothing in it may be changed later.
    """
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # of all workers
    folder, done = root / "shared" / name, root / "shared" / f"{name}.done"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def plain_site(factory: pytest.TempPathFactory, name: str, project: Path) -> Path:
    """The site that plain `mkdocs build --strict` makes of a project of this repository."""

    def build(site: Path) -> None:
        finished = mkdocs("build", "--strict", "--site-dir", str(site), cwd=project)
        assert finished.returncode == 0, finished.stdout + finished.stderr

    return made_once(factory, name, build)


def copied_project(folder: Path) -> Path:
    """This repository's own project in another folder; that folder."""
    for name in ("data", "site_src"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder
