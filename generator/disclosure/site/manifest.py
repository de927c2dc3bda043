"""`manifest.json`: what a site was made of and by what, and the checksum of each of its files.

With it a reader can build the same commit and see whether a server shows what the data gives. The
files of a large site are listed folder by folder, each list a file below `manifest/` that the one
above it names with its checksum. So no list has a line for every file, and `manifest.json` still
vouches for all of them.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from disclosure.engine.listing import names_below
from disclosure.engine.site_folder import SiteFile, SiteFolder, checksum
from disclosure.model.dataset import GitHistory
from disclosure.pages.addresses import SOURCES
from disclosure.reading.git_history import uncommitted

NAME = "manifest.json"
FOLDER = "manifest/"
#: Where there are more files than this in a folder, those of each folder in it have their own list.
MAX_LISTED = 1_000
#: Each is listed if it is installed: ProperDocs and MaterialX may stand in for the others.
_TOOLS = ("mkdocs", "mkdocs-material", "properdocs", "mkdocs-materialx")

Checksum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class ListedFile(_Record):
    """A file of the site: where it is below the site's root, its size in bytes, its SHA-256."""

    path: str
    size: Annotated[int, Field(ge=0)]
    sha256: Checksum


class Listing(_Record):
    """Some files of a site.

    Attributes:
        lists: Further lists (`FolderListing`), each of all the files in a folder.
        files: The files that stand in none of these lists.
    """

    lists: list[ListedFile]
    files: list[ListedFile]


class FolderListing(Listing):
    """The files of the site in a folder, which ends in `/`."""

    format: Literal["manifest-folder/1"]
    folder: str


