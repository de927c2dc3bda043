"""The finished site, put in place at once: MkDocs is run as a program of its own.

That program reads the data and makes the pages, so this module and what it imports are light:
whoever only waits for MkDocs need not load everything a second time.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from disclosure.config.project import SiteProject
from disclosure.engine import atomic_folder, local_workers, readable
from disclosure.engine.cache import NO_CACHE, Cache
from disclosure.model.diagnostics import Diagnostic, has_errors

#: How the names of copies end that whoever serves the site puts beside its files, such as ".gz".
COPIES = "DISCLOSURE_COPIES"

#: Names the file in which the plugin leaves its findings for the program that started MkDocs.
FINDINGS = "DISCLOSURE_FINDINGS"

#: Names the file in which the plugin leaves how many pages there are.
PAGES = "DISCLOSURE_PAGES"

#: Says how many processes make the pages.
JOBS = "DISCLOSURE_JOBS"

#: The address of the scheduler whose workers make the pages; empty to make them here.
SCHEDULER = "DISCLOSURE_SCHEDULER"

#: Names the folder in which results are kept from one build to the next.
KEPT = "DISCLOSURE_KEPT"

#: Names the folder of a site that is of no more use, for the new one: see `atomic.replacing`.
SPARE = "DISCLOSURE_SPARE"

#: Names the folder that is to become the site; MkDocs writes to one of its own, which is moved in.
SITE = "DISCLOSURE_SITE"

#: Names the folder of an earlier build's site, whose files are taken over where they are the same.
BEFORE = "DISCLOSURE_BEFORE"

#: Names the file in which the plugin keeps how much of the pages is done.
PROGRESS = "DISCLOSURE_PROGRESS"

#: How often to look how far the work is, in seconds.
_MOMENT = 0.25

#: Material announces its end of life at every build; that is a maintainer's concern.
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of a build.

    Attributes:
        ok: Whether the new site is in place.
        diagnostics: All findings in the data.
        pages: How many pages the new site has.
        log: What MkDocs said, when it failed.
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
    environment: Mapping[str, str] = os.environ,
    seconds: float | None = None,
) -> BuildResult:
    """Build the complete site and put it at `site_dir` at once, or leave what is there alone.

    Args:
        project_root: The folder that holds mkdocs.yml.
        site_dir: Where the site is to be.
        strict: Whether a warning of MkDocs is a failure.
        progress: Is told in Chinese what is being done, and how far that is.
        environment: What MkDocs is given; `JOBS`, `SCHEDULER`, `KEPT`, `SPARE` and `BEFORE` (by
            itself the site that is replaced) say how work is shared and saved, and change nothing
            in the site.
        seconds: How long MkDocs and whatever it starts may take; None for no limit.

    Raises:
        atomic.BusyError: Another build is replacing `site_dir`.
        subprocess.TimeoutExpired: It took longer than `seconds`; all of it is dead.
        OSError: A folder cannot be read or written.
    """
    spare = environment.get(SPARE)
    with atomic_folder.replacing(
        site_dir, Path(spare) if spare else None, readable.FOLDER
    ) as replacement:
        progress("正在检查数据，生成网页和搜索索引")
        # That folder is new, so nothing in it can be stale: "dirty" only leaves pages to workers.
        options = ["--site-dir", str(replacement.more.resolve()), "--dirty", _say(strict)]
        variables = {BEFORE: str(site_dir.resolve()), **environment}
        variables[SITE] = str(replacement.folder.resolve())
        command = _Command(_mkdocs("build", *options), project_root, variables, seconds)
        made = _made(command, progress)
        if made.ok:
            progress("正在替换网站")
            replacement.swap_in()
    return made


def _made(command: _Command, progress: Callable[[str], None]) -> BuildResult:
    """Run MkDocs: what became of it, and what the plugin found in the data."""
    with tempfile.TemporaryDirectory() as scratch:
        left, pages, done = (Path(scratch, name) for name in ("findings", "pages", "progress"))
        own = {FINDINGS: str(left), PAGES: str(pages), PROGRESS: str(done)}
        told = replace(command, variables={**command.variables, **_QUIET, **own})
        ok, log = _finish(told, Watch(done, progress).look)
        diagnostics = _findings(left)
        if ok:
            return BuildResult(True, diagnostics, _count(pages))
        # With errors in the data, what MkDocs says is only how it was stopped by them.
        return BuildResult(False, diagnostics, log="" if has_errors(diagnostics) else log)


def leave_findings(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Called by the plugin: tell the program that started MkDocs, if it asked, what was found."""
    place = os.environ.get(FINDINGS)
    if place:
        Path(place).write_bytes(pickle.dumps(diagnostics))


