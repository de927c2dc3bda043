"""Which of this year's projects carry on which of last year's.

Three kinds of evidence, strongest first: the publisher's own word (`continues:`), the same
code, the same name in the same department. Codes that differ prove nothing (many carry the
year), so whatever these three do not settle is new or ended, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field

from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.fields import is_entry
from disclosure.model.records import Project
from disclosure.model.whitespace import squeezed


class Basis(StrEnum):
    """How a link between two years was made."""

    DECLARED = "declared"
    SAME_CODE = "same_code"
    SAME_NAME = "same_name"


class SuccessionKind(StrEnum):
    """What became of projects from one year to the next.

    `WITHDRAWN` is whatever was called off in this year, or had been in the last and did not come
    back; `RESUMED` what had been called off and is there again.
    """

    CONTINUED = "continued"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    REORGANISED = "reorganised"
    NEW = "new"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"


class SuccessionLink(Struct, frozen=True):
    """One of last year's projects, the one of this year that carries it on, and the evidence.

    Attributes:
        old: The id of last year's.
        new: The id of this year's.
        basis: The evidence.
        transferred: Whether the two are of different departments.
        same_code: Whether both have the same code.
        paths: The first files of both; over departments ids are no names.
    """

    old: str
    new: str
    basis: Basis
    transferred: bool = False
    same_code: bool = False
    paths: tuple[str, str] = ("", "")


def link(
    old: ProjectYear, new: ProjectYear, basis: Basis, *, transferred: bool = False
) -> SuccessionLink:
    """What ties two projects."""
    one, other = old.current, new.current
    same = one.code is not None and one.code == other.code
    paths = old.first_path, new.first_path
    return SuccessionLink(one.id, other.id, basis, transferred, same, paths)


class Place(Struct, frozen=True):
    """Where a project stands: in which year of which department."""

    department: DepartmentData
    year: DepartmentYear


class Succession(Struct, frozen=True):
    """Projects that belong together over two years: `old` became `new`.

    Attributes:
        kind: What happened to them.
        old: Last year's projects, by number; empty for a new project.
        new: This year's, by number; empty for an ended one.
        links: The evidence that ties them.
        places: Where each of them stands, by its first file; empty where all are of one department.
        home: The department for which `kind` is said, by its id; "" where all are of one.
    """

    kind: SuccessionKind
    old: tuple[ProjectYear, ...]
    new: tuple[ProjectYear, ...]
    links: tuple[SuccessionLink, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    home: str = ""

    def place(self, project: ProjectYear) -> Place | None:
        """Where one of the projects stands; None where all are of one department."""
        return self.places.get(project.first_path)

    def home_of(self, project: ProjectYear) -> str:
        """The id of the project's department; "" where all are of one."""
        place = self.place(project)
        return place.department.department.id if place else ""

    @property
    def counted_here(self) -> bool:
        """Whether what can be told once only is told for this department: its project is first."""
        return bool(self.new) and self.home_of(self.new[0]) == self.home


def links(
    old: DepartmentYear, new: DepartmentYear, leaving: Collection[str] = ()
) -> tuple[SuccessionLink, ...]:
    """All links between two years of one department, in the order of the new projects.

    `leaving` are ids of the old year that other departments state to carry on.
    """
    before = {project.current.id: project for project in old.projects}
    after = {project.current.id: project for project in new.projects}
    found = [
        link(before[one], project, Basis.DECLARED)
        for project in after.values()
        for one in dict.fromkeys(project.current.continues or ())
        if one in before
    ]
    earlier = [project.current for project in before.values()]
    # A project that says what it continues, even nothing, is not matched by anything else.
    silent = [project.current for project in after.values() if project.current.continues is None]
    for basis, matches in (
        (Basis.SAME_CODE, _same_codes(earlier, silent)),
        (Basis.SAME_NAME, _same_names(earlier, silent)),
    ):
        claimed_old = {*leaving, *(one.old for one in found)}
        claimed_new = {one.new for one in found}
        found += [
            link(before[one], after[other], basis)
            for one, other in matches
            if one not in claimed_old and other not in claimed_new
        ]
    position = {one: index for index, one in enumerate(after)}
    return tuple(sorted(found, key=lambda one: (position[one.new], one.old)))


def silent_matches(
    before: Iterable[ProjectYear], after: Iterable[ProjectYear]
) -> Iterator[tuple[ProjectYear, ProjectYear, Basis]]:
    """Projects of whatever departments with the same code, or else with a name that stands once.

    Those of `after` must say nothing of what they carry on.
    """
    old, new = [*before], [*after]
    for basis, key in ((Basis.SAME_CODE, _code), (Basis.SAME_NAME, _name)):
        one, other = _by(key, old), _by(key, new)
        for said, projects in one.items():
            heirs = other.get(said, ())
            if said and len(projects) == len(heirs) == 1:
                yield projects[0], heirs[0], basis
                old.remove(projects[0])
                new.remove(heirs[0])


