"""The data as it was at an earlier commit, without touching the working copy."""

from __future__ import annotations

import subprocess
from pathlib import Path

from disclosure.publishing.repository import GitError, Repository, clean_environment, program


def data_at(data: Path, commit: str, scratch: Path) -> Path | None:
    """Write the data folder of a commit below `scratch`; None when the commit had none.

    Raises:
        GitError: `data` is in no repository, or the repository has no such commit.
    """
    git_dir = Path(_answer(data, "rev-parse", "--absolute-git-dir"))
    prefix = _answer(data, "rev-parse", "--show-prefix")
    name = _answer(data, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}")
    repository = Repository(git_dir)
    target = scratch / data.resolve().name
    files = [
        (entry.object, target / entry.path.removeprefix(prefix))
        for entry in repository.entries(name)
        if entry.mode.startswith("100") and entry.path.startswith(prefix)
    ]
    repository.copy(files)
    return target if files else None


def _answer(folder: Path, *arguments: str) -> str:
    """One line that git answers about the repository around a folder."""
    command = [program(), "-C", str(folder), *arguments]
    done = subprocess.run(
        command, env=clean_environment(), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise GitError(done.stderr.strip())
    return done.stdout.strip()