def _findings(left: Path) -> tuple[Diagnostic, ...]:
    """What the plugin left; nothing when MkDocs failed before it came to the data."""
    if not left.exists():
        return ()
    found: tuple[Diagnostic, ...] = pickle.loads(left.read_bytes())  # noqa: S301 - our own child's
    return found


def _count(left: Path) -> int:
    """What the plugin left; 0 where a project's MkDocs does without the plugin."""
    return int(left.read_text("utf-8")) if left.exists() else 0


def leave_pages(count: int) -> None:
    """Called by the plugin: tell the program that started MkDocs how many pages the site has."""
    place = os.environ.get(PAGES)
    if place:
        Path(place).write_text(str(count), "utf-8")


def jobs() -> int:
    """Called by the plugin: how many processes are to make the pages."""
    asked = os.environ.get(JOBS, "")
    return int(asked) if asked.isdecimal() and int(asked) else local_workers.processors()


def cluster() -> local_workers.Cluster | None:
    """Called by the plugin: the cluster that is to make the pages; None to make them here."""
    address = os.environ.get(SCHEDULER)
    return local_workers.Cluster(address) if address else None


def cache() -> Cache:
    """Called by the plugin: where results are kept from one build to the next."""
    place = os.environ.get(KEPT)
    return Cache(Path(place)) if place else NO_CACHE


def site(folder: Path) -> Path:
    """Called by the plugin: what becomes the site, when MkDocs writes to `folder`."""
    return Path(os.environ.get(SITE) or folder)


def copies() -> str:
    """Called by the plugin: how the names of copies end; "" where there are none."""
    return os.environ.get(COPIES, "")


def previous() -> Path | None:
    """Called by the plugin: the site of an earlier build, for what is as it was in it."""
    place = os.environ.get(BEFORE)
    return Path(place) if place else None


def report_progress(done: int, total: int) -> None:
    """Called by the plugin: tell the program that started MkDocs how many pages are made."""
    place = os.environ.get(PROGRESS)
    if place:
        Path(place).write_text(f"{done} {total}", "utf-8")


class Watch:
    """Reads what `report_progress` wrote, and says it with the time that is left.

    When all pages are made they are sent to the disk while the rest is being made, or the swap
    would have to wait for all of it.
    """

    def __init__(self, place: Path, progress: Callable[[str], None]) -> None:
        self._place, self._progress = place, progress
        self._first: tuple[float, int] | None = None
        self._is_sent = False

    def look(self) -> None:
        """Say how far it is."""
        found = self._place.read_text("utf-8").split() if self._place.exists() else []
        if len(found) != 2:
            return  # not begun, or just being written
        now, done, total = time.monotonic(), int(found[0]), int(found[1])
        if done == total:
            self._progress("网页已生成，正在建立搜索索引")
            self._send()
            return
        began, already = self._first = self._first or (now, done)
        text = f"正在生成网页：{done}/{total}"
        if done > already:
            left = round((now - began) / (done - already) * (total - done))
            text += f"，约还需{left}秒" if left < 90 else f"，约还需{round(left / 60)}分钟"
        self._progress(text)

    def _send(self) -> None:
        if not self._is_sent and sys.platform != "win32":
            os.sync()
        self._is_sent = True


@dataclass(frozen=True, slots=True)
class _Command:
    """A program to run: its words, its folder, its environment, and how long it may take."""

    words: list[str]
    folder: Path
    variables: Mapping[str, str]
    seconds: float | None


def _finish(command: _Command, look: Callable[[], None]) -> tuple[bool, str]:
    """Run a program to its end, looking after it: whether it succeeded, and all it said.

    It has a process group of its own, so that what it started dies with it. When we are
    interrupted all of it is dead before anybody removes what it was writing.
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
                log, _ = process.communicate(timeout=_MOMENT)
            except subprocess.TimeoutExpired as late:
                if deadline is not None and time.monotonic() > deadline:
                    _kill(process, group)
                    raise subprocess.TimeoutExpired(command.words, seconds or 0) from late
                look()
            except BaseException:
                _kill(process, group)
                raise
            else:
                break
        if process.returncode:
            _kill(process, group)  # whoever killed it may have left its workers alive
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


def serve(project_root: Path, host: str, port: int, environment: Mapping[str, str]) -> int:
    """Show the site on this machine until interrupted; the exit code of MkDocs.

    `environment` is as for `build`.
    """
    command = _mkdocs("serve", "--dev-addr", f"{host}:{port}", "--dirty")
    variables = {**environment, **_QUIET}
    return subprocess.run(command, cwd=project_root, env=variables, check=False).returncode


def _say(strict: bool) -> str:
    """How much MkDocs is to say: quiet, it does not count its warnings, and never fails of them."""
    return "--strict" if strict else "--quiet"


def _mkdocs(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments]
