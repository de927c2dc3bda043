"""The folder that a site is written to, and the site that stood there before.

What is made of the same as before is not written again: its files become one with those of the
earlier site. So a build writes what changed, and everything else costs a name in a folder. Every
file that may be taken over so has a time made from its content: one that was touched since has
another time and is not believed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from generator import parallel
from generator.kept import NOTHING, Kept


class Written(NamedTuple):
    """A file of the site: where it is below the root, its size in bytes, its SHA-256.

    There are very many of them, and they go from process to process.
    """

    path: str
    size: int
    sha256: str


class _Made(Protocol):
    @property
    def files(self) -> Sequence[Written]:
        """All files that belong to it."""


Made = TypeVar("Made", bound=_Made)


@dataclass(frozen=True, slots=True)
class Files:
    """Some files that were made together, and the key that they are kept under; "" for none."""

    key: str
    files: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Some files that are made together.

    Attributes:
        key: A digest of all that they are made from; "" when that is not known.
        make: Makes them, each with its address below the site.
    """

    key: str
    make: Callable[[], Iterable[tuple[str, bytes]]]


class Output:
    """A site being written.

    Attributes:
        folder: Where it is written; it may stand there already, in a preview.
        kept: What came of earlier builds.
    """

    def __init__(self, folder: Path, before: Path | None = None, kept: Kept = NOTHING) -> None:
        """`before` is the site that an earlier build made, from which files are taken over."""
        self.folder, self.kept = folder, kept
        self._before = before or folder
        self._folders: set[str] = set()

    def write(self, files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
        """Write files, each at its address below the site."""
        return tuple(self.write_one(address, content) for address, content in files)

    def write_one(self, address: str, content: bytes) -> Written:
        """Write a file."""
        path = Path(self._place(address))
        path.unlink(missing_ok=True)  # it may be one file with that of another site
        path.write_bytes(content)
        return _stamped(path, address, content)

    def record(self, addresses: Iterable[str]) -> tuple[Written, ...]:
        """Files that somebody else has written into the site."""
        places = ((address, self.folder / address) for address in addresses)
        return tuple(_stamped(path, address, path.read_bytes()) for address, path in places)

    def again(
        self, key: str, kind: type[Made], is_whole: Callable[[Made], bool] = lambda _: True
    ) -> Made | None:
        """What was kept under this key, if it `is_whole` and all its files can be taken over."""
        found = self.kept.get(key, kind) if key else None
        if found is None or not is_whole(found):
            return None
        if not all(map(self._is_as_it_was, found.files)):
            return None  # before any is taken over: who makes it anew must not write into those
        if self._before != self.folder:
            for file in found.files:
                _link(f"{self._before}/{file.path}", self._place(file.path))
        return found

    def make_all(self, works: Sequence[Work], jobs: int) -> list[Files]:
        """Make everything that is not as before; so many processes share the work.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
        """
        return list(parallel.each(self._make, works, jobs))

    def _make(self, work: Work) -> Files:
        found = self.again(work.key, Files)
        if found is None:
            found = Files(work.key, self.write(work.make()))
            if work.key:
                self.kept.put(work.key, found)
        return found

    def remove(self, addresses: Iterable[str]) -> None:
        """Remove what was written by an earlier build of a preview."""
        for address in addresses:
            (self.folder / address).unlink(missing_ok=True)

    def _place(self, address: str) -> str:
        """Where a file is to be; its folder is there."""
        place = f"{self.folder}/{address}"
        folder = os.path.dirname(place)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        return place

    def _is_as_it_was(self, file: Written) -> bool:
        try:
            found = os.stat(f"{self._before}/{file.path}")
        except OSError:
            return False
        return (found.st_size, found.st_mtime) == (file.size, int(file.sha256[:8], 16) >> 1)


def stamp(path: Path, digest: bytes) -> None:
    """Make a file's time from the digest of its content."""
    seconds = int.from_bytes(digest[:4]) >> 1  # 31 bits, which every file system can hold
    os.utime(path, (seconds, seconds))


def _stamped(path: Path, address: str, content: bytes) -> Written:
    digest = hashlib.sha256(content)
    stamp(path, digest.digest())
    return Written(address, len(content), digest.hexdigest())


def _link(path: str, place: str) -> None:
    """Give a file a second name; where that cannot be, copy it with its time."""
    try:
        os.link(path, place)
    except OSError:
        Path(place).unlink(missing_ok=True)
        shutil.copy2(path, place)
