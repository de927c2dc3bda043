"""Git is asked about the place that is named, whatever the environment says."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.engine import git
from tests.support.gitfolder import commit


def test_variables_do_not_steer_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another repository's hook the answer is still about the folder that was named."""
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name, "utf-8")
        commit(tmp_path / name)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    assert git.in_folder(tmp_path / "own").text("ls-files") == "own.txt\n"


def test_what_it_says_is_the_error(tmp_path: Path) -> None:
    """A folder in no repository is an error with git's own words."""
    with pytest.raises(git.GitError, match=r"not a git repository|不是 git 仓库"):
        git.in_folder(tmp_path).text("rev-parse", "HEAD")


def test_a_machine_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not installed, that is said."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(git.GitError, match="找不到 git"):
        git.Git().run("--version")


def test_it_is_started_in_one_module_only() -> None:
    """No other module looks for git."""
    root = Path(git.__file__).parents[1]
    found = [path for path in root.rglob("*.py") if 'which("git")' in path.read_text("utf-8")]
    assert found == [Path(git.__file__)]
