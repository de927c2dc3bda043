"""Results of earlier builds, each stored under a digest of everything it was made from.

Losing this cache is harmless: missing or corrupt entries are rebuilt. A build that finds a result
here gives the same bytes as one that makes it again, because equal inputs give equal results, and
this program, what is installed with it and Python are among the inputs of every entry.

A build marks what it uses: an entry's mtime is the number of the last build that used it. So the
marks of all processes and machines that work on a build meet in the folder, and `prune` removes
what the build did not use.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from disclosure.engine import git
from disclosure.engine.listing import names_below

Result = TypeVar("Result")

_PROGRAM = Path(__file__).parents[1]
#: Its mtime is the number of the last build that pruned.
_COUNTER = ".builds"
#: Stands in a file's name between an entry and what belongs to it.
_PART = "-"


class Cache:
    """A folder of results; without a folder nothing is stored.

    Its entries are pickles: the folder belongs to the user who builds, and is trusted as a
    program's own files are.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._build = _mtime(folder / _COUNTER) + 1 if folder else 0

    def entry(self, name: str, inputs: Iterable[Input]) -> CacheEntry:
        """The place of a result.

        Args:
            name: What kind of result it is.
            inputs: Everything that the result depends on beside this program, other entries among
                it; looked at only where results are stored.
        """
        if not self._folder:
            return UNKNOWN
        parts: list[str | bytes] = []
        for one in inputs:
            if isinstance(one, CacheEntry) and not one:
                return UNKNOWN
            parts.append(one.key if isinstance(one, CacheEntry) else one)
        return CacheEntry(self, digest(program_digest(), name, *parts))

    def get(self, key: str, kind: type[Result]) -> Result | None:
        """What is stored under a key; None where nothing is, or something else."""
        body = self._used(key)
        found: object = None if body is None else pickle.loads(body)  # noqa: S301 - see the class
        return found if isinstance(found, kind) else None

    def holds(self, key: str) -> bool:
        """Whether something whole is stored under a key."""
        return self._used(key) is not None

    def _used(self, key: str) -> bytes | None:
        """A whole pickle, marked as used; None where there is none."""
        if not self._folder or not key:
            return None
        path = self._folder / key
        try:
            content = path.read_bytes()
        except OSError:
            return None
        check, body = content[:32], content[32:]
        if hashlib.sha256(body).digest() != check:
            return None
        self._mark(path)
        return body

    def mark(self, key: str) -> bool:
        """Mark what is stored under a key as used; whether anything is there."""
        return self._mark(self._folder / key) if self._folder and key else False

    def _mark(self, path: Path) -> bool:
        with suppress(OSError):
            os.utime(path, (self._build, self._build))
            return True
        return False

    def put(self, key: str, made: object) -> bool:
        """Store a result; whether that could be done: a full disk is no reason to stop a build."""
        if not self._folder or not key:
            return False
        body = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            git.hide(self._folder)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(hashlib.sha256(body).digest() + body)
            self._mark(Path(file.name))
            Path(file.name).replace(self._folder / key)
        except OSError:
            return False
        return True

    def prune(self) -> None:
        """Remove what this build has not used, and begin the next one.

        An entry's parts stay as long as the entry: a build that needs none of them may be followed
        by one that does.
        """
        if not self._folder or not self._folder.is_dir():
            return
        marks = {entry.name: entry.stat().st_mtime for entry in os.scandir(self._folder)}
        for name, mark in marks.items():
            owner = name.partition(_PART)[0]
            if not name.startswith(".") and self._build not in {mark, marks.get(owner)}:
                (self._folder / name).unlink(missing_ok=True)
        with suppress(OSError):
            (self._folder / _COUNTER).touch()
            self._mark(self._folder / _COUNTER)


class CacheEntry(Struct, frozen=True):
    """The place of one result in a cache; without a key nothing is stored there.

    It belongs to one build, so it is not stored itself.
    """

    cache: Cache
    key: str

    def __bool__(self) -> bool:
        """Whether anything can be stored."""
        return bool(self.key)

    def get(self, kind: type[Result]) -> Result | None:
        """The result; None where there is none."""
        return self.cache.get(self.key, kind)

    def exists(self) -> bool:
        """Whether a whole result is stored."""
        return self.cache.holds(self.key)

    def mark(self) -> bool:
        """Mark the result as used, where it is known already; whether one is stored."""
        return self.cache.mark(self.key)

    def put(self, made: object) -> bool:
        """Store the result; whether that could be done."""
        return self.cache.put(self.key, made)

    def part(self, name: str) -> CacheEntry:
        """The place of a result that follows from this one and is not always asked for."""
        return CacheEntry(self.cache, self.key and f"{self.key}{_PART}{name}")


#: What a result may depend on; one whose own inputs are not known makes it unknown as well.
Input = str | bytes | CacheEntry

#: Stores nothing.
NO_CACHE = Cache()
#: Where nothing is stored, because not everything is known that the result depends on.
UNKNOWN = CacheEntry(NO_CACHE, "")


def digest(*parts: str | bytes) -> str:
    """A name for all that these parts say together."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(content))  # or "ab", "c" would be "a", "bc"
        found.update(content)
    return found.hexdigest()


@cache
def program_digest() -> str:
    """The digest of this program, of everything that it is installed with, and of Python."""
    installed = sorted(name for folder in sys.path for name in _installed(folder))
    files = (name for name in names_below(_PROGRAM) if "__pycache__/" not in name)
    own = (part for name in files for part in (name, (_PROGRAM / name).read_bytes()))
    return digest(sys.version, *installed, *own)


def _installed(folder: str) -> list[str]:
    """What is installed in a folder: these names hold the versions, and reading them takes long."""
    with suppress(OSError):
        found = (one for one in Path(folder).iterdir() if one.suffix in {".dist-info", ".egg-info"})
        return [one.name for one in found]
    return []


def _mtime(path: Path) -> int:
    with suppress(OSError):
        return int(path.stat().st_mtime)
    return 0
