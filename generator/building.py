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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import atomic, configuration
from generator.diagnostics import Diagnostic, has_errors

#: Names the file in which the plugin leaves its findings for the program that started MkDocs.
FINDINGS = "DISCLOSURE_FINDINGS"

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
        progress: Is told in Chinese what is being done.
        environment: What MkDocs is given.
        seconds: How long MkDocs and whatever it starts may take; None for no limit.

    Raises:
        atomic.BusyError: Another build is replacing `site_dir`.
        subprocess.TimeoutExpired: It took longer than `seconds`; all of it is dead.
        OSError: A folder cannot be read or written.
    """
    with atomic.replacing(site_dir) as replacement, tempfile.TemporaryDirectory() as scratch:
        progress("正在检查数据，生成网页和搜索索引")
        command = _mkdocs("build", "--site-dir", str(replacement.folder.resolve()), _say(strict))
        left = Path(scratch, "findings")
        variables = {**environment, **_QUIET, FINDINGS: str(left)}
        ok, log = _finish(command, project_root, variables, seconds)
        diagnostics = _findings(left)
        if not ok:
            # With errors in the data, what MkDocs says is only how it was stopped by them.
            log = "" if has_errors(diagnostics) else log
            return BuildResult(ok=False, diagnostics=diagnostics, log=log)
        pages = sum(1 for _ in replacement.folder.rglob("index.html"))
        progress("正在替换网站")
        replacement.swap_in()
    return BuildResult(ok=True, diagnostics=diagnostics, pages=pages)


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


def _finish(
    command: list[str], folder: Path, variables: Mapping[str, str], seconds: float | None
) -> tuple[bool, str]:
    """Run a program to its end: whether it succeeded, and all it said.

    When we are interrupted it is dead before anybody removes what it was writing;
    `subprocess.run` kills it as well, but after Ctrl-C does not wait for its death. With a time
    limit it has a process group of its own, so that what it started dies with it.
    """
    group = seconds is not None and sys.platform != "win32"
    with subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        process_group=0 if group else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            log, _ = process.communicate(timeout=seconds)
        except BaseException:
            if group:
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
            raise
    return process.returncode == 0, log


def is_in_the_way(project: configuration.Project, target: Path) -> bool:
    """Whether replacing `target` would destroy something that is not an old site."""
    place = target.resolve()
    sources = (project.root, project.data, project.pages, Path.cwd())
    if any(source.resolve().is_relative_to(place) for source in sources):
        return True
    looks_like_a_site = (place / "index.html").is_file() and (place / "404.html").is_file()
    return place.is_dir() and any(place.iterdir()) and not looks_like_a_site


def serve(project_root: Path, host: str, port: int) -> int:
    """Show the site on this machine until interrupted; the exit code of MkDocs."""
    command = _mkdocs("serve", "--dev-addr", f"{host}:{port}")
    environment = {**os.environ, **_QUIET}
    return subprocess.run(command, cwd=project_root, env=environment, check=False).returncode


def _say(strict: bool) -> str:
    """How much MkDocs is to say: quiet, it does not count its warnings, and never fails of them."""
    return "--strict" if strict else "--quiet"


def _mkdocs(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments]
