"""A document is read in a process of its own, with limits on its memory and its time.

The libraries that read PDF and Office files unpack what they are given; a hostile file can make
them take all memory or never end, and so may what it says. Such a process is ended, with all that
it has started, and the file said to be the reason; what it wrote meanwhile is deleted.
"""

from __future__ import annotations

import mmap
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from functools import partial
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar, cast

from msgspec import Struct, field

from disclosure.intake import rules
from disclosure.intake.formats.pieces import Document, Say
from disclosure.intake.rules import UnreadableError
from disclosure.model.diagnostics import Diagnostic

MAX_MEMORY = 3_000_000_000  # bytes of address space, besides those that a process begins with
MAX_STEP_SECONDS = 120.0  # for one step, such as one page, also on a machine that is very busy
_MAX_FILE_BYTES = 400_000_000  # bytes; a copy of a document takes a fraction
MAX_SECONDS = 5400.0  # two thousand pages take a tenth of that, a scan of two hundred a half

_T = TypeVar("_T")


class _Done(Struct, frozen=True):
    """The result for a document."""

    result: object


class _Limits(Struct, frozen=True):
    """How many bytes of address space a process may take besides, and where it may write."""

    memory: int
    scratch: str


class _Bug(Struct, frozen=True):
    """A bug of ours, as its traceback."""

    traceback: str


def read(
    file: Path,
    say: Say,
    work: Callable[[Document], _T],
    seconds: float = MAX_STEP_SECONDS,
    memory: int = MAX_MEMORY,
) -> _T | Diagnostic:
    """What `work` makes of a document, or why it cannot be read.

    Args:
        file: The document.
        say: Told what is being read.
        work: What to do with its pieces; it and its result are passed between processes.
        seconds: How long one step may take.
        memory: How many bytes of address space it may take, besides those it begins with.

    Raises:
        OSError: The file is not there or may not be read.
    """
    with closing(_begun(file, work, memory)) as reading:
        while not reading.is_over(say, seconds):
            connection.wait([reading.here], reading.time_left(seconds))
        return cast("_T | Diagnostic", reading.result())


def read_each(
    files: Sequence[Path], say: Say, work: Callable[[Document], _T], jobs: int
) -> list[_T | Diagnostic]:
    """What `work` makes of each of some documents, in their order, whichever is done first.

    Args:
        files: The documents.
        say: Told what is being read, of which document.
        work: What to do with the pieces of each.
        jobs: How many may be read at once, each in a process of its own.

    Raises:
        OSError: A file is not there or may not be read; no process is left.
    """
    found: dict[int, _T | Diagnostic] = {}
    waiting = deque(enumerate(files))
    running: dict[int, _IsolatedReading] = {}
    with ExitStack() as stack:
        while waiting or running:
            while waiting and len(running) < max(jobs, 1):
                number, file = waiting.popleft()
                running[number] = stack.enter_context(closing(_begun(file, work, MAX_MEMORY)))
            left = min(reading.time_left(MAX_STEP_SECONDS) for reading in running.values())
            connection.wait([reading.here for reading in running.values()], left)
            for number, reading in [*running.items()]:
                done = f"已读 {len(found)}/{len(files)} 个，{files[number].name}"
                if reading.is_over(partial(_say_of, say, done), MAX_STEP_SECONDS):
                    found[number] = cast("_T | Diagnostic", running.pop(number).result())
                    reading.close()
    return [found[number] for number in range(len(files))]


def _say_of(say: Say, what: str, message: str) -> None:
    say(f"{what}：{message}")


def _begun(file: Path, work: Callable[[Document], object], memory: int) -> _IsolatedReading:
    """A document whose reading has begun."""
    with file.open("rb"):
        pass  # so that what is wrong with the place is said as everywhere
    if sys.platform == "linux":  # macOS cannot fork with its own libraries loaded
        from disclosure.intake.formats import reader  # noqa: F401, PLC0415 - loaded once for all

        context = multiprocessing.get_context("fork")
    else:
        context = multiprocessing.get_context("spawn")
    scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    here, there = context.Pipe(duplex=False)
    task = (there, file, _Limits(memory, scratch.name), work)
    process = context.Process(target=_work, args=task, daemon=True)
    process.start()
    there.close()
    return _IsolatedReading(file, process, here, scratch)


class _IsolatedReading(Struct):
    """A document that is being read in a process of its own."""

    file: Path
    process: BaseProcess
    here: Connection
    scratch: tempfile.TemporaryDirectory[str]
    step: float = field(default_factory=time.monotonic)
    begin: float = field(default_factory=time.monotonic)
    done: _Done | Diagnostic | None = None

    def time_left(self, seconds: float) -> float:
        """How many seconds are left for the step, and for all of them."""
        now = time.monotonic()
        return max(min(self.step + seconds, self.begin + MAX_SECONDS) - now, 0)

    def is_over(self, say: Say, seconds: float) -> bool:
        """Take what the process has sent; whether it has sent its result or is given up."""
        while self.done is None and self.here.poll():
            try:
                self._take(self.here.recv(), say)
            except EOFError:  # killed by the system, for its memory
                self.done = rules.too_long().about(self.file)
        if self.done is None and not self.time_left(seconds):
            self.done = rules.too_long().about(self.file)
        return self.done is not None

    def result(self) -> object:
        """What the reading gave, or why it ended."""
        return self.done.result if isinstance(self.done, _Done) else self.done

    def close(self) -> None:
        """End the process and those that it has started, and delete what they wrote."""
        if self.here.closed:
            return
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):  # it has not begun, or is over
                os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.here.close()
        self.scratch.cleanup()

    def _take(self, message: object, say: Say) -> None:
        self.step = time.monotonic()
        if isinstance(message, str):
            say(message)
        elif isinstance(message, _Done | Diagnostic):
            self.done = message
        else:
            assert isinstance(message, _Bug)
            raise RuntimeError(message.traceback)


def _work(
    there: Connection, file: Path, limits: _Limits, work: Callable[[Document], object]
) -> None:
    """Read in the other process, and send what comes of it."""
    if hasattr(os, "setsid"):
        os.setsid()  # so that it can be ended with all that it starts; Ctrl-C is for the program
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # what the program has for them is not ours
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tempfile.tempdir = limits.scratch
    _limit(limits.memory)
    try:
        there.send(_Done(work(_document(file, there.send))))
    except UnreadableError as error:
        there.send(error.about(file))  # no exception: how one is pickled, any library may change
    except (MemoryError, RecursionError):
        there.send(rules.too_long().about(file))
    except Exception:  # noqa: BLE001 - the process that asked says it
        there.send(_Bug(traceback.format_exc()))
    there.close()


def _document(file: Path, say: Say) -> Document:
    # Heavy, and where no process is forked only needed in this one.
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
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_FILE_BYTES, _MAX_FILE_BYTES))
    with suppress(ValueError):  # macOS has given a process more addresses than that already
        limit = _inherited() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _inherited() -> int:
    """The bytes of address space that a forked process begins with, where the system says it."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * mmap.PAGESIZE
    return 0
