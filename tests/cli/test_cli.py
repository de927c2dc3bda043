"""The command line: what it says, in which language, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup

from disclosure.engine import atomic_folder
from disclosure.model.diagnostics import Diagnostic, Severity, Span
from disclosure.site import checking, mkdocs_process
from tests.support import systems
from tests.support.repository import ROOT, Run


def finding(severity: Severity, path: str) -> Diagnostic:
    """A finding of some kind in the first line of a file."""
    return Diagnostic("R000", severity, "写法有误", Span(path, 1, 1, 1, "x"), "改一改")


# Where it runs


@pytest.mark.parametrize("command", ["check", "build", "serve", "schema", "render out"])
def test_outside_a_project_it_says_where_to_go(run: Run, tmp_path: Path, command: str) -> None:
    """A folder without mkdocs.yml is named, together with what to do."""
    code, out, err = run(*command.split(), folder=tmp_path)
    assert (code, out) == (2, "")
    assert err == (
        f"错误：{tmp_path} 里没有 mkdocs.yml。\n"
        "请先进入项目文件夹，或者这样指明：disclosure -C 项目文件夹 …\n"
    )


def test_a_broken_configuration_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    """A mistake in mkdocs.yml is the user's, so it is explained and not a failure of ours."""
    (tmp_path / "mkdocs.yml").write_text("site_name: a\nplugins: [disclosure\n", "utf-8")
    code, _, err = run("-C", tmp_path, "check")
    assert code == 2
    assert err == f"错误：{tmp_path / 'mkdocs.yml'} 第 3 行写法有误，无法读取。\n"


# check


def test_checking_the_real_data_finds_nothing(run: Run) -> None:
    """The committed data is clean: exit code 0."""
    code, _, err = run("check")
    assert (code, err) == (0, "")


@pytest.mark.parametrize(
    ("severity", "code"), [(Severity.ERROR, 1), (Severity.WARNING, 1), (Severity.HINT, 0)]
)
def test_findings_decide_the_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, severity: Severity, code: int
) -> None:
    """Errors and warnings end with 1; hints are shown and end with 0."""
    monkeypatch.setattr(checking, "check", lambda _data, _pages: (finding(severity, "data/x.yml"),))
    ended, out, _ = run("check")
    assert ended == code
    assert "写法有误" in out


