"""A long list of work, shared between the processors of this machine.

The workers are forked, so that each of them has everything the program knows, and only results
are sent back. Where a system cannot fork, and where there is little to do, it is done here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Unit = TypeVar("Unit")
Result = TypeVar("Result")


class WorkerDiedError(Exception):
    """A worker was killed, most often by a machine that is out of memory."""


#: What the workers do, and with what: they are forked with it, so that it need not be sent.
_inherited: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def processors() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(work: Callable[[Unit], Result], units: Sequence[Unit], jobs: int) -> Iterator[Result]:
    """The result of `work` for each of `units`, in their order, made by so many processes.

    Raises:
        WorkerDiedError: A worker was killed; the others are ended.
        Exception: What `work` raised.
    """
    jobs = min(jobs, len(units))
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, units)
        return
    _inherited[:] = [(work, units)]
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=fork, initializer=_begin) as pool:
        try:
            yield from pool.map(_do, range(len(units)))
        except BrokenProcessPool as error:
            raise WorkerDiedError from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """In a worker: Ctrl-C is for the program that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(place: int) -> Any:
    work, units = _inherited[0]
    return work(units[place])
