"""Results of earlier builds, kept under a digest of everything they were made from.

What was made from the same is the same, so a build may take it from here and is not otherwise
different from one that makes everything anew. Nothing here is ever missed: what is not found,
or is damaged, is made.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from disclosure.engine import git
from disclosure.engine.listing import names_below

Result = TypeVar("Result")

_PROGRAM = Path(__file__).parents[1]


class Cache:
    """A folder of results; without a folder nothing is kept.

    The folder belongs to whoever builds, as the program itself does: what is read from it is
    trusted as a program's own files are.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def get(self, key: str, kind: type[Result]) -> Result | None:
        """What was put under this key; None where nothing was."""
        found = _load(self._folder / key) if self._folder else None
        return found if isinstance(found, kind) else None

    def holds(self, key: str) -> bool:
        """Whether something whole is kept under this key."""
        return self._folder is not None and _body(self._folder / key) is not None

    def put(self, key: str, made: object) -> bool:
        """Keep what was made, where that can be done; says whether it was."""
        return self._folder is not None and _save(self._folder / key, made)

    def prune(self, keys: Iterable[str]) -> None:
        """Remove everything but the results under these keys."""
        wanted = {*keys, git.IGNORE}
        for path in self._folder.iterdir() if self._folder and self._folder.is_dir() else ():
            if path.name not in wanted:
                path.unlink(missing_ok=True)


#: Keeps nothing.
NO_CACHE = Cache()


def digest(*parts: str | bytes) -> str:
    """A name for all that these parts say together."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(content))  # or "ab", "c" would be "a", "bc"
        found.update(content)
    return found.hexdigest()


@cache
def program() -> str:
    """The digest of this program, of everything that it is installed with, and of Python."""
    installed = sorted(name for folder in sys.path for name in _installed(folder))
    files = (name for name in names_below(_PROGRAM) if not name.endswith(".pyc"))
    own = (part for name in files for part in (name, (_PROGRAM / name).read_bytes()))
    return digest(sys.version, *installed, *own)


def _installed(folder: str) -> list[str]:
    """What is installed in a folder: these names hold the versions, and reading them takes long."""
    with suppress(OSError):
        found = (one for one in Path(folder).iterdir() if one.suffix in {".dist-info", ".egg-info"})
        return [one.name for one in found]
    return []


def _load(path: Path) -> object:
    """What was saved; None where nothing was, or not all of it."""
    body = _body(path)
    if body is None:
        return None
    found: object = pickle.loads(body)  # noqa: S301 - our own, see `Cache`
    return found


def _body(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    check, body = content[:32], content[32:]
    return body if hashlib.sha256(body).digest() == check else None


def _save(path: Path, made: object) -> bool:
    """Save it whole or not at all; a full disk is no reason to stop a build."""
    body = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        git.hide(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(hashlib.sha256(body).digest() + body)
        Path(file.name).replace(path)
    except OSError:
        return False
    return True
