"""A publishing server and a clerk who pushes to it: real repositories, real hooks."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

from tests.support import datafolder
from tests.support.repository import ROOT

FILE_NAME = "data/a-1/2024/projects/{}.yml"
CODES = ("13080324P00000000001A", "13080324P00000000002B")
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "张三",
    "GIT_COMMITTER_NAME": "张三",
    "GIT_AUTHOR_EMAIL": "clerk@example.org",
    "GIT_COMMITTER_EMAIL": "clerk@example.org",
    "PYTHONUTF8": "1",
}
MKDOCS = "site_name: 绩效目标公开\nsite_url: https://example.gov.cn/\nnav: [index.md, about.md]\n"


def git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """What git answers in a folder; it must not fail."""
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def disclosure(*arguments: str | Path) -> tuple[int, str]:
    """The installed command: its exit code and all it said."""
    command = [sys.executable, "-m", "disclosure", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def tree(folder: Path) -> Mapping[str, str]:
    """Every file below a folder and the digest of what it holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


class Clerk:
    """A clerk with a clone who changes files, commits and pushes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def cloned(cls, folder: Path, server: Path) -> Self:
        """A clerk with a new clone."""
        git(folder.parent, "clone", "-q", str(server), str(folder))
        git(folder, "checkout", "-q", "-B", "main")
        return cls(folder)

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, message: str = "改动") -> None:
        """Commit whatever is there."""
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-qm", message)

    def commit_raw(self, files: Mapping[bytes, tuple[str, bytes]]) -> None:
        """Commit entries that no working copy could hold: by path, their mode and content."""
        for path, (mode, content) in files.items():
            name = git(self.folder, "hash-object", "-w", "--stdin", given=content)
            if mode == "160000":
                name = git(self.folder, "rev-parse", "HEAD")
            line = f"{mode} {name}\t".encode() + path + b"\0"
            git(self.folder, "update-index", "-z", "--index-info", given=line)
        git(self.folder, "commit", "-qm", "不寻常的文件")

    def start_push(self, *arguments: str) -> subprocess.Popen[str]:
        """A push on its way, in a process group of its own."""
        return subprocess.Popen(
            ["git", "push", *(arguments or ("origin", "main"))],
            cwd=self.folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def push(self, *arguments: str) -> tuple[bool, str]:
        """Push: whether it was accepted, and what the terminal shows."""
        return finish(self.start_push(*arguments))

    def undo(self) -> None:
        """Go back to what the server has."""
        git(self.folder, "reset", "-q", "--hard", "origin/main")
        git(self.folder, "clean", "-qfdx")


def finish(push: subprocess.Popen[str]) -> tuple[bool, str]:
    """Wait for a push: whether it was accepted, and what the terminal shows."""
    _, output = push.communicate(timeout=300)
    lines = (re.sub(r"^remote: ?", "", line).rstrip() for line in output.splitlines())
    return push.returncode == 0, "\n".join(lines)


class Server:
    """A bare repository made by `disclosure publish init`, and what it publishes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.repository, self.www = folder, folder / "site.git", folder / "www"
        self.current = self.www / "current"

    @classmethod
    def set_up(cls, folder: Path, *options: str) -> Self:
        """A server as `disclosure publish init` makes it."""
        server = cls(folder)
        where = (server.repository, "--www", server.www)
        code, output = disclosure("publish", "init", *where, *options)
        assert code == 0, output
        return server

    def clerk(self, name: str = "clerk") -> Clerk:
        """A clerk with a clone of the repository."""
        return Clerk.cloned(self.folder / name, self.repository)

    def publish(self, *arguments: str) -> tuple[int, str]:
        """A command of the server's owner."""
        return disclosure("-C", self.repository, "publish", *arguments)

    def set(self, name: str, value: str) -> None:
        """Change a line of the owner's settings."""
        file = self.repository / "disclosure.toml"
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", file.read_text("utf-8"))
        file.write_text(text, "utf-8")

    def tip(self) -> str:
        """The commit of the published branch."""
        return git(self.repository, "rev-parse", "main")

    def live(self) -> str:
        """The commit of the release that is served."""
        return self.current.readlink().name.rpartition("-")[2]

    def releases(self) -> list[str]:
        """All that stands among the releases, what is half made as well."""
        return sorted(path.name for path in (self.www / "releases").iterdir())

    def page(self, address: str) -> str:
        """A page as it is served."""
        return (self.current / address / "index.html").read_text("utf-8")

    def processes(self, words: str) -> Iterator[int]:
        """The programs running for this server whose command line holds these words."""
        for process in Path("/proc").iterdir():
            try:
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                here = (process / "cwd").readlink().is_relative_to(self.folder)
            except (OSError, UnicodeDecodeError):
                continue  # it has just ended
            if process.name.isdigit() and here and words in command:
                yield int(process.name)

    def wait_for(self, words: str) -> int:
        """Wait until such a program runs; its process id."""
        return until(lambda: next(self.processes(words), None))

    def kill(self) -> None:
        """Everything that runs for this server ends at once, as in a power cut."""
        while found := [*self.processes("")]:
            for process in found:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.05)


def until(found: Callable[[], int | None]) -> int:
    """Ask again and again until there is an answer."""
    for _ in range(3000):
        answer = found()
        if answer is not None:
            return answer
        time.sleep(0.02)
    raise AssertionError("nothing was found within a minute")


def small(clerk: Clerk) -> None:
    """A small site: one department, one year, two projects, one page, no remark on any."""
    for name, text in files().items():
        clerk.write(f"data/{name}", text)
    clerk.write("mkdocs.yml", MKDOCS)
    clerk.write("site_src/about.md", "# 关于本站\n\n说明。\n")


def files() -> Mapping[str, str]:
    """The data of the small site."""
    return {
        "a-1/department.yml": datafolder.department(),
        "a-1/2024/disclosure.yml": datafolder.disclosure(2024),
        **{
            f"a-1/2024/projects/{code}.yml": datafolder.project(code, f"项目{number}", number)
            for number, code in enumerate(CODES, start=1)
        },
    }


def publish(
    folder: Path, *options: str, site: Callable[[Clerk], None] = small
) -> tuple[Server, Clerk]:
    """A server that has published a site, and the clerk who did it."""
    server = Server.set_up(folder, *options)
    clerk = server.clerk()
    site(clerk)
    clerk.commit("首次")
    accepted, output = clerk.push()
    assert accepted, output
    return server, clerk


#: Makes in a folder what `publish` makes there.
Published = Callable[[Path], tuple[Server, Clerk]]


def moved(published: Path, folder: Path) -> tuple[Server, Clerk]:
    """A copy of a server that `publish` made, and of its clerk's clone, in another folder.

    The folder's name stands in the owner's settings, in the clone's, and where the working copy
    on the server finds its objects.
    """
    subprocess.run(["cp", "-a", f"{published}/.", folder], check=True)  # keeps hard links
    server, clerk = Server(folder), Clerk(folder / "clerk")
    for path in (
        server.repository / "disclosure.toml",
        server.repository / "disclosure-source/.git/objects/info/alternates",
        clerk.folder / ".git/config",
    ):
        text = path.read_text("utf-8")
        assert str(published) in text
        path.write_text(text.replace(str(published), str(folder)), "utf-8")
    return server, clerk


def real(clerk: Clerk) -> None:
    """This repository's own project."""
    for name in ("data", "site_src"):
        shutil.copytree(ROOT / name, clerk.folder / name)
    shutil.copy(ROOT / "mkdocs.yml", clerk.folder)
