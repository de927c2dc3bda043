"""Files of the index: compressed here, because not every web server would do it."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path


def write_packed(path: Path, content: bytes) -> None:
    """Write a compressed file; one that holds the same already is left as it is."""
    if path.exists():
        try:
            if read_packed(path) == content:
                return
        except (OSError, EOFError, zlib.error):  # half a file, left by a build that was broken off
            pass
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, compresslevel=6, mtime=0))


def read_packed(path: Path) -> bytes:
    """What `write_packed` wrote."""
    return gzip.decompress(path.read_bytes())
