"""The one writer of site folders: writes what changed and hard-links the rest.

Correct files stay. A stale file is unlinked, never overwritten: it may share an inode with the
live site. A file of the previous site is reused by a hard link when size and mtime match.

An mtime has two parts. Its seconds are what a web server sends as Last-Modified: the time of the
commit that the site is built from, and for what did not change that of the build that first made
it. What changed is always later than what it replaces, because a server knows a file by size and
seconds. Its fraction of a second is made from the content, so that a file that was edited in place
fails the check.

A web server runs as another user, so that all folders have mode 0755 and all files 0644, whatever
the umask, those that are reused among them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec import Struct

from disclosure.engine import local_workers, permissions
from disclosure.engine.cache import NO_CACHE, Cache, CacheEntry, Input
from disclosure.engine.listing import names_below

#: An mtime's fraction is counted in these, the coarsest unit of file systems that have fractions.
_TICK = 100
_SECOND = 1_000_000_000

#: With a size of its own for the buffer, Python does not ask whether a file is a terminal.
_BUFFER = 65_536


class SiteFile(NamedTuple):
    """A file of the site: where it is below the root, its size in bytes, its SHA-256.

    There are very many of them, and they go from process to process.
    """

    path: str
    size: int
    sha256: str


class FileGroup(Struct, frozen=True):
    """Some files that were made together."""

    files: tuple[SiteFile, ...]


FileGroupT = TypeVar("FileGroupT", bound=FileGroup)


class FileTask(Struct, frozen=True):
    """Some files that are made together.

    Attributes:
        name: What kind of files they are, for the cache.
        inputs: Gives everything that they are made from.
        make: Makes them, each with its address below the site.
    """

    name: str
    inputs: Callable[[], Iterable[Input]]
    make: Callable[[], Iterable[tuple[str, bytes]]]


class SiteFolder:
    """A site being written.

    Attributes:
        folder: Where it is written; it may stand there already, in a preview.
        cache: Holds results of earlier builds.
    """

    def __init__(
        self,
        folder: Path,
        previous: Path | None = None,
        cache: Cache = NO_CACHE,
        copies: str = "",
        *,
        time: int | None = None,
        private: bool = False,
    ) -> None:
        """Open a folder.

        Args:
            folder: Where the site is written.
            previous: The site of an earlier build, whose files are reused.
            cache: Holds results of earlier builds.
            copies: The suffix of precompressed copies, such as `.gz`; "" where there are none. A
                copy in an older site stays as long as its file.
            time: When what it is made of was committed, in seconds since 1970; None where no commit
                holds it: then files have the time when they were written.
            private: Whether the folder itself stays closed to others, as that of a preview.
        """
        self.folder, self.cache = folder, cache
        self._previous, self._copies, self._time = previous or folder, copies, time
        self._was_empty = not folder.is_dir() or not any(folder.iterdir())
        self._folders = {str(folder)} if private else set[str]()

    def write(self, files: Iterable[tuple[str, bytes]]) -> tuple[SiteFile, ...]:
        """Write files, each at its address below the site."""
        return tuple(self.write_one(address, content) for address, content in files)

    def write_one(self, address: str, content: bytes, changed: int | None = None) -> SiteFile:
        """Write a file; `changed` is when that which it is made of was, where that is known."""
        place = self.path_for(address) if self._copies else self._in_its_folder(address)
        try:
            file = open(place, "xb", _BUFFER)  # noqa: SIM115 - it is closed below
        except FileExistsError:
            file = open(self.path_for(address), "xb", _BUFFER)  # noqa: SIM115 - the same
        made = SiteFile(address, len(content), hashlib.sha256(content).hexdigest())
        with file:
            file.write(content)
            file.flush()  # what is written later would change the time again
            self._stamp(made, self._time if changed is None else changed, file.fileno())
        return made

    def path_for(self, address: str) -> str:
        """Where another program may make a file: its folder is there, and no older file."""
        place = self._in_its_folder(address)
        for old in {place, place + self._copies}:
            with suppress(FileNotFoundError):
                os.unlink(old)
        return place

    def link(self, path: str, address: str) -> None:
        """Put an existing file in the site: as a hard link, or as a copy where none can be made.

        What stands at the address is replaced, with no moment without either.
        """
        place = self._in_its_folder(address)
        if not permissions.is_opened(path, os.stat(path)) or not _linked(path, place):
            _copy(path, place)

    def move(self, path: Path, address: str) -> None:
        """Move a file of the same file system into the site, in place of what is there."""
        place = self._in_its_folder(address)
        if self._copies:
            with suppress(FileNotFoundError):
                os.unlink(place + self._copies)
        permissions.open_up(path)
        os.replace(path, place)
        with suppress(FileNotFoundError):
            os.unlink(path)  # two hard links to one file do not replace each other

    def _in_its_folder(self, address: str) -> str:
        place = f"{self.folder}/{address}"
        folder = os.path.dirname(place)
        if folder not in self._folders:
            permissions.make_folder(folder)
            self._folders.add(folder)
        return place

    def stamp(self, address: str, content: bytes, changed: int | None = None) -> SiteFile:
        """Give a file of the site, which holds `content`, its mode and its time."""
        made = SiteFile(address, len(content), hashlib.sha256(content).hexdigest())
        self._stamp(made, self._time if changed is None else changed)
        return made

    def _stamp(self, file: SiteFile, changed: int | None, opened: int | None = None) -> None:
        """Give a file its mode and its time; `opened` is its descriptor, if it is open."""
        place = f"{self.folder}/{file.path}"
        at = place if opened is None or os.utime not in os.supports_fd else opened
        found = os.stat(at)
        seconds = self._seconds(file, changed, found.st_mtime_ns // _SECOND)
        when = seconds * _SECOND + _fraction(file.sha256)
        os.utime(at, ns=(when, when))
        permissions.open_up(place, found)

    def _seconds(self, file: SiteFile, changed: int | None, written: int) -> int:
        """The seconds of a file's time; no committer's clock is ahead of the machine's."""
        committed = written if changed is None else max(0, min(changed, written))
        if self._previous == self.folder:
            return committed
        try:
            old = os.stat(f"{self._previous}/{file.path}")
        except OSError:
            return committed
        before, fraction = divmod(old.st_mtime_ns, _SECOND)
        if old.st_size == file.size and fraction == _fraction(file.sha256):
            return before
        return max(committed, before + 1) if fraction else committed  # ours always have a fraction

    def record(self, addresses: Iterable[str]) -> tuple[SiteFile, ...]:
        """Give files that another program has written into the site their mode and time."""
        return tuple(self.stamp(one, (self.folder / one).read_bytes()) for one in addresses)

    def reuse(
        self,
        entry: CacheEntry,
        kind: type[FileGroupT],
        is_whole: Callable[[FileGroupT], bool] = lambda _: True,
    ) -> FileGroupT | None:
        """What an earlier build made, if it `is_whole` and all its files can be reused."""
        found = entry.get(kind)
        if found is None or not is_whole(found) or not self.take_over(found.files):
            return None
        return found

    def take_over(self, files: Iterable[SiteFile]) -> bool:
        """Have files in the site that an earlier build made; False where not all can be had."""
        missing = [file for file in files if not _is_in(self.folder, file)]
        if not all(_is_in(self._previous, file) for file in missing):
            return False
        for file in missing:
            # A copy of the old file would be served in place of the new one.
            place = self.path_for(file.path) if self._copies else self._in_its_folder(file.path)
            old = f"{self._previous}/{file.path}"
            if not _linked(old, place):
                _copy(old, place)
        return True

    def make_all(self, tasks: Sequence[FileTask], jobs: int) -> list[FileGroup]:
        """Make or reuse the files of all tasks, in so many processes.

        Raises:
            local_workers.WorkerDiedError: A worker was killed.
        """
        return list(local_workers.each(self.make, tasks, jobs))

    def make(self, task: FileTask) -> FileGroup:
        """Make the files of a task, or reuse those of an earlier build."""
        entry = self.cache.entry(task.name, task.inputs())
        found = self.reuse(entry, FileGroup)
        if found is None:
            found = FileGroup(self.write(task.make()))
            entry.put(found)
        return found

    def move_in(self, folder: Path, own: Collection[str]) -> Iterator[SiteFile]:
        """Move what other programs have written to `folder` into the site, beside our `own` files.

        Stale files of an older site are removed.
        """
        others = [
            name for name in names_below(folder) if name not in own and (folder / name).is_file()
        ]
        if folder == self.folder:
            permissions.open_up_contents(folder)
        elif not self._was_empty:
            self._keep_only({*own, *others})
        for name in others:
            path = folder / name
            written = SiteFile(name, path.stat().st_size, checksum(path))
            if folder != self.folder:
                self.move(path, name)
            self._stamp(written, self._time)
            yield written

    def _keep_only(self, addresses: Collection[str], inside: str = "") -> bool:
        """Remove all other files and folders without files; whether anything is left inside."""
        is_left = False
        for entry in [*os.scandir(f"{self.folder}/{inside}")]:
            address = inside + entry.name
            if entry.is_dir(follow_symlinks=False):
                if self._keep_only(addresses, f"{address}/"):
                    permissions.open_up(entry.path, entry.stat(follow_symlinks=False))
                    is_left = True
                else:
                    os.rmdir(entry.path)
            elif address in addresses:
                is_left = True
            elif address.removesuffix(self._copies) in addresses:
                permissions.open_up(entry.path, entry.stat())
                is_left = True
            else:
                os.unlink(entry.path)
        return is_left

    def remove(self, addresses: Iterable[str]) -> None:
        """Remove what was written by an earlier build of a preview."""
        for address in addresses:
            (self.folder / address).unlink(missing_ok=True)


