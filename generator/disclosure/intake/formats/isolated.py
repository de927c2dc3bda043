"""A document is read in a process of its own, with limits on its memory and its time.

The libraries that read PDF and Office files unpack what they are given; a hostile file can make
them take all memory or never end, and so may what it says. Such a process is ended, and the file
said to be the reason.
"""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from disclosure.intake import rules
from disclosure.intake.formats.pieces import Document, Say
from disclosure.intake.rules import UnreadableError
from disclosure.model.diagnostics import Diagnostic

MEMORY = 3_000_000_000  # bytes of address space
SECONDS = 120.0  # for one step, such as one page, also on a machine that is very busy
ALL_SECONDS = 5400.0  # two thousand pages take a tenth of that, a scan of two hundred a half

_T = TypeVar("_T")

_TOO_LONG = UnreadableError(
    rules.TOO_LONG,
    "读取这个文件用时或占用内存过多，已经停止。",
    "请用原来的软件打开它，打印成 PDF 或另存一份，再导入；仍然不行的，请把文件拆开。",
)


@dataclass(frozen=True, slots=True)
class _Done:
    """The result for a document."""

    result: object


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
    process = context.Process(target=_work, args=(there, file, memory, work), daemon=True)
    process.start()
    there.close()
    try:
        done = _result(here, file, say, seconds)
        return done if isinstance(done, Diagnostic) else done.result  # type: ignore[return-value]  # `work`'s
    finally:
        process.kill()
        process.join()
        here.close()


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
    return _TOO_LONG.about(file)


def _work(there: Connection, file: Path, memory: int, work: Callable[[Document], object]) -> None:
    """Read in the other process, and send what comes of it."""
    _limit_memory(memory)
    try:
        there.send(_Done(work(_document(file, there.send))))
    except UnreadableError as error:
        there.send(error)
    except (MemoryError, RecursionError):
        there.send(_TOO_LONG)
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


def _limit_memory(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - Unix has it, Windows does not
    except ImportError:
        return
    with suppress(ValueError):  # macOS has given a process more addresses than that already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
