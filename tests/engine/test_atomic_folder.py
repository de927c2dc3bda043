"""The site folder is replaced whole or not at all, whatever happens on the way."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from disclosure.engine import atomic_folder
from tests.support import systems
from tests.support.repository import ROOT

#: A program that replaces the folder in argv[1], in the way in argv[3], and is killed at the
#: moment in argv[2]: when the new folder is complete, between two renames, or after the swap.
KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from disclosure.engine import atomic_folder

target, moment, way = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def rename(self, to, real=Path.rename):
    if moment == "between" and to == target:
        die()
    real(self, to)

if way == "two renames":
    atomic_folder._exchange = lambda one, other: False
with atomic_folder.replacing(target) as new:
    (new.folder / "index.html").write_text("new")
    (new.folder / "more.html").write_text("new")
    if moment == "complete":
        die()
    if moment == "swapped":
        shutil.rmtree = die
    Path.rename = rename
    new.swap_in()
"""
CASES = [
    ("complete", "exchange"),
    ("complete", "two renames"),
    ("between", "two renames"),
    ("swapped", "exchange"),
    ("swapped", "two renames"),
]
OLD = {"index.html": hashlib.sha256(b"old").hexdigest()}
NEW = {name: hashlib.sha256(b"new").hexdigest() for name in ("index.html", "more.html")}


def tree(folder: Path) -> Mapping[str, str]:
    """Every file below a folder and the digest of what it holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files
    }


def leftovers(target: Path) -> list[str]:
    """What stands beside the target for its sake, the lock aside."""
    names = [path.name for path in target.parent.iterdir()]
    return [n for n in names if n.startswith(f".{target.name}.") and not n.endswith(".lock")]


def write(target: Path, text: str) -> None:
    """Replace the target by a folder with one page."""
    with atomic_folder.replacing(target) as new:
        (new.folder / "index.html").write_text(text)
        new.swap_in()


@pytest.fixture(params=["exchange", "two renames"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for a site, on a system with and on one without an atomic exchange."""
    if request.param == "two renames":
        monkeypatch.setattr(atomic_folder, "_exchange", lambda _one, _other: False)
    return tmp_path / "site"


def test_a_missing_target_is_made(target: Path) -> None:
    """The first build makes the folder, and nothing is left beside it."""
    write(target / "deep" / "site", "new")
    assert (target / "deep" / "site" / "index.html").read_text() == "new"
    assert leftovers(target / "deep" / "site") == []


def test_an_empty_target_is_filled(target: Path) -> None:
    """A folder that somebody made beforehand is no obstacle."""
    target.mkdir()
    write(target, "new")
    assert (target / "index.html").read_text() == "new"


def test_an_old_site_is_replaced_whole(target: Path) -> None:
    """Nothing of the old content stays, its permissions do, and nothing is left beside it."""
    target.mkdir(mode=0o750)
    (target / "gone.html").write_text("old")
    write(target, "new")
    assert [path.name for path in target.iterdir()] == ["index.html"]
    assert target.stat().st_mode & 0o777 == 0o750
    assert leftovers(target) == []


def test_without_a_swap_nothing_changes(target: Path) -> None:
    """A build that only gives up leaves the old site as it was."""
    write(target, "old")
    with atomic_folder.replacing(target) as new:
        (new.folder / "index.html").write_text("half")
    assert (target / "index.html").read_text() == "old"
    assert leftovers(target) == []


def test_the_spare_is_the_content_before(target: Path) -> None:
    """The next content is made in what stood in the target before this one, failure or not."""
    spare = atomic_folder.spare_of(target)
    found = []
    for text in ("failed 1", "one", "two", "failed 2", "three"):
        with atomic_folder.replacing(target, spare) as new:
            found.append({path.name for path in new.folder.iterdir()} - {".gitignore"})
            (new.folder / text).touch()
            new.more.mkdir()
            if "failed" not in text:
                new.swap_in()
    assert found == [set(), set(), set(), {"one"}, {"one", "failed 2"}]
    made = {"one", "failed 2", "three", ".gitignore"}  # nobody has removed the last one here
    assert {path.name for path in target.iterdir()} == made
    assert {path.name for path in spare.iterdir()} == {"two", ".gitignore"}
    assert leftovers(target) == [spare.name]


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_site(target: Path, failure: type[BaseException]) -> None:
    """A bug or Ctrl-C in the middle of a build leaves the old site and cleans up."""
    write(target, "old")

    def break_off() -> None:
        with atomic_folder.replacing(target) as new:
            (new.folder / "index.html").write_text("half")
            raise failure

    with pytest.raises(failure):
        break_off()
    assert (target / "index.html").read_text() == "old"
    assert leftovers(target) == []


