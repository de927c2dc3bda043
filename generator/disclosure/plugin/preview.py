"""A preview that shows a change at once, and goes on while the data have errors.

MkDocs' own server shows nothing before a build has ended. Here the pages that browsers show are
made first, and their browsers load them while the others are being made; these wait as before.

It also keeps every request waiting after a build that failed, without a word in the browser, and
does not watch a folder any more that was away for a moment. Here a build that fails ends like any
other; until one succeeds, each page is the findings, which look by themselves whether they are
still true.
"""

from __future__ import annotations

import logging
import mimetypes
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer

from disclosure.config.site_project import load_project
from disclosure.engine.crash_report import apology
from disclosure.model.diagnostics import Diagnostic
from disclosure.plugin import mkdocs_internals
from disclosure.plugin.first_pages import first_pages
from disclosure.plugin.watched_files import WatchedFiles
from disclosure.plugin.workers import RenderContext
from disclosure.reports import finding_report
from disclosure.site import handwritten
from disclosure.site.configuration_trouble import explain

#: Not the logger of MkDocs' builds, which keeps to itself what it has said before.
LOG = logging.getLogger("mkdocs.plugins.disclosure")

#: How long to wait between two looks at the files, in seconds, and how many times as long as a
#: look takes: it should leave the processor to others.
_POLL_INTERVAL, _POLL_RATIO = 0.2, 5

#: How long after a build that failed a change may take to be noticed, in seconds.
_MAX_NOTICE = 1.0

#: As many pages are made before all others: those that were asked for last.
_MAX_FIRST = 3

_HTML = "text/html; charset=utf-8"
_OK = "200 OK"
_STATUS = "503 Service Unavailable"  # which tells the script below that it is still so
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>预览没有更新</title>
<style>
body {{ font: 16px/1.6 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em }}
pre {{ font: 14px/1.6 monospace; overflow-x: auto; padding: 1em; border: 1px solid #999 }}
</style>
<h1>预览没有更新</h1>
<p>下面的问题改好并保存以后，这个页面会自己换成更新的网页。</p>
<pre>{findings}</pre>
<script>
const findings = (page) => page.querySelector("pre")?.textContent;
setInterval(async () => {{
  try {{
    const answer = await fetch(location.href, {{ cache: "no-store" }});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status !== 503 || findings(page) !== findings(document)) location.reload();
  }} catch {{}} // the preview has ended
}}, 1000);
</script>
</html>
"""
#: Stands at the end of a page that is shown before the others are made.
_REST = """
<p id="preview-rest" role="status" style="position: fixed; inset: auto 0 0; margin: 0;
padding: .4em 1em; background: #fff3cd; color: #222; border-top: 1px solid #997404;
font: 14px/1.5 sans-serif; text-align: center; z-index: 99"
>本页已经更新，其他网页、搜索和下载还在生成。</p>
<script>
setInterval(async () => {
  const rest = document.getElementById("preview-rest");
  if (!rest) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if ((await answer.text()).includes('id="preview-rest"')) return;
    answer.ok ? rest.remove() : location.reload();
  } catch {} // the preview has ended
}, 500);
</script>
""".encode()


class FindingsError(PluginError):
    """The data or the pages have errors; no site is made of them."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(finding_report.render_text(findings))
        self.findings = findings


class OutdatedError(Exception):
    """What a site is made of has changed while it was being made."""


