"""Reads, compares and checks each department by itself, so that processes can share them.

What concerns several departments is little: their names, of which no text should name another's
without reason, the settings of the rules, and that no two of them use one project code. So with a
cache no process holds more than the outlines of all departments, and each loads a department when
it makes its pages.

Departments whose projects carry on another's are examined a second time, together with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from itertools import chain, groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from disclosure import checks, compare, reading
from disclosure.checks.names import Names
from disclosure.compare import DepartmentSuccession, department_successions
from disclosure.engine import local_workers
from disclosure.engine.cache import NO_CACHE, UNKNOWN, Cache, CacheEntry
from disclosure.model.dataset import SETTINGS_FILE, Dataset, GitHistory
from disclosure.model.departments import Department
from disclosure.model.diagnostics import Diagnostic, Severity, in_reading_order
from disclosure.model.fields import Record
from disclosure.model.records import CheckSettings
from disclosure.model.words import Theme, Words
from disclosure.pages.outline import Outline, outline
from disclosure.site.connected import connected

#: With fewer files than this it takes longer to share the work than to do it.
MIN_SHARED = 400

#: The part of a cached analysis that is large, and not needed where its pages are reused.
_DEPARTMENTS = "departments"

#: The files of a department, and the place of what is made of them in the cache.
_Unit = tuple[CacheEntry, Sequence[reading.FilePlace]]


class DepartmentAnalysis(Struct, frozen=True):
    """A department that was examined.

    Attributes:
        outline: What the pages of all departments need of it.
        entry: The place of the analysis in the cache.
        department: Gives all of it, compared.
    """

    outline: Outline
    entry: CacheEntry
    department: Callable[[], compare.ComparedDepartment]


class Analysis(Struct, frozen=True):
    """A data folder with its years compared.

    Attributes:
        members: Each department, without the files that have an error.
        settings: Of the rules.
        words: Synonyms and themes.
        history: What git knows of the data.
        diagnostics: Every finding that no note in the data accepts, in reading order.
    """

    members: tuple[DepartmentAnalysis, ...]
    settings: CheckSettings
    words: Words
    history: GitHistory
    diagnostics: tuple[Diagnostic, ...]

    @property
    def departments(self) -> tuple[compare.ComparedDepartment, ...]:
        """All departments, compared."""
        return tuple(member.department() for member in self.members)

    @property
    def dataset(self) -> Dataset:
        """All of the data."""
        departments = tuple(department.data for department in self.departments)
        return Dataset(departments, self.settings, self.history, words=self.words)

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The outlines of all departments."""
        return tuple(member.outline for member in self.members)


class _Context(Struct, frozen=True, dict=True):  # caches one key
    """What a department is examined with.

    Attributes:
        data: The data folder.
        settings: Of the rules; None where they cannot be read: the rules are not asked then,
            because they might find what was switched off.
        names: Those of all departments.
        broken: Files and folders that could not even be opened, relative to the data folder.
        cache: Holds results of earlier runs.
        successions: Which departments each of them succeeded, and which succeeded it.
        forms: The forms of the data folder, by id.
        themes: What projects may be about.
    """

    data: Path
    settings: CheckSettings | None
    names: Names
    broken: frozenset[str]
    cache: Cache
    successions: Mapping[str, tuple[DepartmentSuccession, ...]]
    forms: Mapping[str, Record]
    themes: tuple[Theme, ...]

    def entry(self, places: Sequence[reading.FilePlace]) -> CacheEntry:
        """The place of the examination of these files in the cache."""
        return self.cache.entry("analysis", self._inputs(places))

    @cached_property
    def forms_key(self) -> str:
        """The forms as text: which of them a department names is known once it is read."""
        return repr(sorted(self.forms.items()))

    def _inputs(self, places: Sequence[reading.FilePlace]) -> Iterator[str | bytes]:
        """Everything that the examination of these files depends on."""
        yield self.data.resolve().name
        folders = sorted({place.department for place in places})
        successions = [self.successions.get(folder, ()) for folder in folders]
        yield repr((self.settings, self.names.all(), sorted(self.broken), successions, self.themes))
        yield self.forms_key
        for place in places:
            yield place.path
            yield _content(place)


