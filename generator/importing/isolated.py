"""A document is read in a process of its own, with a limit on its memory and on each step's time.

The libraries that read PDF and Office files unpack what they are given; a hostile file can make
them take all memory or never end. Such a process is ended, and the file said to be the reason.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.importing import rules
from generator.importing.pieces import Document, Say
from generator.importing.rules import UnreadableError

MEMORY = 3_000_000_000  # bytes of address space
SECONDS = 60.0  # for one step, such as one page

_TOO_LONG = UnreadableError(
    rules.TOO_LONG,
    "读取这个文件用时或占用内存过多，已经停止。",
    "请用原来的软件打开它，打印成 PDF 或另存一份，再导入；仍然不行的，请把文件拆开。",
)


def read(
    file: Path, say: Say, seconds: float = SECONDS, memory: int = MEMORY
) -> Document | Diagnostic:
    """A document's pieces, or why it cannot be read.

    Args:
        file: The document.
        say: Told what is being read.
        seconds: How long one step may take.
        memory: How many bytes of address space it may take.

    Raises:
        OSError: The file is not there or may not be read.
    """
    with file.open("rb"):
        pass  # so that what is wrong with the place is said as everywhere
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, file, memory), daemon=True)
    process.start()
    there.close()
    try:
        return _result(here, file, say, seconds)
    finally:
        process.kill()
        process.join()
        here.close()


def _result(here: Connection, file: Path, say: Say, seconds: float) -> Document | Diagnostic:
    while here.poll(seconds):
        try:
            said = here.recv()
        except EOFError:  # killed by the system, for its memory
            break
        if isinstance(said, str):
            say(said)
        elif isinstance(said, UnreadableError):
            return said.about(file)
        elif isinstance(said, Document):
            return said
        else:
            raise RuntimeError(said[0])  # a bug of ours, with its traceback
    return _TOO_LONG.about(file)


def _work(there: Connection, file: Path, memory: int) -> None:
    """Read in the other process, and send what comes of it."""
    _limit_memory(memory)
    # Heavy, and only needed in this process.
    from generator.importing.reader import document  # noqa: PLC0415

    try:
        there.send(document(file, there.send))
    except UnreadableError as error:
        there.send(error)
    except (MemoryError, RecursionError):
        there.send(_TOO_LONG)
    except AssertionError as error:
        there.send((repr(error),))
    except Exception:  # noqa: BLE001 - a library met what its format does not allow
        there.send(rules.damaged())
    there.close()


def _limit_memory(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - Unix has it, Windows does not
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
