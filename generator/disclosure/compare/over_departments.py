"""Departments compared together, because projects went from one to another.

Each department is compared by itself first. Then whatever a transfer ties becomes one succession,
which stands in the comparison of every department that it concerns, and chains are tied alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.compare.chains import Chain, Member, Step, one_to_one, steps_of
from disclosure.compare.compared import (
    ComparedDepartment,
    ComparedYears,
    Overlap,
    ProjectChange,
    assembled,
    by_member,
    change_of,
    compared,
    years_of,
)
from disclosure.compare.successions import (
    Place,
    Succession,
    SuccessionKind,
    SuccessionLink,
    kind_of,
    link,
)
from disclosure.compare.transfers import Transfer, transfers
from disclosure.model.dataset import DepartmentData, ProjectYear

#: A project where it stands.
_Placed = tuple[Place, ProjectYear]


def compared_together(departments: Sequence[DepartmentData]) -> tuple[ComparedDepartment, ...]:
    """Compare all years of departments, and follow their projects from one to another."""
    if len(departments) == 1:
        return (compared(departments[0]),)
    moves = tuple(transfers(departments))
    leaving: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for move in moves:
        leaving[_id(move.old)][move.old.year.year].add(move.origin.current.id)
    steps = {one.department.id: steps_of(one, leaving[one.department.id]) for one in departments}
    groups = _groups(departments, steps, moves)
    alone = [_compared(one, steps[one.department.id], groups) for one in departments]
    counted = [replace(one, years=tuple(_with_overlap(one, alone))) for one in alone]
    tied = _tied(counted, groups)
    return tuple(
        replace(
            one,
            chains=tuple(tied[one.data.department.id]),
            _chain=by_member(tied[one.data.department.id]),
            related={other.data.department.id: other for other in counted if other is not one},
        )
        for one in counted
    )


def _id(place: Place) -> str:
    return place.department.department.id


class _Group(Struct, eq=False):
    """Projects that transfers tie together, by their first files, and the evidence."""

    old: dict[str, _Placed] = field(default_factory=dict)
    new: dict[str, _Placed] = field(default_factory=dict)
    links: list[SuccessionLink] = field(default_factory=list)

    def absorb(self, other: _Group) -> None:
        """Take over everything of another group."""
        self.old |= other.old
        self.new |= other.new
        self.links += other.links

    def seen_by(self, department: str) -> Succession:
        """The group as one of its departments has it."""
        old, new = (
            sorted(side.values(), key=lambda one: (_id(one[0]), one[1].current.number))
            for side in (self.old, self.new)
        )
        stays = any(_id(place) == department for place, _ in new)
        projects = tuple(one for _, one in old), tuple(one for _, one in new)
        return Succession(
            kind=kind_of(*projects) if stays else SuccessionKind.TRANSFERRED,
            old=projects[0],
            new=projects[1],
            links=tuple(self.links),
            places={project.first_path: place for place, project in (*old, *new)},
            home=department,
        )


class _Groups(Struct, frozen=True):
    """The groups by the first files of the projects that they hold."""

    by_old: Mapping[str, _Group]
    by_new: Mapping[str, _Group]

    def of(self, succession: Succession) -> _Group | None:
        """The group that a department's own succession is part of."""
        found = (
            *(self.by_old.get(one.first_path) for one in succession.old),
            *(self.by_new.get(one.first_path) for one in succession.new),
        )
        return next((group for group in found if group), None)


def _groups(
    departments: Sequence[DepartmentData],
    steps: Mapping[str, Sequence[Step]],
    moves: Iterable[Transfer],
) -> _Groups:
    """Tie the departments' own successions by the transfers."""
    by_old: dict[str, _Group] = {}
    by_new: dict[str, _Group] = {}
    for department in departments:
        for step in steps[department.department.id]:
            for succession in step.successions:
                group = _own(department, step, succession)
                by_old |= dict.fromkeys(group.old, group)
                by_new |= dict.fromkeys(group.new, group)
    by_identity: dict[int, _Group] = {}
    for move in moves:
        one, other = move.origin.first_path, move.heir.first_path
        group = by_old.setdefault(one, _Group(old={one: (move.old, move.origin)}))
        joined = by_new.setdefault(other, _Group(new={other: (move.new, move.heir)}))
        group.links.append(link(move.origin, move.heir, move.basis, transferred=True))
        if joined is not group:
            group.absorb(joined)
            by_identity.pop(id(joined), None)
            by_old |= dict.fromkeys(group.old, group)
            by_new |= dict.fromkeys(group.new, group)
        by_identity[id(group)] = group
    return _Groups(
        {path: group for group in by_identity.values() for path in group.old},
        {path: group for group in by_identity.values() for path in group.new},
    )


def _own(department: DepartmentData, step: Step, succession: Succession) -> _Group:
    return _Group(
        {one.first_path: (Place(department, step.old), one) for one in succession.old},
        {one.first_path: (Place(department, step.new), one) for one in succession.new},
        list(succession.links),
    )