class _Examination(Struct, frozen=True):
    """The result of examining departments; they themselves are left out where they are cached."""

    outlines: tuple[Outline, ...]
    departments: tuple[compare.ComparedDepartment, ...]
    diagnostics: tuple[Diagnostic, ...]
    codes: frozenset[tuple[str, str]]
    claims: frozenset[str]

    def members(self, context: _Context, unit: _Unit) -> Iterator[DepartmentAnalysis]:
        """The departments in it; they are examined again if the cache has lost them."""
        entry, places = unit
        for number, found in enumerate(self.outlines):
            if self.departments:
                give = partial(_itself, self.departments[number])
            else:
                give = partial(_load, context, entry, places, number)
            own = entry if len(self.outlines) == 1 else context.cache.entry(found.id, (entry,))
            yield DepartmentAnalysis(found, own, give)


class _Examinations:
    """Those of the last run and of this one, by key: a preview asks for the same again."""

    def __init__(self) -> None:
        self._last: dict[str, _Examination] = {}
        self._now: dict[str, _Examination] = {}

    def begin(self) -> None:
        """Begin a run: what the last one did not need is forgotten."""
        self._last, self._now = self._now, {}

    def get(self, entry: CacheEntry) -> _Examination | None:
        """What is known of an entry, or stored there."""
        known = self._last.get(entry.key)
        return known if known and entry.mark() else entry.get(_Examination)

    def keep(self, entry: CacheEntry, part: _Examination) -> None:
        """Know it in the next run, but for departments, which would fill the memory."""
        if entry and not part.departments:
            self._now[entry.key] = part


_examinations = _Examinations()


def analysed(data: Path, jobs: int = 1, cache: Cache = NO_CACHE) -> Analysis:
    """The data, compared, with all findings: those of reading, and those of the rules.

    Args:
        data: The data folder.
        jobs: How many processes share the work.
        cache: Holds results of earlier runs.
    """
    # Git is a program of its own and works meanwhile. The thread that waits for it is gone before
    # processes are forked.
    with ThreadPoolExecutor(1) as aside:
        history = aside.submit(reading.history, data)
        places, findings = reading.discover(data)
        own = reading.read_files(data, [place for place in places if not place.department])
        own_files = [one for one in places if one.kind == "department/1"]
        heads = reading.read_files(data, own_files)
        known = [one.department for one in heads.dataset.departments]
        context = _context(data, cache, findings, own, known)
        units: list[_Unit] = [(context.entry(group), group) for group in _by_department(places)]
    parts, units = _all_examined(context, units, 1 if len(places) < MIN_SHARED else jobs)
    of_settings = checks.examine_settings(context.settings) if context.settings else ()
    of_successions = compare.succession_findings(heads.dataset.departments, _folders(places))
    members = (part.members(context, unit) for part, unit in zip(parts, units, strict=True))
    return Analysis(
        members=tuple(sorted(chain.from_iterable(members), key=lambda one: one.outline.id)),
        settings=own.dataset.settings,
        words=own.dataset.words,
        history=history.result(),
        diagnostics=in_reading_order(
            chain(
                findings,
                own.diagnostics,
                reading.locate(data, of_settings, own.files),
                reading.locate(data, of_successions, heads.files),
                *(part.diagnostics for part in parts),
            )
        ),
    )


def _context(
    data: Path,
    cache: Cache,
    findings: Sequence[Diagnostic],
    own: reading.ReadResult,
    known: Sequence[Department],
) -> _Context:
    """What departments are examined with, by the files that are of no one of them."""
    broken = _broken([*findings, *own.diagnostics])
    return _Context(
        data=data,
        settings=None if SETTINGS_FILE in broken else own.dataset.settings,
        names=Names(known),
        broken=_broken(findings),
        cache=cache,
        successions=department_successions(known),
        forms=own.dataset.forms,
        themes=own.dataset.words.themes,
    )


def _by_department(places: Sequence[reading.FilePlace]) -> list[list[reading.FilePlace]]:
    """The files of each department."""
    shared = [place for place in places if place.department]
    return [list(group) for _, group in groupby(shared, key=lambda place: place.department)]


def _folders(places: Sequence[reading.FilePlace]) -> Mapping[str, set[int]]:
    """The folders of departments, each with the years that it has."""
    found: dict[str, set[int]] = {one.department: set() for one in places if one.department}
    for one in places:
        if one.year and one.year.isdecimal():
            found[one.department].add(int(one.year))
    return found


