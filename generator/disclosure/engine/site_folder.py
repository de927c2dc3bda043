"""The folder that a site is written to, and the site that stood there before.

What is made of the same as before is not written again: its files become one with those of the
earlier site. So a build writes what changed, and everything else costs a name in a folder, or
nothing where the folder still holds an older site with the same file. Every file that may be taken
over so has a time made from its content: one that was touched since has another time and is not
believed. A file that stands there may be one with that of a site that is served, so nothing is
written into it: it is removed first.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from disclosure.engine import local_workers, readable
from disclosure.engine.cache import NO_CACHE, Cache
from disclosure.engine.listing import names_below


class SiteFile(NamedTuple):
    """A file of the site: where it is below the root, its size in bytes, its SHA-256.

    There are very many of them, and they go from process to process.
    """

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Files:
    """Some files that were made together, and the key that they are kept under; "" for none."""

    key: str
    files: tuple[SiteFile, ...]


Made = TypeVar("Made", bound=Files)


@dataclass(frozen=True, slots=True)
class Work:
    """Some files that are made together.

    Attributes:
        key: Gives a digest of all that they are made from; "" when that is not known.
        make: Makes them, each with its address below the site.
    """

    key: Callable[[], str]
    make: Callable[[], Iterable[tuple[str, bytes]]]


class SiteFolder:
    """A site being written.

    Attributes:
        folder: Where it is written; it may stand there already, in a preview.
        cache: What came of earlier builds.
    """

    def __init__(
        self, folder: Path, previous: Path | None = None, cache: Cache = NO_CACHE, copies: str = ""
    ) -> None:
        """Open a folder.

        Args:
            folder: Where the site is written.
            previous: The site that an earlier build made, from which files are taken over.
            cache: What came of earlier builds.
            copies: How the names of copies end that somebody puts beside the files, if anybody
                does: a copy in an older site stays as long as its file.
        """
        self.folder, self.cache = folder, cache
        self._before, self._copies = previous or folder, copies
        self._was_empty = not folder.is_dir() or not any(folder.iterdir())
        self._folders: set[str] = set()

    def write(self, files: Iterable[tuple[str, bytes]]) -> tuple[SiteFile, ...]:
        """Write files, each at its address below the site."""
        return tuple(self.write_one(address, content) for address, content in files)

    def write_one(self, address: str, content: bytes) -> SiteFile:
        """Write a file."""
        place = self.room(address)
        with open(place, "wb") as file:
            file.write(content)
        return _stamped(place, address, content)

    def room(self, address: str) -> str:
        """Where a file may be made: its folder is there, and no older file."""
        place = f"{self.folder}/{address}"
        folder = os.path.dirname(place)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        for old in {place, place + self._copies}:
            with suppress(FileNotFoundError):
                os.unlink(old)
        return place

    def record(self, addresses: Iterable[str]) -> tuple[SiteFile, ...]:
        """Files that somebody else has written into the site."""
        places = ((address, self.folder / address) for address in addresses)
        return tuple(_stamped(path, address, path.read_bytes()) for address, path in places)

    def again(
        self, key: str, kind: type[Made], is_whole: Callable[[Made], bool] = lambda _: True
    ) -> Made | None:
        """What was kept under this key, if it `is_whole` and all its files can be taken over."""
        found = self.cache.get(key, kind) if key else None
        if found is None or not is_whole(found):
            return None
        missing = [file for file in found.files if not _is_in(self.folder, file)]
        if not all(_is_in(self._before, file) for file in missing):
            return None
        for file in missing:
            _link(f"{self._before}/{file.path}", self.room(file.path))
        return found

    def make_all(self, works: Sequence[Work], jobs: int) -> list[Files]:
        """Make everything that is not as before; so many processes share the work.

        Raises:
            parallel.WorkerDiedError: A worker was killed.
        """
        return list(local_workers.each(self.make, works, jobs))

    def make(self, work: Work) -> Files:
        """Make what is not as before."""
        key = work.key()
        found = self.again(key, Files)
        if found is None:
            found = Files(key, self.write(work.make()))
            if key:
                self.cache.put(key, found)
        return found

    def take_in(self, folder: Path, own: Collection[str]) -> Iterator[SiteFile]:
        """Move what others have written to `folder` into the site, beside what is our `own`.

        Whatever an older site has left in the place of this one is removed.
        """
        others = [
            name for name in names_below(folder) if name not in own and (folder / name).is_file()
        ]
        if folder != self.folder and not self._was_empty:
            self._keep_only({*own, *others})
        for name in others:
            path = folder / name
            written = SiteFile(name, path.stat().st_size, checksum(path))
            if folder != self.folder:
                path.replace(self.room(name))
            yield written

    def _keep_only(self, addresses: Collection[str], inside: str = "") -> bool:
        """Remove all other files and folders without files; whether anything is left inside."""
        is_left = False
        for entry in [*os.scandir(f"{self.folder}/{inside}")]:
            address = inside + entry.name
            if entry.is_dir(follow_symlinks=False):
                if self._keep_only(addresses, f"{address}/"):
                    is_left = True
                    readable.open_up(entry.path)
                else:
                    os.rmdir(entry.path)
            elif address in addresses or address.removesuffix(self._copies) in addresses:
                is_left = True
            else:
                os.unlink(entry.path)
        return is_left

    def remove(self, addresses: Iterable[str]) -> None:
        """Remove what was written by an earlier build of a preview."""
        for address in addresses:
            (self.folder / address).unlink(missing_ok=True)


def _is_in(site: Path, file: SiteFile) -> bool:
    """Whether a site has a file as it was written; others than its owner can read it then."""
    place = f"{site}/{file.path}"
    try:
        found = os.stat(place)
        if (found.st_size, found.st_mtime) != (file.size, int(file.sha256[:8], 16) >> 1):
            return False
        readable.open_up(place, found)
    except OSError:
        return False
    return True


def checksum(file: Path) -> str:
    """A file's SHA-256."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def stamp(path: Path | str, digest: bytes) -> None:
    """Make a file's time from the digest of its content."""
    seconds = int.from_bytes(digest[:4]) >> 1  # 31 bits, which every file system can hold
    os.utime(path, (seconds, seconds))


def _stamped(path: Path | str, address: str, content: bytes) -> SiteFile:
    digest = hashlib.sha256(content)
    stamp(path, digest.digest())
    return SiteFile(address, len(content), digest.hexdigest())


def _link(path: str, place: str) -> None:
    """Give a file a second name; where that cannot be, copy it with its time."""
    try:
        os.link(path, place)
    except OSError:
        shutil.copy2(path, place)
