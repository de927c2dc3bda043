"""Lets the workers of a cluster make page groups.

All machines see the project and the new site in a shared folder, under the same paths. A worker
opens the project as the build did, MkDocs' own first steps included, but does not read the data
again: the order in the shared folder holds the result. Then it makes one group after the other in
a folder of its own and moves every finished file into the site. So it does no harm when a group is
made twice, even at the same time, by a worker that seemed lost: whole files of the same bytes
replace each other.
"""

from __future__ import annotations

import os
import pickle
import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from msgspec import Struct

from disclosure.config.settings import Settings
from disclosure.engine import atomic_folder, local_workers
from disclosure.engine.cache import Cache, digest, program_digest
from disclosure.engine.local_workers import Cluster, ClusterError
from disclosure.engine.site_folder import FileGroup, FileTask, SiteFolder
from disclosure.plugin.workers import Executor, GroupFiles, RenderContext
from disclosure.site.build_protocol import BuildOrder
from disclosure.site.page_group import PageGroup
from disclosure.site.pipeline import Site

OTHER_PROGRAM = (
    "工作进程 {} 所用的程序与本机不同：本程序、Python 或某个软件包的版本不一致，"
    "生成的网页会有差别。请在所有机器上安装相同的版本，重新启动工作进程，然后再试。"
)
OTHER_SURROUNDINGS = (
    "工作进程 {} 的字体、环境变量或看到的项目配置与本机不同，生成的网页会有差别。"
    "请使所有机器保持一致，然后再试。"
)
OUT_OF_SIGHT = (
    "工作进程 {} 不能读写 {}（{}）。项目文件夹和网站所在的文件夹须为共享文件夹，"
    "在所有机器上路径相同，并且可以写入。"
)

NOT_OPENED = "工作进程 {} 没能打开这个项目：{}原因见这个工作进程自己的输出。"

#: The file in the shared folder that holds the `WorkerOrder`.
_ORDER = "order"


class WorkerOrder(Struct, frozen=True):
    """What a worker must know of a build. It is read from the shared folder, as a program is.

    Attributes:
        configuration: The project's mkdocs.yml.
        options: What MkDocs was told beside that.
        site: Everything generated from the data.
        previous: The site of an earlier build, whose unchanged files are linked.
        cache: The results of earlier builds.
    """

    configuration: Path
    options: Mapping[str, Any]
    site: Site
    previous: Path | None
    cache: Cache

    def source(
        self, config: MkDocsConfig, _data: Path, _settings: Settings, _order: BuildOrder
    ) -> tuple[Site, SiteFolder, Executor]:
        """In a worker: `site_build.Source` without reading the data."""
        time = self.site.history.time
        output = SiteFolder(Path(config.site_dir), self.previous, self.cache, time=time)
        return self.site, output, _stop


class ContextReady(Exception):  # noqa: N818 - no error, but the only way to stop MkDocs half way
    """In a worker: carries the render context out of MkDocs, before it makes any page."""

    def __init__(self, context: RenderContext) -> None:
        super().__init__()
        self.context = context


def _stop(context: RenderContext, _groups: object, _tasks: object) -> Iterator[FileGroup]:
    """An executor that makes nothing: the worker will be told what to make."""
    raise ContextReady(context)


class _Task(Struct, frozen=True):
    """One page group to be made.

    Attributes:
        shared_folder: Holds the order, and a folder for each worker.
        site: The folder of the new site.
        position: Which of the site's departments.
        program_digest: The digest of the program that builds.
        fingerprint: The digest of all else that decides what the pages are.
    """

    shared_folder: Path
    site: Path
    position: int
    program_digest: str
    fingerprint: str


