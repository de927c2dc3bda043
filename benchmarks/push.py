"""From `git push` to the served page, compared with `disclosure build` of the same change."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.district import YEARS, code, write
from benchmarks.harness import Benchmark

PAGES = 4_800


def push(scratch: Path) -> Benchmark:
    """A push that changes one file against a build after such a change, in one clone."""
    server, clone = scratch / "site.git", scratch / "clone"
    _disclosure(scratch, "publish", "init", str(server), "--www", str(scratch / "www"))
    _git(scratch, "clone", "--quiet", str(server), str(clone))
    _git(clone, "checkout", "--quiet", "-B", "main")
    write(clone / "data", PAGES // len(YEARS))
    (clone / "site_src").mkdir()
    (clone / "site_src/about.md").write_text("# 关于本站\n", "utf-8")
    (clone / "mkdocs.yml").write_text(
        "site_name: 示例区\nnav: [index.md, about.md]\ndocs_dir: site_src\nsite_dir: site\n"
        "plugins: [disclosure]\ntheme: {name: material, language: zh, font: false}\n",
        "utf-8",
    )
    _publish(clone)
    file = clone / f"data/990101-000/{YEARS[-1]}/projects/{code(1, YEARS[-1])}.yml"
    text, rounds = file.read_text("utf-8"), itertools.count(1)

    def change() -> None:
        purpose = f"purpose: 第{next(rounds)}次修改，"
        file.write_text(text.replace("purpose: ", purpose), "utf-8")

    def baseline() -> None:
        change()
        _disclosure(clone, "build", "--site-dir", str(scratch / "site"))

    def subject() -> None:
        change()
        _publish(clone)

    return Benchmark(
        name="push",
        subject_is=f"from git push to the served page, one file of {PAGES:,} changed",
        baseline_is="disclosure build after such a change",
        subject=subject,
        baseline=baseline,
        limit=1.5,
    )


def _publish(clone: Path) -> None:
    _git(clone, "add", "--all")
    _git(clone, "commit", "--quiet", "--message", "改动")
    _git(clone, "push", "--quiet", "origin", "main")


def _disclosure(folder: Path, *arguments: str) -> None:
    _run(folder, sys.executable, "-m", "generator", *arguments)


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org")
    _run(folder, "git", *who, *arguments)


def _run(folder: Path, *command: str) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
