"""What git remembers of the data: which commit it is of, and which commits touched what.

The history is read once, along the branch that is published: a merge counts as one commit that
brought everything the branch did not have. For a publication whose own date nobody wrote down,
the day of its first commit is the only date there is; it is shown as the day of entry and never
as the day of publication.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from disclosure.engine import git
from disclosure.model.dataset import Commit, GitHistory

#: Names the commit whose files are being built, for folders that are made from a commit and are
#: no work tree of it. The program that sets it vouches that the files are those of the commit.
COMMIT = "DISCLOSURE_COMMIT"

_MARK = "\0"  # no path can hold it


def history(data: Path) -> GitHistory:
    """Everything git knows of a data folder; nothing without git and outside a repository.

    The oldest commit of a shallow clone seems to have made every file, so it is left out: what no
    later commit touched has no commit then, and no file has a first one.
    """
    commit = os.environ.get(COMMIT) or "HEAD"
    questions = ("--is-shallow-repository", f"{commit}^{{commit}}")
    known = _git(data, "rev-parse", *questions).split() if data.is_dir() else []
    if len(known) != len(questions):
        return GitHistory()
    shallow, name = known[0] == "true", known[1]
    first, last = _touched(data, name, shallow)
    changed = [path for path in uncommitted(data, data) or () if path.endswith(".yml")]
    dirty = frozenset(place for path in changed for place in (path, *above(path)))
    time = _git(data, "show", "--no-patch", "--format=%ct", name).strip()
    return GitHistory(
        name, not shallow, first, last, dirty, int(time) if time.isdecimal() else None
    )


@lru_cache(maxsize=1)  # a preview asks for the same commit again
def _touched(
    data: Path, name: str, shallow: bool
) -> tuple[Mapping[str, Commit], Mapping[str, Commit]]:
    """The commits that made each file, and those that last touched each file and folder."""
    last: dict[str, Commit] = {}
    first: dict[str, Commit] = {}
    for found, changes in _commits(data, name, shallow):
        for status, path in changes:
            for place in (path, *above(path)):
                last.setdefault(place, found)
            if status == "A" and not shallow:
                first[path] = found  # newest first: the oldest addition stays
    return first, last


def above(path: str) -> Iterator[str]:
    """The folders of a file, each ending in `/`, up to the data folder itself, which is ""."""
    end = len(path)
    while (end := path.rfind("/", 0, end)) >= 0:
        yield path[: end + 1]
    yield ""


def uncommitted(folder: Path, *places: Path) -> tuple[str, ...] | None:
    """The files at `places` that are not as in the commit, relative to `folder`, in order.

    Files that git is told to ignore are among them, because no commit holds them. None when git
    cannot say.
    """
    if os.environ.get(COMMIT):
        return ()
    root = _git(folder, "rev-parse", "--show-toplevel").strip()
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored")
    paths = [str(place.resolve()) for place in places]
    if not root or not all(Path(path).is_relative_to(root) for path in paths):
        return None
    found = _git(folder, "--no-optional-locks", "status", *options, "--", *paths).split("\0")
    here = folder.resolve()
    relative = (os.path.relpath(Path(root, line[3:]), here) for line in found if line)
    return tuple(sorted(path.replace(os.sep, "/") for path in relative))


def _commits(
    data: Path, name: str, shallow: bool
) -> Iterator[tuple[Commit, Sequence[tuple[str, str]]]]:
    """The commits that touched the data, newest first, with (status, path) of what they touched."""
    shape = ("--first-parent", "-m", "--no-renames", "--name-status", "--relative")
    log = _git(data, "log", name, *shape, "--format=%x00%H %cs %P", "--", ".")
    for age, text in enumerate(log.split(_MARK)[1:]):
        head, *lines = text.splitlines()
        id_, day, *parents = head.split()
        if shallow and not parents:
            return
        changes = (re.fullmatch(r"([A-Z])\t(.+)", line) for line in lines)
        yield Commit(id_, day, age), [(found[1], found[2]) for found in changes if found]


def _git(folder: Path, *arguments: str) -> str:
    """What git answers; "" when it cannot."""
    try:
        done = git.in_folder(folder).run(*arguments)
    except git.GitError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
