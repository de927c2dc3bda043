"""The preview while something is wrong: the browser says what, and recovers by itself."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.support.repository import ROOT

PROJECT = "data/130803-322/2024/projects/13080324P00514110001Y.yml"
PAGE = "130803-322/2024/13080324P00514110001Y/"

#: What is done to the project, what the browser says of it, and how it is undone.
Change = Callable[[Path], None]


class Preview:
    """A running `disclosure serve`: its address, its project, and what it says in the terminal."""

    def __init__(self, project: Path, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.project, self.address, self._log = project, f"http://127.0.0.1:{port}/", log
        command = [sys.executable, "-m", "disclosure", "-C", str(project), "serve", "--port"]
        with log.open("w") as stream:
            self.process = subprocess.Popen(
                [*command, str(port)], cwd=ROOT, stderr=stream, start_new_session=True
            )

    def end(self) -> None:
        """Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=120)

    @property
    def log(self) -> str:
        """What stands in the terminal."""
        return self._log.read_text("utf-8")

    def read(self, path: str = PAGE) -> tuple[int, str]:
        """The status and the text of a page, which comes at once."""
        try:
            with urlopen(self.address + path, timeout=60) as answer:  # noqa: S310 - loopback
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_for(self, text: str, path: str = PAGE) -> int:
        """Ask for a page until it holds the text; its status."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            status, page = self.read(path)
            if text in page:
                return status
            time.sleep(0.2)
        pytest.fail(f"the preview does not show {text}, but {self.read(path)}\n{self.log}")

    def wait_for_reload(self, times: int) -> None:
        """Wait until the terminal has said so often that open pages are loaded again."""
        end = time.monotonic() + 120
        while self.log.count("Reloading browsers") < times:
            assert time.monotonic() < end, self.log
            time.sleep(0.2)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of this repository's own project."""
    project = tmp_path_factory.mktemp("project")
    for name in ("data", "site_src"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    running = Preview(project, project / "log.txt")
    try:
        running.wait_for("商务局专项经费")
        yield running
    finally:
        running.end()


def a_bad_line(project: Path) -> None:
    """A field with a full-width colon."""
    with (project / PROJECT).open("a", encoding="utf-8") as file:
        file.write("  bad：x\n")


def no_data(project: Path) -> None:
    """The data folder is away, as while git checks out something else."""
    (project / "data").rename(project / "away")


def no_pages(project: Path) -> None:
    """The folder of the pages is away."""
    (project / "site_src").rename(project / "away")


def a_conflict(project: Path) -> None:
    """A page with an unfinished merge."""
    file = project / "site_src/about.md"
    file.write_text("<<<<<<< HEAD\n<script>一</script>\n=======\n二\n>>>>>>> b\n", "utf-8")


def many_mistakes(project: Path) -> None:
    """More findings than a terminal shows in full."""
    folder = (project / PROJECT).parent
    for number in range(60):
        (folder / f"X{number:02}.yml").write_text("", "utf-8")


def a_broken_configuration(project: Path) -> None:
    """An unfinished merge in mkdocs.yml."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"<<<<<<< HEAD\n{text}=======\n>>>>>>> b\n", "utf-8")


def no_configuration(project: Path) -> None:
    """mkdocs.yml is away."""
    (project / "mkdocs.yml").unlink()


CASES: list[tuple[Change, list[str]]] = [
    (a_bad_line, [f"{PROJECT}:", "怎么改："]),
    (no_data, ["data 错误 R101 找不到数据文件夹。"]),
    (no_pages, ["site_src 错误 R506 找不到手写页面的文件夹。"]),
    (a_conflict, ["site_src/about.md:1:1 错误 R113 两人的改动有冲突"]),
    (a_broken_configuration, ["mkdocs.yml 第 1 行：两人的改动有冲突"]),
    (no_configuration, ["找不到", "mkdocs.yml。"]),
    (many_mistakes, [f"X{number:02}.yml 错误 R111" for number in range(60)]),
]


@pytest.mark.parametrize(("change", "shown"), CASES, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_wrong_is_shown_until_it_is_right(
    preview: Preview, change: Change, shown: list[str]
) -> None:
    """Each page is the findings at once, in the terminal too, every time; then it is itself."""
    for _ in range(2):
        before = len(preview.log)
        change(preview.project)
        assert preview.wait_for(shown[0]) == 503
        page = preview.read()[1]
        assert [text for text in shown if text not in page] == []
        assert "<script>一" not in page
        assert shown[0] in preview.log[before:]
        assert preview.read("assets/disclosure.css")[0] == 200
        for name in ("data", "site_src"):
            if (preview.project / "away").exists() and not (preview.project / name).exists():
                (preview.project / "away").rename(preview.project / name)
        shutil.copytree(ROOT / "site_src", preview.project / "site_src", dirs_exist_ok=True)
        for name in (PROJECT, "mkdocs.yml"):
            shutil.copyfile(ROOT / name, preview.project / name)
        for file in (preview.project / PROJECT).parent.glob("X*.yml"):
            file.unlink()
        assert preview.wait_for("商务局专项经费") == 200
    assert "appear stuck" not in preview.log
    assert "Traceback" not in preview.log


def test_a_folder_that_came_back_is_watched(preview: Preview) -> None:
    """A change after the data folder was away shows by itself."""
    no_data(preview.project)
    preview.wait_for("找不到数据文件夹")
    (preview.project / "away").rename(preview.project / "data")
    preview.wait_for("商务局专项经费")
    file = preview.project / PROJECT
    changed = file.read_text("utf-8").replace("name: 商务局专项经费", "name: 改过的名称")
    file.write_text(changed, "utf-8")
    preview.wait_for("改过的名称")
    shutil.copyfile(ROOT / PROJECT, file)
    preview.wait_for("商务局专项经费")


def test_a_browser_sees_it_and_recovers(preview: Preview, chromium: Browser) -> None:
    """An open page turns into the findings, follows them, and turns back, without a key pressed."""
    page = chromium.new_page()
    page.goto(preview.address + PAGE)
    expect(page.locator("h1")).to_contain_text("商务局专项经费")
    a_bad_line(preview.project)
    expect(page.locator("h1")).to_have_text("预览没有更新", timeout=120_000)
    expect(page.locator("pre")).to_contain_text(f"{PROJECT}:")
    a_conflict(preview.project)
    expect(page.locator("pre")).to_contain_text("两人的改动有冲突", timeout=120_000)
    shutil.copytree(ROOT / "site_src", preview.project / "site_src", dirs_exist_ok=True)
    shutil.copyfile(ROOT / PROJECT, preview.project / PROJECT)
    expect(page.locator("h1")).to_contain_text("商务局专项经费", timeout=120_000)
    page.close()


def test_an_open_page_shows_a_change_before_all_others(preview: Preview, chromium: Browser) -> None:
    """The page is loaded once for a change; the line that others are still being made goes."""
    page = chromium.new_page()
    page.goto(preview.address + PAGE)
    file = preview.project / PROJECT
    text = file.read_text("utf-8")
    done = preview.log.count("Reloading browsers")
    file.write_text(text.replace("name: 商务局专项经费", "name: 先看见的名称"), "utf-8")
    expect(page.locator("h1")).to_contain_text("先看见的名称", timeout=120_000)
    page.evaluate("window.isKept = true")
    preview.wait_for("先看见的名称", "130803-322/")
    expect(page.locator("#preview-rest")).to_have_count(0)
    preview.wait_for_reload(done + 1)  # the pages are there a moment before the terminal says so
    assert preview.log.count("Reloading browsers") == done + 1
    assert page.evaluate("window.isKept")
    page.close()
    shutil.copyfile(ROOT / PROJECT, file)
    preview.wait_for("商务局专项经费")
