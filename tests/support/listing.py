"""The lists of a site's files, made to say something else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def change(site: Path, path: str = "manifest.json", **fields: Any) -> None:
    """Change fields of a site's manifest, or of another of its lists."""
    file = site / path
    file.write_text(json.dumps(json.loads(file.read_bytes()) | fields), "utf-8")


def refit(site: Path, path: str, of: str = "manifest.json") -> None:
    """Make a list say of one of its files what that is now."""
    listing = json.loads((site / of).read_bytes())
    for file in listing["files"] + listing["lists"]:
        if file["path"] == path:
            content = (site / path).read_bytes()
            file |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    change(site, of, **listing)
