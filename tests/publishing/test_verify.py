"""`publish verify`: whether what is served is what the data gives, byte for byte."""

from __future__ import annotations

import gzip
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from disclosure.publishing import published_site
from tests.support import loaded_mkdocs, systems
from tests.support.gitfolder import commit, git
from tests.support.listing import change, refit
from tests.support.repository import ROOT, Run


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data in a repository of two commits."""
    root = tmp_path_factory.mktemp("repository")
    for name in ("data", "site_src"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    commit(root, "2024-03-01")
    (root / "README.md").write_text("x", "utf-8")
    commit(root, "2024-04-01")
    return root


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the newest commit; not to be changed."""
    site = tmp_path_factory.mktemp("built") / "site"
    assert loaded_mkdocs.build(repository, site).ok
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of that site, to be tampered with."""
    return shutil.copytree(built, tmp_path / "site")


Verify = Callable[[str | Path], tuple[int, str]]


@pytest.fixture
def verify(repository: Path, run: Run) -> Verify:
    """Runs the command in the repository: the exit code, and what it says."""

    def verify_here(place: str | Path) -> tuple[int, str]:
        code, out, err = run("publish", "verify", place, folder=repository)
        assert "Traceback" not in err
        return code, out + err

    return verify_here


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and writes no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on the loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_an_address_is_read_as_readers_read_it(
    repository: Path, built: Path, tmp_path: Path, run: Run
) -> None:
    """The same site over HTTP is the same, by a bare clone whose branch went on as well."""
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), str(bare))
    with serving(partial(Quiet, directory=str(built))) as address:
        code, out, err = run("publish", "verify", address, "--repository", bare)
    assert (code, out.startswith("一致：")) == (0, True), out + err


def test_every_tampering_is_named(site: Path, verify: Verify) -> None:
    """One changed byte, a file that is gone, one too many and a false compressed copy are told."""
    page = site / "index.html"
    page.write_bytes(page.read_bytes().replace(b"2024", b"2025", 1))
    (site / "about/index.html").unlink()
    (site / "more.html").write_text("x", "utf-8")
    (site / "guide/index.html.gz").write_bytes(gzip.compress(b"another page"))
    code, output = verify(site)
    assert (code, output.splitlines()) == (
        1,
        [
            "不一致：",
            "与网站自己的清单不符的文件 2 个：",
            "  guide/index.html",
            "  index.html",
            "清单里有而网站上没有的文件 1 个：",
            "  about/index.html",
            "网站上有而清单里没有的文件 1 个：",
            "  more.html",
        ],
    )


def test_a_tampered_page_is_found_over_http(site: Path, verify: Verify) -> None:
    """Over HTTP as well, one byte is enough, and a missing page is told."""
    page = site / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    (site / "about/index.html").unlink()
    with serving(partial(Quiet, directory=str(site))) as address:
        code, output = verify(address)
    assert code == 1
    assert "  index.html\n清单里有而网站上没有的文件 1 个：\n  about/index.html\n" in output


class Compressing(Quiet):
    """Sends browsers another page than it sends to a client that asks for no compression."""

    def do_GET(self) -> None:
        """Send something else, compressed, when that is asked for."""
        if self.path != "/index.html" or self.headers["Accept-Encoding"] != "gzip":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(gzip.compress(b"another page"))
        return None


def test_what_browsers_get_counts(built: Path, verify: Verify) -> None:
    """A server that tampers only with what it sends compressed is found out."""
    with serving(partial(Compressing, directory=str(built))) as address:
        code, output = verify(address)
    assert (code, "  index.html" in output) == (1, True), output


def test_a_manifest_that_fits_a_tampered_site_does_not_help(site: Path, verify: Verify) -> None:
    """A page changed together with its line in the manifest is found by the commit."""
    page = site / "index.html"
    page.write_bytes(page.read_bytes().replace(b"2024", b"2025", 1))
    refit(site, "index.html")
    code, output = verify(site)
    name = json.loads((site / "manifest.json").read_bytes())["commit"][:10]
    assert (code, output.splitlines()) == (
        1,
        ["不一致：", f"与提交 {name} 生成的不同的文件 1 个：", "  index.html"],
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"generator": "9.9"}, "网站是用本程序 9.9 版生成的，这里安装的是"),
        ({"commit": None}, "没有可以核对的提交"),
        ({"commit": "0" * 40}, "仓库里没有提交 0000000000"),
        ({"complete_history": False}, "网站生成时所用的仓库只有部分历史"),
        ({"commit": "--output=x"}, "读不懂"),
        ({"format": "manifest/2"}, "读不懂"),
        ({"files": [{"path": "../x", "size": 1, "sha256": "0" * 64}]}, "不允许的路径"),
        ({"files": [{"path": "a/../../x", "size": 1, "sha256": "0" * 64}]}, "不允许的路径"),
        ({"files": [{"path": "/etc/passwd", "size": 1, "sha256": "0" * 64}]}, "不允许的路径"),
        ({"files": [{"path": "a\\..\\x", "size": 1, "sha256": "0" * 64}]}, "不允许的路径"),
        ({"files": [{"path": "a", "size": 10**12, "sha256": "0" * 64}]}, "过大的文件"),
        ({"files": [{"path": "a", "size": 1, "sha256": "0" * 64}] * 2}, "有重复"),
        ({"lists": [{"path": "../x", "size": 1, "sha256": "0" * 64}]}, "不允许的路径"),
    ],
)
def test_what_cannot_be_decided_is_not(
    site: Path, verify: Verify, fields: dict[str, Any], reason: str
) -> None:
    """Another generator, no or an unknown commit, a hostile manifest: it says why, and exits 2."""
    change(site, **fields)
    code, output = verify(site)
    assert (code, output.startswith("无法判断：")) == (2, True), output
    assert reason in output


def test_an_untouched_site_is_the_same(site: Path, verify: Verify) -> None:
    """A folder as built, with compressed copies beside its pages, is what the commit gives.

    With another MkDocs, equal files are equal, but a difference proves nothing.
    """
    for page in site.rglob("*.html"):
        page.with_name(f"{page.name}.gz").write_bytes(gzip.compress(page.read_bytes(), mtime=0))
    tools = json.loads((site / "manifest.json").read_bytes())["tools"]
    change(site, tools=tools | {"mkdocs": "0.1"})
    code, output = verify(site)
    assert (code, output.startswith("一致：")) == (0, True), output
    change(site, data="0" * 64)
    code, output = verify(site)
    assert (code, "mkdocs 版本与这里的不同，无法判断" in output) == (2, True), output


def test_a_site_without_a_manifest_is_not_judged(tmp_path: Path, verify: Verify) -> None:
    """Neither is a folder that is no site, nor what is neither folder nor address."""
    assert verify(tmp_path) == (
        2,
        "无法判断：网站上没有 manifest.json，不是本程序生成的，或版本太旧。\n",
    )
    code, output = verify("file:///etc")
    assert (code, "不是网址" in output) == (2, True)


@systems.LINKS
def test_a_link_out_of_the_site_is_not_followed(site: Path, verify: Verify) -> None:
    """A file of the site that is a link to somewhere else is not there."""
    page = site / "about/index.html"
    shutil.move(page, site.parent / "elsewhere.html")
    page.symlink_to(site.parent / "elsewhere.html")
    code, output = verify(site)
    assert (code, "  about/index.html" in output) == (1, True), output


class Elsewhere(BaseHTTPRequestHandler):
    """Sends every reader to another server."""

    target = ""

    def do_GET(self) -> None:
        """Redirect."""
        self.send_response(302)
        self.send_header("Location", self.target + self.path.lstrip("/"))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def test_another_host_is_not_followed(
    built: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect to another server is refused, whatever is there."""
    with (
        serving(partial(Quiet, directory=str(built))) as other,
        serving(Elsewhere) as address,
    ):
        monkeypatch.setattr(Elsewhere, "target", other)
        code, output = verify(address)
    assert (code, "转到了别的网站" in output) == (2, True), output


