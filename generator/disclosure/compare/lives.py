"""A project's history through splits and mergers: every predecessor and every successor.

A chain follows a project as long as it stays itself. Its life reaches further, through splits and
mergers, back to all sources and on to all successors. What shares a source with it is no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from disclosure.compare.chains import Chain, Member
from disclosure.compare.compared import ComparedDepartment
from disclosure.compare.successions import Succession
from disclosure.model.dataset import DepartmentYear, ProjectYear


class Life(Struct, frozen=True):
    """A project through the years with its relatives, each part oldest first.

    Attributes:
        members: The project itself, in all departments.
        sources: What it came from, and what that came from.
        heirs: The projects that succeed it, and those that succeed them.
        nearest: The first files of those relatives that were directly before or after it.
    """

    members: tuple[Member, ...]
    sources: tuple[Member, ...]
    heirs: tuple[Member, ...]
    nearest: frozenset[str]

    @property
    def everyone(self) -> tuple[Member, ...]:
        """The project and its relatives, oldest first."""
        return tuple(sorted((*self.sources, *self.members, *self.heirs), key=_order))

    def is_near(self, member: Member) -> bool:
        """Whether a relative was directly before or after the project."""
        return member.project.first_path in self.nearest


#: A succession in which a project went on, and the year of the department that tells of it.
_Onward = tuple[Succession, DepartmentYear]


class SuccessionGraph:
    """Which projects come before and after which, over a department and those related to it."""

    def __init__(self, department: ComparedDepartment) -> None:
        """Take the department as it was compared together with the others."""
        self._department = department
        self._onward: dict[str, Mapping[str, list[_Onward]]] = {}

    def life(self, chain: Chain) -> Life:
        """The life of one of the department's projects."""
        own = {member.project.first_path: member for member in chain.whole}
        sources = _beyond(own, self.before)
        heirs = {path: one for path, one in _beyond(own, self.after).items() if path not in sources}
        return Life(
            members=chain.whole,
            sources=tuple(sorted(sources.values(), key=_order)),
            heirs=tuple(sorted(heirs.values(), key=_order)),
            nearest=frozenset(
                near.project.first_path
                for member in chain.whole
                for near in (*self.before(member), *self.after(member))
            ),
        )

    def before(self, member: Member) -> Iterator[Member]:
        """What a project came from, directly."""
        home, code = self._department.home(member), member.project.current.id
        change = home.change_to(member.year.year, code)
        if change is None or not change.succession.old:
            return
        year = next(pair.old for pair in home.years if pair.new.year == member.year.year)
        codes = {link.old for link in change.succession.links if link.new == code}
        for project in change.succession.old:
            if project.current.id in codes:
                unplaced = Member(year, project, member.department)
                yield self._placed(change.succession, project, unplaced)

    def after(self, member: Member) -> Iterator[Member]:
        """The projects that directly succeed a project."""
        code = member.project.current.id
        for succession, year in self._following(member):
            codes = {link.new for link in succession.links if link.old == code}
            for project in succession.new:
                if project.current.id in codes:
                    unplaced = Member(year, project, member.department)
                    yield self._placed(succession, project, unplaced)

    def _following(self, member: Member) -> Iterator[_Onward]:
        home = self._department.home(member)
        if member.department not in self._onward:
            self._onward[member.department] = _onward(home)
        yield from self._onward[member.department].get(member.project.first_path, ())
        if gone := home.departure_of(member.project):
            yield gone.succession, member.year

    def _placed(self, succession: Succession, project: ProjectYear, unplaced: Member) -> Member:
        """A project of a succession where it stands; `unplaced` where all is of one department."""
        place = succession.place(project)
        if place is None:
            return unplaced
        name = place.department.department.id
        own = self._department.data.department.id
        return Member(place.year, project, "" if name == own else name)


def _onward(home: ComparedDepartment) -> Mapping[str, list[_Onward]]:
    """By the first file of each of a department's projects: how it went on."""
    found: dict[str, list[_Onward]] = defaultdict(list)
    for pair in home.years:
        for change in () if pair.taken_over else pair.changes:
            for project in change.succession.old if change.succession.new else ():
                found[project.first_path].append((change.succession, pair.new))
    return found


def _beyond(
    own: Mapping[str, Member], step: Callable[[Member], Iterable[Member]]
) -> dict[str, Member]:
    """Everything that is reached from the own projects, without them."""
    found: dict[str, Member] = {}
    waiting = list(own.values())
    while waiting:
        for member in step(waiting.pop()):
            path = member.project.first_path
            if path not in own and path not in found:
                found[path] = member
                waiting.append(member)
    return found


def _order(member: Member) -> tuple[int, str, int]:
    return member.year.year, member.department, member.project.current.number
