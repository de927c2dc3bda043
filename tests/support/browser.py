"""A web server on this machine, and a visitor who looks at the site with Chromium."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, field
from playwright.sync_api import Page, Request, Route

#: The first is the same browser without tabs and tool bars that nobody sees: a page takes it two
#: thirds of the processor time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
#: For each new visitor Chromium draws its address bar's list, which nobody sees, in processes that
#: take as much of the processor as the page. The last such switch counts, so this one repeats
#: what Playwright switches off.
WITHOUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
)
#: Width and height of a desktop screen and of a phone.
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}

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
#: Two frames drawn, as what comes into sight is noticed after the first, and then nothing to do.
AT_REST = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => done()))))"""


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


class Visitor(Struct, dict=True):  # Playwright keeps its handlers on it
    """A page in a browser of its own, and everything that went wrong in it or left the site.

    Attributes:
        page: The page.
        complaints: Console warnings and errors, uncaught errors, failed and foreign requests,
            and dialogs.
        loading: What was asked for and has not come yet.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    loading: set[Request] = field(default_factory=set)

    def watch(self) -> None:
        """Write down from now on what must never happen."""
        page = self.page
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("dialog", self._dialog)
        page.on("requestfinished", self._finished)
        page.context.on("request", self._request)

    def open(self, address: str) -> None:
        """Go to a page and wait until it is complete."""
        self.loading.clear()
        self.page.goto(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is drawn, its scripts have nothing to do, and nothing is loading.

        Playwright's own `networkidle` waits half a second longer, always.
        """
        end = time.monotonic() + 60
        self.page.evaluate(AT_REST)
        while self.loading:
            assert time.monotonic() < end, [request.url for request in self.loading]
            self.page.wait_for_timeout(5)
            self.page.evaluate(AT_REST)  # what has come may ask for more

    def _console(self, message: object) -> None:
        if message.type in {"warning", "error"}:  # type: ignore[attr-defined]
            self.complaints.append(f"console: {message.text}")  # type: ignore[attr-defined]

    def _dialog(self, dialog: object) -> None:
        self.complaints.append(f"dialog: {dialog.message}")  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def _finished(self, request: Request) -> None:
        self.loading.discard(request)

    def _failed(self, request: Request) -> None:
        self._finished(request)
        # Chromium itself breaks off what a page that is left was still loading: its icon, the
        # scripts of its workers. A server that fails and a policy that stops have other names.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}: {request.failure}")

    def _request(self, request: Request) -> None:
        if request.resource_type != "other":  # the icon, whose end nobody is told
            self.loading.add(request)
        url = request.url
        if urlsplit(url).hostname != "127.0.0.1" and not url.startswith(("data:", "blob:")):
            self.complaints.append(f"request: {url}")

    def violations(self) -> list[str]:
        """What the page's policy stopped on the page as it is now."""
        found: list[str] = self.page.evaluate("window.__violations")
        return found


#: Makes a visitor with a screen size ("desktop" or "phone") and Playwright's context options.
Visit = Callable[..., Visitor]


class SearchBox(Struct):
    """The real search box, worked as a reader works it."""

    page: Page

    def open(self) -> None:
        """Open it with the button in the header."""
        self.page.locator("header [data-search-open]").click()
        self.page.locator(".search__filters").wait_for()

    def type(self, query: str) -> None:
        """Put a query into it, in place of what stands there, and wait for the answer."""
        self.page.locator(".search__input").fill(query)
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


SEARCH = """
async (queries) => {
  const { search } = await import(new URL("assets/search-data.js", document.baseURI));
  const found = {};
  for (const query of queries) {
    const results = await search(query, {});
    found[query] = (await results.next(1000)).flatMap(({ path, others }) =>
      [path, ...others.map(({ address }) => address)]);
    found[query].push(...(results.total < found[query].length ? ["counted too few"] : []));
  }
  return found;
}
"""


def send_part(route: Route) -> None:
    """Answer with the bytes that were asked for, as most servers do and that of tests does not."""
    first, last = map(int, route.request.headers["range"][6:].split("-"))
    route.fulfill(status=206, body=route.fetch().body()[first : last + 1])


def choose(page: Page, facet: str, value: str) -> None:
    """Choose a value of a filter."""
    page.locator(f"[data-facet={facet}]").select_option(value)
