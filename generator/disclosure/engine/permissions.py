"""File permissions: what is made can be read by others, because a web server is another user.

What is made gets its mode from the umask of the user who runs us, which on hardened servers
shuts out everybody else, and a file that is reused from an older site keeps the mode it got
then. On Windows modes mean something else, and nothing is done there.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o755, 0o644


def let_others_read_what_is_made() -> None:
    """Set the umask of this process and of those that it starts."""
    os.umask(0o777 & ~FOLDER)


def open_up(path: Path | str, found: os.stat_result | None = None) -> None:
    """Give a file or folder its mode; `found` is what is known of it already.

    Raises:
        OSError: It belongs to another user and is closed to others.
    """
    found = found or Path(path).stat()
    mode = FOLDER if stat.S_ISDIR(found.st_mode) else FILE
    if sys.platform != "win32" and found.st_mode & 0o777 != mode:
        try:
            Path(path).chmod(stat.S_IMODE(found.st_mode) & ~0o777 | mode)
        except PermissionError:
            if _is_closed(found):
                raise


def open_up_all(folder: Path) -> None:
    """The same for a folder and all that is in it."""
    open_up(folder)
    open_up_contents(folder)


def open_up_contents(folder: Path) -> None:
    """The same for all that is in a folder, which itself stays as it is."""
    for entry in _below(str(folder)):
        open_up(entry.path, entry.stat(follow_symlinks=False))


def is_opened(path: Path | str, found: os.stat_result) -> bool:
    """Whether others can read a file, now if not before; False where that cannot be changed."""
    try:
        open_up(path, found)
    except OSError:
        return False
    return True


def make_folder(folder: Path | str) -> None:
    """Make a folder that others can look into, with its parents; one that is there becomes such.

    Raises:
        OSError: It cannot be made, or belongs to another user and is closed to others.
    """
    with suppress(FileExistsError):
        try:
            Path(folder).mkdir()
        except FileNotFoundError:
            make_folder(Path(folder).parent)
            Path(folder).mkdir(exist_ok=True)
    open_up(folder)


def is_private(folder: Path) -> bool:
    """Whether a folder is its owner's alone, which is what a strict umask makes of it.

    One that a group may enter was made so on purpose.
    """
    return sys.platform != "win32" and not folder.stat().st_mode & 0o077


def is_closed(path: Path) -> bool:
    """Whether others cannot read a file or folder."""
    return _is_closed(path.stat())


def closed(folder: Path) -> Iterator[str]:
    """The files and folders in a folder that others cannot read, by their names below it."""
    if _is_closed(folder.stat()):
        yield "."
    for entry in _below(str(folder)):
        if _is_closed(entry.stat(follow_symlinks=False)):
            yield Path(entry.path).relative_to(folder).as_posix()


def _is_closed(found: os.stat_result) -> bool:
    needed = 0o005 if stat.S_ISDIR(found.st_mode) else 0o004
    return sys.platform != "win32" and found.st_mode & needed != needed


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    """All entries below a folder but for links, which have no mode of their own."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.is_symlink():
                yield entry
                if entry.is_dir():
                    yield from _below(entry.path)