def test_a_failed_second_rename_puts_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the new folder cannot be moved in, the old one returns to its place."""
    write(tmp_path / "site", "old")

    def move(self: Path, to: Path, real: Callable[[Path, Path], Path] = Path.rename) -> Path:
        if ".new-" in self.name:
            raise PermissionError
        return real(self, to)

    monkeypatch.setattr(atomic_folder, "_exchange", lambda _one, _other: False)
    monkeypatch.setattr(Path, "rename", move)
    with pytest.raises(PermissionError), atomic_folder.replacing(tmp_path / "site") as new:
        new.swap_in()
    assert tree(tmp_path / "site") == OLD
    assert leftovers(tmp_path / "site") == []


@systems.LINKS
def test_behind_a_symbolic_link_the_folder_is_replaced(target: Path) -> None:
    """A link that a web server follows stays a link, and leads to the new site."""
    write(target, "old")
    link = target.with_name("public")
    link.symlink_to(target)
    write(link, "new")
    assert link.is_symlink()
    assert (target / "index.html").read_text() == "new"


def test_two_at_once_do_not_disturb_each_other(target: Path) -> None:
    """The second is told that the first is at work, and the first finishes unharmed."""
    with atomic_folder.replacing(target) as new:
        (new.folder / "index.html").write_text("first")
        with pytest.raises(atomic_folder.BusyError), atomic_folder.replacing(target):
            pass
        new.swap_in()
    assert (target / "index.html").read_text() == "first"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the exchange")
def test_linux_exchanges_in_one_call(tmp_path: Path) -> None:
    """On Linux both folders change places at once: neither name is ever missing."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert atomic_folder._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()
    assert (tmp_path / "other" / "one").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
@pytest.mark.parametrize(("moment", "way"), CASES)
def test_a_kill_around_the_swap(tmp_path: Path, moment: str, way: str) -> None:
    """Killed at each step of the swap: all old or all new, and the next build heals."""
    target = tmp_path / "site"
    write(target, "old")
    command = [sys.executable, "-c", KILLED, str(target), moment, way]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    if moment == "between":  # the one gap, where there is no exchange: the old site is kept
        assert tree(target.with_name(".site.old")) == OLD
    else:
        assert tree(target) == (OLD if moment == "complete" else NEW)
    with atomic_folder.replacing(target):  # the next build, though it gives up, puts things right
        assert tree(target) == (NEW if moment == "swapped" else OLD)
    assert leftovers(target) == []


def start_build(project: Path) -> subprocess.Popen[bytes]:
    """A real `disclosure build` in a process group of its own."""
    command = [sys.executable, "-m", "disclosure", "-C", str(project), "build"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_real_builds_killed_at_many_moments(project: Path) -> None:
    """Real builds killed from early to late leave a whole site each time; the next one heals."""
    assert start_build(project).wait() == 0
    source = project / "site_src" / "about.md"
    source.write_text(source.read_text("utf-8") + "\n新的一段\n", "utf-8")
    start = time.monotonic()  # not before: what the first build keeps makes the others faster
    assert start_build(project).wait() == 0
    whole = time.monotonic() - start
    old, seen, killed = tree(project / "site"), [], 0
    source.write_text(source.read_text("utf-8") + "\n又一段\n", "utf-8")
    for moment in (0.15, 0.5, 0.7, 0.95):
        build = start_build(project)
        time.sleep(moment * whole)
        # Once without its children: the orphan goes on writing, and must do no harm.
        (os.kill if moment == 0.5 else os.killpg)(build.pid, signal.SIGKILL)
        killed += build.wait() == -signal.SIGKILL
        seen.append(tree(project / "site"))
    assert start_build(project).wait() == 0
    new = tree(project / "site")
    assert new != old
    assert all(site in (old, new) for site in seen)
    assert killed >= 3
    assert leftovers(project / "site") == [".site.spare"]
