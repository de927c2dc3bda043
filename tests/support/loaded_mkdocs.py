"""MkDocs in a process that has loaded it: loading is half of what it takes to build a small site.

Each run is a process of its own all the same, forked from one that has loaded the libraries and
done nothing else. All forks share the seed of their hashes, so one of two sites that are compared
byte for byte is made by a process that is started as usual.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from unittest import mock

from disclosure.site import mkdocs_process
from disclosure.site.build_protocol import DEFAULT_ORDER, BuildOrder
from disclosure.site.mkdocs_process import _Command
from tests.support.repository import ROOT

#: What every build loads.
_LIBRARIES = ("mkdocs.__main__", "mkdocs.commands.build", "disclosure.plugin.plugin",
              "material.extensions.emoji", "opencc", "pypinyin", "rjieba")  # fmt: skip

#: How often a build is asked how far it is, in seconds.
_INTERVAL = 0.25


def mkdocs(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run MkDocs, for a test of what it makes; the caller judges the exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        out, err = (Path(scratch, name) for name in ("out", "err"))
        words = [sys.executable, "-m", "mkdocs", *arguments]
        variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        process = _started(_Command(words, cwd, variables, None), (out, err))
        process.join()
        assert process.exitcode is not None
        texts = (file.read_text("utf-8") for file in (out, err))
        return subprocess.CompletedProcess(arguments, process.exitcode, *texts)


def build(
    project: Path, site: Path, *, strict: bool = True, order: BuildOrder = DEFAULT_ORDER
) -> mkdocs_process.BuildResult:
    """Build a site as our command does."""
    with taken():
        return mkdocs_process.build(
            project, site, strict=strict, progress=lambda _: None, order=order
        )


@contextmanager
def taken() -> Iterator[None]:
    """Our command takes this MkDocs meanwhile."""
    with mock.patch.object(mkdocs_process, "_finish", _finish):
        yield


def _finish(command: _Command, poll: Callable[[], None]) -> tuple[bool, str]:
    """Does what the function does in whose place it is."""
    assert command.words[:3] == [sys.executable, "-m", "mkdocs"]
    assert command.seconds is None, "nothing here ends a build that takes too long"
    with tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch, "log")
        process = _started(command, (log, log))
        while process.exitcode is None:
            process.join(_INTERVAL)
            poll()
        return process.exitcode == 0, log.read_text("utf-8")


def _started(command: _Command, streams: tuple[Path, Path]) -> BaseProcess:
    process: BaseProcess = _context().Process(  # type: ignore[attr-defined]
        target=_run, args=(command, streams)
    )
    process.start()
    return process


@cache
def _context() -> BaseContext:
    """Starts the forks, and loads the libraries at the first; a fresh start where none can be."""
    fork = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if fork else "spawn")
    context.set_forkserver_preload([*_LIBRARIES])
    return context


def _run(command: _Command, streams: tuple[Path, Path]) -> None:
    """In the fork: what `python -m mkdocs` does, with its two streams of output in files."""
    from mkdocs.__main__ import cli

    for number, file in enumerate(streams, start=1):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(command.variables)
    os.chdir(command.folder)
    sys.path.insert(0, str(command.folder))
    cli(command.words[3:], "mkdocs")
