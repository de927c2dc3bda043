"""Lists the files below a folder, as text: a site has so many that path objects take too long."""

from __future__ import annotations

import os
from pathlib import Path


def names_below(folder: Path, suffix: str = "") -> list[str]:
    """Where the files are whose names end so, relative to the folder, with slashes, in order."""
    return sorted(name for name in inodes_below(folder) if name.endswith(suffix))


def inodes_below(folder: Path) -> dict[str, int]:
    """The number that the file system has for each file below a folder, by its name as above.

    Names with the same number are one file, without a look at either. What cannot be opened is
    left out, as by `os.walk`.
    """
    found: dict[str, int] = {}
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            entries = os.scandir(f"{folder}/{inside}")
        except OSError:
            continue
        with entries:
            for entry in entries:
                if not entry.is_dir():
                    found[inside + entry.name] = entry.inode()
                elif not entry.is_symlink():
                    waiting.append(f"{inside}{entry.name}/")
    return found