class Manifest(Listing):
    """What a site was made of and by what, and all of its files but the manifest.

    Attributes:
        format: The version of this format.
        commit: The commit that the data, the hand-written pages and the configuration are of;
            None outside git and when any of them has changes that no commit holds.
        uncommitted: Those changes: files relative to the project's folder.
        complete_history: Whether all earlier commits were at hand. Without them pages leave out
            which commit they show.
        data: One checksum over all data files, as `sha256sum` of the lines of `sha256sum`.
        pages: The same over the hand-written pages and what lies beside them.
        configuration: The same over mkdocs.yml and the files it inherits from.
        generator: The version of this program.
        tools: The versions of what else has a say in the bytes, by name.
    """

    format: Literal["manifest/1"] = "manifest/1"
    commit: Annotated[str, Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")] | None
    uncommitted: list[str]
    complete_history: bool
    data: Checksum
    pages: Checksum
    configuration: Checksum
    generator: str
    tools: dict[str, str]


class SiteSources(Struct, frozen=True):
    """What a site is made of: the project's folder, and in it its data, pages and settings."""

    root: Path
    data: Path
    pages: Path
    configuration: tuple[Path, ...]


class ListedPaths(Struct, frozen=True):
    """Where the files of a site are: those it was given, in order, and the lists of them."""

    files: tuple[str, ...]
    lists: tuple[str, ...]


def write(
    output: SiteFolder, origin: SiteSources, history: GitHistory, files: Iterable[SiteFile]
) -> ListedPaths:
    """List a finished site in its own `manifest.json`; the same site gives the same bytes.

    Args:
        output: The site.
        origin: What it was made of.
        history: What git knows of that.
        files: All of its files. They are not read again, nor are the data that are published.
    """
    places = (origin.data, origin.pages, *origin.configuration)
    listed = {file.path: file for file in files}
    in_order = [listed[path] for path in sorted(listed)]
    published = {
        file.path.removeprefix(SOURCES): file.sha256
        for file in in_order
        if file.path.startswith(SOURCES)
    }
    listings = _Listings(output)
    body = listings.body("", in_order)
    data = _together(_below(origin.data, ".yml", published))
    head = _head(origin, history, data, uncommitted(origin.root, *places))
    output.write_one(NAME, _as_bytes(head.model_dump(exclude={"lists", "files"}), body))
    return ListedPaths(tuple(file.path for file in in_order), (*listings.written, NAME))


def _head(
    origin: SiteSources, history: GitHistory, data: str, changed: tuple[str, ...] | None
) -> Manifest:
    """All of the manifest but the lists of files; `changed` is None where git knows nothing."""
    is_commit = bool(history.commit) and changed == ()
    return Manifest(
        commit=history.commit if is_commit else None,
        uncommitted=list(changed or ()),
        complete_history=history.complete,
        data=data,
        pages=_together(_below(origin.pages)),
        configuration=of_configuration(origin.configuration),
        generator=generator_version(),
        tools=tools(),
        lists=[],
        files=[],
    )


class _Listings:
    """Writes the lists of folders, and remembers where."""

    def __init__(self, output: SiteFolder) -> None:
        self.written: list[str] = []
        self._output = output

    def body(self, folder: str, files: Sequence[SiteFile]) -> dict[str, list[SiteFile]]:
        """What a list of these files holds, which are in order and all in the folder."""
        if len(files) <= MAX_LISTED:
            return {"lists": [], "files": [*files]}
        lists: list[SiteFile] = []
        rest: list[SiteFile] = []
        for inner, members in groupby(files, lambda file: _folder_in(folder, file.path)):
            if inner:
                lists.append(self._write(inner, [*members]))
            else:
                rest += members
        return {"lists": lists, "files": rest}

    def _write(self, folder: str, files: Sequence[SiteFile]) -> SiteFile:
        """Write the list of a folder's files."""
        address = f"{FOLDER}{folder.rstrip('/')}.json"
        self.written.append(address)
        head = {"format": "manifest-folder/1", "folder": folder}
        return self._output.write_one(address, _as_bytes(head, self.body(folder, files)))


def _folder_in(folder: str, path: str) -> str:
    """The folder in a folder that a file is in; "" when it stands in the folder itself."""
    name, slash, _ = path.removeprefix(folder).partition("/")
    return slash and f"{folder}{name}/"


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _line(file: SiteFile) -> str:
    """A file as JSON. There are very many, and only the path is a text that can hold anything."""
    return f'{{"path": {_encode(file.path)}, "size": {file.size}, "sha256": "{file.sha256}"}}'


def _as_bytes(head: Mapping[str, object], body: Mapping[str, Iterable[SiteFile]]) -> bytes:
    """A list as JSON, one file on each line."""
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    for name, files in body.items():
        lines = ",".join(f"\n  {_line(file)}" for file in files)
        text += f',\n "{name}": [{lines}\n ]'
    return f"{text}\n}}\n".encode()


ListingT = TypeVar("ListingT", bound=Listing)


def parse(kind: type[ListingT], content: bytes) -> ListingT | None:
    """A list of this kind from its bytes; None when they are none."""
    try:
        return kind.model_validate_json(content)
    except ValidationError:
        return None


def generator_version() -> str:
    """The version of this program as it is installed."""
    return version("budget-disclosure")


def tools() -> dict[str, str]:
    """The versions of what else has a say in the bytes of a site."""
    found = {"python": platform.python_version()}
    for name in _TOOLS:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def of_configuration(files: Iterable[Path]) -> str:
    """One checksum for mkdocs.yml and the files it inherits from, in that order."""
    return _together((path.name, checksum(path)) for path in files)


def _below(
    folder: Path, suffix: str = "", known: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """The files below a folder whose names end so, by their path in it, in order: their checksums.

    Those that are `known` are not read.
    """
    known = known or {}
    for name in names_below(folder, suffix):
        if name in known:
            yield name, known[name]
        elif (folder / name).is_file():
            yield name, checksum(folder / name)


def _together(sums: Iterable[tuple[str, str]]) -> str:
    """One checksum for files, each by its name; `sha256sum FILE… | sha256sum` gives the same."""
    lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sums)
    return hashlib.sha256(lines.encode()).hexdigest()
