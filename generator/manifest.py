"""`manifest.json`: what a site was made of and by what, and the checksum of each of its files.

With it anybody can build the same commit and see whether a server shows what the data gives.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator.dataset import History
from generator.output import Output, Written, checksum
from generator.pages.common import SOURCES
from generator.reading.recorded import uncommitted
from generator.walking import names_below

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


def write(output: Output, origin: Origin, history: History, files: Iterable[Written]) -> list[str]:
    """List a finished site in its own `manifest.json`; the same site gives the same bytes.

    Args:
        output: The site.
        origin: What it was made of.
        history: What git knows of that.
        files: All of its files, which may be gathered while git works. They are not read again,
            nor are the data that are published.

    Returns:
        Where the files are, in order.
    """
    places = (origin.data, origin.pages, *origin.configuration)
    with ThreadPoolExecutor(1) as aside:  # git is a program of its own and works meanwhile
        asked = aside.submit(uncommitted, origin.root, *places)
        listed = {file.path: file for file in files}
        published = {
            path.removeprefix(SOURCES): file.sha256
            for path, file in listed.items()
            if path.startswith(SOURCES)
        }
        in_order = sorted(listed)
        lines = [_line(listed[path]) for path in in_order]
        data = together(below(origin.data, ".yml"), published)
        changed = asked.result()
    is_commit = bool(history.commit) and changed == ()
    head = Manifest(
        commit=history.commit if is_commit else None,
        uncommitted=list(changed or ()),
        complete_history=history.complete,
        data=data,
        pages=together(below(origin.pages)),
        configuration=of_configuration(origin.configuration),
        generator=generator_version(),
        tools=tools(),
        files=[],
    )
    output.write_one(NAME, _as_bytes(head, lines))
    return in_order


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _line(file: Written) -> str:
    """A file as JSON. There are very many, and only the path is a text that can hold anything."""
    return f'{{"path": {_encode(file.path)}, "size": {file.size}, "sha256": "{file.sha256}"}}'


def _as_bytes(head: Manifest, lines: Iterable[str]) -> bytes:
    """The manifest as JSON, one file on each line."""
    text = json.dumps(head.model_dump(exclude={"files"}), ensure_ascii=False, indent=1)
    body = ",\n  ".join(lines)
    return f'{text[:-2]},\n "files": [\n  {body}\n ]\n}}\n'.encode()


def parse(content: bytes) -> Manifest | None:
    """A manifest that somebody wrote; None when it is none."""
    try:
        return Manifest.model_validate_json(content)
    except ValidationError:
        return None


def generator_version() -> str:
    """The version of this program as it is installed."""
    return version("budget-disclosure")


def tools() -> dict[str, str]:
    """The versions of what else has a say in the bytes of a site."""
    return {"python": platform.python_version(), **{name: version(name) for name in _TOOLS}}


def of_configuration(files: Iterable[Path]) -> str:
    """One checksum for mkdocs.yml and the files it inherits from, in that order."""
    return together((path.name, path) for path in files)


def below(folder: Path, suffix: str = "") -> Iterator[tuple[str, Path]]:
    """The files below a folder whose names end so, by their path in it, in order."""
    found = ((name, folder / name) for name in names_below(folder, suffix))
    yield from ((name, path) for name, path in found if path.is_file())


def together(files: Iterable[tuple[str, Path]], known: Mapping[str, str] | None = None) -> str:
    """One checksum for some files and their names; `sha256sum FILE… | sha256sum` gives the same.

    Those that are `known` by name are not read.
    """
    known = known or {}
    lines = "".join(f"{known.get(name) or checksum(path)}  {name}\n" for name, path in files)
    return hashlib.sha256(lines.encode()).hexdigest()
