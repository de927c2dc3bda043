"""The preview shows what somebody looks at before it makes all the rest."""

from __future__ import annotations

import logging
import re
import socket
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from mkdocs.livereload import LiveReloadServer

from disclosure.plugin import preview
from disclosure.plugin.watched_files import WatchedFiles

REST = 'id="preview-rest"'


class Site:
    """A preview of two pages, whose builds go on as far as the test lets them.

    Attributes:
        builds: How many were begun.
        broken: Whether the next build fails.
        replacing: Whether the next build meets a file that is just being replaced.
    """

    def __init__(self, folder: Path, earlier: str = "") -> None:
        """In a folder; what is saved `earlier` is saved while the first build goes on."""
        self.builds, self.broken, self.replacing = 0, False, False
        self._may_end = threading.Semaphore(0)
        self._root, self.data = folder / "site", folder / "data"
        pages, configuration = folder / "pages", folder / "mkdocs.yml"
        for place in (pages, self.data, *(self._root / name for name in ("a", "b", "assets"))):
            place.mkdir(parents=True)
        configuration.write_text("site_name: x\n", "utf-8")
        (self._root / "assets/look.css").write_text("p {}", "utf-8")
        self.write("old")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self._server = LiveReloadServer(self._build, "127.0.0.1", port, str(self._root))
        for watched in (pages, configuration):
            self._server.watch(str(watched))
        files = WatchedFiles(configuration, self.data, pages)
        if earlier:
            self.change(earlier)
        self._preview = preview.Preview(self._server, files)
        self._thread = threading.Thread(target=self._server.serve)
        self._thread.start()
        while not self._is_there(port):
            threading.Event().wait(0.02)

    def _is_there(self, port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def write(self, text: str) -> None:
        """Put the pages and a file in their places."""
        for name in ("a/index.html", "b/index.html", "data.json"):
            (self._root / name).write_text(f"<body>{name} {text}</body>", "utf-8")

    def _build(self) -> None:
        self.builds += 1
        if self.replacing:
            self.replacing = False
            (self.data / "a.yml").unlink()
            self.change("replaced")
            raise FileNotFoundError
        text = (self.data / "a.yml").read_text("utf-8")
        self._preview.show_first(text)  # type: ignore[arg-type] # `ahead` takes its place
        while not self._may_end.acquire(timeout=0.05):
            self._preview.go_on(0, 1)
        if self.broken:
            raise preview.FindingsError(())
        self.write(text)

    def change(self, text: str) -> None:
        """Change what the pages are made of."""
        (self.data / "a.yml").write_text(text, "utf-8")

    def let_end(self) -> None:
        """Let the build write all of its files."""
        self._may_end.release()

    def get(self, path: str, shown_on: str = "") -> str:
        """What stands at a path; `shown_on` is the page that asks."""
        headers = {"Referer": self._server.url + shown_on} if shown_on else {}
        request = Request(self._server.url + path, headers=headers)  # noqa: S310 - loopback
        answer: HTTPResponse
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
                return answer.read().decode()
        except HTTPError as error:
            return error.read().decode()

    def wait_for(self, text: str, path: str) -> str:
        """Ask for a path until it holds a text."""
        for _ in range(300):
            found = self.get(path)
            if text in found:
                return found
            threading.Event().wait(0.05)
        pytest.fail(f"{path} never shows {text}")

    def end(self) -> None:
        """End the preview."""
        self._may_end.release(100)
        self._server.shutdown(wait=True)
        self._thread.join()


def ahead(context: object, addresses: Iterable[str]) -> dict[str, bytes]:
    """Of the pages that were asked for only a/ can be made before the others, or none."""
    able = {"no page ahead": (), "two": ("a/", "b/")}.get(str(context), ("a/",))
    return {one: f"<body>first {context}</body>".encode() for one in addresses if one in able}


@pytest.fixture(autouse=True)
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ahead are these, and MkDocs' logger is left as it was."""
    monkeypatch.setattr(preview, "first_pages", ahead)
    monkeypatch.setattr(logging.getLogger("mkdocs.commands.build"), "filters", [])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A running preview."""
    running = Site(tmp_path)
    try:
        yield running
    finally:
        running.end()


def epoch(page: str) -> int:
    """By which number a page asks whether there is a newer one."""
    found = re.search(r"livereload\(([0-9]+),", page)
    assert found, page
    return int(found[1])


def assert_waits(answer: Future[str]) -> None:
    """Nothing has been answered yet."""
    with pytest.raises(NotYetError):
        answer.result(timeout=0.5)


def test_a_page_is_shown_while_the_others_are_made(site: Site) -> None:
    """The page that was asked for last and the look of all come at once, all else at the end."""
    before = site.get("a/")
    assert "a/index.html old" in before
    with ThreadPoolExecutor() as others:
        reload = others.submit(site.get, f"livereload/{epoch(before)}/1", "a/")
        site.change("new")
        assert int(reload.result()) > epoch(before)
        first = site.get("a/")
        assert "first new" in first
        assert REST in first
        assert site.get("assets/look.css") == "p {}"
        rest = [others.submit(site.get, path) for path in ("b/", "data.json", "assets/none.css")]
        for answer in rest:
            assert_waits(answer)
        site.let_end()
        assert "b/index.html new" in rest[0].result()
        assert "data.json new" in rest[1].result()
        last = site.get("a/")
    assert "a/index.html new" in last
    assert REST not in last
    assert epoch(last) == epoch(first), "the page that was shown is not loaded again"
    assert site.builds == 1


def test_a_change_during_the_first_build_is_shown(tmp_path: Path) -> None:
    """What was saved before the preview could watch is noticed as soon as it can."""
    site = Site(tmp_path, "earlier")
    try:
        site.let_end()
        site.wait_for("a/index.html earlier", "a/")
    finally:
        site.end()


def test_who_waits_already_gets_the_page(site: Site) -> None:
    """A page that was asked for before it was ready comes as soon as it is."""
    site.get("b/")
    site.change("no page ahead")
    while not site.builds:
        threading.Event().wait(0.02)
    with ThreadPoolExecutor() as others:
        waiting = others.submit(site.get, "a/")
        assert_waits(waiting)
        site.change("new")
        assert "first new" in waiting.result()
        site.let_end()


def test_a_change_meanwhile_is_shown_at_once(site: Site) -> None:
    """A build whose pages are out of date is left, and its page in the browser replaced."""
    site.get("a/")
    site.change("new")
    first = site.wait_for("first new", "a/")
    site.change("newer")
    again = site.wait_for("first newer", "a/")
    assert int(site.get(f"livereload/{epoch(first)}/1", "a/")) > epoch(first)
    site.let_end()
    assert "b/index.html newer" in site.get("b/")
    assert epoch(site.get("a/")) == epoch(again)
    assert site.builds == 2


def test_each_page_comes_as_soon_as_it_is_ready(site: Site) -> None:
    """Of two open pages both are shown ahead, and neither is loaded again at the end."""
    before = [epoch(site.get(path)) for path in ("a/", "b/")]
    site.change("two")
    pages = {path: site.wait_for("first two", path) for path in ("a/", "b/")}
    for path, earlier in zip(pages, before, strict=True):
        assert int(site.get(f"livereload/{earlier}/1", path)) > earlier
    site.let_end()
    assert "data.json two" in site.get("data.json")
    for path, page in pages.items():
        assert epoch(site.get(path)) == epoch(page)


def test_findings_take_the_place_of_the_first_page(site: Site) -> None:
    """Where making the others fails, the page that was shown is the findings as well."""
    site.get("a/")
    site.broken = True
    site.change("new")
    site.wait_for("first new", "a/")
    site.let_end()
    assert "预览没有更新" in site.wait_for("预览没有更新", "a/")
    site.broken = False
    site.change("newer")
    site.wait_for("first newer", "a/")
    site.let_end()
    site.wait_for("a/index.html newer", "a/")


def test_a_file_that_is_being_replaced_is_no_fault_of_the_program(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """A build that met it half gone is made again, and nobody is told of a fault."""
    site.replacing = True
    site.change("new")
    site.let_end()
    site.wait_for("a/index.html replaced", "a/")
    assert site.builds == 2
    assert "程序出错了" not in caplog.text


def test_nothing_outside_the_assets_is_given_early(site: Site) -> None:
    """A path that leads out of the folder of assets waits as any other."""
    site.get("a/")
    site.change("new")
    site.wait_for("first new", "a/")
    with ThreadPoolExecutor() as others:
        waiting = others.submit(site.get, "assets/../data.json")
        assert_waits(waiting)
        site.let_end()
        assert "data.json new" in waiting.result()
