"""Does what the guide for publishers says, command by command, on a server and a computer."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from tests.support.repository import ROOT
from tests.support.server import ENVIRONMENT, Server, git

PAGES = ROOT / "site_src"
GUIDE, PICTURES = PAGES / "guide.md", PAGES / "images"
ADDRESS = "https://www.example.gov.cn/"
YEAR = "data/130803-322/2024"
INSURANCE, INVESTMENT = (
    f"projects/{code}{{}}.yml" for code in ("13080324P005140100019", "13080324P00514210001L")
)


class Step(Struct, frozen=True):
    """A heading of the guide, and the blocks below it.

    Attributes:
        blocks: What to type, line by line.
        texts: What to write into a file.
    """

    blocks: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]


def steps() -> Mapping[str, Step]:
    """Every heading of the guide, without its number, with what stands below it."""
    parts = re.split(r"(?m)^#{2,3} +", GUIDE.read_text("utf-8"))[1:]
    found = {}
    for part in parts:
        title = part.partition("\n")[0].rpartition("　")[2]
        shell = re.findall(r"```sh\n(.*?)```", part, re.DOTALL)
        texts = tuple(re.findall(r"```yaml\n(.*?)```", part, re.DOTALL))
        found[title] = Step(tuple(tuple(block.splitlines()) for block in shell), texts)
    return found


class Publisher:
    """A publisher who follows the guide, and the server that takes the pushes.

    Attributes:
        folder: Where the terminal stands.
        typed: All lines of the guide that were typed.
        shown: What the terminal showed, by the heading of each step.
    """

    def __init__(self, place: Path) -> None:
        self.server = Server.set_up(place)
        self.home = place / "home"
        self.home.mkdir()
        self.folder = self.home
        self.typed: set[str] = set()
        self.shown: dict[str, str] = {}
        self.guide = steps()
        settings = self.home / "gitconfig"
        # The address in the guide leads to the repository on this machine.
        settings.write_text(
            f'[url "{self.server.repository.parent}/"]\n\tinsteadOf = web@www.example.gov.cn:\n',
            "utf-8",
        )
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {k: v for k, v in ENVIRONMENT.items() if not k.startswith("GIT_")}
        self._environment = {
            **kept,
            "PATH": programs,
            "GIT_CONFIG_GLOBAL": str(settings),
            "GIT_CONFIG_SYSTEM": os.devnull,
            # Nothing may be fetched, and what the other tests run stays as it is.
            "PIP_NO_INDEX": "1",
            "PIP_NO_DEPS": "1",
            "PIP_TARGET": str(place / "installed"),
        }

    def type(self, command: str, expected: int = 0) -> str:
        """Type a line of the guide as it stands; what the terminal shows."""
        self.typed.add(command)
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return ""
        if command == "disclosure serve":
            return self._look()
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        output = done.stdout.decode()
        assert done.returncode == expected, f"{command}\n{output}"
        return "\n".join(line.rstrip() for line in output.splitlines())

    def do(self, title: str, block: int = 0, expected: int = 0) -> None:
        """Type a block of a step."""
        lines = self.guide[title].blocks[block]
        output = "\n".join(self.type(line, expected) for line in lines)
        self.shown[title] = f"{self.shown.get(title, '')}{output}\n"

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a file of the year."""
        path = self.folder / YEAR / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def add(self, file: str, title: str) -> None:
        """Write what a step shows at the end of a file of the year."""
        with (self.folder / YEAR / file).open("a", encoding="utf-8") as stream:
            stream.write(self.guide[title].texts[0])

    def _look(self) -> str:
        """Start the preview, open its first page, end it with Ctrl-C."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]  # the usual one may be in use by another test
        with subprocess.Popen(
            ["disclosure", "serve", "--port", str(port)],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as preview:
            try:
                return _opened(port)
            finally:
                os.killpg(preview.pid, signal.SIGINT)
                preview.communicate(timeout=120)


def _opened(port: int) -> str:
    """The first page of the preview, once it answers."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                text: str = answer.read().decode()
                return text
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the preview did not start")


def walk(place: Path, document: Callable[[Path], object]) -> Publisher:
    """Go through the whole guide.

    Args:
        place: An empty folder.
        document: Writes the year's public document as a Word file.
    """
    publisher = Publisher(place)
    _found_site(publisher.server, place / "administrator")
    document(publisher.home / "2024年绩效目标.docx")
    wheel = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(publisher.home)]
    subprocess.run(wheel, cwd=ROOT, check=True, capture_output=True)
    for title in ("安装程序", "取得网站文件夹"):
        publisher.do(title)
    publisher.do("取得网站文件夹", 1)
    publisher.do("导入公开文件")
    publisher.do("检查", expected=1)  # the document has faults of its own
    for file in (ROOT / YEAR).rglob("*.yml"):  # in which each of them has its note
        shutil.copy(file, publisher.folder / file.relative_to(ROOT))
    for title in ("检查", "预览", "记录", "发布"):
        publisher.do(title)
    _correct(publisher)
    _adjust(publisher)
    publisher.do("开始下一年度")
    publisher.folder = publisher.home
    shutil.rmtree(publisher.home / "绩效公开")  # the new one has the same name in the guide
    publisher.do("新建网站")
    return publisher


def _correct(publisher: Publisher) -> None:
    """A slip of typing, then a corrected document, then a publication that is taken back."""
    title = "改正差错"
    publisher.edit(INSURANCE.format(""), "basis: 医保缴纳要求", "basis: 医保缴费要求")
    publisher.do(title)
    publisher.do(title, 1)
    publisher.edit(INSURANCE.format("@2024-07-01"), "target: 38人", "target: 39人")
    publisher.add(INSURANCE.format("@2024-07-01"), title)
    for again in ("检查", "记录", "发布"):
        publisher.do(again)
    publisher.do(title, 2)


def _adjust(publisher: Publisher) -> None:
    """An adjustment in the middle of the year."""
    title, file = "年中调整", INVESTMENT.format("@2024-09-30")
    publisher.do(title)
    publisher.edit(file, "target: ≥8次", "target: ≥10次")
    publisher.add(file, title)
    publisher.do(title, 1)


def _found_site(server: Server, place: Path) -> None:
    """The site as its administrator left it: its address, the department, and no year yet."""
    clerk = server.clerk(place.name)
    department = ROOT / "data/130803-322/department.yml"
    for path in (department, *(path for path in PAGES.rglob("*") if path.is_file())):
        clerk.write(str(path.relative_to(ROOT)), path.read_bytes())
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    clerk.write("mkdocs.yml", f"{configuration}site_url: {ADDRESS}\n")
    clerk.commit("建站")
    accepted, output = clerk.push()
    assert accepted, output
    assert git(clerk.folder, "status", "--short") == ""
