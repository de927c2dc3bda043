"""The pre-commit hook, in real git repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import systems
from tests.support.repository import ROOT

pytestmark = systems.SHELL

NAME = "13080324P00514210001L.yml"


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git as a user with a name, our own programs first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    who = ["-c", "user.name=clerk", "-c", "user.email=clerk@example.org"]
    return subprocess.run(
        ["git", *who, *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PATH": path,
            "PRE_COMMIT_HOME": str(folder.parent / "hooks"),
            # The installed program is on the path; the hook needs no network for it.
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repository(tmp_path: Path, project: Path) -> Path:
    """A publisher's own repository, with the hook taken from a repository of this program."""
    source = tmp_path / "source"
    source.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", source)
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "hooks"), ("tag", "v1")):
        assert git(source, *arguments).returncode == 0
    clerk = tmp_path / "clerk"
    clerk.mkdir()
    for name in ("data", "site_src", "mkdocs.yml"):
        shutil.move(project / name, clerk)
    (clerk / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {source}\n    rev: v1\n    hooks: [id: disclosure-check-system]\n",
        "utf-8",
    )
    assert git(clerk, "init", "-q").returncode == 0
    install = [sys.executable, "-m", "pre_commit", "install"]
    assert subprocess.run(install, cwd=clerk, capture_output=True, check=False).returncode == 0
    assert git(clerk, "add", ".").returncode == 0
    return clerk


def test_a_mistake_in_the_data_is_not_committed(repository: Path) -> None:
    """The commit is refused, with the place, the rule and what to do, as `check` prints them."""
    table = repository / "data/130803-322/2024/projects" / NAME
    text = table.read_text("utf-8").replace("fiscal: 150.00", "fiscal: 140.00")
    table.write_text(text, "utf-8", newline="\n")
    assert git(repository, "add", ".").returncode == 0
    done = git(repository, "commit", "-m", "2024")
    output = done.stdout + done.stderr
    assert done.returncode == 1, output
    assert f"{NAME}:7:17 错误 C101 预算数 150.00 万元" in output
    assert "怎么改：" in output
    assert git(repository, "log", "--oneline").returncode != 0, "nothing is committed"


def test_clean_data_is_committed(repository: Path) -> None:
    """The hook lets the commit pass, and a change of other files does not wait for it."""
    done = git(repository, "commit", "-m", "2024")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stderr + done.stdout
    assert git(repository, "log", "--oneline").stdout.count("\n") == 1
    (repository / "notes.txt").write_text("便条\n", "utf-8")
    assert git(repository, "add", ".").returncode == 0
    done = git(repository, "commit", "-m", "notes")
    assert done.returncode == 0
    assert "Skipped" in done.stdout + done.stderr


def test_the_installed_hook_is_the_same_but_for_its_environment() -> None:
    """The two hooks of .pre-commit-hooks.yaml differ in how the program gets there alone."""
    import yaml

    installed, system = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    apart = {"id", "name", "description", "language"}
    assert installed["language"] == "python"
    assert {key: installed[key] for key in installed.keys() - apart} == {
        key: system[key] for key in system.keys() - apart
    }
