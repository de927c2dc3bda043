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
from disclosure.engine.cache import Kept, digest, program
from disclosure.engine.local_workers import Cluster, ClusterError
from disclosure.engine.site_folder import Files, Output, Work, Written
from disclosure.plugin.workers import Crew, Made, Workshop
from disclosure.site.page_group import Portion
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
_ERRAND = "errand"


@dataclass(frozen=True, slots=True)
class Errand:
    """What a worker must know of a build. It is read from the shared folder, as a program is.

    Attributes:
        configuration: The project's mkdocs.yml.
        options: What MkDocs was told beside that.
        site: What came of the data.
        before: The earlier site, from which files are taken over.
        kept: What came of earlier builds.
    """

    configuration: Path
    options: Mapping[str, Any]
    site: Site
    before: Path | None
    kept: Kept

    def output(self, folder: Path) -> Output:
        """The worker's own folder, to write to."""
        return Output(folder, self.before, self.kept)


class Opened(Exception):  # noqa: N818 - not an error, but the only way to stop MkDocs half way
    """Carries the workshop out of MkDocs, in a worker."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self.workshop = workshop


@dataclass(frozen=True, slots=True)
class _Task:
    """One department to be made.

    Attributes:
        desk: The shared folder that holds the errand, and each worker's own folder.
        site: The folder of the new site.
        place: Which of the departments.
        program: The digest of the program that builds.
        surroundings: The digest of all else that decides what the pages are.
    """

    desk: Path
    site: Path
    place: int
    program: str
    surroundings: str


def crew(cluster: Cluster, errand: Errand, jobs: int) -> Crew:
    """The workers of a cluster, and so many processes of this machine for the works."""

    def make(
        workshop: Workshop, portions: Sequence[Portion], works: Sequence[Work]
    ) -> Iterator[Files]:
        folder = workshop.output.folder.resolve()
        # Each build has another; the next one removes what begins so, if this one cannot.
        desk = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
        try:
            (desk / _ERRAND).write_bytes(pickle.dumps(errand, pickle.HIGHEST_PROTOCOL))
            around = _surroundings(workshop)
            places = range(len(portions))
            tasks = [_Task(desk, folder, place, program(), around) for place in places]
            yield from cluster.each(make_department, tasks)
        finally:
            (desk / _ERRAND).unlink(missing_ok=True)  # before all else: the build is over
            atomic_folder.remove(desk)
        yield from local_workers.each(workshop.output.make, works, jobs)

    return make


def errand(config: MkDocsConfig, site: Site, before: Path | None, kept: Kept) -> Errand:
    """What workers must know of this build."""
    return Errand(Path(config.config_file_path), config.user_configs[-1], site, before, kept)


def _surroundings(workshop: Workshop) -> str:
    return digest(workshop.frame, workshop.font)


class _Bench:
    """Where a worker makes the departments of one build."""

    def __init__(self, task: _Task) -> None:
        if task.program != program():
            raise ClusterError(OTHER_PROGRAM.format(_name()))
        errand: Errand = pickle.loads((task.desk / _ERRAND).read_bytes())  # noqa: S301 - see `Errand`
        self.desk = task.desk
        self._folder = Path(tempfile.mkdtemp(dir=task.desk))
        try:
            self._workshop = _open(errand, self._folder)
        except MkDocsException as error:  # one of them would end the worker, and be tried again
            raise ClusterError(NOT_OPENED.format(_name(), f"{error}。")) from None
        if task.surroundings != _surroundings(self._workshop):
            raise ClusterError(OTHER_SURROUNDINGS.format(_name()))
        self._workshop.index.take()  # pages by hand, which whoever builds gives to search
        self._portions = errand.site.all_portions()

    def make(self, task: _Task) -> Made:
        """Make a department and move it into the site."""
        made = self._workshop.make(self._portions[task.place])
        (task.desk / _ERRAND).stat()  # whoever seemed lost may come after the build is over
        for file in made.files:
            self._move(file, task.site)
        return made

    def _move(self, file: Written, site: Path) -> None:
        source, target = self._folder / file.path, site / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        source.unlink(missing_ok=True)  # two names of one file cannot replace each other


#: The bench of the build that this process last worked for.
_benches: list[_Bench] = []

#: A worker may have several threads; MkDocs can only do one thing at a time.
_ALONE = Lock()


def make_department(task: _Task) -> Made:
    """In a worker: make a department."""
    with _ALONE:
        try:
            if not _benches or _benches[0].desk != task.desk:
                _benches.clear()
                _benches.append(_Bench(task))
            return _benches[0].make(task)
        except OSError as error:
            place = error.filename or task.desk
            raise ClusterError(OUT_OF_SIGHT.format(_name(), place, error.strerror)) from None


def _open(errand: Errand, folder: Path) -> Workshop:
    """Let MkDocs do what it does before the first page is made.

    Raises:
        MkDocsException: It cannot.
        OSError: The project is not there.
    """
    errand.configuration.stat()
    options = {**errand.options, "site_dir": str(folder)}
    config = load_config(str(errand.configuration), **options)
    plugin: Any = config.plugins["disclosure"]
    plugin.errand = errand
    config.plugins.on_startup(command="build", dirty=True)
    try:
        build(config, dirty=True)
    except Opened as opened:
        return opened.workshop
    raise AssertionError("the plugin stops MkDocs by `Opened`")


def _name() -> str:
    """Which worker this is, for whoever looks for it."""
    return f"{platform.node()}（进程 {os.getpid()}）"
