"""The data read, compared and judged: each department by itself, so that processes share them.

What concerns several departments is little: their names, of which no text should name another's
without reason, the settings of the rules, and that no two of them use one project code. So where
results are kept, nobody holds more than the outlines of all departments, and loads one of them
when its pages are made.

Departments whose projects carry on another's are examined a second time, together with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from pathlib import Path

from disclosure import checks, compare, reading
from disclosure.checks.names import Names
from disclosure.compare import Body, bodies_of
from disclosure.engine import local_workers
from disclosure.engine.cache import NO_CACHE, Cache, digest, program
from disclosure.model.dataset import SETTINGS_FILE, Dataset, History
from disclosure.model.diagnostics import Diagnostic, Severity, in_reading_order
from disclosure.model.records import CheckSettings
from disclosure.pages.outline import Outline, outline
from disclosure.site.connected import connected

#: With fewer files than this it takes longer to share the work than to do it.
FEW = 400


@dataclass(frozen=True, slots=True)
class DepartmentAnalysis:
    """A department that was examined.

    Attributes:
        outline: What the pages of all departments need of it.
        key: A digest of all that it was made from; "" when that is not known.
        department: Gives all of it, compared.
        parts: The keys of what it was made from.
    """

    outline: Outline
    key: str
    department: Callable[[], compare.ComparedDepartment]
    parts: tuple[str, ...]

    def keys(self) -> Iterator[str]:
        """Under which keys something is kept."""
        for part in self.parts:
            yield from (part, _place_of(part))


@dataclass(frozen=True, slots=True)
class Analysis:
    """A data folder with its years compared.

    Attributes:
        members: Each department, without the files that have an error.
        settings: Of the rules.
        history: What git knows of the data.
        diagnostics: Every finding that no note in the data accepts, in reading order.
    """

    members: tuple[DepartmentAnalysis, ...]
    settings: CheckSettings
    history: History
    diagnostics: tuple[Diagnostic, ...]

    @property
    def departments(self) -> tuple[compare.ComparedDepartment, ...]:
        """All departments, compared."""
        return tuple(member.department() for member in self.members)

    @property
    def dataset(self) -> Dataset:
        """All of the data."""
        departments = tuple(department.data for department in self.departments)
        return Dataset(departments, self.settings, self.history)

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The outlines of all departments."""
        return tuple(member.outline for member in self.members)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a department is examined with.

    Attributes:
        data: The data folder.
        settings: Of the rules; None where they cannot be read: the rules are not asked then,
            because they might find what was switched off.
        names: Those of all departments.
        broken: Files and folders that could not even be opened, relative to the data folder.
        cache: Where results are kept from one time to the next.
        bodies: Which departments each of them succeeded, and which succeeded it.
    """

    data: Path
    settings: CheckSettings | None
    names: Names
    broken: frozenset[str]
    cache: Cache
    bodies: Mapping[str, tuple[Body, ...]]

    def key(self, places: Sequence[reading.Place]) -> str:
        """A digest of everything that the examination of these files depends on.

        "" where nothing is kept, and nobody would ask for it.
        """
        if self.cache is NO_CACHE:
            return ""
        folders = sorted({place.department for place in places})
        bodies = [self.bodies.get(folder, ()) for folder in folders]
        around = repr((self.settings, self.names.all(), sorted(self.broken), bodies))
        files = (part for place in places for part in (place.path, _content(place)))
        return digest(program(), self.data.resolve().name, around, *files)


@dataclass(frozen=True, slots=True)
class _Part:
    """What came of examining a department; the department itself is left out where it is kept."""

    outlines: tuple[Outline, ...]
    departments: tuple[compare.ComparedDepartment, ...]
    diagnostics: tuple[Diagnostic, ...]
    codes: frozenset[tuple[str, str]]
    claims: frozenset[str]
    key: str

    def members(
        self, around: _Around, places: Sequence[reading.Place], earlier: Mapping[str, str]
    ) -> Iterator[DepartmentAnalysis]:
        """The departments in it; these are their files, in case that what was kept is lost.

        `earlier` are the keys under which departments were examined alone, by their ids.
        """
        for number, found in enumerate(self.outlines):
            if self.departments:
                give = partial(_itself, self.departments[number])
            else:
                give = partial(_load, around, self.key, places, number)
            if len(self.outlines) == 1:
                yield DepartmentAnalysis(found, self.key, give, (self.key,))
            else:
                key = self.key and digest(self.key, found.id)
                kept = self.key, earlier.get(found.id, "")
                yield DepartmentAnalysis(found, key, give, tuple(filter(None, kept)))


def analysed(data: Path, jobs: int = 1, cache: Cache = NO_CACHE) -> Analysis:
    """The data, compared, with all findings: those of reading, and those of the rules.

    Args:
        data: The data folder.
        jobs: How many processes share the work.
        cache: Where results are kept from one time to the next.
    """
    # Git is a program of its own and works meanwhile. The thread that waits for it is gone before
    # processes are forked.
    with ThreadPoolExecutor(1) as aside:
        history = aside.submit(reading.history, data)
        places, findings = reading.discover(data)
        own = reading.read_files(data, [place for place in places if not place.department])
        settings_broken = SETTINGS_FILE in _broken([*findings, *own.diagnostics])
        settings = None if settings_broken else own.dataset.settings
        heads = reading.read_files(data, [one for one in places if one.kind == "department/1"])
        known = [one.department for one in heads.dataset.departments]
        folders = {one.department for one in places if one.department}
        around = _Around(data, settings, Names(known), _broken(findings), cache, bodies_of(known))
        shared = [place for place in places if place.department]
        groups = [list(group) for _, group in groupby(shared, key=lambda place: place.department)]
        units = [(around.key(places), places) for places in groups]
    jobs = 1 if len(places) < FEW else jobs
    parts = _examine_all(around, units, jobs)
    alone = {group[0].department: part.key for group, part in zip(groups, parts, strict=True)}
    joined = connected(groups, [part.claims for part in parts])
    if len(joined) < len(groups):
        known_parts = {id(group): part for group, part in zip(groups, parts, strict=True)}
        again = [(around.key(group), group) for group in joined if id(group) not in known_parts]
        made = iter(_examine_all(around, again, jobs))
        parts = [known_parts.get(id(group)) or next(made) for group in joined]
        groups = joined
    if _share_a_code(parts):  # only whoever reads all of them can say which file is wrong
        parts, groups = [_examine_anew(around, shared, "")], [shared]
    of_settings = checks.examine_settings(settings) if settings else ()
    members = chain.from_iterable(
        part.members(around, files, alone) for part, files in zip(parts, groups, strict=True)
    )
    return Analysis(
        members=tuple(sorted(members, key=lambda one: one.outline.id)),
        settings=own.dataset.settings,
        history=history.result(),
        diagnostics=in_reading_order(
            chain(
                findings,
                own.diagnostics,
                reading.locate(data, of_settings),
                reading.locate(data, compare.body_findings(heads.dataset.departments, folders)),
                *(part.diagnostics for part in parts),
            )
        ),
    )


#: The files of a department, and the key of what is made of them.
_Unit = tuple[str, Sequence[reading.Place]]


def _examine_all(around: _Around, units: Sequence[_Unit], jobs: int) -> list[_Part]:
    """Read, compare and judge the files of each department, unless that was done before."""
    found = [around.cache.get(key, _Part) if key else None for key, _ in units]
    anew = [unit for unit, part in zip(units, found, strict=True) if not part]
    made = local_workers.each(partial(_examine, around), anew, jobs)
    return [part or next(made) for part in found]


def _examine(around: _Around, unit: _Unit) -> _Part:
    key, places = unit
    part = _examine_anew(around, places, key)
    if not key or around.key(places) != key:  # somebody wrote a file in the meantime
        return part
    if not around.cache.put(_place_of(key), part.departments):
        return part
    light = replace(part, departments=())
    around.cache.put(key, light)
    return light


def _place_of(key: str) -> str:
    """Under which key the departments of a part are kept; under its own there is all else."""
    return key and digest("departments", key)


def _load(
    around: _Around, key: str, places: Sequence[reading.Place], number: int
) -> compare.ComparedDepartment:
    """A department that is kept; it is examined again if somebody has removed it since."""
    cache: tuple[compare.ComparedDepartment, ...] | None = around.cache.get(_place_of(key), tuple)
    return (cache or _examine_anew(around, places, key).departments)[number]


def _itself(department: compare.ComparedDepartment) -> compare.ComparedDepartment:
    return department


def _examine_anew(around: _Around, places: Sequence[reading.Place], key: str) -> _Part:
    read = reading.read_files(around.data, places)
    departments = tuple(
        replace(one, bodies=around.bodies.get(one.data.department.id, ()))
        for one in compare.compared_together(read.dataset.departments)
    )
    broken = around.broken | _broken(read.diagnostics)
    remarks = [
        remark
        for department in departments
        if around.settings
        for remark in checks.examine(department, around.settings, around.names, broken)
    ]
    findings = in_reading_order([*read.diagnostics, *reading.locate(around.data, remarks)])
    claims = frozenset(
        code for one in departments for _, _, code in compare.foreign_claims(one.data)
    )
    outlines = tuple(map(outline, departments))
    return _Part(outlines, departments, findings, read.codes, claims, key)


def _content(place: reading.Place) -> bytes:
    """What a file holds, or why it cannot be read; of one that is too large enough to say so."""
    try:
        return reading.content(place.file)
    except OSError as error:
        return b"\0" + repr(error).encode()


def _broken(findings: Sequence[Diagnostic]) -> frozenset[str]:
    """What has an error, relative to the data folder."""
    errors = (found.span.path for found in findings if found.severity is Severity.ERROR)
    return frozenset(path.partition("/")[2] for path in errors)


def _share_a_code(parts: Sequence[_Part]) -> bool:
    """Whether two departments use one project code in the same year."""
    used = Counter(chain.from_iterable(part.codes for part in parts))
    return any(times > 1 for times in used.values())
