"""What a release needs to be served well: compressed copies, time stamps, and its past.

nginx knows a file by its size and its time and sends both as the file's ETag. A build gives
every file a new time, so readers would load every unchanged page again after each push; and of
two contents of one size within one second, the later would never be seen. So the time is made
from the content: the same content has the same ETag in every release, another has another.
"""

from __future__ import annotations

import filecmp
import gzip
import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from disclosure.engine import local_workers, readable
from disclosure.engine.listing import inodes_below
from disclosure.engine.site_folder import stamp

#: Folders of a site whose files belong to pages, and are asked for while a page is open.
PARTS = ("assets", "search", "vendor")

#: Beside the releases: the parts of all of them, for pages that were opened before a switch.
KEPT = "kept"

#: Addresses that never hold anything else: a digest or a version stands in the name. (PCRE)
UNCHANGING = (
    r"\.[0-9a-f]{8}\.min\.(css|js)(\.map)?$"
    r"|^/search/[0-9a-z]+-[0-9]+-[0-9a-f]{12}/"
    r"|^/vendor/[a-z]+-[0-9.]+/"
)

#: Text, of which a compressed copy saves much; all else is compressed already.
TEXT = frozenset({".css", ".csv", ".html", ".js", ".json", ".map", ".svg", ".txt", ".xml", ".yml"})

#: How the name of a compressed copy ends.
COPY = ".gz"

#: What fits into one network packet anyway is not compressed, in bytes.
_SMALL = 1000


def prepare(release: Path, before: Path | None = None) -> None:
    """Give a finished site its compressed copies (`page.html.gz`) and its time stamps.

    The same site gets the same bytes and times. Copies that are there already are left. What
    is as it was in the release `before` becomes one file with that: it need not be compressed
    again, and takes no more room.

    Raises:
        OSError: A folder cannot be read or written.
    """
    there, old = inodes_below(release), inodes_below(before) if before else {}
    anew = []
    for name, inode in there.items():
        path, copy = f"{release}/{name}", f"{release}/{name}{COPY}"
        is_copied = name.endswith(COPY) or name + COPY in there
        if name in old and (old[name] == inode or _is_same(f"{before}/{name}", path)):
            if not is_copied and name + COPY in old:
                os.link(f"{before}/{name}{COPY}", copy)
        else:
            anew.append((Path(path), not is_copied))
    with ThreadPoolExecutor(local_workers.processors()) as pool:
        for _ in pool.map(_prepare, anew):  # which raises what they raise
            pass


def _prepare(file: tuple[Path, bool]) -> None:
    """Stamp a file, and make its compressed copy if that is asked for and worth while."""
    path, with_copy = file
    content = path.read_bytes()
    stamp(path, hashlib.sha256(content).digest())
    if with_copy and path.suffix in TEXT and len(content) > _SMALL:
        compressed = gzip.compress(content, compresslevel=6, mtime=0)
        copy = path.with_name(path.name + COPY)
        copy.write_bytes(compressed)
        stamp(copy, hashlib.sha256(compressed).digest())


def _is_same(old: str, path: str) -> bool:
    """Whether two files hold the same; if they do, they are one file from now on."""
    same = filecmp.cmp(old, path, shallow=False)
    if same:
        _replace(old, path)
    return same


def keep(www: Path, releases: Iterable[Path]) -> None:
    """Let the parts of all these releases be found in `www`/kept, as hard links.

    Called before a switch, with the new release among them: whoever loaded a page of an older
    one still gets its scripts and its part of the search index. Parts of no release are removed.

    Args:
        www: The folder of the whole site on the server.
        releases: The newest first; of files with one name its one is found.

    Raises:
        OSError: The folder cannot be written.
    """
    wanted: dict[str, tuple[str, int]] = {}
    for release in releases:
        for part in PARTS:
            for name, inode in inodes_below(release / part).items():
                wanted.setdefault(f"{part}/{name}", (f"{release}/{part}/{name}", inode))
    kept = www / KEPT
    if kept.is_dir():
        readable.open_up_all(kept)
    there = inodes_below(kept)
    for name in there.keys() - wanted.keys():
        (kept / name).unlink()
    for name, (path, inode) in wanted.items():
        if there.get(name) != inode:
            place = f"{kept}/{name}"
            readable.make_folder(Path(place).parent)
            _replace(path, place)


def _replace(path: str, place: str) -> None:
    """Put a file in place of what stands there, with no moment without either."""
    folder, name = os.path.split(place)
    new = f"{folder}/.{name}.new"
    with suppress(FileNotFoundError):
        os.unlink(new)  # of a push that was killed just here
    os.link(path, new)
    os.replace(new, place)
