"""A document is read in a process of its own, with limits on its memory and its time.

The libraries that read PDF and Office files unpack what they are given; a hostile file can make
them take all memory or never end, and so may what it says. Such a process is ended, with all that
it has started, and the file said to be the reason; what it wrote meanwhile is deleted.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from disclosure.intake import rules
from disclosure.intake.formats.pieces import Document, Say
from disclosure.intake.rules import UnreadableError
from disclosure.model.diagnostics import Diagnostic

MEMORY = 3_000_000_000  # bytes of address space
SECONDS = 120.0  # for one step, such as one page, also on a machine that is very busy
_LARGEST_FILE = 400_000_000  # bytes; a copy of a document takes a fraction
ALL_SECONDS = 1800.0  # a document of two thousand pages takes a quarter of that

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Done:
    """The result for a document."""

    result: object


@dataclass(frozen=True, slots=True)
class _Limits:
    """How many bytes of address space a process may take, and where it may write."""

    memory: int
    scratch: str


@dataclass(frozen=True, slots=True)
class _Bug:
    """A bug of ours, as its traceback."""

    said: str


def read(
    file: Path,
    say: Say,
    work: Callable[[Document], _T],
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> _T | Diagnostic:
    """What `work` makes of a document, or why it cannot be read.

    Args:
        file: The document.
        say: Told what is being read.
        work: What to do with its pieces; it and its result are passed between processes.
        seconds: How long one step may take.
        memory: How many bytes of address space it may take.

    Raises:
        OSError: The file is not there or may not be read.
    """
    with file.open("rb"):
        pass  # so that what is wrong with the place is said as everywhere
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        task = (there, file, _Limits(memory, scratch), work)
        process = context.Process(target=_work, args=task, daemon=True)
        process.start()
        there.close()
        try:
            done = _result(here, file, say, seconds)
            return done if isinstance(done, Diagnostic) else done.result  # type: ignore[return-value]  # `work`'s
        finally:
            _end(process)
            here.close()


def _end(process: BaseProcess) -> None:
    """End a process and those that it has started, such as LibreOffice."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # it has not begun, or is over
            os.killpg(process.pid or 0, signal.SIGKILL)
    process.kill()
    process.join()


def _result(here: Connection, file: Path, say: Say, seconds: float) -> _Done | Diagnostic:
    end = time.monotonic() + ALL_SECONDS
    while here.poll(min(seconds, max(end - time.monotonic(), 0))):
        try:
            said = here.recv()
        except EOFError:  # killed by the system, for its memory
            break
        if isinstance(said, str):
            say(said)
        elif isinstance(said, UnreadableError):
            return said.about(file)
        elif isinstance(said, _Done):
            return said
        else:
            raise RuntimeError(said.said)
    return rules.too_long().about(file)


def _work(
    there: Connection, file: Path, limits: _Limits, work: Callable[[Document], object]
) -> None:
    """Read in the other process, and send what comes of it."""
    if hasattr(os, "setsid"):
        os.setsid()  # so that it can be ended with all that it starts; Ctrl-C is for the program
    tempfile.tempdir = limits.scratch
    _limit(limits.memory)
    try:
        there.send(_Done(work(_document(file, there.send))))
    except UnreadableError as error:
        there.send(error)
    except (MemoryError, RecursionError):
        there.send(rules.too_long())
    except Exception:  # noqa: BLE001 - the process that asked says it
        there.send(_Bug(traceback.format_exc()))
    there.close()


def _document(file: Path, say: Say) -> Document:
    # Heavy, and only needed in this process.
    from disclosure.intake.formats.reader import document  # noqa: PLC0415

    try:
        return document(file, say)
    except (UnreadableError, MemoryError, RecursionError, AssertionError):
        raise
    except Exception:  # noqa: BLE001 - a library met what its format does not allow
        raise rules.damaged() from None


def _limit(memory: int) -> None:
    """Limit the memory of this process and of each that it starts, and the files they write."""
    try:
        import resource  # noqa: PLC0415 - Unix has it, Windows does not
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    with suppress(ValueError):  # macOS has given a process more addresses than that already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
