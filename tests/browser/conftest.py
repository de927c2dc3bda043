"""The built site behind a web server on this machine, and Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.conftest import ROOT, mkdocs

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Width and height of a desk screen and of a phone.
SIZES = {"desk": (1280, 900), "phone": (390, 844)}

#: Addresses of the real data's pages.
DEPARTMENT = "130803-322/"
YEAR = f"{DEPARTMENT}2024/"
INVESTMENT, BUREAU, INSURANCE = (
    f"{YEAR}{code}/"
    for code in ("13080324P00514210001L", "13080324P00514110001Y", "13080324P005140100019")
)

#: Notes everything that the policy of the page stopped, before any script of the page runs.
WATCH_POLICY = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


class Handler(SimpleHTTPRequestHandler):
    """A plain web server that answers a missing page with the site's own 404.html."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""

    def end_headers(self) -> None:
        """Tell LinkChecker that it need not pause between two requests here."""
        self.send_header("LinkChecker", "no pause needed")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send 404.html, as every real web server is set up to do."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Answers several requests at once."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that leaves a page breaks off what it was loading."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback; gives its address."""

    def handler(*args: object) -> Handler:
        return Handler(*args, directory=str(folder))  # type: ignore[arg-type]

    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the file that takes a minute of one processor, so that nobody waits for it."""
    items.sort(key=lambda item: item.path.name != "test_valid.py")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one the tests are skipped, or fail when it is required."""
    found = next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)
    if not found:
        reason = f"no browser: none of {', '.join(CHROMIUM_NAMES)} is installed"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: Browser, built_site: Path) -> Iterator[str]:
    """The address of the built site, below a path, as on a server with several sites.

    It needs Chromium first, so that without one no site is built in vain.
    """
    assert chromium.is_connected()
    with served(built_site.parent) as address:
        yield f"{address}{built_site.name}/"


@pytest.fixture(scope="session")
def example_site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of the invented district, which has several years."""
    assert chromium.is_connected()
    folder = tmp_path_factory.mktemp("examples")
    finished = mkdocs("build", "--site-dir", str(folder), cwd=ROOT / "examples")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    with served(folder) as address:
        yield address


@dataclass
class Visitor:
    """A page in a browser of its own, and everything that went wrong in it or left the site.

    Attributes:
        page: The page.
        complaints: Console warnings and errors, uncaught errors, failed and foreign requests,
            and dialogs.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down from now on what must never happen."""
        page = self.page
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("dialog", self._dialog)
        page.context.on("request", lambda request: self._request(request.url))

    def _console(self, message: object) -> None:
        if message.type in {"warning", "error"}:  # type: ignore[attr-defined]
            self.complaints.append(f"console: {message.text}")  # type: ignore[attr-defined]

    def _dialog(self, dialog: object) -> None:
        self.complaints.append(f"dialog: {dialog.message}")  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def _failed(self, request: Request) -> None:
        # The icon alone is asked for after all else, and broken off when the page is left by then.
        if (request.resource_type, request.failure) != ("other", "net::ERR_ABORTED"):
            self.complaints.append(f"failed: {request.url}: {request.failure}")

    def _request(self, url: str) -> None:
        if urlsplit(url).hostname != "127.0.0.1" and not url.startswith(("data:", "blob:")):
            self.complaints.append(f"request: {url}")

    def violations(self) -> list[str]:
        """What the page's policy stopped on the page as it is now."""
        found: list[str] = self.page.evaluate("window.__violations")
        return found


#: Makes a visitor with a screen size ("desk" or "phone") and Playwright's context options.
Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A new visitor, with an empty cache and no memory of earlier visits."""
    contexts: list[BrowserContext] = []

    def make(size: str = "desk", **options: object) -> Visitor:
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH_POLICY)
        contexts.append(context)
        visitor = Visitor(context.new_page())
        visitor.watch()
        return visitor

    yield make
    for context in contexts:
        # Chromium never answers when a context is closed in the middle of a navigation, such as
        # one that a last click began; going elsewhere ends it.
        for page in context.pages:
            page.goto("about:blank")
        context.close()


@dataclass
class SearchBox:
    """The real search box, worked as a reader works it."""

    page: Page

    def open(self) -> None:
        """Open it with the button in the header."""
        self.page.locator("header [data-search-open]").click()
        self.page.locator(".search__filters").wait_for()

    def type(self, query: str) -> None:
        """Type into it, in place of what stands there, and wait for the answer."""
        self.page.locator(".search__input").fill("")
        self.page.locator(".search__input").press_sequentially(query)
        self.wait()

    def wait(self) -> None:
        """Wait until the results for what stands in it are complete."""
        self.page.locator(".search__results[aria-busy=false]").wait_for(state="attached")

    @property
    def status(self) -> str:
        """What is announced about the results."""
        return self.page.locator(".search__status").inner_text()

    @property
    def addresses(self) -> list[str]:
        """Where the results lead, best first."""
        links = self.page.locator(".search__link")
        found: list[str] = links.evaluate_all("links => links.map((link) => link.href)")
        return found


@pytest.fixture
def box(site: str, visit: Visit) -> SearchBox:
    """The search box, opened on a page of its own."""
    page = visit().page
    page.goto(site + INVESTMENT)
    opened = SearchBox(page)
    opened.open()
    return opened
