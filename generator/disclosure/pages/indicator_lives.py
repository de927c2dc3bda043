"""Every indicator of an undertaking through the years: promised, changed, evaluated, delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.compare import (
    ComparedDepartment,
    JoinedResult,
    Life,
    Member,
    ProjectChange,
    SuccessionKind,
    TargetCourse,
    TargetOutcome,
    TargetState,
    joined_results,
    pairs,
    plain_name,
    target_courses,
)
from disclosure.model import target
from disclosure.model.target_table import Indicator, IndicatorResult
from disclosure.model.whitespace import squeezed
from disclosure.pages.addresses import project_address
from disclosure.pages.change_wording import State, state
from disclosure.pages.formatting import marked_name
from disclosure.pages.versions import version_label
from disclosure.pages.view import Link

#: In years when a project was called off or came back its indicators are no promise to be compared.
CALLED_OFF = {SuccessionKind.WITHDRAWN, SuccessionKind.RESUMED}
DROPPED = "（取消了这项指标）"
_ONE_NUMBER = {target.Kind.NUMBER, target.Kind.ABOUT}


class LifeStep(Struct, frozen=True):
    """What a version said of an indicator: which version, from when, by which document, what."""

    label: str
    date: str
    document: str
    target: str


class ChartPoint(Struct, frozen=True):
    """A year of an indicator as its picture has it, all in one unit; "" for what has no number."""

    target: str = ""
    actual: str = ""


class IndicatorYear(Struct, frozen=True):
    """An indicator in one project of one year.

    Attributes:
        year: To the project of that year.
        project: The project, where it was not the page's own but one that this came from or
            became; "" otherwise.
        name: What the indicator was called then, where that was another name.
        steps: As first published, and as it was changed.
        state: How it compares with the year before; None where it does not.
        actual: As printed; "" without an evaluation.
        outcome: What became of it; None without an actual value.
        why: Why it was not met; "" where it was.
        first: What became of it by what was first published, where that was another.
        stated: The target as the evaluation states it, where that is not the one in force.
        deviation: Why it is not what was promised, as the evaluation says.
        points: What the picture shows.
    """

    year: Link
    project: str
    name: str
    steps: tuple[LifeStep, ...]
    state: State | None
    actual: str
    outcome: TargetOutcome | None
    why: str
    first: str
    stated: str
    deviation: str
    points: ChartPoint = field(default_factory=ChartPoint)


class IndicatorLife(Struct, frozen=True):
    """An indicator under its newest name, oldest year first; `anchor` names its table.

    Attributes:
        title: Its name, with its years where another one of the page has the same name.
    """

    anchor: str
    level1: str
    name: str
    years: tuple[IndicatorYear, ...]
    title: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether there are numbers of several years, so that a picture can show them."""
        return sum(bool(year.points.target) for year in self.years) > 1


class _Found(Struct):
    """An indicator in a member of a life, before it is worded."""

    member: Member
    course: TargetCourse
    state: State | None
    evaluated: JoinedResult | None

    @property
    def row(self) -> Indicator:
        """The indicator as it is in force, or was before it was dropped."""
        return self.course.row


def indicator_lives(department: ComparedDepartment, life: Life) -> tuple[IndicatorLife, ...]:
    """The indicators that the project itself has or had, those of its newest year first."""
    own = {id(member.project) for member in life.members}
    lines = [
        line
        for line in _lines(department, life.everyone)
        if any(id(found.member.project) in own for found in line)
    ]
    lines.sort(key=lambda line: -max(one.member.year.year for one in line if _is_in(one, own)))
    lives = [
        _worded(department, f"indicator-{number}", line, own)
        for number, line in enumerate(lines, start=1)
    ]
    named = Counter(each.name for each in lives)
    return tuple(replace(each, title=_title(each, named)) for each in lives)


def _title(life: IndicatorLife, named: Counter[str]) -> str:
    years = dict.fromkeys(year.year.text for year in life.years)
    return f"{life.name}（{'、'.join(years)}）" if named[life.name] > 1 else life.name


def project_indicators(department: ComparedDepartment, member: Member) -> tuple[IndicatorYear, ...]:
    """The indicators of one project in one year, each under its own name."""
    every = target_courses(member.project)
    results = _results(member, every)
    found = (_Found(member, course, None, results.get(id(course.row))) for course in every)
    return tuple(
        replace(_year(department, one, one.row, own=True), name=one.row.name) for one in found
    )


def _is_in(found: _Found, own: set[int]) -> bool:
    return id(found.member.project) in own


def _lines(department: ComparedDepartment, members: Sequence[Member]) -> Iterator[list[_Found]]:
    """The indicators of all members, each with what it continues, in the order in which they began.

    A row that a version dropped within its year stands in the line of its name, if that has nothing
    else of the project.
    """
    lines: list[list[_Found]] = []
    line_of: dict[int, list[_Found]] = {}
    for member in members:
        continued = _continued(department, member)
        every = target_courses(member.project)
        results = _results(member, every)
        for course in every:
            row = course.row
            before, changed = continued.get(id(row), (None, None))
            line = line_of.get(id(before)) if before else None
            if course.is_dropped:
                line = _named(lines, row, member)
            if line is None:
                line = []
                lines.append(line)
            line.append(_Found(member, course, changed, results.get(id(row))))
            line_of[id(row)] = line
    yield from lines


