"""How long `disclosure serve` takes to show a change of one file."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from benchmarks.processes import environment

#: A first build of a district takes minutes on a slow machine.
_MAX_SECONDS = 900.0
_CHANGED = "预览时用于"


def preview_seconds(project: Path, page: Path, source: Path) -> tuple[float, float]:
    """From the change of a file to the page that shows it, and to the end of all the others."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "disclosure", "-C", str(project), "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}/{page.as_posix()}/"
    process = subprocess.Popen(
        command,
        env=environment({}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for("用于", address)
        text = source.read_text("utf-8")
        start = time.perf_counter()
        source.write_text(text.replace("用于", _CHANGED, 1), "utf-8")
        _wait_for(_CHANGED, address)
        first = time.perf_counter() - start
        _wait_for("{", f"http://127.0.0.1:{port}/manifest.json")  # is given when all is made
        return first, time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()


def _wait_for(text: str, address: str) -> None:
    """Ask for a page until it holds the text.

    Raises:
        TimeoutError: It never did.
    """
    end = time.monotonic() + _MAX_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=_MAX_SECONDS) as answer:  # noqa: S310 - loopback
                if text in answer.read().decode():
                    return
        except OSError:
            pass  # not there yet, or being built
        time.sleep(0.02)
    raise TimeoutError(f"{address} does not show {text}")
