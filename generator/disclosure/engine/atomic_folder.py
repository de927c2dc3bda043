"""A folder that is replaced whole or not at all.

The new content is made in a sibling folder and swapped in when it is complete, so that a reader
of the folder, or a user who kills the program, finds either all of the old or all of the new.
On Linux the swap is one system call. Elsewhere it is two renames; if the program is killed
just between them, the next one puts the old folder back before it does anything else.

Beside a folder `site` there may stand, while it is being replaced: `.site.lock`,
`.site.new-<process>` (`…-more` beside that) and `.site.old`; and from one time to the next, where
that was asked for, `.site.spare`.

A spare is the content before that, and the next content is made in it: a file system takes longer
to make and remove the ten thousand folders of a site than everything else takes after a small
change, and on ext4 the next program has to wait for minutes after a removal.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import Struct

from disclosure.engine import git

AT_FDCWD = -100
RENAME_EXCHANGE = 2


class BusyError(Exception):
    """Another process is replacing the same folder right now."""


class Replacement(Struct, frozen=True):
    """The new content of `target`, being made in `folder`; all else is as of `replacing`."""

    folder: Path
    target: Path
    spare: Path | None
    mode: int | None

    @property
    def more(self) -> Path:
        """A place for what is needed on the way, beside `folder`; it is removed at the end."""
        return self.folder.with_name(f"{self.folder.name}-more")

    def swap_in(self) -> None:
        """Put the finished folder in the target's place.

        Raises:
            OSError: The target cannot be replaced; it is as it was.
        """
        if sys.platform != "win32":
            os.sync()  # a power cut after the swap must not leave half-written new pages
        if self.mode is not None:
            self.folder.chmod(self.mode)
        if not self.target.exists():
            self.folder.rename(self.target)
            return
        if self.mode is None:
            shutil.copymode(self.target, self.folder)
        if not _exchange(self.folder, self.target):
            _rename_twice(self.folder, self.target)
        if self.spare:
            self.folder.rename(self.spare)
            git.hide(self.spare)


def spare_of(target: Path) -> Path:
    """Where the content before that of `target` may stay, for the next time."""
    target = target.resolve()
    return target.with_name(f".{target.name}.spare")


@contextmanager
def replacing(
    target: Path, spare: Path | None = None, mode: int | None = None
) -> Iterator[Replacement]:
    """Make new content for `target`; without a `swap_in()` inside, nothing changes.

    The folder starts empty, but for a spare, and its parents are made. What an earlier, killed
    program left behind is put right first.

    Args:
        target: The folder to replace.
        spare: A folder on the same file system. The new content is made in it, if it is there,
            and the old content is put there, with a `.gitignore`. The caller removes what does
            not belong to the new content.
        mode: The permissions of the folder; None for those of the old content.

    Raises:
        BusyError: Another process is replacing `target`.
        OSError: The place cannot be written.
    """
    target = target.resolve()  # behind a symbolic link, the folder itself is replaced
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(target.with_name(f".{target.name}.lock")).acquire(timeout=0)
    except Timeout as error:
        raise BusyError(str(target)) from error
    with lock:
        _heal(target)
        # A killed program's child may still write into its folder, so each has its own.
        folder = target.with_name(f".{target.name}.new-{os.getpid()}")
        spared = spare if spare and spare.is_dir() else None
        if spared:
            spared.rename(folder)
        else:
            folder.mkdir()
        try:
            yield Replacement(folder, target, spare, mode)
        finally:
            if spared and folder.is_dir():
                folder.rename(spared)
            _heal(target)


def _heal(target: Path) -> None:
    """Undo a swap that was cut off between its two renames, and clean up."""
    if _set_aside(target).exists() and not target.exists():
        _set_aside(target).rename(target)
    _remove_leftovers(target)


def _remove_leftovers(target: Path) -> None:
    """Remove what is no longer of use; what cannot be removed now, the next program removes."""
    if target.exists():  # otherwise the folder set aside is all there is
        remove(_set_aside(target))
    prefix = f".{target.name}.new-"
    for entry in target.parent.iterdir():
        if entry.name.startswith(prefix):
            remove(entry)


def remove(folder: Path) -> None:
    """Remove a folder as far as that can be done.

    One thread does it: several wait for each other in the file system, and took half as long
    again for the ten thousand folders of a site.
    """
    shutil.rmtree(folder, ignore_errors=True)


def _set_aside(target: Path) -> Path:
    """Where the old folder stands between the two renames."""
    return target.with_name(f".{target.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at one instant; False where the system has no such call."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    paths = os.fsencode(one), AT_FDCWD, os.fsencode(other)
    return bool(renameat2(AT_FDCWD, *paths, RENAME_EXCHANGE) == 0)


def _rename_twice(folder: Path, target: Path) -> None:
    """The swap for systems and file systems without an exchange; `_heal` knows its one gap."""
    old = _set_aside(target)
    target.rename(old)
    try:
        folder.rename(target)
    except BaseException:
        old.rename(target)
        raise
    old.rename(folder)