def test_a_path_selects_the_findings_below_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check PATH` shows and counts only what lies in that file or folder."""
    here = "data/130803-322/department.yml"
    found = (finding(Severity.ERROR, here), finding(Severity.ERROR, "data/other/department.yml"))
    monkeypatch.setattr(checking, "check", lambda _data, _pages: found)
    _, out, _ = run("check", "data/130803-322")
    assert here in out
    assert "data/other" not in out
    assert run("check", "data/130803-322/2024")[0] == 0


def test_json_is_utf8_whatever_the_terminal_uses(project: Path) -> None:
    """A program that reads the JSON need not know the terminal's encoding."""
    (project / "data/130803-322/department.yml").write_text("坏", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "disclosure", "-C", project, "check", "--format", "json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout.decode("utf-8"))


def test_a_character_unknown_to_the_terminal_is_no_failure(project: Path) -> None:
    """On a GBK terminal a character outside GBK becomes a question mark."""
    (project / "data/130803-322/department.yml").write_text("坏𠀀", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "disclosure", "-C", project, "check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert "坏?" in done.stdout.decode("gbk")


@systems.SHELL
def test_a_reader_that_stops_reading_is_no_error() -> None:
    """`disclosure --help | head -0` ends quietly."""
    command = f"{sys.executable} -m disclosure --help | head -c 0"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


# build


@pytest.mark.parametrize("target", [".", "..", "data", "site_src", "papers"])
def test_a_build_never_replaces_anything_but_a_site(run: Run, project: Path, target: str) -> None:
    """A folder with the project, its sources or a user's own files in it is left alone."""
    (project / "papers").mkdir()
    (project / "papers/report.doc").touch()
    code, out, err = run("build", "--site-dir", target, folder=project)
    assert (code, out) == (2, "")
    assert err == f"错误：{target} 里有别的内容，为免误删，没有动它。请换一个空的或新的文件夹。\n"
    assert (project / "papers/report.doc").exists()


def test_a_second_build_at_once_says_so(run: Run, project: Path) -> None:
    """While one build is at work, another ends with 2 and disturbs nothing."""
    with atomic_folder.replacing(project / "site"):
        code, out, err = run("build", folder=project)
    assert (code, out) == (2, "")
    assert err == "错误：另一个程序正在生成 site，请等它结束后再试。\n"


def test_errors_in_the_data_stop_a_build(run: Run, project: Path) -> None:
    """The findings are shown, the old site stays, and the exit code is 1."""
    (project / "site").mkdir()
    (project / "data/130803-322/department.yml").write_text("坏", "utf-8")
    code, out, err = run("build", folder=project)
    assert (code, out) == (1, "")
    assert "data/130803-322/department.yml" in err
    assert err.endswith("网站没有生成，原来的网站没有改动。\n")
    assert list((project / "site").iterdir()) == []


def test_strict_makes_a_warning_a_failure(run: Run, project: Path) -> None:
    """A dead link in a hand-written page passes a plain build and fails a strict one."""
    page = project / "site_src/about.md"
    page.write_text(page.read_text("utf-8") + "\n[更多](no-such-page.md)\n", "utf-8")
    assert run("-C", project, "build")[0] == 0
    code, out, err = run("-C", project, "build", "--strict")
    assert (code, out) == (1, "")
    assert err.startswith("MkDocs 没有完成，它说：\n")
    assert "no-such-page.md" in err


def test_a_build_that_cannot_run_ends_with_two(run: Run, project: Path) -> None:
    """A mistake in the configuration is no finding in the data; MkDocs' words are shown."""
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("docs_dir: no-such-folder\n")
    code, out, err = run("-C", project, "build")
    assert (code, out) == (2, "")
    assert "no-such-folder" in err
    assert err.endswith("网站没有生成，原来的网站没有改动。\n")


def test_a_build_says_where_the_site_is(run: Run, project: Path) -> None:
    """The last line names a file that is there; into no terminal goes no progress."""
    code, out, err = run("-C", project, "build", "--strict")
    assert (code, err) == (0, "")
    told = re.fullmatch(r"网站已生成，共 (\d+) 个页面：(.+)\n", out)
    assert told is not None
    assert Path(told[2]) == project / "site/index.html"
    assert int(told[1]) == len(list((project / "site").rglob("index.html")))


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes that a program in a session of its own started and that are still there."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended just now
            stat = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
            if int(stat[3]) == process.pid and stat[0] != "Z":
                found.append(int(folder.name))
    return found


@pytest.fixture
def running_build(project: Path) -> Iterator[subprocess.Popen[str]]:
    """A real build in a session of its own, stopped while its workers make pages."""
    shutil.copytree(ROOT / "examples/data", project / "data", dirs_exist_ok=True)
    command = [sys.executable, "-m", "disclosure", "-C", str(project), "build", "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, encoding="utf-8"
    )
    while process.poll() is None and not list(project.glob(".site.new-*/*/*/*/index.html")):
        time.sleep(0.02)
    yield process
    for child in children(process):
        os.kill(child, signal.SIGKILL)


@systems.PROC
@pytest.mark.parametrize("to_all", [True, False], ids=["like Ctrl-C", "to the program alone"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_nothing(
    running_build: subprocess.Popen[str], project: Path, number: signal.Signals, to_all: bool
) -> None:
    """Ctrl-C or a polite kill: one line, exit code 130, no child, no half-made folder."""
    (os.killpg if to_all else os.kill)(running_build.pid, number)
    _, err = running_build.communicate(timeout=120)
    assert running_build.returncode == 130
    assert err.strip() == "已中断。"
    assert not (project / "site").exists()
    assert not list(project.glob(".site.new-*"))
    end = time.monotonic() + 60
    while children(running_build) and time.monotonic() < end:
        time.sleep(0.05)
    assert not children(running_build)


# serve


def test_a_port_in_use_is_named(run: Run) -> None:
    """Two previews on one port: the second says so instead of breaking."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run("serve", "--port", str(port))
    assert (code, out) == (2, "")
    assert err == f"错误：端口 {port} 不能使用，可能已有别的程序在用。请用 --port 换一个。\n"


def test_no_preview_of_data_with_errors(run: Run, project: Path) -> None:
    """The findings are shown instead of a preview that would lack them."""
    (project / "data/130803-322/department.yml").write_text("坏", "utf-8")
    code, out, err = run("-C", project, "serve", "--port", "8765")
    assert (code, out) == (1, "")
    assert "data/130803-322/department.yml" in err
    assert err.endswith("数据有错误，请改好后再预览。\n")


@systems.SIGNALS
def test_the_preview_follows_the_data_and_ends_with_ctrl_c(project: Path) -> None:
    """A changed figure shows without a restart; Ctrl-C ends it with one line and leaves nothing."""
    configuration = project / "mkdocs.yml"
    untitled = configuration.read_text("utf-8").replace("填报指南: guide.md", "guide.md")
    configuration.write_text(untitled, "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "disclosure", "-C", str(project), "serve", "--port", str(port)]
    (scratch := project / "scratch").mkdir()
    preview = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(scratch)},
        start_new_session=True,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        before = tabs(wait_for_page(port, "承德市双滦区商务局"))
        file = project / "data/130803-322/department.yml"
        changed = file.read_text("utf-8").replace("name: 承德市双滦区商务局", "name: 改过的名称")
        file.write_text(changed, "utf-8")
        after = tabs(wait_for_page(port, "改过的名称"))
    finally:
        os.killpg(preview.pid, signal.SIGINT)
        _, err = preview.communicate(timeout=120)
    assert before == after  # MkDocs knows the titles of pages that are as before
    assert "None" not in before
    assert preview.returncode == 130
    assert err.splitlines()[-1] == "已中断。"
    assert "Traceback" not in err
    assert [*scratch.iterdir()] == []


def wait_for_page(port: int, text: str) -> str:
    """Ask for the department's page until it holds the text, for two minutes; the page."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/130803-322/") as answer:
            page: str = answer.read().decode()
            if text in page:
                return page
        time.sleep(0.1)
    pytest.fail(f"the preview does not show {text}")


def tabs(page: str) -> list[str]:
    """What the navigation of a page is called."""
    return [tab.get_text(strip=True) for tab in BeautifulSoup(page, "lxml").select("nav.places a")]


# render and schema


def test_rendering_fills_a_new_folder_only(run: Run, project: Path) -> None:
    """The pages are written to a new folder; a folder with anything in it is left alone."""
    code, out, _ = run("-C", project, "render", project / "out")
    assert (code, out) == (0, f"已写入：{project / 'out'}\n")
    assert (project / "out/index.md").is_file()
    code, _, err = run("-C", project, "render", project / "out")
    assert code == 2
    assert err == f"错误：{project / 'out'} 不是空文件夹，没有写入。请换一个空的或新的文件夹。\n"


def test_schemas_are_written_and_compared(run: Run, tmp_path: Path) -> None:
    """`schema DIR` writes them all; `--check` names those that are out of date."""
    assert run("schema", tmp_path)[0] == 0
    assert run("schema", tmp_path, "--check") == (0, "", "")
    (tmp_path / "project.schema.json").write_text("{}", "utf-8")
    code, out, _ = run("schema", tmp_path, "--check")
    assert (code, out) == (1, f"不是最新：{tmp_path / 'project.schema.json'}\n")


# What goes wrong


def test_a_bug_is_an_apology_and_a_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback reaches the user; it stands in the file that the message names."""

    def check(_data: Path, _pages: Path) -> None:
        raise ZeroDivisionError("the bug")

    monkeypatch.setattr(checking, "check", check)
    code, out, err = run("check")
    assert (code, out) == (2, "")
    told = re.fullmatch(
        "程序出错了，这不是您的操作或数据的问题。\n请把这个文件发给维护本程序的人：(.+)\n", err
    )
    assert told is not None
    log = Path(told[1])
    assert "ZeroDivisionError: the bug" in log.read_text("utf-8")
    log.unlink()


def test_a_bug_inside_mkdocs_is_an_apology_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback of the process that builds goes to a file as well."""
    log = "ERROR - x\nTraceback (most recent call last):\n  ValueError: the bug\n"
    result = mkdocs_process.BuildResult(ok=False, diagnostics=(), log=log)
    monkeypatch.setattr(mkdocs_process, "build", lambda *_arguments, **_options: result)
    code, out, err = run("build", "--site-dir", "no-such-folder")
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    kept = Path(err.splitlines()[1].partition("：")[2])
    assert kept.read_text("utf-8") == log
    kept.unlink()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied", "x.yml"), "错误：没有权限：x.yml\n"),
        (OSError(28, "No space left on device"), "错误：磁盘已满\n"),
    ],
)
def test_a_broken_machine_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    """What the machine refuses is said in Chinese, with the file it is about."""

    def check(_data: Path, _pages: Path) -> None:
        raise error

    monkeypatch.setattr(checking, "check", check)
    assert run("check") == (2, "", message)


def test_an_interruption_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C outside a build ends with 130 and one line as well."""

    def check(_data: Path, _pages: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "check", check)
    code, out, err = run("check")
    assert (code, out, err.strip()) == (130, "", "已中断。")
