"""A bare repository: what publishing asks git about it, before and after a push is accepted.

During a push the new objects are not yet in the repository but in quarantine beside it, and git
tells its hooks where by variables. They are handed to git alone: nothing else that is started may
see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from msgspec import Struct

from disclosure.engine import git
from disclosure.engine.git import GitError

_CHUNK = 1 << 16
_QUARANTINE = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")


class TreeEntry(Struct, frozen=True):
    """A line of a commit's tree.

    Attributes:
        mode: As git writes it: `100644` a file, `120000` a symbolic link, `040000` a folder.
        kind: `blob`, `tree`, or `commit` for a submodule.
        object: The object's name.
        size: In bytes; 0 for what is no file.
        raw: The path as bytes; git promises nothing of them.
    """

    mode: str
    kind: str
    object: str
    size: int
    raw: bytes

    @property
    def path(self) -> str:
        """The path as text, bytes that are not UTF-8 spelled out."""
        return self.raw.decode("utf-8", "backslashreplace")


class CommitHeader(Struct, frozen=True):
    """What a commit says of itself: its day (ISO), who made it, the first line of its message."""

    day: str
    author: str
    subject: str


class Repository:
    """A bare repository, seen with or without the objects of the push that is being received."""

    def __init__(self, path: Path, variables: Mapping[str, str] | None = None) -> None:
        """Look at `path`; inside a hook, `variables` is the environment that git gave it."""
        self.path = path.resolve()
        given = variables or {}
        self._quarantine = {key: given[key] for key in _QUARANTINE if key in given}
        self._git = git.in_repository(self.path, self._quarantine)

    def tip(self, branch: str) -> str:
        """The newest commit of a branch; "" while it has none."""
        done = self._git.run("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}^{{commit}}")
        return done.stdout.decode().strip() if done.returncode == 0 else ""

    def is_commit(self, name: str) -> bool:
        """Whether the object is a commit, and not a tag, a tree or a file."""
        return self._git.run("cat-file", "-t", name).stdout.strip() == b"commit"

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` goes on from `old`."""
        return self._git.run("merge-base", "--is-ancestor", old, new).returncode == 0

    def header(self, commit: str) -> CommitHeader:
        """What a commit says of itself."""
        text = self._git.text("log", "-1", "--format=%cs%x00%an%x00%s", commit, "--")
        return CommitHeader(*text.rstrip("\n").split("\0", 2))

    def changed(self, old: str, new: str) -> tuple[str, ...]:
        """The paths of all files that differ between two commits."""
        names = self._git.text("diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new)
        return tuple(name for name in names.split("\0") if name)

    def text(self, commit: str, path: str) -> str | None:
        """The text of a file in a commit; None without such a file."""
        done = self._git.run("cat-file", "blob", f"{commit}:{path}")
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

    def entries(self, commit: str) -> Iterator[TreeEntry]:
        """Everything in a commit's tree, folders included, as git finds it.

        A tree of a few bytes can unfold to billions of lines: a caller that stops iterating stops
        git as well.
        """
        with self._git.started("ls-tree", "-r", "-t", "-z", "-l", "--full-tree", commit) as running:
            try:
                yield from map(_entry, _until_zero(running.output))
            except GeneratorExit:
                running.process.kill()
                raise
            if running.process.wait():
                raise GitError("ls-tree")

    def copy(self, files: Iterable[tuple[str, Path]]) -> None:
        """Write each object to its path, byte for byte: no filter and no attribute has a say."""
        with self._git.started("cat-file", "--batch") as running:
            for name, path in files:
                running.input.write(f"{name}\n".encode())
                running.input.flush()
                size = int(running.output.readline().split()[2])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                with path.open("xb") as file:
                    file.write(running.output.read(size))
                running.output.read(1)  # the line feed after each object

    def lend(self, folder: Path, commit: str) -> None:
        """Make `folder` a repository of its own that stands at `commit` and borrows our objects.

        So git shows the commit's history there as in a clone, during a push as well.
        """
        lent = folder / ".git"
        objects = [self.path / "objects"]
        if "GIT_OBJECT_DIRECTORY" in self._quarantine:
            objects.append(self.path / self._quarantine["GIT_OBJECT_DIRECTORY"])
        (lent / "objects" / "info").mkdir(parents=True)
        (lent / "refs").mkdir()
        (lent / "HEAD").write_text(f"{commit}\n", "ascii")
        alternates = "".join(f"{place.resolve()}\n" for place in objects)
        (lent / "objects" / "info" / "alternates").write_text(alternates, "utf-8")

    def set(self, key: str, value: str) -> None:
        """Set the repository's own configuration."""
        self._git.text("config", key, value)


def create(path: Path, branch: str) -> Repository:
    """Make an empty bare repository whose one branch is `branch`.

    Raises:
        GitError: Git refuses, for example the branch's name.
    """
    kind = ("--bare", "--template=", f"--initial-branch={branch}")
    git.Git().text("init", "--quiet", *kind, str(path))
    return Repository(path)


def _until_zero(output: IO[bytes]) -> Iterator[bytes]:
    """What git prints, cut at its zero bytes."""
    rest = b""
    while chunk := output.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\0")
        yield from lines


def _entry(line: bytes) -> TreeEntry:
    head, _, path = line.partition(b"\t")
    mode, kind, name, size = head.decode("ascii").split()
    return TreeEntry(mode, kind, name, int(size) if size.isdigit() else 0, path)
