"""From `git push` to the served page, compared with `disclosure build` of the same change."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from benchmarks.district import YEARS, code, write_site
from benchmarks.harness import Benchmark
from benchmarks.processes import finish, git

PAGES = 4_800

#: How many releases the server keeps; the next one is made in the one before those.
KEPT = 2


def push(scratch: Path) -> Benchmark:
    """A push that changes one file against a build after such a change, in one clone.

    Either is measured when it has become a habit: with the folder of an older release to fill.
    """
    server, clone = scratch / "site.git", scratch / "clone"
    init = ("publish", "init", str(server), "--www", str(scratch / "www"), "--keep", str(KEPT))
    _disclosure(scratch, *init)
    git(scratch, "clone", "--quiet", str(server), str(clone))
    git(clone, "checkout", "--quiet", "-B", "main")
    write_site(clone, PAGES // len(YEARS))
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

    for _ in range(KEPT):
        baseline()
        subject()
    return Benchmark(
        name="push",
        subject_is=f"from git push to the served page, one file of {PAGES:,} changed",
        baseline_is="disclosure build after such a change",
        subject=subject,
        baseline=baseline,
        limit=1.5,
    )


def _publish(clone: Path) -> None:
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "改动")
    git(clone, "push", "--quiet", "origin", "main")


def _disclosure(folder: Path, *arguments: str) -> None:
    finish(folder, sys.executable, "-m", "disclosure", *arguments)
