"""The files below a folder. A site has very many, so that their names are handled as text."""

from __future__ import annotations

import os
from pathlib import Path


def names_below(folder: Path, suffix: str = "") -> list[str]:
    """Where the files are whose names end so, relative to the folder, with slashes, in order."""
    root = f"{folder}{os.sep}"
    found: list[str] = []
    for place, _, names in os.walk(folder):
        inside = f"{place}{os.sep}".removeprefix(root).replace(os.sep, "/")
        found += (inside + name for name in names if name.endswith(suffix))
    return sorted(found)