def _compared(
    department: DepartmentData, own: Sequence[Step], groups: _Groups
) -> ComparedDepartment:
    """A department whose successions are those of the groups."""
    me = department.department.id
    steps = tuple(replace(step, successions=tuple(_successions(step, groups, me))) for step in own)
    years = [*map(years_of, steps), *_first_year(department, groups)]
    departures = {
        project.first_path: change_of(group.seen_by(me), year.year, year.year)
        for year in department.years
        for project in year.projects
        if (group := groups.by_old.get(project.first_path))
        and any(_id(place) != me for place, _ in group.new.values())
    }
    return replace(assembled(department, steps, tuple(years)), _departures=departures)


def _successions(step: Step, groups: _Groups, me: str) -> Iterator[Succession]:
    """Those of two years, each group once, where its first part stood."""
    seen: set[int] = set()
    for succession in step.successions:
        group = groups.of(succession)
        if group is None:
            yield succession
        elif id(group) not in seen:
            seen.add(id(group))
            yield group.seen_by(me)


def _first_year(department: DepartmentData, groups: _Groups) -> Iterator[ComparedYears]:
    """What a department took over before it had a year of its own, compared."""
    me = department.department.id
    for year in department.years[-1:]:
        heirs = tuple(one for one in year.projects if one.first_path in groups.by_new)
        found = {id(group): group for one in heirs for group in [groups.by_new[one.first_path]]}
        origins = [placed for group in found.values() for placed in group.old.values()]
        if not origins:
            continue
        newest = max((place.year for place, _ in origins), key=lambda one: one.year)
        old = replace(
            newest,
            projects=tuple(project for _, project in origins),
            department=department.department.as_of(newest.year),
        )
        new = replace(year, projects=heirs)
        changes = (change_of(one.seen_by(me), old.year, new.year) for one in found.values())
        yield ComparedYears(old, new, tuple(changes), taken_over=True)


def _with_overlap(
    department: ComparedDepartment, departments: Iterable[ComparedDepartment]
) -> Iterator[ComparedYears]:
    """A department's years, with what another one's comparison of the same years counts too."""
    me = department.data.department.id
    for pair in department.years:
        overlapping = {
            one.data.department.id: other
            for one in departments
            for other in one.years
            if (other.old.year, other.new.year) == (pair.old.year, pair.new.year)
        }
        changes: list[ProjectChange] = []
        old: dict[str, ProjectYear] = {}
        for change in pair.changes:
            succession = change.succession
            counting = min((succession.home_of(one) for one in succession.new), default="")
            if (
                succession.kind is not SuccessionKind.TRANSFERRED
                and counting in overlapping.keys() - {me}
            ):
                changes.append(change)
            for project in succession.old if pair.taken_over else ():
                holders = [
                    who for who in sorted(overlapping) if project in overlapping[who].old.projects
                ]
                owner = succession.home_of(project)
                if (owner if owner in holders else holders[0]) != me:
                    old[project.first_path] = project
        yield replace(pair, overlap=Overlap(tuple(old.values()), tuple(changes)))


def _tied(
    departments: Sequence[ComparedDepartment], groups: _Groups
) -> Mapping[str, Sequence[Chain]]:
    """The chains of each department, with what their projects were and became in others."""
    chains = {one.data.department.id: one.chains for one in departments}
    ending = {
        one.members[-1].project.first_path: (who, one) for who in chains for one in chains[who]
    }
    before: dict[str, tuple[str, Chain]] = {}
    for path, group in groups.by_new.items():
        origin = _continued(group, path)
        if origin in ending:
            before[path] = ending[origin]
    after = {one.members[-1].project.first_path: path for path, (_, one) in before.items()}
    beginning = {
        one.members[0].project.first_path: (who, one) for who in chains for one in chains[who]
    }
    following = {end: beginning[start] for end, start in after.items() if start in beginning}
    return {
        who: [
            replace(
                one,
                earlier=tuple(_earlier(who, one, before)),
                later=tuple(_later(who, one, following)),
            )
            for one in chains[who]
        ]
        for who in chains
    }


def _continued(group: _Group, path: str) -> str:
    """The first file of the project that another department's project is still the same as."""
    links = one_to_one(group.seen_by(""))
    origins = {one.paths[0] for one in links if one.transferred and one.paths[1] == path}
    return next((one for one in group.old if one in origins), "")


def _earlier(who: str, chain: Chain, before: Mapping[str, tuple[str, Chain]]) -> list[Member]:
    found: list[Member] = []
    start = chain.members[0].project.first_path
    while start in before:
        other, one = before[start]
        found = [*_of(who, other, one), *found]
        start = one.members[0].project.first_path
    return found


def _later(who: str, chain: Chain, following: Mapping[str, tuple[str, Chain]]) -> list[Member]:
    found: list[Member] = []
    end = chain.members[-1].project.first_path
    while end in following:
        other, one = following[end]
        found += _of(who, other, one)
        end = one.members[-1].project.first_path
    return found


def _of(who: str, other: str, chain: Chain) -> Iterator[Member]:
    """The members of a chain, as another chain has them."""
    for member in chain.members:
        yield replace(member, department="" if other == who else other)
