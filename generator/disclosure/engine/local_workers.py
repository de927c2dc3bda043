"""Runs a list of tasks in the processes of this machine, or in workers on other machines.

Both are standard executors of `concurrent.futures`. Local workers are forked, so that each has all
that the program has loaded, and only results are sent back; where a system cannot fork, or with
one process, tasks run in the program itself. The workers of a cluster get their tasks from Dask,
which gives the task of a lost worker to another one.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    import distributed

WorkT = TypeVar("WorkT")
Result = TypeVar("Result")


NOT_INSTALLED = "本机没有安装连接集群的软件包。请用 pip install distributed 安装，然后再试。"
UNREACHABLE = "连接不上集群的调度程序 {}。请确认地址和端口正确、调度程序已经启动、网络可以连通。"
OTHER_VERSION = (
    "集群的{}所装的 {} 是 {}，本机是 {}。请在所有机器上安装相同的版本，"
    "重新启动调度程序和工作进程，然后再试。"
)
SCHEDULER_LOST = "与集群的调度程序 {} 失去了联系。请确认它仍在运行，然后再试。"
NO_WORKER = "集群 {} 里没有工作进程。请在各台机器上启动 dask worker，然后再试。"
WORKERS_KILLED = (
    "集群 {} 里有几个工作进程先后在同一项工作上被中止，多半是内存不够。"
    "请减少每台机器上的工作进程，然后再试。"
)

#: What must be installed on all machines in the same version, beside Python and Dask.
_PROGRAM = "budget-disclosure"

_INTERRUPTIONS = {signal.SIGINT, signal.SIGTERM}

#: How long to try to reach a scheduler, in seconds.
_MAX_SECONDS = 5

#: How often to look whether any worker is left, in seconds.
_POLL_INTERVAL = 1.0


class WorkerDiedError(Exception):
    """A worker was killed, most often by a machine that is out of memory."""


class ClusterError(Exception):
    """Why a cluster cannot do the work: one sentence in Chinese."""


#: The function and its arguments: workers are forked with them, so that they need not be sent.
_inherited: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def processors() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(work: Callable[[WorkT], Result], units: Sequence[WorkT], jobs: int) -> Iterator[Result]:
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
            with _uninterrupted():
                results = pool.map(_do, range(len(units)))
            yield from results
        except BrokenProcessPool as error:
            raise WorkerDiedError from error
        finally:
            # It waits, or the end of the program may wake a thread that is gone (Python 3.11).
            pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Signals that end the program wait until its workers have been started.

    Between the start of the first and that of the thread that would end them, an interruption
    would leave workers that nobody ends; the program would wait for them for ever.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """In a worker: Ctrl-C is for the program that started it, and SIGTERM ends it at once.

    When another worker was killed the pool sends SIGTERM and waits for the end, and nobody reads
    results any longer. A handler that the program has for itself would let the worker go on, to
    write what it has into a pipe that is full.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTIONS)


def _do(place: int) -> Any:
    work, units = _inherited[0]
    return work(units[place])


class Cluster(Struct, frozen=True):
    """Workers on other machines, which a Dask scheduler knows.

    Attributes:
        address: The scheduler's, such as `tcp://10.0.0.1:8786`.
        patience: For how many seconds there may be no worker at all; one that is started again
            after it died needs a moment.
    """

    address: str
    patience: float = 60.0

    def reach(self) -> None:
        """See whether the scheduler answers, and whether all of the cluster has what is needed.

        Raises:
            ClusterError: It does not, or has it in another version.
        """
        with self._client() as client:
            try:
                found: Any = client.get_versions(packages=[_PROGRAM])
            except (OSError, CancelledError):
                raise ClusterError(SCHEDULER_LOST.format(self.address)) from None
        here = found["client"]["packages"]
        places = {
            f"工作进程 {worker}": environment for worker, environment in found["workers"].items()
        }
        for place, environment in {"调度程序": found["scheduler"], **places}.items():
            for package, version in environment["packages"].items():
                if version != here[package]:
                    versions = (version or "（没有）", here[package] or "（没有）")
                    raise ClusterError(OTHER_VERSION.format(place, package, *versions))

    def each(self, work: Callable[[WorkT], Result], units: Sequence[WorkT]) -> Iterator[Result]:
        """The result of `work` for each of `units`, in their order.

        A unit may be worked at twice, even at the same time: that of a worker who seemed lost.

        Args:
            work: A function of a module, which the workers have as well.
            units: What it takes; anything that can be pickled, as its results are.

        Raises:
            ClusterError: The scheduler or all workers are lost.
            Exception: What `work` raised.
        """
        with self._client() as client:
            from distributed.scheduler import KilledWorker

            executor = client.get_executor(pure=False)
            try:
                futures = [executor.submit(work, unit) for unit in units]
                for future in futures:
                    self._wait(client, future)
                    yield future.result()
            except CancelledError:
                raise ClusterError(SCHEDULER_LOST.format(self.address)) from None
            except KilledWorker:
                raise ClusterError(WORKERS_KILLED.format(self.address)) from None

    def _wait(self, client: distributed.Client, future: Future[Any]) -> None:
        """Wait for a result as long as there are workers to make it."""
        alone_since = None
        while not wait([future], timeout=_POLL_INTERVAL).done:
            now = time.monotonic()
            if self._has_workers(client):
                alone_since = None
            elif now - (alone_since := alone_since or now) > self.patience:
                raise ClusterError(NO_WORKER.format(self.address))

    def _has_workers(self, client: distributed.Client) -> bool:
        try:
            return bool(client.nthreads())
        except (OSError, CancelledError):
            raise ClusterError(SCHEDULER_LOST.format(self.address)) from None

    @contextmanager
    def _client(self) -> Iterator[distributed.Client]:
        try:
            import distributed
        except ImportError:
            raise ClusterError(NOT_INSTALLED) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
        try:
            client = distributed.Client(self.address, timeout=_MAX_SECONDS, set_as_default=False)
        except (OSError, ValueError):
            raise ClusterError(UNREACHABLE.format(self.address)) from None
        try:
            yield client
        except BaseException:
            with suppress(Exception):  # closing what is lost may fail too, and why is said already
                client.close()
            raise
        client.close()
