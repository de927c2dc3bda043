"""A site that changes while it is read: no request fails, and no page lacks what belongs to it."""

from __future__ import annotations

import hashlib
import random
import re
import sys
import threading
from pathlib import Path
from urllib.parse import urljoin

import pytest

from disclosure.publishing.serving import PARTS
from tests.support import datafolder
from tests.support.server import CODES, FILE_NAME, Published, Server
from tests.support.webserver import Answer, Web, addresses, nginx, online

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a publishing server runs Linux")


#: What a page loads: scripts, style sheets, pictures.
ASSET = re.compile(r'(?:src|href)="([^":]+\.(?:js|css|png))"')


class Visitor(threading.Thread):
    """Opens one page after the other with all that belongs to it, until it is told to stop."""

    def __init__(self, port: int, pages: list[str], seed: int) -> None:
        super().__init__(daemon=True)
        self._port = port
        self._pages = pages
        self._random = random.Random(seed)  # noqa: S311 - a choice, not a secret
        self._stop_now = threading.Event()
        self.got: set[tuple[str, str]] = set()
        self.asked = 0
        self.troubles: list[str] = []

    def run(self) -> None:
        """Visit pages at random, a moment between each."""
        with Web(self._port) as web:
            while not self._stop_now.wait(0.3):
                try:
                    self._visit(web, self._random.choice(self._pages))
                except Exception as error:  # noqa: BLE001 - whatever it is, a request failed
                    self.troubles.append(repr(error))
                    return

    def stop(self) -> None:
        """Finish the page and end."""
        self._stop_now.set()
        self.join(60)

    def _visit(self, web: Web, page: str) -> None:
        html = self._ask(web, page).body.decode()
        for asset in ASSET.findall(html):
            self._ask(web, urljoin(page, asset))
        index = self._ask(web, "/search/index.json").body.decode()
        for part in re.findall(r'"name":"([0-9a-z-]+)"', index):
            self._ask(web, f"/search/{part}/0.grams")

    def _ask(self, web: Web, address: str) -> Answer:
        answer = web.ask(address)
        self.asked += 1
        self.got.add((address, hashlib.sha256(answer.body).hexdigest()))
        if answer.status != 200:
            self.troubles.append(f"{answer.status} {address}")
        return answer


def digests(release: Path) -> set[tuple[str, str]]:
    """What each address of a release gives."""
    found = addresses(release).items()
    return {(address, hashlib.sha256(path.read_bytes()).hexdigest()) for address, path in found}


def test_pushes_under_continuous_requests(tmp_path: Path, published: Published) -> None:
    """No request fails, each gets a file of a release whole, and old pages find their parts."""
    nginx()
    server, clerk = published(tmp_path)
    server.set("keep", "3")
    pages = ["/", "/a-1/", "/a-1/2024/", f"/a-1/2024/{CODES[0]}/", "/about/", "/changes/"]
    known = digests(server.current)
    opened: list[list[str]] = [_parts(server)]
    with online(server) as web:
        port = web.port
        visitors = [Visitor(port, pages, seed) for seed in range(3)]
        for visitor in visitors:
            visitor.start()
        for number in range(4):
            clerk.write(FILE_NAME.format(CODES[0]), datafolder.project(CODES[0], f"第{number}次"))
            clerk.write("site_src/about.md", f"# 关于本站\n\n第 {number} 次说明。\n")
            clerk.commit(f"第{number}次")
            accepted, output = clerk.push()
            assert accepted, output
            known |= digests(server.current)
            opened.append(_parts(server))
            with Web(port) as late:  # a page that has been open for three pushes
                for address in opened[-4:][0]:
                    assert late.ask(address).status == 200, address
        for visitor in visitors:
            visitor.stop()
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []
    got = set().union(*(visitor.got for visitor in visitors))
    assert got <= known
    assert sum(visitor.asked for visitor in visitors) > 200
    versions = {digest for address, digest in got if address == "/about/"}
    assert len(versions) > 2, "they saw several releases"
    assert len(server.releases()) == 1 + 3, "with the spare one"


def _parts(server: Server) -> list[str]:
    """What a page may ask for while it is open: all that is not a page itself."""
    return [
        address
        for address in addresses(server.current)
        if re.match(f"/({'|'.join(PARTS)})/", address)
    ]
