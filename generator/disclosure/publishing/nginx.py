"""The configuration with which nginx serves what is published.

Names and addresses are written into nginx's own language, which has no way of quoting that
holds for all its directives. So nothing is escaped: what nginx could misread is refused.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import jinja2
from msgspec import Struct

from disclosure.config import content_policy
from disclosure.pages.events import FEED_FILE
from disclosure.publishing import serving

_FOLDER = re.compile(r"/[\w./@+,~ -]*")
_HOST = re.compile(r"_|(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_ADDRESS = re.compile(r"/[\w./@~-]*")

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("disclosure", "publishing"),
    autoescape=False,  # noqa: S701 - no HTML; see above
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)


class RefusedError(Exception):
    """Something that nginx could misread; the text says in Chinese what and why."""


class Host(Struct, frozen=True):
    """Where and under which names nginx answers for the site.

    Attributes:
        www: The folder that holds `current` and the releases, absolute.
        server_names: Host names as in a request; `_` stands for any.
        listen: Ports, or addresses with a port, such as `127.0.0.1:8080` and `[::]:80`.
        moved: Pairs of addresses of the site, from the old one to the new one.
    """

    www: Path
    server_names: Sequence[str] = ("_",)
    listen: Sequence[str] = ("80", "[::]:80")
    moved: Sequence[tuple[str, str]] = ()


def configuration(host: Host) -> str:
    """A complete `server` block for the site.

    Raises:
        RefusedError: A name or an address is none, or could mean something else to nginx.
    """
    www = host.www.as_posix()
    _require(
        _FOLDER, www, "网站文件夹的路径", "应以 / 开头，只用文字、数字、空格和 . / @ + , ~ - _"
    )
    for name in host.server_names:
        _require(_HOST, name, "网站域名", "应像 example.gov.cn，中文域名请写成 xn-- 开头的形式")
    for address in host.listen:
        _require_listen(address)
    for address in (address for pair in host.moved for address in pair):
        _require(_ADDRESS, address, "网页地址", "应以 / 开头，不带域名、问号和 #")
    return _ENVIRONMENT.get_template("nginx.conf.j2").render(
        site=" ".join(host.server_names),
        www=www.rstrip("/"),
        server_names=host.server_names,
        listen=host.listen,
        moved=[(old, quote(new)) for old, new in host.moved],
        policy=content_policy.AS_HEADER,
        feed=re.escape(FEED_FILE),
        unchanging=serving.UNCHANGING,
        parts=serving.PARTS,
        all_parts=serving.ALL_PARTS,
    )


def moved_addresses(text: str) -> tuple[tuple[str, str], ...]:
    """The list of moved pages: on each line the old address and the new; `#` starts a comment.

    Raises:
        RefusedError: A line does not hold two addresses, or an address is listed twice.
    """
    pairs: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2:
            raise RefusedError(f"第 {number} 行应当是“旧地址 新地址”，用空格隔开：{line.strip()}")
        old, new = words
        if old in pairs:
            raise RefusedError(f"第 {number} 行的旧地址前面已经有了：{old}")
        pairs[old] = new
    return tuple(pairs.items())


def _require(pattern: re.Pattern[str], text: str, what: str, how: str) -> None:
    if not pattern.fullmatch(text):
        raise RefusedError(f"{what}不能是“{text}”：{how}。")


def _require_listen(address: str) -> None:
    """A port, or an IP address with one."""
    host, _, port = address.rpartition(":")
    try:
        if host.startswith("[") and host.endswith("]"):
            ipaddress.IPv6Address(host[1:-1])
        elif host:
            ipaddress.IPv4Address(host)
        good = re.fullmatch(r"[1-9][0-9]{0,4}", port) is not None and int(port) < 65536
    except ipaddress.AddressValueError:
        good = False
    if not good:
        raise RefusedError(f"监听地址不能是“{address}”：应像 80、127.0.0.1:8080 或 [::]:80。")
