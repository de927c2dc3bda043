"""How long a build of the real data takes, compared with a build of nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.harness import Benchmark

ROOT = Path(__file__).parent.parent


def build(scratch: Path) -> Benchmark:
    """`disclosure build` against an empty Material site that is indexed by Pagefind as well."""
    empty = scratch / "empty"
    (empty / "docs").mkdir(parents=True)
    (empty / "docs/index.md").write_text("# Empty\n", "utf-8")
    (empty / "mkdocs.yml").write_text("site_name: Empty\ntheme: material\n", "utf-8")

    def baseline() -> None:
        _run("mkdocs", "build", "--quiet", folder=empty)
        _run("pagefind", "--site", "site", folder=empty)

    def subject() -> None:
        _run("disclosure", "build", "--site-dir", str(scratch / "site"), folder=ROOT)

    return Benchmark(
        name="build",
        subject_is="disclosure build of data/",
        baseline_is="mkdocs build of an empty Material site, and Pagefind over it",
        subject=subject,
        baseline=baseline,
        limit=3.0,
    )


def _run(*arguments: str, folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
