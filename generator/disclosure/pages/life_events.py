"""What happened to an undertaking, in order of time: published, adjusted, spent, evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from disclosure.compare import (
    ComparedDepartment,
    JoinedResult,
    Life,
    Member,
    SuccessionKind,
    TargetCourse,
    joined_results,
    target_courses,
)
from disclosure.compare.code_lists import OUTCOMES, SUCCESSION_KINDS
from disclosure.model.dataset import ProjectVersion
from disclosure.model.target_table import Indicator
from disclosure.pages.addresses import project_address
from disclosure.pages.change_wording import evidence
from disclosure.pages.events import tag
from disclosure.pages.formatting import exact, money
from disclosure.pages.indicator_lives import CALLED_OFF, DROPPED
from disclosure.pages.provenance import project_files
from disclosure.pages.results import execution
from disclosure.pages.transfers import transferred
from disclosure.pages.versions import version_addresses, version_label
from disclosure.pages.view import Link


class Entry(Struct, frozen=True):
    """What an event says of one indicator, as printed; "" what it says nothing of.

    `stated` is the target as the evaluation states it. `outcome` and `reason` are this site's, by
    the target in force; `first` by the first one.
    """

    level1: str
    level2: str
    level3: str
    target: str
    stated: str = ""
    actual: str = ""
    outcome: str = ""
    reason: str = ""
    first: str = ""
    points: str = ""
    score: str = ""
    deviation: str = ""
    improvement: str = ""


class LifeEvent(Struct, frozen=True):
    """Something that happened to a project of the life; money in 万元, as printed.

    Attributes:
        kind: What happened, as `Event.kind` has it.
        tag: Names the event for good, as `Event.tag`.
        date: ISO; "" where the data has none.
        label: What happened, in Chinese.
        link: Where it is published: the project, or a version of it, with the year.
        year: The budget year.
        department: Who published.
        project: The project's id then.
        name: Its name.
        code: Its code.
        relation: Whether it is the page's own project, one it came from, or one it became.
        document: By which document; "" where none is named.
        budget: The budget as the event has it.
        mark: What is said of that amount; "" mostly.
        spent: What was spent; "" for all but evaluations.
        score: The evaluation's points.
        details: What else there is to say, each in one line.
        entries: What it says of the indicators.
        file: The data file that tells of it.
    """

    kind: str
    tag: str
    date: str
    label: str
    link: Link
    year: int
    department: str
    project: str
    name: str
    code: str
    relation: str
    document: str
    budget: str
    mark: str
    spent: str
    score: str
    details: tuple[str, ...]
    entries: tuple[Entry, ...]
    file: str

    @property
    def is_own(self) -> bool:
        """Whether it is about the page's own project."""
        return self.relation == OWN


def life_events(department: ComparedDepartment, life: Life) -> tuple[LifeEvent, ...]:
    """Everything that was published of a life, the oldest first.

    What has no date stands where its year begins, an evaluation where it ends.
    """
    found = [
        event
        for relation, members in (
            (SOURCE, life.sources),
            (OWN, life.members),
            (HEIR, life.heirs),
        )
        for member in members
        for event in _events(department, member, relation)
    ]
    return tuple(sorted(found, key=_time))


def _time(event: LifeEvent) -> str:
    return event.date or f"{event.year}-{'99' if event.label == _EVALUATED else '00'}"


_EVALUATED = "自评公开"
OWN, SOURCE, HEIR = "本项目", "来源项目", "去向项目"


def _events(department: ComparedDepartment, member: Member, relation: str) -> Iterator[LifeEvent]:
    data, project = department.home(member).data, member.project
    current = project_address(data, member.year, project)
    addresses = version_addresses(project, current)
    every = target_courses(project)
    for version, address in zip(project.versions, addresses, strict=True):
        entries = tuple(_stated(every, version))
        yield _published(department, member, version, Link(relation, address), entries)
    if project.result:
        name = tag(data, member.year, f"results/{project.current.id}")
        yield _evaluated(member, Link(relation, current), name)


def _published(
    department: ComparedDepartment,
    member: Member,
    version: ProjectVersion,
    related: Link,
    entries: tuple[Entry, ...],
) -> LifeEvent:
    """What brought a version, and what it says of indicators.

    `related` says which relation the project is, and where it stands.
    """
    shown, change = version.project, version.project.adjustment
    published = change.date if change else member.year.disclosure.published
    sentences = _adjusted(member, version, len(entries)) if change else _origin(department, member)
    own = f"{shown.id}@{change.date}" if change else f"projects/{shown.id}"
    return LifeEvent(
        kind=change.kind if change else "disclosure",
        tag=tag(department.home(member).data, member.year, own),
        date=_iso(published),
        label=version_label(shown),
        link=Link(f"{member.year.year}年度", related.address),
        year=member.year.year,
        department=member.year.department.name,
        project=shown.id,
        name=shown.name,
        code=shown.code or "",
        relation=related.text,
        document=(change.document or "") if change else _source(member),
        budget=money(shown.budget.counted),
        mark="已撤销" if shown.withdrawn else "",
        spent="",
        score="",
        details=tuple(sentences),
        entries=entries,
        file=version.path,
    )


