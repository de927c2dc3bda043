"""The finished site, put in place at once: MkDocs is run as a program of its own.

That program reads the data and makes the pages, so this module and what it imports are light:
whoever only waits for MkDocs need not load everything a second time.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator import atomic, configuration
from generator.diagnostics import Diagnostic, has_errors

#: Names the file in which the plugin leaves its findings for the program that started MkDocs.
FINDINGS = "DISCLOSURE_FINDINGS"


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
    project_root: Path, site_dir: Path, *, strict: bool, progress: Callable[[str], None]
) -> BuildResult:
    """Build the complete site and put it at `site_dir` at once, or leave what is there alone.

    Raises:
        atomic.BusyError: Another build is replacing `site_dir`.
        OSError: A folder cannot be read or written.
    """
    with atomic.replacing(site_dir) as replacement, tempfile.TemporaryDirectory() as scratch:
        progress("正在检查数据，生成网页和搜索索引")
        # Quiet MkDocs does not count its warnings, and then strict never fails.
        options = ["--strict"] if strict else ["--quiet"]
        command = _mkdocs("build", "--site-dir", str(replacement.folder.resolve()), *options)
        left = Path(scratch, "findings")
        ok, log = _finish(command, project_root, {FINDINGS: str(left)})
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


def _finish(command: list[str], folder: Path, variables: dict[str, str]) -> tuple[bool, str]:
    """Run a program to its end: whether it succeeded, and all it said.

    When we are interrupted it is dead before anybody removes what it was writing;
    `subprocess.run` kills it as well, but after Ctrl-C does not wait for its death.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=_environment() | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            log, _ = process.communicate()
        except BaseException:
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
    return subprocess.run(command, cwd=project_root, env=_environment(), check=False).returncode


def _mkdocs(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments]


def _environment() -> dict[str, str]:
    """Material announces its end of life at every build; that is a maintainer's concern."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
