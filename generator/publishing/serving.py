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
from collections.abc import Iterable
from pathlib import Path

from generator.output import stamp

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

#: What fits into one network packet anyway is not compressed, in bytes.
_SMALL = 1000


def prepare(release: Path, before: Path | None = None) -> None:
    """Give a finished site its compressed copies (`page.html.gz`) and its time stamps.

    The same site gets the same bytes and times. Copies that the build made itself are left. What
    is as it was in the release `before` becomes one file with that: it need not be compressed
    again, and takes no more room.

    Raises:
        OSError: A folder cannot be read or written.
    """
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        copy = _copy_of(path)
        old = before / path.relative_to(release) if before else None
        if old and old.is_file() and _is_same(old, path):
            if _copy_of(old).is_file() and not copy.exists():
                copy.hardlink_to(_copy_of(old))
            continue
        content = path.read_bytes()
        stamp(path, hashlib.sha256(content).digest())
        if path.suffix in TEXT and len(content) > _SMALL and not copy.exists():
            compressed = gzip.compress(content, compresslevel=6, mtime=0)
            copy.write_bytes(compressed)
            stamp(copy, hashlib.sha256(compressed).digest())


def _is_same(old: Path, path: Path) -> bool:
    """Whether two files hold the same; if they do, they are one file from now on."""
    if old.samefile(path):
        return True
    if not filecmp.cmp(old, path, shallow=False):
        return False
    _link(old, path)
    return True


def _copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")


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
    wanted: dict[Path, Path] = {}
    for release in releases:
        for part in PARTS:
            for path in (release / part).rglob("*"):
                if path.is_file():
                    wanted.setdefault(www / KEPT / path.relative_to(release), path)
    for place, path in wanted.items():
        if not (place.exists() and place.samefile(path)):
            _link(path, place)
    for path in (www / KEPT).rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def _link(path: Path, place: Path) -> None:
    """Put a file in place of what stands there, with no moment without either."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}.new")
    new.unlink(missing_ok=True)  # of a push that was killed just here
    new.hardlink_to(path)
    new.replace(place)