class Preview:
    """What a preview shows besides what MkDocs has built.

    Attributes:
        problems: Why the last build failed, in Chinese and in full; "" when it did not.
    """

    def __init__(self, server: LiveReloadServer, watched: WatchedFiles) -> None:
        """Take over a server that is about to begin; its site is made of such files."""
        self.problems = ""
        self._watched = watched
        self._server = server
        self._build: Callable[[], None] = server.builder
        self._is_outdated, self._is_hurried = threading.Event(), threading.Event()
        self._asked: list[str] = []
        self._first: dict[str, bytes] = {}
        server.builder = self.build
        server.set_app(self.answer)
        # MkDocs looks more rarely, and takes longer. Only where it watches something do its
        # pages reload themselves, so it is given a folder in which nothing happens.
        self._nothing = tempfile.TemporaryDirectory(prefix="disclosure-preview-")
        server.watch(self._nothing.name)
        for path in (watched.configuration, watched.pages):
            server.unwatch(str(path))
        # MkDocs tells an error once, and not again when it is the same; here it is told each time.
        logging.getLogger("mkdocs.commands.build").addFilter(
            lambda record: record.levelno < logging.ERROR
        )
        threading.Thread(target=self._watch, daemon=True).start()

    def build(self) -> None:
        """Build, and remember why that failed."""
        while not self._is_built():
            mkdocs_internals.begin_again(self._server)
        self._first = {}
        if self.problems:
            LOG.error("预览没有更新，请改好后保存。\n\n%s", self.problems)

    def _is_built(self) -> bool:
        """Build; whether nothing has changed meanwhile."""
        self._is_outdated.clear()
        self._is_hurried.set()
        try:
            self.problems = self._problems()
        except OutdatedError:
            return False
        finally:
            self._is_hurried.clear()
        return True

    def _problems(self) -> str:
        """Why no site could be made; "" when one was."""
        return self._foreseen() or self._happened()

    def _foreseen(self) -> str:
        """What MkDocs would stop at, and say so in English."""
        configuration, pages = self._watched.configuration, self._watched.pages
        if not pages.is_dir():
            return finding_report.render_text(handwritten.examine(pages))
        try:
            load_project(configuration.parent)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            return explain(configuration, error)
        except OSError:
            return f"找不到 {configuration}。"
        return ""

    def _happened(self) -> str:
        """Build: what went wrong."""
        try:
            self._build()
        except (Abort, BuildError, ConfigurationError) as error:
            cause = error.__context__ if isinstance(error, Abort) else error
            if isinstance(cause, FindingsError):
                return finding_report.render_text(cause.findings, whole=True)
            shown = cause if isinstance(cause, BuildError) else error
            return f"MkDocs 没有完成，请检查 mkdocs.yml 和手写的网页。它说：\n{shown}"
        except OutdatedError:
            raise
        except Exception as error:  # the preview goes on, whatever went wrong
            if self._has_changed():  # the build may have met a file that was being replaced
                raise OutdatedError from error
            return apology(traceback.format_exc())
        return ""

    def _has_changed(self) -> bool:
        """Whether anything changed during a build, as far as that shows soon after it."""
        self._is_hurried.clear()
        return self._is_outdated.wait(_MAX_NOTICE)

    def show_first(self, context: RenderContext) -> None:
        """Make the pages that browsers show, and let them have these while others are made."""
        first: dict[str, bytes] = {}
        for address in self._asked:  # the newest is not to wait for the others
            made = first_pages(context, [address])
            if made:
                self._first = first = first | made
                mkdocs_internals.let_browsers_ask_again(self._server)
        self._is_hurried.clear()

    def go_on(self, done: int, total: int) -> None:  # noqa: ARG002 - they are for others
        """Leave a build whose pages are out of date.

        Raises:
            OutdatedError: They are.
        """
        if self._is_outdated.is_set():
            raise OutdatedError

    def answer(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """A page as it was built, or why it was not; what belongs to a page is always there."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):  # of a page that somebody is looking at
            self._note(self._address(unquote(urlsplit(environ.get("HTTP_REFERER", "")).path)))
            return self._server.serve_request(environ, start_response)
        address = self._address(path)
        is_part = _is_part(path.rpartition("/")[2])
        if not is_part:
            self._note(address)
        shows_findings = self.problems and not is_part
        if not shows_findings:
            mkdocs_internals.wait_for_build(self._server, lambda: bool(self._ahead(address)))
        if ahead := self._ahead(address):
            return _answer(start_response, _OK, *ahead)
        if not shows_findings:
            return self._server.serve_request(environ, start_response)
        page = _PAGE.format(findings=escape(self.problems)).encode()
        return _answer(start_response, _STATUS, page, _HTML)

    def _ahead(self, address: str) -> tuple[bytes, str] | None:
        """What can be shown of a site whose other pages are being made, and its media type."""
        first = self._first
        if address in first:
            return mkdocs_internals.reloading(self._server, first[address] + _REST), _HTML
        asset = Path(self._server.root, address)
        if first and address.startswith("assets/") and ".." not in address and asset.is_file():
            return asset.read_bytes(), _type(address)
        return None

    def _address(self, path: str) -> str:
        """Where a page or file that is asked for stands below the site."""
        return path.removeprefix(self._server.mount_path).removesuffix("index.html")

    def _note(self, address: str) -> None:
        """Remember which pages somebody looks at."""
        others = [one for one in self._asked if one != address]
        self._asked = [address, *others][:_MAX_FIRST]

    def _watch(self) -> None:
        """Ask for a build when a file has changed, or something went or came back."""
        pause, seconds = threading.Event(), _POLL_INTERVAL
        while not pause.wait(seconds):
            if self._is_hurried.is_set():  # the first pages need the processor
                continue
            start = time.monotonic()
            has_changed = self._watched.have_changed()
            seconds = max(_POLL_INTERVAL, _POLL_RATIO * (time.monotonic() - start))
            if has_changed:
                self._is_outdated.set()
                mkdocs_internals.ask_for_build(self._server)


def _answer(
    start_response: Callable[..., Any], status: str, content: bytes, media_type: str
) -> Iterable[bytes]:
    """A whole answer."""
    headers = [
        ("Content-Type", media_type),
        ("Content-Length", str(len(content))),
        ("Cache-Control", "no-store"),
    ]
    start_response(status, headers)
    return [content]


def _type(address: str) -> str:
    """The media type of a file; what a system says of scripts is not always true."""
    if address.endswith((".js", ".mjs")):
        return "text/javascript"
    return mimetypes.guess_type(address)[0] or "application/octet-stream"


def _is_part(name: str) -> bool:
    """Whether a file of this name belongs to a page and is none."""
    return "." in name and not name.endswith(".html")