def _named(lines: Iterable[list[_Found]], row: Indicator, member: Member) -> list[_Found] | None:
    """The line of a name that has nothing of the member yet."""
    name = plain_name(row)
    return next(
        (
            line
            for line in lines
            if plain_name(line[-1].row) == name
            and all(found.member.project is not member.project for found in line)
        ),
        None,
    )


def _continued(
    department: ComparedDepartment, member: Member
) -> dict[int, tuple[Indicator | None, State | None]]:
    """For the indicators of a project, what they were the year before, and how they changed."""
    change = department.home(member).change_to(member.year.year, member.project.current.id)
    if change is None:
        return {}
    if change.succession.kind in CALLED_OFF:  # still the same indicators, and nothing compared
        return _same_rows(change, member)
    return {id(item.new): (item.old, state(item)) for item in change.indicators if item.new}


def _same_rows(
    change: ProjectChange, member: Member
) -> dict[int, tuple[Indicator | None, State | None]]:
    old = [row for project in change.succession.old for row in project.current.indicators]
    found = pairs(old, member.project.current.indicators)
    return {id(pair.new): (pair.old, None) for pair in found if pair.new}


def _results(member: Member, every: Iterable[TargetCourse]) -> dict[int, JoinedResult]:
    """What was delivered, by the row of the table in force, or the dropped one of the name."""
    table = member.project.current.indicators
    dropped = {course.row.level3: course.row for course in every if course.is_dropped}
    found: dict[int, JoinedResult] = {}
    for item in joined_results(member.project, member.year.year):
        row = dropped.get(item.row.level3) if item.position is None else table[item.position]
        if row is not None:
            found[id(row)] = item
    return found


def _worded(
    department: ComparedDepartment, anchor: str, line: Sequence[_Found], own: set[int]
) -> IndicatorLife:
    newest = next(found.row for found in reversed(line) if _is_in(found, own))
    points = _points([found for found in line if _is_in(found, own)])
    years = (
        replace(
            _year(department, found, newest, own=_is_in(found, own)),
            points=points.get(id(found), ChartPoint()),
        )
        for found in line
    )
    return IndicatorLife(anchor, newest.level1 or "", newest.name, tuple(years))


def _year(
    department: ComparedDepartment, found: _Found, newest: Indicator, *, own: bool
) -> IndicatorYear:
    member, item = found.member, found.evaluated
    outcome = item.outcome if item else None
    data = department.home(member).data
    return IndicatorYear(
        year=Link(f"{member.year.year}年", project_address(data, member.year, member.project)),
        project="" if own else marked_name(member.project),
        name=found.row.name if found.row.name != newest.name else "",
        steps=tuple(steps(found.course.states)),
        state=found.state,
        actual=(item.row.actual or "") if item else "",
        outcome=outcome,
        why=outcome.reason if outcome and outcome.key != target.Outcome.MET else "",
        first=item.first.reason if item and item.first else "",
        stated=stated(item.row, found.row) if item else "",
        deviation=(item.row.deviation or "") if item else "",
    )


def stated(row: IndicatorResult, promised: Indicator | None) -> str:
    """The target that an evaluation prints, if it is not the one that it is about; "" otherwise."""
    printed = row.target or ""
    known = (promised.target or "") if promised else ""
    return "" if squeezed(printed) == squeezed(known) else printed


def steps(course: Iterable[TargetState]) -> Iterator[LifeStep]:
    """What the versions of a year said of an indicator, worded."""
    for one in course:
        change = one.version.adjustment
        yield LifeStep(
            label=version_label(one.version),
            date=change.date.isoformat() if change else "",
            document=(change.document or "") if change else "",
            target=(one.row.target or "") if one.row else DROPPED,
        )


def _points(line: Sequence[_Found]) -> dict[int, ChartPoint]:
    """What a picture of the line shows, in the unit in which most of it can be said.

    Only one project a year has a point, and none that was called off.
    """
    times = Counter(found.member.year.year for found in line)
    shown = [
        (found, _read(found.row.target, found))
        for found in line
        if times[found.member.year.year] == 1
        and not found.member.project.withdrawn
        and not found.course.is_dropped
    ]
    numbers = [read for _, read in shown if read.kind in _ONE_NUMBER]
    if len(numbers) < 2:
        return {}
    units = Counter(read.unit for read in numbers)
    scales = {read.unit: read for read in numbers}
    tried = [
        {id(found): _point(found, read, scales[unit]) for found, read in shown}
        for unit, _ in units.most_common()
    ]
    return max(tried, key=_count)


def _count(points: Mapping[int, ChartPoint]) -> int:
    return sum(bool(point.target) for point in points.values())


def _point(found: _Found, read: target.Target, scale: target.Target) -> ChartPoint:
    actual = found.evaluated.row.actual if found.evaluated else None
    return ChartPoint(
        target=target.in_unit_of(read, scale),
        actual=target.in_unit_of(_read(actual, found), scale) if actual else "",
    )


def _read(printed: str | None, found: _Found) -> target.Target:
    return target.parse(printed, found.member.year.year)
