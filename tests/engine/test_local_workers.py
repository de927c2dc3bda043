"""Work shared between processes: the same result, and nothing half done when one of them dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disclosure.engine import local_workers
from disclosure.site import mkdocs_process
from disclosure.site.build_protocol import BuildOrder
from tests.support import systems
from tests.support.folders import contents
from tests.support.repository import ROOT, Run

#: A worker that dies before one certain page; hooks are MkDocs' own way to run such a thing.
DEADLY_HOOK = """
import os, signal
from disclosure.plugin import workers
workers.MIN_SHARED = 1  # so that one department is enough
def on_page_markdown(markdown, *, page, **kwargs):
    if page.url.startswith("990101-301/projects/"):
        os.kill(os.getpid(), signal.SIGKILL)
"""


def square(number: int) -> tuple[int, int]:
    """Something to do: gives the process that did it as well."""
    time.sleep(0.01)
    return number**2, os.getpid()


@systems.FORK
@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_work(jobs: int) -> None:
    """However many processes there are, the results are those of one, in its order."""
    results = list(local_workers.each(square, range(40), jobs))
    assert [result for result, _ in results] == [number**2 for number in range(40)]
    workers = {process for _, process in results}
    assert len(workers) <= jobs
    assert (os.getpid() in workers) == (jobs == 1)


def test_what_the_work_raises_comes_out() -> None:
    """A bug in a worker is a bug of the program, and the other workers end."""

    def work(number: int) -> float:
        return 1 / number

    with pytest.raises(ZeroDivisionError):
        list(local_workers.each(work, range(5), 2))


@systems.FORK
def test_a_killed_worker_is_told_apart() -> None:
    """A worker that is killed is said to be, and nobody waits for it for ever."""

    def work(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(local_workers.WorkerDiedError):
        list(local_workers.each(work, range(20), 2))


#: A command, which ends at SIGTERM as at Ctrl-C, and of whose workers one is killed.
COMMAND_WITH_A_DEAD_WORKER = """
import os, signal, time
from disclosure.engine import local_workers
def stop(*_):
    raise KeyboardInterrupt
def work(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.1)
    return bytes(1_000_000)  # more than a pipe holds that nobody reads any longer
signal.signal(signal.SIGTERM, stop)
try:
    list(local_workers.each(work, range(20), 3))
except local_workers.WorkerDiedError:
    print("died")
"""


@systems.FORK
def test_the_other_workers_end_whatever_the_program_does_at_sigterm() -> None:
    """A command with a handler of its own does not wait for ever for workers that go on."""
    command = [sys.executable, "-c", COMMAND_WITH_A_DEAD_WORKER]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("died\n", "")


#: A command that is sent Ctrl-C, with all its workers, while it starts them.
INTERRUPTED_COMMAND = """
import os, signal, time
from disclosure.engine import local_workers
forks = []
os.register_at_fork(
    before=lambda: forks.append(1),
    after_in_child=lambda: len(forks) == 3 and os.killpg(0, signal.SIGINT),
)
try:
    list(local_workers.each(time.sleep, [0.01] * 100, 20))
except KeyboardInterrupt:
    print("interrupted")
"""


@systems.FORK
def test_an_interruption_while_workers_start_leaves_none() -> None:
    """No worker waits for ever for work, and no program for such a worker."""
    command = [sys.executable, "-c", INTERRUPTED_COMMAND]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        out, _ = program.communicate(timeout=60)
    assert (out, program.returncode) == ("interrupted\n", 0)
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)


def test_one_process_gives_the_same_bytes(built_site: Path, tmp_path: Path) -> None:
    """Our command makes the site of plain MkDocs to the byte.

    That several processes do as well is shown in `tests/site/test_sitemap.py`.
    """
    built = mkdocs_process.build(
        ROOT,
        tmp_path / "site",
        strict=True,
        progress=lambda _: None,
        order=BuildOrder(jobs=1),
    )
    assert built.ok
    assert contents(tmp_path / "site") == contents(built_site)


@systems.FORK
def test_a_dead_worker_is_one_clear_sentence(run: Run, project: Path) -> None:
    """When the system kills a worker, one sentence says so, and the old site stays."""
    shutil.copytree(ROOT / "examples/data/990101-301", project / "data/990101-301")
    (project / "site").mkdir()
    for name in ("index.html", "404.html"):
        (project / "site" / name).write_text("旧", "utf-8")
    (project / "deadly.py").write_text(DEADLY_HOOK, "utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write("\nhooks: [deadly.py]\n")
    code, _, err = run("build", "--jobs", "2", folder=project)
    assert code == 2
    assert "生成网页的一个进程被系统中止了，多半是内存不够。" in err
    assert "Traceback" not in err
    assert contents(project / "site") == {"index.html": "旧".encode(), "404.html": "旧".encode()}
    assert not list(project.glob(".site.new-*"))


def test_progress_has_a_count_and_the_time_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user sees how many pages are made, and from the second poll on how long it takes."""
    lines: list[str] = []
    now = iter([10.0, 14.0, 18.0, 1000.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    order = BuildOrder(progress_file=tmp_path / "progress")
    reader = mkdocs_process.ProgressReader(tmp_path / "progress", lines.append)
    reader.poll()
    for done in (100, 300, 300, 7000):
        order.report_progress(done, 7000)
        reader.poll()
    assert lines == [
        "正在生成网页：100/7000",
        "正在生成网页：300/7000，约还需2分钟",
        "正在生成网页：300/7000，约还需4分钟",
        "网页已生成，正在建立搜索索引",
    ]