class Endless(Elsewhere):
    """Sends bytes without end."""

    def do_GET(self) -> None:
        """Send until the reader has had enough."""
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(bytes(1 << 16))
        except OSError:
            pass


def test_an_endless_answer_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than the file should have is read, and no longer than one is ready to wait."""
    with serving(Endless) as address:
        contents = published_site.Address(address, 60).read("index.html", 1_000_000)
        assert {len(content) for content in contents} <= {1_000_000 + n for n in range(1, 1 << 16)}
        with pytest.raises(published_site.UnreachableError, match="用的时间太长"):
            published_site.Address(address, 0).read("index.html", 1_000_000_000)
    monkeypatch.setattr(published_site, "_MAX_SECONDS", 1)
    with pytest.raises(published_site.UnreachableError):
        published_site.Address(address, 60).read("index.html", 1)


def test_a_packed_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Of a compressed copy only as much is unpacked as the file should have."""
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "a.gz").write_bytes(gzip.compress(bytes(50_000_000)))
    assert published_site.Folder(tmp_path).read("a", 1) == (b"x", b"\0\0")


def test_a_shallow_clone_is_not_judged_by(
    repository: Path, built: Path, tmp_path: Path, run: Run
) -> None:
    """A clone without the earlier commits cannot give the same pages, and says so."""
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), str(shallow))
    code, out, _ = run("publish", "verify", built, "--repository", shallow)
    assert (code, "浅克隆" in out) == (2, True), out


def test_a_folder_outside_git_is_refused(built: Path, tmp_path: Path, run: Run) -> None:
    """There is no commit in it to judge by."""
    code, _, err = run("publish", "verify", built, "--repository", tmp_path)
    assert (code, "不是 git 仓库" in err) == (2, True)


def test_a_pushed_release_is_what_its_commit_gives(
    repository: Path, tmp_path: Path, run: Run
) -> None:
    """What a server built from a push is the same by its own repository."""
    bare, www = tmp_path / "site.git", tmp_path / "www"
    code, out, err = run("publish", "init", bare, "--www", www)
    assert code == 0, out + err
    git(repository, "push", "--quiet", str(bare), "main")
    assert (www / "current/manifest.json").is_file()
    code, out, err = run("publish", "verify", www / "current", "--repository", bare)
    assert (code, out.startswith("一致：")) == (0, True), out + err
    page = www / "current/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    code, out, _ = run("publish", "verify", www / "current", "--repository", bare)
    assert (code, "  index.html" in out) == (1, True), out