def _code(project: ProjectYear) -> str:
    return _entry(project.current)


def _entry(project: Project) -> str:
    """The code, or which further entry of it a project is; "" without a code."""
    code = project.code or ""
    return project.id if is_entry(project.id, code) else code


def _name(project: ProjectYear) -> str:
    return squeezed(project.current.name)


def _by(
    key: Callable[[ProjectYear], str], projects: Iterable[ProjectYear]
) -> Mapping[str, list[ProjectYear]]:
    found: dict[str, list[ProjectYear]] = defaultdict(list)
    for project in projects:
        found[key(project)].append(project)
    return found


def _same_codes(before: Iterable[Project], after: Iterable[Project]) -> Iterator[tuple[str, str]]:
    """Ids of projects with equal codes."""
    heirs = {_entry(project): project.id for project in after if project.code}
    for project in before:
        if project.code and _entry(project) in heirs:
            yield project.id, heirs[_entry(project)]


def _same_names(before: Iterable[Project], after: Iterable[Project]) -> Iterator[tuple[str, str]]:
    """Ids of equal names, where the name stands once in each year and so leaves no doubt."""
    one, other = _by_name(before), _by_name(after)
    for name, ids in one.items():
        if len(ids) == 1 and len(other.get(name, ())) == 1:
            yield ids[0], other[name][0]


def _by_name(projects: Iterable[Project]) -> Mapping[str, list[str]]:
    """The ids under each name, white space aside."""
    names: dict[str, list[str]] = defaultdict(list)
    for project in projects:
        names[squeezed(project.name)].append(project.id)
    return names


def successions(
    old: DepartmentYear, new: DepartmentYear, leaving: Collection[str] = ()
) -> tuple[Succession, ...]:
    """Every project of both years exactly once: this year's by number, then those that ended.

    `leaving` are ids of the old year that other departments state to carry on.
    """
    before = {project.current.id: project for project in old.projects}
    after = {project.current.id: project for project in new.projects}
    tied = links(old, new, leaving)
    leader = _leaders(after, tied)
    carried = {one.old: leader[one.new] for one in tied}
    evidence: dict[str, list[SuccessionLink]] = defaultdict(list)
    origins: dict[str, list[ProjectYear]] = defaultdict(list)
    heirs: dict[str, list[ProjectYear]] = defaultdict(list)
    for one in tied:
        evidence[leader[one.new]].append(one)
    for own, project in before.items():
        if own in carried:
            origins[carried[own]].append(project)
    for own, project in after.items():
        heirs[leader[own]].append(project)
    found = (_succession(origins[own], heirs[own], evidence[own]) for own in heirs)
    ended = (
        _succession([project], [], []) for own, project in before.items() if own not in carried
    )
    return (*found, *ended)


def _leaders(ids: Iterable[str], tied: Iterable[SuccessionLink]) -> dict[str, str]:
    """For each new project the first one of its group; links with a shared end hang together."""
    heirs: dict[str, list[str]] = defaultdict(list)
    origins: dict[str, list[str]] = defaultdict(list)
    for one in tied:
        heirs[one.old].append(one.new)
        origins[one.new].append(one.old)
    leader: dict[str, str] = {}
    for first in ids:
        waiting = [first]
        while waiting:
            own = waiting.pop()
            if own not in leader:
                leader[own] = first
                waiting += (heir for origin in origins[own] for heir in heirs.pop(origin, ()))
    return leader


def _succession(
    old: Sequence[ProjectYear], new: Sequence[ProjectYear], evidence: Sequence[SuccessionLink]
) -> Succession:
    return Succession(kind_of(old, new), tuple(old), tuple(new), tuple(evidence))


def _called_off(old: Sequence[ProjectYear], new: Sequence[ProjectYear]) -> SuccessionKind | None:
    """What became of projects that were called off in one of the two years."""
    if all(project.withdrawn for project in new or old):
        return SuccessionKind.WITHDRAWN
    resumed = old and all(project.withdrawn for project in old)
    return SuccessionKind.RESUMED if resumed else None


def kind_of(old: Sequence[ProjectYear], new: Sequence[ProjectYear]) -> SuccessionKind:
    """What happened to projects that belong together."""
    if called_off := _called_off(old, new):
        return called_off
    if not (old and new):
        return SuccessionKind.ENDED if old else SuccessionKind.NEW
    if len(old) == 1 and len(new) == 1:
        one, other = (project.current.name for project in (*old, *new))
        return (
            SuccessionKind.CONTINUED if squeezed(one) == squeezed(other) else SuccessionKind.RENAMED
        )
    if len(new) == 1:
        return SuccessionKind.MERGED
    return SuccessionKind.SPLIT if len(old) == 1 else SuccessionKind.REORGANISED
