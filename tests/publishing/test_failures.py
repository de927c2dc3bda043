"""Whatever breaks during a push, the old site stays, and the next push puts everything right."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import datafolder
from tests.support.server import FILE_NAME, Clerk, Published, Server, finish, git, tree, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a publishing server runs Linux")

#: Stands in for the hook's program: the same, but it kills itself at the moment in argv[1].
KILLED = """
import os, signal, sys
from pathlib import Path
from disclosure.cli import main

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

moment = sys.argv.pop(1)
if moment == "before the number":
    from disclosure.publishing.release import Releases
    Releases.publish = die
if moment == "with a number":
    Path.symlink_to = die
if moment == "beside the old link":
    replace = Path.replace
    Path.replace = lambda self, to: die() if to.name == "current" else replace(self, to)
if moment == "switched":
    from disclosure.publishing.release import Releases
    Releases.prune = die
main()
"""
MOMENTS = ["before the number", "with a number", "beside the old link", "switched"]


def change(clerk: Clerk, text: str) -> None:
    """Commit another page."""
    clerk.write("site_src/about.md", f"# 关于本站\n\n{text}\n")
    clerk.commit(text)


def assert_heals(server: Server, clerk: Clerk) -> None:
    """The next push is published, and nothing is left of the one that failed."""
    change(clerk, "又是一版")
    accepted, output = clerk.push()
    assert accepted, output
    assert "又是一版" in server.page("about/")
    assert server.live() == server.tip()
    assert not [name for name in server.releases() if name.startswith(".")]
    assert [path.name for path in server.www.glob(".*")] == []


@pytest.mark.parametrize("whom", ["all", "hook"])
def test_a_kill_during_the_build(tmp_path: Path, published: Published, whom: str) -> None:
    """SIGKILL while MkDocs builds, of everything or of the hook alone: nothing has changed."""
    server, clerk = published(tmp_path)
    before, tip = tree(server.current), server.tip()
    change(clerk, "半途")
    push = clerk.start_push()
    hook = server.wait_for("publish pre-receive")
    server.wait_for("mkdocs build")
    if whom == "hook":
        os.kill(hook, signal.SIGKILL)
    else:
        server.kill()
    accepted, _ = finish(push)
    assert not accepted
    assert (tree(server.current), server.tip()) == (before, tip)
    assert any(name.startswith(".building-") for name in server.releases())
    server.kill()  # an orphan would go on writing for a while
    assert_heals(server, clerk)


def test_a_kill_around_the_switch(tmp_path: Path, published: Published) -> None:
    """Killed at each step of the switch: all old or all new; the hook alone, run again, heals.

    Each push comes after the one that was killed before it, and the last is killed nowhere.
    """
    server, clerk = published(tmp_path)
    hook = server.repository / "hooks" / "post-receive"
    whole = hook.read_text("utf-8")
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    for moment in MOMENTS:
        before, text = server.live(), f"killed {moment}"
        command = f"exec {sys.executable} {program} '{moment}' publish post-receive"
        hook.write_text(f"#!/bin/sh\n{command}\n")
        change(clerk, text)
        clerk.push()
        hook.write_text(whole)
        assert server.tip() != before, "the branch has moved"
        if moment == "switched":
            assert text in server.page("about/")
        else:
            assert server.live() == before
            assert text not in server.page("about/")
            subprocess.run([hook], cwd=server.repository, check=True, capture_output=True)
            assert text in server.page("about/")
            assert server.live() == server.tip()
            assert not [name for name in server.releases() if name.startswith(".")]
    assert_heals(server, clerk)


def test_a_finished_site_that_was_swept_away_is_made_again(
    tmp_path: Path, published: Published
) -> None:
    """When another push clears up between the two hooks, the second builds once more."""
    server, clerk = published(tmp_path)
    hook = server.repository / "hooks" / "post-receive"
    whole = hook.read_text("utf-8")
    hook.write_text("#!/bin/sh\nexit 0\n")
    change(clerk, "第二版")
    assert clerk.push()[0]
    (ready,) = (server.www / "releases").glob(".ready-*")
    shutil.rmtree(ready)
    hook.write_text(whole)
    subprocess.run([hook], cwd=server.repository, check=True, capture_output=True)
    assert "第二版" in server.page("about/")
    assert_heals(server, clerk)


def test_a_build_that_hangs_is_stopped(tmp_path: Path, published: Published) -> None:
    """A stopped MkDocs is killed with all it started when its time is over."""
    server, clerk = published(tmp_path)
    before, tip = tree(server.current), server.tip()
    server.set("seconds", "3")
    change(clerk, "停住")
    push = clerk.start_push()
    os.kill(server.wait_for("mkdocs build"), signal.SIGSTOP)
    accepted, output = finish(push)
    assert not accepted
    assert "生成网站超过了 3 秒，已经停止。没有发布，网站没有改动。" in output
    assert (tree(server.current), server.tip()) == (before, tip)
    assert [*server.processes("")] == []
    server.set("seconds", "900")
    assert_heals(server, clerk)


def test_two_pushes_at_once(tmp_path: Path, published: Published) -> None:
    """One is published, the other is told to look at it first and changes nothing."""
    server, first = published(tmp_path)
    second = server.clerk("second")
    change(first, "第一人")
    change(second, "第二人")
    pushes = [first.start_push(), second.start_push()]
    outcomes = [finish(push) for push in pushes]
    assert sorted(accepted for accepted, _ in outcomes) == [False, True], outcomes
    (refused,) = (output for accepted, output in outcomes if not accepted)
    # Git itself finds it when the second came between the first one's hook and its branch.
    assert "P105 别人刚刚先推送了新的内容。" in refused or "rejected" in refused
    winner, loser = (first, second) if outcomes[0][0] else (second, first)
    assert server.live() == server.tip() == git(winner.folder, "rev-parse", "HEAD")
    git(loser.folder, "fetch", "-q")
    git(loser.folder, "reset", "-q", "--hard", "origin/main")
    assert_heals(server, loser)


def test_a_command_during_a_push_waits_for_another_time(
    tmp_path: Path, published: Published
) -> None:
    """Nobody can roll back in the middle of a push; the push itself goes on."""
    server, clerk = published(tmp_path)
    change(clerk, "正在发布")
    push = clerk.start_push()
    server.wait_for("mkdocs build")
    code, output = server.publish("rollback")
    assert (code, "另一次推送正在发布" in output) == (2, True)
    assert finish(push)[0]
    assert "正在发布" in server.page("about/")


def test_hundreds_of_files_in_one_push(tmp_path: Path, published: Published) -> None:
    """A whole district at once is published like a single file."""
    server, clerk = published(tmp_path)
    for number in range(3, 303):
        code = f"13080324P{number:011}A"
        clerk.write(FILE_NAME.format(code), datafolder.project(code, f"项目{number}", number))
    clerk.commit("三百个项目")
    accepted, output = clerk.push()
    assert accepted, output
    assert "新增项目 300 个" in output
    assert re.search("还有 280 个", output)
    assert "项目302" in server.page("a-1/2024/13080324P00000000302A/")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        if os.environ.get("REQUIRE_SERVER"):
            pytest.fail("only root can mount a small disk")
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk(small_disk: Path, published: Published) -> None:
    """With no room for a release the push is refused, with some room as well; then it heals."""
    server, clerk = published(small_disk)
    before, tip = tree(server.current), server.tip()
    for left in (900_000, 300_000, 0):
        change(clerk, f"没有地方，只有 {left}")
        filler = server.www / "filler"
        room = shutil.disk_usage(small_disk).free - left
        with filler.open("wb") as file:
            file.write(b"\0" * room)
        accepted, output = clerk.push()
        assert not accepted
        if "unpack" not in output:  # git itself may have found no room
            assert "磁盘已满" in output, output
        assert (tree(server.current), server.tip()) == (before, tip)
        filler.unlink()
    assert_heals(server, clerk)


def test_a_push_that_is_interrupted_cleans_up(tmp_path: Path, published: Published) -> None:
    """Ctrl-C while the site is built: nothing changes, and nothing is left to sweep."""
    server, clerk = published(tmp_path)
    before = tree(server.current)
    change(clerk, "不要了")
    push = clerk.start_push()
    hook = server.wait_for("publish pre-receive")
    server.wait_for("mkdocs build")
    os.kill(hook, signal.SIGINT)
    accepted, output = finish(push)
    assert not accepted
    assert "已中断。" in output
    assert tree(server.current) == before
    until(lambda: None if [*server.processes("mkdocs")] else 0)
    assert [name for name in server.releases() if name.startswith(".")] == []
    assert_heals(server, clerk)