def _all_examined(
    context: _Context, units: list[_Unit], jobs: int
) -> tuple[list[_Examination], list[_Unit]]:
    """Every department examined: alone, or together with those that it cannot be judged without."""
    _examinations.begin()
    parts = _examine_all(context, units, jobs)
    parts, units = _examined_together(context, parts, units, jobs)
    if _share_a_code(parts):  # reading all of them together tells which file is wrong
        every = [place for _, places in units for place in places]
        return [_examined(context, every)], [(UNKNOWN, every)]
    return parts, units


def _examine_all(context: _Context, units: Sequence[_Unit], jobs: int) -> list[_Examination]:
    """Read, compare and judge the files of each department, unless that was done before."""
    found = [_examinations.get(entry) for entry, _ in units]
    missing = [unit for unit, part in zip(units, found, strict=True) if not part]
    made = local_workers.each(partial(_examine, context), missing, jobs)
    parts = [part or next(made) for part in found]
    for (entry, _), part in zip(units, parts, strict=True):
        _examinations.keep(entry, part)
    return parts


def _examined_together(
    context: _Context, parts: list[_Examination], units: list[_Unit], jobs: int
) -> tuple[list[_Examination], list[_Unit]]:
    """The same, but departments whose projects carry on each other's are examined as one unit."""
    groups = [list(places) for _, places in units]
    joined = connected(groups, [part.claims for part in parts])
    if len(joined) == len(groups):
        return parts, units
    pairs = zip(parts, units, strict=True)
    alone = {id(one): pair for one, pair in zip(groups, pairs, strict=True)}
    again: list[_Unit] = [(context.entry(one), one) for one in joined if id(one) not in alone]
    made = iter(zip(_examine_all(context, again, jobs), again, strict=True))
    both = [alone.get(id(one)) or next(made) for one in joined]
    return [part for part, _ in both], [unit for _, unit in both]


def _examine(context: _Context, unit: _Unit) -> _Examination:
    entry, places = unit
    part = _examined(context, places)
    if not entry or context.entry(places) != entry:  # a file was written in the meantime
        return part
    if not entry.part(_DEPARTMENTS).put(part.departments):
        return part
    light = replace(part, departments=())
    entry.put(light)
    return light


def _load(
    context: _Context, entry: CacheEntry, places: Sequence[reading.FilePlace], number: int
) -> compare.ComparedDepartment:
    """A department from the cache, or examined again."""
    found: tuple[compare.ComparedDepartment, ...] | None = entry.part(_DEPARTMENTS).get(tuple)
    return (found or _examined(context, places).departments)[number]


def _itself(department: compare.ComparedDepartment) -> compare.ComparedDepartment:
    return department


def _examined(context: _Context, places: Sequence[reading.FilePlace]) -> _Examination:
    read = reading.read_files(context.data, places, context.forms)
    departments = tuple(
        replace(one, successions=context.successions.get(one.data.department.id, ()))
        for one in compare.compared_together(read.dataset.departments)
    )
    broken = context.broken | _broken(read.diagnostics)
    remarks = [
        remark
        for department in departments
        if context.settings
        for remark in checks.examine(department, context.settings, context.names, broken)
    ]
    located = reading.locate(context.data, remarks, read.files)
    findings = in_reading_order([*read.diagnostics, *located])
    claims = frozenset(claim for one in departments for claim in compare.claims_outside(one.data))
    outlines = tuple(outline(one, context.themes) for one in departments)
    return _Examination(outlines, departments, findings, read.codes, claims)


def _content(place: reading.FilePlace) -> bytes:
    """What a file holds, or why it cannot be read; of one that is too large enough to say so."""
    try:
        return reading.content(place)
    except OSError as error:
        return b"\0" + repr(error).encode()


def _broken(findings: Sequence[Diagnostic]) -> frozenset[str]:
    """What has an error, relative to the data folder."""
    errors = (found.span.path for found in findings if found.severity is Severity.ERROR)
    return frozenset(path.partition("/")[2] for path in errors)


def _share_a_code(parts: Sequence[_Examination]) -> bool:
    """Whether two departments use one project code in the same year."""
    used = Counter(chain.from_iterable(part.codes for part in parts))
    return any(times > 1 for times in used.values())