def _is_in(site: Path, file: SiteFile) -> bool:
    """Whether a site has a file as it was written, for everybody to read."""
    path = f"{site}/{file.path}"
    try:
        found = os.stat(path)
    except OSError:
        return False
    written = file.size, _fraction(file.sha256)
    here = found.st_size, found.st_mtime_ns % _SECOND
    return here == written and permissions.is_opened(path, found)


def _fraction(sha256: str) -> int:
    """The fraction of a second that belongs to a content, in nanoseconds; never 0."""
    return (int(sha256[:12], 16) % (_SECOND // _TICK - 1) + 1) * _TICK


def checksum(file: Path) -> str:
    """A file's SHA-256."""
    return checksum_of(str(file))


def checksum_of(file: str) -> str:
    """The SHA-256 of a file that is known by its name."""
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _linked(path: str, place: str) -> bool:
    """Make a hard link, in place of what is there; False where none can be made."""
    try:
        os.link(path, place)
    except FileExistsError:
        os.link(path, new := _beside(place))
        os.replace(new, place)
    except OSError:
        return False
    return True


def _copy(path: str, place: str) -> None:
    """Copy a file with its time, in place of what is there."""
    shutil.copy2(path, new := _beside(place))
    permissions.open_up(new)
    os.replace(new, place)


def _beside(place: str) -> str:
    """A name for what is then renamed to `place`, free of what a killed program left there."""
    folder, name = os.path.split(place)
    new = f"{folder}/.{name}.new"
    with suppress(FileNotFoundError):
        os.unlink(new)
    return new
