"""Runs MkDocs, or ProperDocs, as a program of its own and puts the finished site in place at once.

That program reads the data and makes the pages. This module and what it imports are light, so
that the command, which only waits for MkDocs, does not load everything a second time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from disclosure.config.site_project import SiteProject
from disclosure.engine import atomic_folder, permissions
from disclosure.model.diagnostics import Diagnostic, has_errors
from disclosure.site.build_protocol import DEFAULT_ORDER, BuildOrder, BuildReport

#: How often to read the progress, in seconds.
_POLL_INTERVAL = 0.25

#: How long an interrupted preview may take to remove its site, in seconds.
_MAX_CLEANUP = 30

#: Material and ProperDocs warn of MkDocs' end at every build; that is a maintainer's concern.
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}


class BuildResult(Struct, frozen=True):
    """How a build ended.

    Attributes:
        ok: Whether the new site is in place.
        diagnostics: All findings in the data.
        pages: How many pages the new site has; 0 where a project's MkDocs runs without the plugin.
        log: What MkDocs printed, when it failed for another reason than errors in the data.
    """

    ok: bool
    diagnostics: tuple[Diagnostic, ...]
    pages: int = 0
    log: str = ""


def build(
    project_root: Path,
    site_dir: Path,
    *,
    strict: bool,
    progress: Callable[[str], None],
    order: BuildOrder = DEFAULT_ORDER,
    environment: Mapping[str, str] = os.environ,
) -> BuildResult:
    """Build the complete site and put it at `site_dir` at once, or leave what is there alone.

    Args:
        project_root: The folder that holds mkdocs.yml.
        site_dir: Where the site is to be.
        strict: Whether a warning of MkDocs is a failure.
        progress: Is told in Chinese what is being done, and how far that is.
        order: How to make it. The folders and files that are made here for the MkDocs process are
            filled in; the previous site is the one that is replaced, unless it names another.
        environment: The environment variables of MkDocs.

    Raises:
        atomic.BusyError: Another build is replacing `site_dir`.
        subprocess.TimeoutExpired: It took longer than `order.seconds`; all of it is dead.
        OSError: A folder cannot be read or written.
    """
    with (
        atomic_folder.replacing(site_dir, order.retired_site, permissions.FOLDER) as replacement,
        tempfile.TemporaryDirectory() as scratch,
    ):
        progress("正在检查数据，生成网页和搜索索引")
        order = _filled(order, site_dir, replacement.folder, Path(scratch))
        # That folder is new, so nothing in it can be stale: "dirty" only leaves pages to workers.
        options = ["--site-dir", str(replacement.more.resolve()), "--dirty", _verbosity(strict)]
        variables = {**environment, **_QUIET, **order.variables()}
        command = _Command(_mkdocs("build", *options), project_root, variables, order.seconds)
        result = _run(command, order, progress)
        if result.ok:
            progress("正在替换网站")
            replacement.swap_in()
    return result


def _filled(order: BuildOrder, site_dir: Path, folder: Path, scratch: Path) -> BuildOrder:
    """The order with the folders and files that are made for the MkDocs process."""
    return replace(
        order,
        previous_site=order.previous_site or site_dir.resolve(),
        site_folder=folder.resolve(),
        report_file=scratch / "report",
        progress_file=scratch / "progress",
    )


def _run(command: _Command, order: BuildOrder, progress: Callable[[str], None]) -> BuildResult:
    """Run MkDocs and read what the plugin reports."""
    assert order.report_file is not None, "`build` fills it in"
    assert order.progress_file is not None, "`build` fills it in"
    ok, log = _finish(command, ProgressReader(order.progress_file, progress).poll)
    report = BuildReport.read(order.report_file)
    if ok:
        return BuildResult(True, report.diagnostics, report.pages)
    # With errors in the data, MkDocs' log only says that they stopped it.
    return BuildResult(False, report.diagnostics, log="" if has_errors(report.diagnostics) else log)


class ProgressReader:
    """Reads what `BuildOrder.report_progress` wrote, and says it with the time that is left.

    When all pages are made they are flushed to the disk while the rest is being made, or the swap
    would have to wait for all of it.
    """

    def __init__(self, file: Path, progress: Callable[[str], None]) -> None:
        self._file, self._progress = file, progress
        self._first: tuple[float, int] | None = None
        self._is_flushed = False

    def poll(self) -> None:
        """Say how much is done."""
        found = self._file.read_text("utf-8").split() if self._file.exists() else []
        if len(found) != 2:
            return  # not begun, or just being written
        now, done, total = time.monotonic(), int(found[0]), int(found[1])
        if done == total:
            self._progress("网页已生成，正在建立搜索索引")
            self._flush()
            return
        began, already = self._first = self._first or (now, done)
        text = f"正在生成网页：{done}/{total}"
        if done > already:
            left = round((now - began) / (done - already) * (total - done))
            text += f"，约还需{left}秒" if left < 90 else f"，约还需{round(left / 60)}分钟"
        self._progress(text)

    def _flush(self) -> None:
        if not self._is_flushed and sys.platform != "win32":
            os.sync()
        self._is_flushed = True


class _Command(Struct, frozen=True):
    """A program to run: its command line, folder and environment, and how long it may take."""

    words: list[str]
    folder: Path
    variables: Mapping[str, str]
    seconds: float | None


def _finish(command: _Command, poll: Callable[[], None]) -> tuple[bool, str]:
    """Run a program to its end and poll meanwhile: whether it succeeded, and all it printed.

    It has a process group of its own, so that what it started dies with it. When we are
    interrupted all of it is dead before the folder it was writing to is removed.
    """
    group = sys.platform != "win32"
    seconds = command.seconds
    deadline = None if seconds is None else time.monotonic() + seconds
    with subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=command.variables,
        process_group=0 if group else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        while True:
            try:
                log, _ = process.communicate(timeout=_POLL_INTERVAL)
            except subprocess.TimeoutExpired as late:
                if deadline is not None and time.monotonic() > deadline:
                    _kill(process, group)
                    raise subprocess.TimeoutExpired(command.words, seconds or 0) from late
                poll()
            except BaseException:
                _kill(process, group)
                raise
            else:
                break
        if process.returncode:
            _kill(process, group)  # it may have been killed itself, and its workers not
    return process.returncode == 0, log


def _kill(process: subprocess.Popen[str], group: bool) -> None:
    """Kill a program, with all that it started, and wait until it is dead."""
    if group:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def is_in_the_way(project: SiteProject, target: Path) -> bool:
    """Whether replacing `target` would destroy something that is not an old site."""
    place = target.resolve()
    sources = (project.root, project.data, project.pages, Path.cwd())
    if any(source.resolve().is_relative_to(place) for source in sources):
        return True
    looks_like_a_site = (place / "index.html").is_file() and (place / "404.html").is_file()
    return place.is_dir() and any(place.iterdir()) and not looks_like_a_site


def serve(project_root: Path, host: str, port: int, order: BuildOrder) -> int:
    """Show the site on this machine until interrupted; the exit code of MkDocs."""
    command = _mkdocs("serve", "--dev-addr", f"{host}:{port}", "--dirty")
    variables = {**os.environ, **_QUIET, **order.variables()}
    with subprocess.Popen(command, cwd=project_root, env=variables) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:  # MkDocs was told as well, and removes what it has made
            with suppress(subprocess.TimeoutExpired):
                process.wait(_MAX_CLEANUP)
            process.kill()
            raise


def _verbosity(strict: bool) -> str:
    """How much MkDocs is to print: quiet, it counts no warnings and never fails of them."""
    return "--strict" if strict else "--quiet"


def _mkdocs(*arguments: str) -> list[str]:
    """The command line of MkDocs, or where that is not installed of ProperDocs."""
    program = "mkdocs" if find_spec("mkdocs") else "properdocs"
    return [sys.executable, "-m", program, *arguments]
