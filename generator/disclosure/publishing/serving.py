"""Prepares a release for the web server: compressed copies, mtimes, files of earlier releases.

nginx knows a file by its size and the second of its time and sends both as the file's ETag. What
did not change since the release before keeps its time, and what changed is later than it, see
`engine.site_folder`. A compressed copy has the second of its file.
"""

from __future__ import annotations

import filecmp
import gzip
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from disclosure.engine import local_workers, permissions
from disclosure.engine.listing import inodes_below
from disclosure.engine.site_folder import SiteFolder

#: Folders of a site whose files belong to pages, and are asked for while a page is open.
PARTS = ("assets", "search", "vendor")

#: Beside the releases: the parts of all of them, for pages that were opened before a switch.
#: Configurations of nginx that are in use name this folder.
ALL_PARTS = "kept"

#: Addresses that never hold anything else: a digest or a version stands in the name. (PCRE)
UNCHANGING = (
    r"\.[0-9a-f]{8}\.min\.(css|js)(\.map)?$"
    r"|^/search/[0-9a-z]+-[0-9]+-[0-9a-f]{12}/"
    r"|^/search/text/.+/[0-9a-f]{8}\.texts$"
    r"|^/vendor/[a-z]+-[0-9.]+/"
)

#: Text, of which a compressed copy saves much; all else is compressed already.
TEXT = frozenset(
    {".css", ".csv", ".html", ".js", ".json", ".jsonld", ".map", ".md"}
    | {".svg", ".txt", ".xml", ".yml"}
)

#: How the name of a compressed copy ends.
COPY = ".gz"

#: What fits into one network packet anyway is not compressed, in bytes.
_SMALL = 1000


def prepare(release: Path, before: Path | None = None) -> None:
    """Give a finished site its compressed copies (`page.html.gz`) and its time stamps.

    The same site gets the same bytes. Copies that are there already are left. What is as it was in
    the release `before` becomes one file with that: it need not be compressed again, and takes no
    more room.

    Raises:
        OSError: A folder cannot be read or written.
    """
    site = SiteFolder(release, before)
    there, old = inodes_below(release), inodes_below(before) if before else {}
    changed = []
    for name, inode in there.items():
        is_copied = name.endswith(COPY) or name + COPY in there
        if name in old and (old[name] == inode or _is_same(site, f"{before}/{name}", name)):
            if not is_copied and name + COPY in old:
                site.link(f"{before}/{name}{COPY}", name + COPY)
        else:
            changed.append((name, not is_copied))
    with ThreadPoolExecutor(local_workers.processors()) as pool:
        for _ in pool.map(partial(_prepare, site), changed):  # which raises what they raise
            pass


def _prepare(site: SiteFolder, file: tuple[str, bool]) -> None:
    """Stamp a file, and make its compressed copy if that is asked for and worth while."""
    name, with_copy = file
    path = site.folder / name
    content = path.read_bytes()
    site.stamp(name, content)
    if with_copy and path.suffix in TEXT and len(content) > _SMALL:
        copy = gzip.compress(content, compresslevel=6, mtime=0)
        site.write_one(name + COPY, copy, changed=int(path.stat().st_mtime))


def _is_same(site: SiteFolder, old: str, name: str) -> bool:
    """Whether a file holds the same as an older one; if it does, they are one file from now on."""
    same = filecmp.cmp(old, site.folder / name, shallow=False)
    if same:
        site.link(old, name)
    return same


def keep(www: Path, releases: Iterable[Path]) -> None:
    """Let the parts of all these releases be found in `www`/kept, as hard links.

    Called before a switch, with the new release among them: a browser with a page of an older one
    still gets its scripts and its part of the search index. Parts of no release are removed.

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
    shared = SiteFolder(www / ALL_PARTS)
    if shared.folder.is_dir():
        permissions.open_up_all(shared.folder)
    there = inodes_below(shared.folder)
    shared.remove(there.keys() - wanted.keys())
    for name, (path, inode) in wanted.items():
        if there.get(name) != inode:
            shared.link(path, name)
