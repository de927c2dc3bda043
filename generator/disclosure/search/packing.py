"""Files of the index: compressed here, because not every web server would do it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any


def packed(value: Any) -> bytes:
    """A file's content: bytes as they are, everything else as JSON."""
    content = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return gzip.compress(content, compresslevel=6, mtime=0)


def read_packed(path: Path) -> bytes:
    """What `packed` packed."""
    return gzip.decompress(path.read_bytes())
