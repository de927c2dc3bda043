"""Release folders, the one link that is served, and the way back.

```
WWW/current -> releases/000017-<commit>    what the web server serves
WWW/releases/000017-<commit>/              one finished site each
WWW/releases/.ready-<commit>/              finished, and its commit not yet on the branch
WWW/releases/.building-<random>/           half made
WWW/releases/.spare/                       the release that was removed last, for the next one
WWW/kept/                                  what pages of all releases may still ask for
```

Numbers count up and are never used again, so their order is that of publication. A name with a
dot before it is temporary: the holder of the lock may remove it. The next site is made in the
spare folder, as `atomic_folder` says; it may be removed at any time.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import Struct

from disclosure.engine import atomic_folder, permissions
from disclosure.publishing import serving

_NAME = re.compile(r"(?P<number>[0-9]{6,})-(?P<commit>[0-9a-f]{40,64})")


class LockedError(Exception):
    """A push is being published, or another process is switching releases right now."""


@contextmanager
def locked(repository: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of a publishing repository; wait for it at most so many seconds.

    Raises:
        LockedError: Another process holds it.
    """
    try:
        lock = FileLock(repository / "disclosure.lock").acquire(timeout=seconds)
    except Timeout as error:
        raise LockedError(str(repository)) from error
    with lock:
        yield


class Release(Struct, frozen=True):
    """A finished site.

    Attributes:
        number: Counts up from 1 in the order of publication.
        commit: What it was made of.
        folder: Where it is.
    """

    number: int
    commit: str
    folder: Path


class Releases:
    """The releases of one site. Callers that change them hold the lock (`locked`)."""

    def __init__(self, www: Path) -> None:
        """Look at `www`."""
        self._www = www
        self._folder = www / "releases"
        self.current = www / "current"
        self.spare = self._folder / ".spare"

    def all(self) -> tuple[Release, ...]:
        """Every release, newest first."""
        if not self._folder.is_dir():
            return ()
        found = (_release(path) for path in self._folder.iterdir())
        return tuple(sorted(filter(None, found), key=lambda release: -release.number))

    def live(self) -> Release | None:
        """The release that is served; None before the first."""
        if not self.current.is_symlink():
            return None
        return _release(self._folder / self.current.readlink().name)

    def ready(self, commit: str) -> Path | None:
        """The finished site of a commit that was not yet published."""
        place = self._place(commit)
        return place if place.is_dir() else None

    @contextmanager
    def context(self) -> Iterator[Path]:
        """A folder to build in, beside the releases, so that moving is renaming; then removed."""
        permissions.make_folder(self._folder)
        if permissions.is_private(self._www):
            permissions.open_up(self._www)
        # A killed push's child may still write into its folder, so each has its own.
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=self._folder))
        try:
            yield folder
        finally:
            atomic_folder.remove(folder)

    def sweep(self) -> None:
        """Remove what pushes left behind that were killed, or that git refused in the end."""
        if self._folder.is_dir():
            for path in self._folder.glob(".*"):
                if path != self.spare:
                    atomic_folder.remove(path)
        for path in self._www.glob(".current-*"):
            path.unlink()

    def finish(self, site: Path, commit: str) -> None:
        """Keep a finished site until its commit is on the branch."""
        live = self.live()
        serving.prepare(site, live.folder if live else None)
        site.rename(self._place(commit))

    def publish(self, commit: str) -> Release:
        """Give a commit's finished site its number and serve it."""
        number = max((release.number for release in self.all()), default=0) + 1
        folder = self._folder / f"{number:06}-{commit}"
        self._place(commit).rename(folder)
        release = Release(number, commit, folder)
        self.switch(release)
        return release

    def switch(self, release: Release) -> None:
        """Serve this release from one instant to the next: a link is renamed over the old one.

        Whatever it was made with, a web server can read it.
        """
        permissions.open_up_all(release.folder)
        serving.keep(self._www, [one.folder for one in self.all()])
        link = self._www / f".current-{os.getpid()}"
        link.symlink_to(Path("releases", release.folder.name))
        link.replace(self.current)

    def before_live(self) -> Release | None:
        """The release that was published before the one that is served."""
        live = self.live()
        older = (one for one in self.all() if live and one.number < live.number)
        return next(older, None)

    def find(self, name: str) -> Release | None:
        """The release with this number, or whose commit begins so."""
        for release in self.all():
            if name.isascii() and name.isdigit() and int(name) == release.number:
                return release
        fitting = [one for one in self.all() if len(name) >= 7 and one.commit.startswith(name)]
        return fitting[0] if fitting else None

    def prune(self, keep: int) -> None:
        """Remove all but the newest `keep` releases, and never the one that is served."""
        live = self.live()
        for release in self.all()[keep:]:
            if release != live:
                atomic_folder.remove(self.spare)
                release.folder.rename(self.spare)

    def _place(self, commit: str) -> Path:
        return self._folder / f".ready-{commit}"


def _release(folder: Path) -> Release | None:
    """The release in a folder; None when it is something else."""
    name = _NAME.fullmatch(folder.name)
    if name is None or not folder.is_dir():
        return None
    return Release(int(name["number"]), name["commit"], folder)
