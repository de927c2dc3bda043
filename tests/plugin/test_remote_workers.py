"""Several machines make one site: a real scheduler, real workers, and what may befall them."""

from __future__ import annotations

import os
import platform
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import distributed
import pytest

from benchmarks import district
from disclosure.engine import local_workers
from disclosure.engine.cache import program_digest
from disclosure.plugin import remote_workers
from disclosure.site import mkdocs_process
from disclosure.site.build_protocol import BuildOrder
from tests.support import systems
from tests.support.folders import contents
from tests.support.repository import Run

pytestmark = systems.CLUSTER

DASK = Path(sys.executable).with_name("dask")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(*arguments: str, folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Dask, until it is no longer needed."""
    with (folder / "dask.log").open("ab") as log:
        process = subprocess.Popen(
            [DASK, *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, programs: ExitStack, **environment: str) -> None:
        self.folder, self._programs = folder, programs
        port = free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = programs.enter_context(
            running(
                "scheduler",
                "--host=127.0.0.1",
                f"--port={port}",
                "--no-dashboard",
                "--no-show",
                folder=folder,
                **environment,
            )
        )

        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                assert self.scheduler.poll() is None
                time.sleep(0.1)

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """One more worker, which nobody starts again when it dies."""
        options = (
            "--no-nanny",
            "--nthreads=1",
            "--no-dashboard",
            "--host=127.0.0.1",
            "--death-timeout=60",
        )
        arguments = ("worker", self.address, *options)
        return self._programs.enter_context(running(*arguments, folder=self.folder, **environment))


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster without workers; all of its programs end with the test."""
    with ExitStack() as programs:
        yield Cluster(tmp_path_factory.mktemp("cluster"), programs)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of six small departments, and in `site` what is built of it without a cluster."""
    root = tmp_path_factory.mktemp("large")
    district.write_site(root, 6 * 5, (2024,), district.Kind(per_department=5))
    by_hand = "---\nsearch: {kind: 指南}\n---\n# 怎么看\n\n手写的页面也能找到。\n"
    (root / "site_src/reading.md").write_text(by_hand, "utf-8")
    result = build(root, root / "site", BuildOrder())
    assert result.ok, result.log
    return root


def build(root: Path, site: Path, order: BuildOrder) -> mkdocs_process.BuildResult:
    """Build the site of a project."""
    return mkdocs_process.build(root, site, strict=True, progress=lambda _: None, order=order)


def test_a_cluster_gives_the_same_bytes(cluster: Cluster, large: Path, tmp_path: Path) -> None:
    """Two workers make every file as this machine does, and take over what is as it was."""
    site = tmp_path / "site"
    order = BuildOrder(scheduler=cluster.address, cache_folder=tmp_path / "cache")
    for _ in range(2):
        cluster.worker()
    result = build(large, site, order)
    assert result.ok, result.log
    assert contents(site) == contents(large / "site")
    assert not list(tmp_path.glob(".site.new-*"))

    page = site / "990101-001/index.html"
    before = page.stat().st_ino
    result = build(large, site, order)
    assert result.ok, result.log
    assert contents(site) == contents(large / "site")
    assert page.stat().st_ino == before


def test_a_worker_may_be_killed_in_the_middle(
    cluster: Cluster, large: Path, tmp_path: Path
) -> None:
    """What a killed worker had begun, another one makes, and the site is the same."""
    workers = {}
    for _ in range(2):
        process = cluster.worker()
        workers[process.pid] = process
    with ThreadPoolExecutor() as background, distributed.Client(cluster.address) as client:
        order = BuildOrder(scheduler=cluster.address)
        building_it = background.submit(build, large, tmp_path / "site", order)
        while not (building_it.done() or [*tmp_path.glob(".site.new-*/990101-*/index.html")]):
            time.sleep(0.01)  # until one of six departments is made
        address, victim = busy_worker(client, building_it)
        os.kill(victim, signal.SIGKILL)
        result = building_it.result()
        assert address not in client.nthreads()
    assert workers.pop(victim).wait() == -signal.SIGKILL
    assert result.ok, result.log
    assert contents(tmp_path / "site") == contents(large / "site")


def busy_worker(client: distributed.Client, work: Future[Any]) -> tuple[str, int]:
    """A worker that has begun something and cannot end it, because it is stopped."""
    while not work.done():
        for address, tasks in client.processing().items():
            if not tasks:
                continue
            process = client.run(os.getpid, workers=[address])[address]
            os.kill(process, signal.SIGSTOP)
            time.sleep(0.5)  # what it has sent already arrives
            if client.processing()[address]:
                return address, process
            os.kill(process, signal.SIGCONT)
    raise AssertionError(f"no worker was caught at work: {work.result()}")


def test_without_a_scheduler_one_sentence_says_so(run: Run, project: Path) -> None:
    """Where no scheduler answers, the old site stays, and the exit code is that of a failure."""
    (project / "site").mkdir()
    for name in ("index.html", "404.html"):
        (project / "site" / name).write_text("旧", "utf-8")
    address = f"tcp://127.0.0.1:{free_port()}"
    code, _, err = run("build", "--scheduler", address, folder=project)
    assert code == 2
    assert local_workers.UNREACHABLE.format(address) in err
    assert "Traceback" not in err
    assert contents(project / "site") == {"index.html": "旧".encode(), "404.html": "旧".encode()}


def test_the_extra_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Dask is not installed, the sentence says how to install it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(local_workers.ClusterError, match="pip install"):
        local_workers.Cluster("tcp://127.0.0.1:1").reach()


def pretend(folder: Path, name: str, version: str) -> None:
    """Make a folder in which a package seems to be installed."""
    about = folder / f"{name}-{version}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def test_another_version_is_found_at_once(tmp_path: Path) -> None:
    """Where the cluster has another version of the program, its place and both are named."""
    pretend(tmp_path / "other", "budget_disclosure", "99.1")
    with ExitStack() as programs:
        cluster = Cluster(tmp_path, programs, PYTHONPATH=str(tmp_path / "other"))
        with pytest.raises(
            local_workers.ClusterError, match=r"调度程序.* budget-disclosure 是 99.1，"
        ):
            local_workers.Cluster(cluster.address).reach()


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PYTHONPATH", "other", "所用的程序与本机不同"),
        ("SAID", "another", "看到的项目配置与本机不同"),
    ],
)
def test_a_worker_that_differs_is_refused(
    variable: str, value: str, sentence: str, cluster: Cluster, run: Run, project: Path
) -> None:
    """One with another package or another configuration might make other bytes: it makes none."""
    pretend(cluster.folder / "other", "invented", "1.0")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write("\ncopyright: !ENV [SAID, one]\n")
    cluster.worker(**{variable: value})
    code, _, err = run("build", "--scheduler", cluster.address, folder=project)
    assert code == 2
    assert sentence in err
    assert "Traceback" not in err
    assert not (project / "site").exists()


def test_a_worker_that_does_not_see_the_project_says_so(tmp_path: Path) -> None:
    """Where the shared folder is not there under its path, the sentence names both."""
    away = tmp_path / "away"
    task = remote_workers._Task(away, tmp_path, 0, program_digest(), "")
    with pytest.raises(local_workers.ClusterError, match=str(away)) as caught:
        remote_workers.make_group(task)
    assert platform.node() in str(caught.value)


def test_nobody_waits_for_ever_for_workers(cluster: Cluster) -> None:
    """A scheduler without any worker is given up after a while."""
    there = local_workers.Cluster(cluster.address, patience=0.5)
    with pytest.raises(local_workers.ClusterError, match="没有工作进程"):
        list(there.each(abs, [1, 2]))


def test_work_that_kills_its_workers_is_given_up(tmp_path: Path) -> None:
    """It is not given to one worker after the other for ever."""
    with ExitStack() as programs:
        cluster = Cluster(tmp_path, programs, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
        cluster.worker()
        with pytest.raises(local_workers.ClusterError, match="先后在同一项工作上被中止"):
            list(local_workers.Cluster(cluster.address).each(os._exit, [1]))


def test_a_lost_scheduler_is_one_sentence(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the scheduler dies while somebody waits for it, one sentence says so.

    It does so whether or not the lost connection can be closed.
    """
    has_workers, close = local_workers.Cluster._has_workers, distributed.Client.close

    def fail_to_close(client: distributed.Client) -> None:
        with suppress(RuntimeError):
            close(client)
        raise RuntimeError("Cannot change state of expiring Timeout")

    monkeypatch.setattr(distributed.Client, "close", fail_to_close)

    def lose(there: local_workers.Cluster, client: distributed.Client) -> bool:
        cluster.scheduler.kill()
        cluster.scheduler.wait()
        return has_workers(there, client)

    monkeypatch.setattr(local_workers.Cluster, "_has_workers", lose)
    with pytest.raises(local_workers.ClusterError, match="失去了联系"):
        list(local_workers.Cluster(cluster.address).each(abs, [1, 2]))
