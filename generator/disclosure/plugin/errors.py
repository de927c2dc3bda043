"""Errors of the workers as MkDocs reports them to the user: one sentence in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import PluginError

from disclosure.engine import local_workers

WORKER_DIED = (
    "生成网页的一个进程被系统中止了，多半是内存不够。"
    "请关闭其他程序后再试，或者用 --jobs 1 减少同时进行的工作。"
)


@contextmanager
def as_plugin_errors() -> Iterator[None]:
    """Turn errors of workers into the one exception that MkDocs prints without a traceback."""
    try:
        yield
    except local_workers.WorkerDiedError:
        raise PluginError(WORKER_DIED) from None
    except local_workers.ClusterError as error:
        raise PluginError(str(error)) from None
