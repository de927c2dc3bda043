"""Lighthouse's scores of every kind of page, as a phone on a slow network would see it.

    python -m benchmarks.lighthouse      builds both sites, prints and writes the scores

The pages are served compressed, as every real web server does. Lighthouse is a program from npm
(`benchmarks/npm`) and drives the machine's own Chromium.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.support.browser_kinds import KINDS

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "lighthouse.json"
PROGRAM = Path(__file__).parent / "npm/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MIN_SCORE = 95
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")

#: One page of every kind, in the site of the invented district; Lighthouse refuses to judge an
#: answer that says 404, so that page is asked for by its own name.
PAGES = KINDS | {"not found": "404.html"}


class Handler(SimpleHTTPRequestHandler):
    """A plain web server that compresses text."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with the file, compressed where that helps."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, kind: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder on a free port of the loopback; gives its address."""

    def handler(*args: object) -> Handler:
        return kind(*args, directory=str(folder))  # type: ignore[arg-type]

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def judge(address: str) -> dict[str, int]:
    """The scores of one page, 0 to 100, by category."""
    chromium = shutil.which("chromium") or ""
    command = ["node", str(PROGRAM), address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    categories = json.loads(done.stdout)["categories"]
    return {name: round(categories[name]["score"] * 100) for name in CATEGORIES}


def main() -> int:
    """The exit code: 0 when every score reaches the limit, otherwise 1."""
    scores: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch, "site")
        build = [sys.executable, "-m", "disclosure", "-C", str(ROOT / "examples"), "build"]
        subprocess.run([*build, "--site-dir", str(site)], check=True, stdout=subprocess.DEVNULL)
        with served(site) as address:
            for kind, page in PAGES.items():
                scores[kind] = judge(address + page)
                print(f"{kind:40}", *(f"{n} {v:3}" for n, v in scores[kind].items()), flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(scores, indent=2) + "\n", "utf-8")
    return 0 if all(v >= MIN_SCORE for s in scores.values() for v in s.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
