"""The data as it was at an earlier commit, without touching the working copy."""

from __future__ import annotations

from pathlib import Path

from disclosure.engine import git
from disclosure.publishing.repository import Repository


def data_at(data: Path, commit: str, scratch: Path) -> Path | None:
    """Write the data folder of a commit below `scratch`; None when the commit had none.

    Raises:
        GitError: `data` is in no repository, or the repository has no such commit.
    """
    here = git.in_folder(data)
    repository = Repository(Path(here.text("rev-parse", "--absolute-git-dir").strip()))
    prefix = here.text("rev-parse", "--show-prefix").strip()
    wanted = f"{commit}^{{commit}}"
    name = here.text("rev-parse", "--verify", "--end-of-options", wanted).strip()
    target = scratch / data.resolve().name
    files = [
        (entry.object, target / entry.path.removeprefix(prefix))
        for entry in repository.entries(name)
        if entry.mode.startswith("100") and entry.path.startswith(prefix)
    ]
    repository.copy(files)
    return target if files else None
