"""Departments' pages made by other machines: what their workers are told, and what they do.

All of them see the project and the new site in a shared folder, under the same paths. A worker
opens the project as the build did, MkDocs' own first steps included, but does not read the data
again: it is given what came of that. Then it makes one department after the other in a folder of
its own and moves every finished file into the site. So it does no harm when a department is made
twice, even at the same time, by a worker who seemed lost: whole files of the same bytes replace
each other.
"""

from __future__ import annotations

import os
import pickle
import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from disclosure.engine import atomic_folder, local_workers
from disclosure.engine.cache import Cache, digest, program
from disclosure.engine.local_workers import Cluster, ClusterError
from disclosure.engine.site_folder import FileGroup, FileTask, SiteFolder
from disclosure.plugin.workers import Executor, Made, RenderContext
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

#: The file in the shared folder that tells of the build.
_ORDER = "errand"


@dataclass(frozen=True, slots=True)
class WorkerOrder:
    """What a worker must know of a build. It is read from the shared folder, as a program is.

    Attributes:
        configuration: The project's mkdocs.yml.
        options: What MkDocs was told beside that.
        site: What came of the data.
        previous: The earlier site, from which files are taken over.
        cache: What came of earlier builds.
    """

    configuration: Path
    options: Mapping[str, Any]
    site: Site
    previous: Path | None
    cache: Cache

    def output(self, folder: Path) -> SiteFolder:
        """The worker's own folder, to write to."""
        return SiteFolder(folder, self.previous, self.cache)


class Opened(Exception):  # noqa: N818 - not an error, but the only way to stop MkDocs half way
    """Carries the workshop out of MkDocs, in a worker."""

    def __init__(self, context: RenderContext) -> None:
        super().__init__()
        self.context = context


@dataclass(frozen=True, slots=True)
class _Task:
    """One department to be made.

    Attributes:
        shared_folder: The shared folder that holds the errand, and each worker's own folder.
        site: The folder of the new site.
        place: Which of the departments.
        program: The digest of the program that builds.
        surroundings: The digest of all else that decides what the pages are.
    """

    shared_folder: Path
    site: Path
    place: int
    program: str
    surroundings: str


def crew(cluster: Cluster, order: WorkerOrder, jobs: int) -> Executor:
    """The workers of a cluster, and so many processes of this machine for the works."""

    def make(
        context: RenderContext, groups: Sequence[PageGroup], works: Sequence[FileTask]
    ) -> Iterator[FileGroup]:
        folder = context.output.folder.resolve()
        # Each build has another; the next one removes what begins so, if this one cannot.
        shared_folder = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
        try:
            (shared_folder / _ORDER).write_bytes(pickle.dumps(order, pickle.HIGHEST_PROTOCOL))
            around = _surroundings(context)
            places = range(len(groups))
            tasks = [_Task(shared_folder, folder, place, program(), around) for place in places]
            yield from cluster.each(make_department, tasks)
        finally:
            (shared_folder / _ORDER).unlink(missing_ok=True)  # before all else: the build is over
            atomic_folder.remove(shared_folder)
        yield from local_workers.each(context.output.make, works, jobs)

    return make


def order(config: MkDocsConfig, site: Site, previous: Path | None, cache: Cache) -> WorkerOrder:
    """What workers must know of this build."""
    return WorkerOrder(
        Path(config.config_file_path), config.user_configs[-1], site, previous, cache
    )


def _surroundings(context: RenderContext) -> str:
    return digest(context.frame, context.font)


class _Session:
    """Where a worker makes the departments of one build."""

    def __init__(self, task: _Task) -> None:
        if task.program != program():
            raise ClusterError(OTHER_PROGRAM.format(_name()))
        order: WorkerOrder = pickle.loads((task.shared_folder / _ORDER).read_bytes())  # noqa: S301 - see `WorkerOrder`
        self.shared_folder = task.shared_folder
        self._folder = Path(tempfile.mkdtemp(dir=task.shared_folder))
        self._site = SiteFolder(task.site)
        try:
            self._workshop = _open(order, self._folder)
        except MkDocsException as error:  # one of them would end the worker, and be tried again
            raise ClusterError(NOT_OPENED.format(_name(), f"{error}。")) from None
        if task.surroundings != _surroundings(self._workshop):
            raise ClusterError(OTHER_SURROUNDINGS.format(_name()))
        self._workshop.index.take()  # pages by hand, which whoever builds gives to search
        self._portions = order.site.all_page_groups()

    def make(self, task: _Task) -> Made:
        """Make a department and move it into the site."""
        made = self._workshop.make(self._portions[task.place])
        (task.shared_folder / _ORDER).stat()  # whoever seemed lost may come after the build is over
        for file in made.files:
            self._site.move(self._folder / file.path, file.path)
        return made


#: The bench of the build that this process last worked for.
_sessions: list[_Session] = []

#: A worker may have several threads; MkDocs can only do one thing at a time.
_ALONE = Lock()


def make_department(task: _Task) -> Made:
    """In a worker: make a department."""
    with _ALONE:
        try:
            if not _sessions or _sessions[0].shared_folder != task.shared_folder:
                _sessions.clear()
                _sessions.append(_Session(task))
            return _sessions[0].make(task)
        except OSError as error:
            place = error.filename or task.shared_folder
            raise ClusterError(OUT_OF_SIGHT.format(_name(), place, error.strerror)) from None


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
    plugin.order = order
    config.plugins.on_startup(command="build", dirty=True)
    try:
        build(config, dirty=True)
    except Opened as opened:
        return opened.context
    raise AssertionError("the plugin stops MkDocs by `Opened`")


def _name() -> str:
    """Which worker this is, for whoever looks for it."""
    return f"{platform.node()}（进程 {os.getpid()}）"