def cluster_executor(cluster: Cluster, order: WorkerOrder, jobs: int) -> Executor:
    """The workers of a cluster for the groups, and processes of this machine for the tasks."""

    def execute(
        context: RenderContext, groups: Sequence[PageGroup], tasks: Sequence[FileTask]
    ) -> Iterator[FileGroup]:
        folder = context.output.folder.resolve()
        # Each build has another; the next one removes what begins so, if this one cannot.
        shared_folder = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
        try:
            (shared_folder / _ORDER).write_bytes(pickle.dumps(order, pickle.HIGHEST_PROTOCOL))
            fingerprint = _fingerprint(context)
            yield from cluster.each(
                make_group,
                [
                    _Task(shared_folder, folder, position, program_digest(), fingerprint)
                    for position in range(len(groups))
                ],
            )
        finally:
            (shared_folder / _ORDER).unlink(missing_ok=True)  # first of all: the build is over
            atomic_folder.remove(shared_folder)
        yield from local_workers.each(context.output.make, tasks, jobs)

    return execute


def worker_order(config: MkDocsConfig, site: Site, order: BuildOrder) -> WorkerOrder:
    """What workers must know of this build."""
    return WorkerOrder(
        Path(config.config_file_path),
        config.user_configs[-1],
        site,
        order.previous_site,
        order.cache,
    )


def _fingerprint(context: RenderContext) -> str:
    return digest(context.fingerprint, context.font)


class _Session:
    """One build in a worker, which makes page groups until it is over."""

    def __init__(self, task: _Task) -> None:
        if task.program_digest != program_digest():
            raise ClusterError(OTHER_PROGRAM.format(_worker_name()))
        order: WorkerOrder = pickle.loads((task.shared_folder / _ORDER).read_bytes())  # noqa: S301 - see `WorkerOrder`
        self.shared_folder = task.shared_folder
        self._folder = Path(tempfile.mkdtemp(dir=task.shared_folder))
        self._site = SiteFolder(task.site)
        try:
            self._context = _open(order, self._folder)
        except MkDocsException as error:  # one of them would end the worker, and be tried again
            raise ClusterError(NOT_OPENED.format(_worker_name(), f"{error}。")) from None
        if task.fingerprint != _fingerprint(self._context):
            raise ClusterError(OTHER_SURROUNDINGS.format(_worker_name()))
        self._groups = order.site.groups

    def make(self, task: _Task) -> GroupFiles:
        """Make a group and move it into the site."""
        made = self._context.make(self._groups[task.position])
        (task.shared_folder / _ORDER).stat()  # a worker that seemed lost may be too late
        for file in made.files:
            self._site.move(self._folder / file.path, file.path)
        return made


#: The session of the build that this process last worked for.
_sessions: list[_Session] = []

#: A worker may have several threads; MkDocs can only do one thing at a time.
_LOCK = Lock()


def make_group(task: _Task) -> GroupFiles:
    """In a worker: make a page group."""
    with _LOCK:
        try:
            if not _sessions or _sessions[0].shared_folder != task.shared_folder:
                _sessions.clear()
                _sessions.append(_Session(task))
            return _sessions[0].make(task)
        except OSError as error:
            place = error.filename or task.shared_folder
            raise ClusterError(OUT_OF_SIGHT.format(_worker_name(), place, error.strerror)) from None


def _open(order: WorkerOrder, folder: Path) -> RenderContext:
    """Let MkDocs do what it does before the first page is made.

    Raises:
        MkDocsException: It cannot.
        OSError: The project is not there.
    """
    order.configuration.stat()
    options = {**order.options, "site_dir": str(folder)}
    config = load_config(str(order.configuration), **options)
    plugin: Any = config.plugins["disclosure"]
    plugin.source = order.source
    config.plugins.on_startup(command="build", dirty=True)
    try:
        build(config, dirty=True)
    except ContextReady as ready:
        ready.context.index.take()  # hand-written pages, which the build itself gives to search
        return ready.context
    raise AssertionError("`_stop` stops MkDocs")


def _worker_name() -> str:
    """Which worker this is, for messages."""
    return f"{platform.node()}（进程 {os.getpid()}）"
