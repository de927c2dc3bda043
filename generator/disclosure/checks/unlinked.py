"""Projects that may well be one over two years, though nothing ties them together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from disclosure.compare import ComparedYears, SuccessionKind
from disclosure.model.dataset import ProjectYear

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[-—–－~～至](?:19|20)?[0-9]{2})?(?:学年|年度|年)?")
_SIGNS = re.compile(r"[\W_]+")


class Unlinked(Struct, frozen=True):
    """A new project that says nothing of its origin, and those of last year alike in name."""

    new: ProjectYear
    old: tuple[ProjectYear, ...]


def unlinked(pair: ComparedYears) -> Iterator[Unlinked]:
    """New projects whose name, years and signs aside, is that of projects said to have ended."""
    ended: dict[str, list[ProjectYear]] = {}
    for project in projects_of_kind(pair, SuccessionKind.ENDED):
        ended.setdefault(core(project), []).append(project)
    for project in projects_of_kind(pair, SuccessionKind.NEW):
        alike = ended.get(core(project))
        if alike and project.current.continues is None:
            yield Unlinked(project, tuple(alike))


def projects_of_kind(pair: ComparedYears, kind: SuccessionKind) -> Iterator[ProjectYear]:
    """The projects that ended, or those that are new; a withdrawn one had ended before."""
    for change in pair.changes:
        succession = change.succession
        if succession.kind is kind:
            yield from (one for one in (*succession.old, *succession.new) if not one.withdrawn)


def names_a_year(project: ProjectYear) -> bool:
    """Whether the name itself says of which year the project is."""
    return _YEAR.search(project.current.name) is not None


def core(project: ProjectYear) -> str:
    """The project's name without years, white space, brackets and other signs."""
    return _SIGNS.sub("", _YEAR.sub("", project.current.name))
