"""Git for tests: repositories of their own, with nobody's name and chosen days."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str, day: str = "2024-01-01") -> str:
    """Run git in a folder, as nobody in particular, on a day; what it says."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    times = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00+08:00")
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=folder,
        env={**os.environ, **times},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip()


def commit(folder: Path, day: str = "2024-01-01") -> str:
    """Commit everything in a folder, which becomes a repository; the commit's name."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", day, day=day)
    return git(folder, "rev-parse", "HEAD")
