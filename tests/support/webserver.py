"""A real nginx on the loopback, run by an ordinary user, with the configuration that we write."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest
from msgspec import Struct

from tests.support.server import Server

#: What a whole nginx needs around our server block; on a server, Debian's nginx.conf has it.
AROUND = """{1}daemon off;
worker_processes 2;
pid {0}/nginx.pid;
error_log {0}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path {0}/body;
    proxy_temp_path {0}/proxy;
    fastcgi_temp_path {0}/fastcgi;
    uwsgi_temp_path {0}/uwsgi;
    scgi_temp_path {0}/scgi;
    include {0}/disclosure.conf;
}}
"""


class Answer(Struct, frozen=True):
    """What a web server answers: the status, the headers by their names in lower case, the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def nginx() -> str:
    """Where nginx is; without one the tests are skipped, or fail when it is required."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        reason = "no web server: nginx is not installed"
        if os.environ.get("REQUIRE_SERVER") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return found


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Web:
    """A visitor's connection to the server, kept open like a browser's."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """One request; in the names of headers `_` stands for `-`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, address, headers=sent)
        answer = self._connection.getresponse()
        received = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, received, answer.read())


@contextmanager
def serving(folder: Path, configuration: str, port: int) -> Iterator[Web]:
    """Run nginx with a server block that listens at the port; `folder` is for its own files."""
    program = nginx()
    folder.mkdir()
    # Only root may choose, and for root the folders of tests are closed to everybody else.
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder, user), "utf-8")
    (folder / "disclosure.conf").write_text(configuration, "utf-8")
    command = [program, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            with Web(port) as web:
                yield web
        finally:
            process.terminate()


@contextmanager
def online(server: Server, *options: str) -> Iterator[Web]:
    """What a publishing server publishes, served by nginx."""
    port = free_port()
    code, text = server.publish("nginx", "--listen", f"127.0.0.1:{port}", *options)
    assert code == 0, text
    with serving(server.folder / "nginx", text, port) as web:
        yield web


def addresses(release: Path) -> Mapping[str, Path]:
    """The file at every address of a release, but for its 404 page and the compressed copies."""
    folder = release.resolve()
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz")
    found = {f"/{path.relative_to(folder).as_posix()}": path for path in files}
    del found["/404.html"]
    return {address.removesuffix("index.html"): path for address, path in found.items()}


def _wait_for(port: int) -> None:
    for _ in range(3000):
        with socket.socket() as visitor:
            if visitor.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx does not answer")
