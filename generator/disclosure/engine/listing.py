"""Lists the files below a folder, as text: a site has so many that path objects take too long."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: The number of a file in its file system, its size and its time in nanoseconds.
FileState = tuple[int, int, int]


def names_below(folder: Path, suffix: str = "") -> list[str]:
    """Where the files are whose names end so, relative to the folder, with slashes, in order."""
    return sorted(name for name in inodes_below(folder) if name.endswith(suffix))


def inodes_below(folder: Path) -> dict[str, int]:
    """The number that the file system has for each file below a folder, by its name as above.

    Names with the same number are one file, without a look at either. What cannot be opened is
    left out, as by `os.walk`.
    """
    return {name: entry.inode() for name, entry in _below(folder)}


def states_below(folder: Path) -> dict[str, FileState]:
    """The same with all by which a change shows: a file that is replaced has another number.

    Folders are among them, the first as "", each with the time when it was moved or what is in it
    came or went: what is taken away and put back between two looks is the same as before.
    """
    found = {}
    with suppress(OSError):
        found[""] = _folder_state(folder.stat())
    for name, entry in _below(folder, with_folders=True):
        with suppress(OSError):  # it has just been removed, or leads nowhere
            found[name] = (_folder_state if name.endswith("/") else state)(entry.stat())
    return found


def _folder_state(folder: os.stat_result) -> FileState:
    return folder.st_ino, 0, folder.st_ctime_ns


def state(file: os.stat_result) -> FileState:
    """By what a change of a file shows."""
    return file.st_ino, file.st_size, file.st_mtime_ns


def state_of(file: Path) -> FileState | None:
    """By what a change of a file shows; None while there is none."""
    with suppress(OSError):  # it may go at any moment
        return state(file.stat())
    return None


def _below(folder: Path, *, with_folders: bool = False) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Each file by its name as above; each folder, if asked for, with a slash behind it."""
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
                    yield inside + entry.name, entry
                elif not entry.is_symlink():
                    waiting.append(f"{inside}{entry.name}/")
                    if with_folders:
                        yield waiting[-1], entry
