"""A published site as its readers get it, read to be checked: at its address, or in its folder.

The site is not trusted, it may be hostile: every read is bounded in size and
time, stays below the site's root and never follows the site to another host.
"""

from __future__ import annotations

import http.client
import time
import urllib.request
import zlib
from contextlib import closing
from email.message import Message
from pathlib import Path
from typing import IO, Protocol
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

from disclosure.engine import permissions

_CHUNK = 1 << 16
_MAX_SECONDS = 20  # seconds without a byte
_GONE = frozenset({404, 410})
#: A server may show this page only in place of missing ones.
_NOT_FOUND = "404.html"


class UnreachableError(Exception):
    """The site cannot be read; the text says why, in Chinese."""


class PublishedSite(Protocol):
    """A published site."""

    def read(self, path: str, most: int) -> tuple[bytes, ...]:
        """All that a reader may get at a path, as it is and unpacked; () when there is nothing.

        Of what is longer than `most` bytes, the beginning and at least one byte more.

        Raises:
            UnreachableError: There is no answer, or none that may be followed.
        """

    def others(self, known: frozenset[str]) -> tuple[str, ...]:
        """The files that are there and not known, as far as one can see that."""

    def closed(self) -> tuple[str, ...]:
        """The files and folders that others than their owner cannot read, as far as one can see."""


class Folder:
    """A site in a folder of this machine, such as a release."""

    def __init__(self, root: Path) -> None:
        """Read the site in `root`, which may be a link to it."""
        self._root = root.resolve()

    def read(self, path: str, most: int) -> tuple[bytes, ...]:
        """The file, and what is in its compressed copy, which a web server sends instead."""
        file, copy = self._file(path), self._file(f"{path}.gz")
        if file is None:
            return ()
        try:
            with file.open("rb") as stream:
                plain = stream.read(most + 1)
            return (plain,) if copy is None else (plain, _unpacked(copy.read_bytes(), most))
        except OSError as error:
            raise UnreachableError(f"读取 {file} 失败：{error.strerror}") from None

    def others(self, known: frozenset[str]) -> tuple[str, ...]:
        """Every file that is not known, but for compressed copies of those that are."""
        found = (path for path in self._root.rglob("*") if not path.is_dir())
        names = (path.relative_to(self._root).as_posix() for path in found)
        return tuple(sorted(n for n in names if not {n, n.removesuffix(".gz")} & known))

    def closed(self) -> tuple[str, ...]:
        """By their modes."""
        return tuple(permissions.closed(self._root))

    def _file(self, path: str) -> Path | None:
        """Where a file is; None for a link that leads out of the site."""
        file = (self._root / path).resolve()
        return file if file.is_relative_to(self._root) and file.is_file() else None


class Address:
    """A site at an address."""

    def __init__(self, url: str, seconds: float) -> None:
        """Read the site at `url` (http or https), for at most so many seconds in all."""
        self._root = url if url.endswith("/") else f"{url}/"
        self._until = time.monotonic() + seconds
        self._opener = urllib.request.build_opener(_SameHost)

    def read(self, path: str, most: int) -> tuple[bytes, ...]:
        """What is sent as it is, and what is sent to browsers, which ask for it compressed."""
        try:
            found = [self._sent(path, most, encoding) for encoding in ("identity", "gzip")]
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise UnreachableError(f"读取 {self._root}{path} 失败：{error}") from None
        return tuple(content for content in found if content is not None)

    def others(self, known: frozenset[str]) -> tuple[str, ...]:  # noqa: ARG002 - of the protocol
        """Nothing: from outside one cannot see what else a server has."""
        return ()

    def closed(self) -> tuple[str, ...]:
        """Nothing: what the server could not read was not read, which is told before this."""
        return ()

    def _sent(self, path: str, most: int, encoding: str) -> bytes | None:
        """What is sent, unpacked; None when there is nothing."""
        address = self._root + quote(path)
        request = urllib.request.Request(  # noqa: S310 - the caller looked at the scheme
            address, headers={"Accept-Encoding": encoding}
        )
        try:
            answer: IO[bytes] = self._opener.open(request, timeout=_MAX_SECONDS)
        except HTTPError as error:
            if error.code not in _GONE:
                raise
            if path != _NOT_FOUND:
                error.close()
                return None
            answer = error
        with closing(answer):
            content = self._bounded(answer, most)
            headers: Message = answer.headers  # type: ignore[attr-defined] # every answer has them
        return _unpacked(content, most) if headers["Content-Encoding"] == "gzip" else content

    def _bounded(self, answer: IO[bytes], most: int) -> bytes:
        """What comes, until it is too long or takes too long."""
        content = bytearray()
        while len(content) <= most and (chunk := answer.read(_CHUNK)):
            content += chunk
            if time.monotonic() > self._until:
                raise TimeoutError("用的时间太长")
        return bytes(content)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect within the site, or to its encrypted twin, and nowhere else."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Refuse what leads elsewhere."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        ways = {(old.scheme, old.netloc), ("https", old.hostname)}
        if (new.scheme, new.netloc) not in ways:
            raise ValueError(f"转到了别的网站 {new.netloc}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _unpacked(content: bytes, most: int) -> bytes:
    """What is packed, at most so many bytes and one more; b"" of what is not packed."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, most + 1)
    except zlib.error:
        return b""
