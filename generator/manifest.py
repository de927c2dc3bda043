"""`manifest.json`: what a site was made of and by what, and the checksum of each of its files.

With it anybody can build the same commit and see whether a server shows what the data gives.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator.dataset import History
from generator.reading.recorded import uncommitted

NAME = "manifest.json"
_TOOLS = ("mkdocs", "mkdocs-material")

Checksum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class ListedFile(_Record):
    """A file of the site: where it is below the site's root, its size in bytes, its SHA-256."""

    path: str
    size: Annotated[int, Field(ge=0)]
    sha256: Checksum


class Manifest(_Record):
    """What a site was made of and by what.

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
        files: Every file of the site but the manifest, by path.
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
    files: list[ListedFile]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a site is made of: the project's folder, and in it its data, pages and settings."""

    root: Path
    data: Path
    pages: Path
    configuration: tuple[Path, ...]


def write(site: Path, origin: Origin, history: History) -> None:
    """List a finished site in its own `manifest.json`; the same site gives the same bytes."""
    changed = uncommitted(origin.root, origin.data, origin.pages, *origin.configuration)
    is_commit = bool(history.commit) and changed == ()
    manifest = Manifest(
        commit=history.commit if is_commit else None,
        uncommitted=list(changed or ()),
        complete_history=history.complete,
        data=together(below(origin.data, "*.yml")),
        pages=together(below(origin.pages)),
        configuration=of_configuration(origin.configuration),
        generator=generator_version(),
        tools=tools(),
        files=[
            ListedFile(path=name, size=file.stat().st_size, sha256=checksum(file))
            for name, file in below(site)
            if name != NAME
        ],
    )
    (site / NAME).write_bytes(as_bytes(manifest))


def as_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON, one file on each line."""
    head = manifest.model_dump(exclude={"files"})
    files = (json.dumps(file.model_dump(), ensure_ascii=False) for file in manifest.files)
    text = json.dumps(head, ensure_ascii=False, indent=1)
    body = ",\n  ".join(files)
    return f'{text[:-2]},\n "files": [\n  {body}\n ]\n}}\n'.encode()


def parse(content: bytes) -> Manifest | None:
    """A manifest that somebody wrote; None when it is none."""
    try:
        return Manifest.model_validate_json(content)
    except ValidationError:
        return None


def checksum(file: Path) -> str:
    """A file's SHA-256."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def generator_version() -> str:
    """The version of this program as it is installed."""
    return version("budget-disclosure")


def tools() -> dict[str, str]:
    """The versions of what else has a say in the bytes of a site."""
    return {"python": platform.python_version(), **{name: version(name) for name in _TOOLS}}


def of_configuration(files: Iterable[Path]) -> str:
    """One checksum for mkdocs.yml and the files it inherits from, in that order."""
    return together((path.name, path) for path in files)


def below(folder: Path, pattern: str = "*") -> Iterator[tuple[str, Path]]:
    """The files below a folder by their path in it, in order."""
    found = (path for path in folder.rglob(pattern) if path.is_file())
    yield from sorted((path.relative_to(folder).as_posix(), path) for path in found)


def together(files: Iterable[tuple[str, Path]]) -> str:
    """One checksum for some files and their names; `sha256sum FILE… | sha256sum` gives the same."""
    lines = "".join(f"{checksum(path)}  {name}\n" for name, path in files)
    return hashlib.sha256(lines.encode()).hexdigest()