def _source(member: Member) -> str:
    source = member.year.disclosure.source
    return (source.title or source.file or "") if source else ""


def _origin(department: ComparedDepartment, member: Member) -> Iterator[str]:
    """What the project came from, when that is more than itself a year before."""
    code = member.project.current.id
    change = department.home(member).change_to(member.year.year, code)
    if change is None or change.succession.kind in CALLED_OFF:
        return
    succession = change.succession
    codes = {link.old for link in succession.links if link.new == code}
    names = "、".join(f"“{old.current.name}”" for old in succession.old if old.current.id in codes)
    transfer = transferred(succession)
    if not names or (succession.kind is SuccessionKind.CONTINUED and not transfer):
        return
    came = f"承接{names}" if succession.kind is SuccessionKind.CONTINUED else (
        f"由{names}{SUCCESSION_KINDS[succession.kind]}而来"
    )  # fmt: skip
    yield f"{'，'.join(filter(None, (came, transfer)))}（依据：{evidence(succession)}）"


def _adjusted(member: Member, version: ProjectVersion, number: int) -> Iterator[str]:
    """Why a version was published, and how much it changed: of indicators, so many."""
    shown, change = version.project, version.project.adjustment
    if change is not None:
        yield f"原因：{change.reason}"
    before = member.project.versions[member.project.versions.index(version) - 1].project
    old, new = before.budget.counted, shown.budget.counted
    if None not in (old, new) and old != new and not shown.withdrawn:
        yield f"预算数由{money(old)}万元调整为{money(new)}万元"
    if before.name != shown.name:
        yield f"项目名称由“{before.name}”改为“{shown.name}”"
    if number:
        yield f"改动{number}项绩效指标"


def _stated(every: Iterable[TargetCourse], version: ProjectVersion) -> Iterator[Entry]:
    """What a version says of indicators: the first of all, a later one of those that it changed."""
    for course in every:
        for one in course.states:
            if one.version is version.project:
                row = one.row or course.row
                printed = (row.target or "") if one.row else DROPPED
                yield Entry(row.level1 or "", row.level2 or "", row.name, printed)


def _evaluated(member: Member, related: Link, name: str) -> LifeEvent:
    project, result = member.project, member.project.result
    assert result is not None, "only evaluated projects are asked"
    found = joined_results(project, member.year.year)
    judged = Counter(item.outcome.key for item in found if item.outcome)
    counts = "，".join(f"{label}{judged[key]}项" for key, label in OUTCOMES.items() if judged[key])
    rate = execution(result)
    facts = (
        f"执行率{rate}" if rate else "",
        f"自评得分{exact(result.score)}" if result.score is not None else "",
    )
    details = ["，".join(filter(None, facts))] if any(facts) else []
    if counts:
        details.append(f"绩效指标：{counts}")
    details += [f"公开注释：{note.note}" for note in result.notes]
    return LifeEvent(
        kind="results",
        tag=name,
        date=_iso(result.published),
        label=_EVALUATED,
        link=Link(f"{member.year.year}年度", related.address),
        year=member.year.year,
        department=member.year.department.name,
        project=project.current.id,
        name=project.current.name,
        code=project.current.code or "",
        relation=related.text,
        document="",
        budget=money(result.budget),
        mark="全年预算数" if result.budget is not None else "",
        spent=money(result.spent),
        score=exact(result.score),
        details=tuple(details),
        entries=tuple(_entry(item, project.current.indicators) for item in found),
        file=project_files(project)[-1],
    )


def _entry(item: JoinedResult, table: tuple[Indicator, ...]) -> Entry:
    """A row of an evaluation beside the row of the table that it speaks of."""
    row = None if item.position is None else table[item.position]
    outcome = item.outcome
    return Entry(
        level1=(row.level1 if row else item.row.level1) or "",
        level2=(row.level2 if row else item.row.level2) or "",
        level3=item.row.name,
        target=(row.target or "") if row else "",
        stated=item.row.target or "",
        actual=item.row.actual or "",
        outcome=outcome.label if outcome else "",
        reason=outcome.reason if outcome else "",
        first=item.first.reason if item.first else "",
        points=exact(item.row.points),
        score=exact(item.row.score),
        deviation=item.row.deviation or "",
        improvement=item.row.improvement or "",
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
