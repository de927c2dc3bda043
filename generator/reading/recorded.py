"""When a data file came into the repository, as git remembers it.

For a publication whose own date nobody wrote down, this is the only date there is. It is shown
as what it is, the day of entry, and never as the day of publication.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_DAY = "@"


def recorded(data: Path) -> Mapping[str, str]:
    """The day (ISO) of the first commit of each file, by its path in the data folder.

    Empty without git, outside a repository, and in a shallow clone, where the oldest commit
    at hand is not the first.
    """
    log = ("log", "--diff-filter=A", f"--format={_DAY}%cs", "--name-only", "--relative", "--", ".")
    if not data.is_dir() or _git(data, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    days: dict[str, str] = {}
    day = ""
    for line in _git(data, *log).splitlines():  # newest first: the oldest addition stays
        if line.startswith(_DAY):
            day = line.removeprefix(_DAY)
        elif line:
            days[line] = day
    return days


def _git(folder: Path, *arguments: str) -> str:
    """What git answers; "" when it cannot."""
    git = shutil.which("git")
    if git is None:
        return ""
    command = [git, "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout if done.returncode == 0 else ""
