"""What was published and when: the page of changes, and the newest few.

When something was published is what the data says. When it was entered here, and by which
commit, is what git says; both stand side by side. A publication without a date in the data is
listed under its year and gets no invented one: the day of entry is only ever named as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import ClassVar, Protocol

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare.code_lists import ADJUSTMENT_KINDS
from disclosure.model.dataset import DepartmentData, DepartmentYear, GitHistory, ProjectYear
from disclosure.model.evaluations import DepartmentEvaluation
from disclosure.pages.addresses import HOME, department_address, project_address, year_address
from disclosure.pages.versions import version_name
from disclosure.pages.view import ALL_DATA, Link, View

CHANGES = Link("公开动态", "changes/")
FEED_FILE = "feed.xml"
FEED = Link(CHANGES.text, CHANGES.address + FEED_FILE)

#: How many of the newest events the page shows, in less than 500 KB; all of a city are megabytes.
MAX_EVENTS = 700


class Event(Struct, frozen=True):
    """One publication.

    Attributes:
        kind: `disclosure`, `results`, or the kind of an adjustment.
        label: The kind in Chinese.
        date: As `2024-02-20`; "" where the data has none.
        budget_year: Whose targets or results it is about.
        department: Who published.
        title: The whole event in one line.
        link: The page that shows what was published.
        tag: Names the event for good, whatever the site's address (a tag URI, RFC 4151).
        before: The version that it replaced, or None.
        details: What else the data says of it: why, by which document.
        files: The data files that tell of it.
        entered: When and by which commit those came in; "" where git does not know.
        project: The id of the project that it is about; "" where it is about more than one.
    """

    kind: str
    label: str
    date: str
    budget_year: int
    department: str
    title: str
    link: Link
    tag: str
    before: Link | None = None
    details: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    entered: str = ""
    project: str = ""

    @property
    def year(self) -> int:
        """The year it is listed under: that of the date, else the budget year."""
        return int(self.date[:4]) if self.date else self.budget_year


class EventYear(Struct, frozen=True):
    """The events of one year, newest first, those without a date last."""

    title: str
    events: tuple[Event, ...]


class ChangesView(View, frozen=True, kw_only=True):
    """What was published, newest first.

    Attributes:
        years: The events by year.
        more: How many older ones are not shown; each is on the page of what was published.
    """

    kind: ClassVar[str] = "changes"
    years: tuple[EventYear, ...]
    more: int


def changes_view(events: Sequence[Event]) -> ChangesView:
    """The page of the newest events."""
    shown = events[:MAX_EVENTS]
    years = sorted({event.year for event in shown}, reverse=True)
    return ChangesView(
        address=CHANGES.address,
        title=CHANGES.text,
        description="各部门什么时候公开、调整、更正、撤销了什么，什么时候公开了自评结果。",
        crumbs=(HOME,),
        data_paths=ALL_DATA,
        years=tuple(
            EventYear(f"{year}年", tuple(event for event in shown if event.year == year))
            for year in years
        ),
        more=len(events) - len(shown),
        feeds=(FEED,) if has_feed(events) else (),
    )


class Dated(Protocol):
    """Something that was published; `date` is "" where the data has none."""

    @property
    def date(self) -> str:
        """ISO."""


def has_feed(events: Iterable[Dated]) -> bool:
    """Whether something has a date: an entry of a feed must have one."""
    return any(event.date for event in events)


def department_feed(data: DepartmentData) -> Link | None:
    """To the feed of a department; None when nothing that it published has a date."""
    address = department_address(data) + FEED_FILE
    name = f"{data.department.name}{CHANGES.text}"
    return Link(name, address) if has_feed(events(data)) else None


def in_order(found: Iterable[Event], history: GitHistory) -> tuple[Event, ...]:
    """Events of any departments, newest first, those without a date last; with their entry."""
    known = (replace(event, entered=_entered(history, event.files)) for event in found)
    return tuple(sorted(known, key=lambda event: event.date, reverse=True))


def events(data: DepartmentData) -> Iterator[Event]:
    """The events of a department, year by year."""
    for year in data.years:
        yield _disclosed(data, year)
        for project in year.projects:
            for position in range(1, len(project.versions)):
                yield _adjusted(data, year, project, position)
        evaluated = (project for project in year.projects if project.result)
        for day, projects in groupby(sorted(evaluated, key=_result_date), key=_result_date):
            yield _evaluated(data, year, day, tuple(projects))
        if year.result is not None and year.result_path is not None:
            yield _department_evaluated(data, year, year.result, year.result_path)


def _disclosed(data: DepartmentData, year: DepartmentYear) -> Event:
    name, source = year.department.name, year.disclosure.source
    document = source.title or source.file if source else None
    return Event(
        kind="disclosure",
        label="目标公开",
        date=_iso(year.disclosure.published),
        budget_year=year.year,
        department=name,
        title=f"{name}公开{year.year}年绩效目标（{len(year.projects)}个项目）",
        link=Link(f"{year.year}年公开", year_address(data, year)),
        tag=tag(data, year, "disclosure"),
        files=(year.path,),
        details=(f"公开文件：{document}",) if document else (),
    )


def _adjusted(
    data: DepartmentData, year: DepartmentYear, project: ProjectYear, position: int
) -> Event:
    """What brought the version at `position`, which is not the first."""
    name, shown = year.department.name, project.versions[position].project
    adjustment = shown.adjustment
    assert adjustment is not None, "reading lets only the first version be without one"
    label, day = ADJUSTMENT_KINDS[adjustment.kind], _iso(adjustment.date)
    details = [f"原因：{adjustment.reason}"]
    if adjustment.document:
        details.append(f"文号：{adjustment.document}")
    return Event(
        kind=adjustment.kind,
        label=label,
        date=day,
        budget_year=year.year,
        department=name,
        title=f"{name}{year.year}年项目{label}：{shown.name}",
        link=Link(shown.name, _version_address(data, year, project, position)),
        tag=tag(data, year, f"{shown.id}@{day}"),
        files=(project.versions[position].path,),
        before=Link("改动前的版本", _version_address(data, year, project, position - 1)),
        details=tuple(details),
        project=shown.id,
    )


def _version_address(
    data: DepartmentData, year: DepartmentYear, project: ProjectYear, position: int
) -> str:
    address, shown = project_address(data, year, project), project.versions[position].project
    return address if shown is project.current else f"{address}{version_name(shown)}/"


def _evaluated(
    data: DepartmentData, year: DepartmentYear, day: str, projects: tuple[ProjectYear, ...]
) -> Event:
    """Self-evaluations that were published together; one alone leads to its project."""
    name = year.department.name
    if len(projects) == 1:
        only = projects[0].current
        what, link = f"：{only.name}", Link(only.name, project_address(data, year, projects[0]))
    else:
        only = None
        what = f"（{len(projects)}个项目）"
        link = Link(f"{year.year}年公开", year_address(data, year))
    return Event(
        kind="results",
        label="自评公开",
        date=day,
        budget_year=year.year,
        department=name,
        title=f"{name}公开{year.year}年绩效自评{what}",
        link=link,
        tag=tag(data, year, f"results@{day}"),
        files=tuple(project.result_path or "" for project in projects),
        project=only.id if only else "",
    )


def _department_evaluated(
    data: DepartmentData, year: DepartmentYear, result: DepartmentEvaluation, path: str
) -> Event:
    """The self-evaluation of the whole department."""
    name = year.department.name
    return Event(
        kind="results",
        label="自评公开",
        date=_iso(result.published),
        budget_year=year.year,
        department=name,
        title=f"{name}公开{year.year}年部门整体绩效自评",
        link=Link(f"{year.year}年公开", year_address(data, year)),
        tag=tag(data, year, "department-result"),
        files=(path,),
    )


def _entered(history: GitHistory, paths: Sequence[str]) -> str:
    """When the last of some files came in, and by which commit; "" unless git knows them all."""
    commits = [history.first[path] for path in paths if path in history.first]
    if len(commits) < len(paths):
        return ""
    last = min(commits, key=lambda commit: commit.age)
    return f"本站录入日期：{last.day}（提交 {last.short}）"


def _result_date(project: ProjectYear) -> str:
    return _iso(project.result.published) if project.result else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def tag(data: DepartmentData, year: DepartmentYear, name: str) -> str:
    """Names for good what a department published about a year (a tag URI, RFC 4151)."""
    return f"tag:{data.department.id},{year.year}:{name}"
