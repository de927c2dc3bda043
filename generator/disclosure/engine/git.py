"""Runs git: the one place where it is found, and where its environment is made safe.

Hooks and the programs that start us have variables that steer git (`GIT_DIR`, `GIT_INDEX_FILE`,
`GIT_CONFIG_COUNT` …) or a program that git starts. None of them reaches git from here, so that
the answer is about the folder that was named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct, field

IGNORE = ".gitignore"


class GitError(Exception):
    """Git could not do what it was asked; the text is what it said."""


def executable() -> str:
    """Where git is.

    Raises:
        GitError: It is not installed.
    """
    found = shutil.which("git")
    if found is None:
        raise GitError("找不到 git。")
    return found


def hide(folder: Path) -> None:
    """Let git pass over a folder of ours: it is nothing that a user wants to commit."""
    (folder / IGNORE).write_text("*\n", "utf-8")


def clean_environment() -> dict[str, str]:
    """Our environment without what git, or the author of a push, could steer a program by."""
    ours = ("DISCLOSURE_", "GIT_", "PYTHON")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


class Git(Struct, frozen=True):
    """Git as it is asked about one place.

    Attributes:
        options: What stands before each command, such as `-C` with a folder.
        variables: What git is told beside the clean environment.
    """

    options: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end, whether it succeeds or not.

        Raises:
            GitError: Git is not installed.
        """
        command = [executable(), *self.options, *arguments]
        return subprocess.run(command, env=self._environment(), capture_output=True, check=False)

    def text(self, *arguments: str) -> str:
        """What a command prints; bytes that are not UTF-8 are spelled out.

        Raises:
            GitError: Git is not installed, or the command failed.
        """
        done = self.run(*arguments)
        if done.returncode:
            raise GitError(done.stderr.decode("utf-8", "replace").strip())
        return done.stdout.decode("utf-8", "backslashreplace")

    @contextmanager
    def started(self, *arguments: str) -> Iterator[Pipes]:
        """A command that runs while it is fed and read; at the end it is waited for.

        Raises:
            GitError: Git is not installed.
        """
        command, pipe = [executable(), *self.options, *arguments], subprocess.PIPE
        environment = self._environment()
        with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            yield Pipes(process, process.stdin, process.stdout)

    def _environment(self) -> dict[str, str]:
        return clean_environment() | dict(self.variables)


class Pipes(Struct, frozen=True):
    """A command of git that is running, with both ends of it."""

    process: subprocess.Popen[bytes]
    input: IO[bytes]
    output: IO[bytes]


def in_folder(folder: Path) -> Git:
    """Git as it is asked about the repository in or around a folder; it quotes no paths."""
    return Git(("-C", str(folder), "-c", "core.quotePath=false"))


def in_repository(git_dir: Path, variables: Mapping[str, str] | None = None) -> Git:
    """Git as it is asked about a repository without a work tree."""
    return Git(("--git-dir", str(git_dir)), variables or {})
