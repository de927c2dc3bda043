"""A preview that goes on while the data have errors: the browser shows the findings.

MkDocs' own server keeps every request waiting after a build that failed, without a word in the
browser, and does not watch a folder any more that was away for a moment. Here a build that fails
ends like any other; until one succeeds, each page is the findings, which look by themselves whether
they are still true.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer

from disclosure.config.site_project import load_project
from disclosure.engine.crash_report import apology
from disclosure.model.diagnostics import Diagnostic
from disclosure.reports import finding_report
from disclosure.site import handwritten
from disclosure.site.configuration_trouble import explain

#: Not the logger of MkDocs' builds, which keeps to itself what it has said before.
LOG = logging.getLogger("mkdocs.plugins.disclosure")

#: How often it is looked whether something went or came back, in seconds.
_POLL_INTERVAL = 0.5

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


class FindingsError(PluginError):
    """The data or the pages have errors; no site is made of them."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(finding_report.render_text(findings))
        self.findings = findings


class Preview:
    """What a preview shows besides what MkDocs has built.

    Attributes:
        problems: Why the last build failed, in Chinese and in full; "" when it did not.
    """

    def __init__(
        self, server: LiveReloadServer, configuration: Path, data: Path, pages: Path
    ) -> None:
        """Take over a server that is about to begin, for this mkdocs.yml and these folders."""
        self.problems = ""
        self._configuration = configuration
        self._pages, self._watched = pages, (configuration, data, pages)
        self._server = server
        self._build: Callable[[], None] = server.builder
        self._scratch = tempfile.TemporaryDirectory(prefix="disclosure-preview-")
        self._signal = Path(self._scratch.name)
        server.builder = self.build
        server.set_app(self.answer)
        server.watch(str(self._signal))  # the way to ask for a build without a changed file
        # MkDocs tells an error once, and not again when it is the same; here it is told each time.
        logging.getLogger("mkdocs.commands.build").addFilter(
            lambda record: record.levelno < logging.ERROR
        )
        threading.Thread(target=self._watch, daemon=True).start()

    def build(self) -> None:
        """Build, and remember why that failed."""
        self.problems = self._problems()
        if self.problems:
            LOG.error("预览没有更新，请改好后保存。\n\n%s", self.problems)

    def _problems(self) -> str:
        """Why no site could be made; "" when one was."""
        return self._foreseen() or self._happened()

    def _foreseen(self) -> str:
        """What MkDocs would stop at, and say so in English."""
        if not self._pages.is_dir():
            return finding_report.render_text(handwritten.examine(self._pages))
        try:
            load_project(self._configuration.parent)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            return explain(self._configuration, error)
        except OSError:
            return f"找不到 {self._configuration}。"
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
        except Exception:  # noqa: BLE001 - the preview goes on, whatever went wrong
            return apology(traceback.format_exc())
        return ""

    def answer(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """A page as it was built, or why it was not; what belongs to a page is always there."""
        path = environ["PATH_INFO"]
        name = path.rpartition("/")[2]
        if not self.problems or path.startswith("/livereload/") or _is_part(name):
            return self._server.serve_request(environ, start_response)
        content = _PAGE.format(findings=escape(self.problems)).encode()
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("Cache-Control", "no-store"),
        ]
        start_response(_STATUS, headers)
        return [content]

    def _watch(self) -> None:
        """Ask for a build when something goes or comes back, which is then watched again."""
        known = {path: _identity(path) for path in self._watched}
        pause = threading.Event()
        while not pause.wait(_POLL_INTERVAL):
            ended = self._ended_watches()
            for path, before in known.items():
                now = _identity(path)
                # What went and came back between two looks is the same, but watched no more.
                if now == before and (now is None or str(path.absolute()) not in ended):
                    continue
                known[path] = now
                if now is not None:
                    self._server.unwatch(str(path))
                    self._server.watch(str(path))
                (self._signal / "changed").write_text(f"{path} {now}", "utf-8")

    def _ended_watches(self) -> set[str]:
        """The paths that are no longer watched, because they were away for a moment."""
        observer = self._server.observer
        emitters = [*observer.emitters] if observer.is_alive() else []
        return {str(emitter.watch.path) for emitter in emitters if not emitter.is_alive()}


def _is_part(name: str) -> bool:
    """Whether a file of this name belongs to a page and is none."""
    return "." in name and not name.endswith(".html")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file or folder stands there; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
