"""The history page of a project: what happened to it, its money, and each of its indicators.

Through renames, splits, mergers, departments and versions, with what it came from and became.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct

from disclosure.compare import (
    Chain,
    ComparedDepartment,
    Life,
    Member,
    ProjectChange,
    SuccessionGraph,
    SuccessionKind,
)
from disclosure.compare.code_lists import SUCCESSION_KINDS
from disclosure.config.settings import Settings
from disclosure.model.dataset import DepartmentYear, ProjectYear
from disclosure.pages.addresses import (
    HOME,
    compare_address,
    data_links,
    department_address,
    file_beside,
    full_address,
    history_address,
    pdf_link,
    project_address,
)
from disclosure.pages.change_wording import evidence
from disclosure.pages.comparison import MoneyLine, money_line
from disclosure.pages.events import CHANGES, FEED_FILE, has_feed
from disclosure.pages.formatting import exact, marked_name, money
from disclosure.pages.in_force import BudgetCell, budget_cell
from disclosure.pages.indicator_lives import (
    CALLED_OFF,
    IndicatorLife,
    IndicatorYear,
    indicator_lives,
    project_indicators,
)
from disclosure.pages.life_events import HEIR, SOURCE, LifeEvent, life_events
from disclosure.pages.provenance import project_files
from disclosure.pages.results import execution
from disclosure.pages.transfers import project_links, transferred
from disclosure.pages.view import Extract, Facets, Link, View


class Relative(Struct, frozen=True):
    """Another project that this one came from or went into, and what happened.

    `transferred` says all of it where other departments are concerned; "" otherwise.
    """

    kind: str
    transferred: str
    basis: str
    links: tuple[Link, ...]


class YearLine(Struct, frozen=True):
    """The project in one year; money in 万元.

    `change` compares with the year before and is None in the first; `spent` and `execution`
    come from the self-evaluation and are "" without one; `department` is None where it is the
    page's own.
    """

    link: Link
    department: Link | None
    name: str
    code: str
    budget: BudgetCell
    change: MoneyLine | None
    compare: Link | None
    spent: str
    execution: str
    score: str
    origin: Relative | None
    successor: Relative | None


class RelativeLine(Struct, frozen=True):
    """A project that this one came from or became, in one year; money in 万元, as printed.

    `history` leads to its own life; `relation` says which way it stands to this one.
    """

    link: Link
    history: Link
    department: str
    name: str
    code: str
    relation: str
    how: str
    budget: BudgetCell
    spent: str
    execution: str
    score: str


class RelativeTargets(Struct, frozen=True):
    """The indicators of a project that was directly before or after this one."""

    title: str
    rows: tuple[IndicatorYear, ...]


class HistoryView(View, frozen=True, kw_only=True):
    """A project through the years: lines newest first, everything else oldest first.

    Attributes:
        department: Whose it is, or was.
        summary: How much there is to tell, in one line.
        events: What was published, in order of time.
        years: The project itself, year by year.
        relatives: The money of what it came from and became.
        indicators: Its indicators; none where the page is short.
        relatives_targets: The indicators of those directly before and after it.
        is_short: Nothing was published but one year's table, so that there is nothing to compare.
        csv: The whole of it as a table.
        pdf: The whole of it as a document; None where the site is built without them.
        feed: What was published of it, as an Atom feed; None where nothing has a date.
        path: Its newest data file.
        full_address: As it is cited.
    """

    kind: ClassVar[str] = "history"
    department: Link
    summary: str
    events: tuple[LifeEvent, ...]
    years: tuple[YearLine, ...]
    relatives: tuple[RelativeLine, ...]
    indicators: tuple[IndicatorLife, ...]
    relatives_targets: tuple[RelativeTargets, ...]
    is_short: bool
    csv: Link
    pdf: Link | None
    feed: Link | None
    path: str
    full_address: str

    @property
    def withdrawn(self) -> bool:
        """Whether the project was called off in its newest year: it has no money to draw."""
        return self.years[0].budget.withdrawn


def history_views(department: ComparedDepartment, settings: Settings) -> Iterator[HistoryView]:
    """One page for every project the department has had."""
    graph = SuccessionGraph(department)
    for chain in department.chains:
        yield _view(department, chain, graph.life(chain), settings)


def _view(
    department: ComparedDepartment, chain: Chain, life: Life, settings: Settings
) -> HistoryView:
    data, members = department.data, chain.whole
    who = Link(data.department.name, department_address(data))
    newest = chain.members[-1].project
    address = history_address(data, chain.first_id)
    events = life_events(department, life)
    is_short = len(events) == 1
    # With a single year the page only repeats the project's own page: no second hit for it.
    is_found = len(life.everyone) > 1
    return HistoryView(
        address=address,
        title=f"{newest.current.name}：历年情况",
        description=f"{who.text}历年预算和绩效目标：{newest.current.name}。",
        crumbs=(HOME, who),
        facets=Facets("历年", department=who.text, chain=address) if is_found else None,
        data_paths=(
            data.path,
            *(path for member in life.everyone for path in project_files(member.project)),
        ),
        extract=_extract(department, chain, address),
        department=who,
        summary=_summary(department, life, events),
        events=events,
        years=tuple(_year(department, members, index) for index in reversed(range(len(members)))),
        relatives=tuple(_relatives(department, life)),
        indicators=() if is_short else indicator_lives(department, life),
        relatives_targets=tuple(_targets(department, life)),
        is_short=is_short,
        csv=Link("CSV", file_beside(address, "history.csv")),
        pdf=None if is_short else pdf_link(address, settings),
        feed=_feed(newest.current.name, address, events),
        path=newest.versions[-1].path,
        full_address=full_address(address, settings),
    )


def _extract(department: ComparedDepartment, chain: Chain, address: str) -> Extract:
    """The rows of the open data that belong to a project through its years."""
    return Extract(
        "indicators",
        data_links(address),
        department.data.department.id,
        code=chain.first_id,
        elsewhere=tuple(_elsewhere(department, chain)),
    )


def _feed(name: str, address: str, events: Sequence[LifeEvent]) -> Link | None:
    return Link(f"{name}{CHANGES.text}", address + FEED_FILE) if has_feed(events) else None


def _summary(department: ComparedDepartment, life: Life, events: Sequence[LifeEvent]) -> str:
    """`2022年至2025年，4个年度，公开后改动2次，自评3份，来源项目2个。`."""
    years = sorted({event.year for event in events if event.is_own})
    evaluated = sum(member.project.result is not None for member in life.members)
    changed = sum(len(member.project.versions) - 1 for member in life.members)
    span = f"{years[0]}年至{years[-1]}年，{len(years)}个年度" if len(years) > 1 else f"{years[0]}年"
    facts = (
        span,
        f"公开后改动{changed}次" if changed else "公开后没有改动",
        f"自评{evaluated}份" if evaluated else "还没有公开自评",
        *(
            f"{relation}{_number(department, members)}个"
            for relation, members in ((SOURCE, life.sources), (HEIR, life.heirs))
            if members
        ),
    )
    return "，".join(facts) + "。"


def _number(department: ComparedDepartment, members: Sequence[Member]) -> int:
    """How many projects, whatever the number of their years."""
    homes = ((department.home(member), _key(member)) for member in members)
    return len({(home.data.department.id, home.chain_of(*key).first_id) for home, key in homes})


def _relatives(department: ComparedDepartment, life: Life) -> Iterator[RelativeLine]:
    for relation, members in ((SOURCE, life.sources), (HEIR, life.heirs)):
        for member in members:
            yield _relative_line(department, member, relation)


def _relative_line(department: ComparedDepartment, member: Member, relation: str) -> RelativeLine:
    home, project = department.home(member), member.project
    data, result = home.data, project.result
    chain = home.chain_of(*_key(member))
    onward = _successor(home, member) if relation == SOURCE else _origin(home, member)
    return RelativeLine(
        link=Link(f"{member.year.year}年", project_address(data, member.year, project)),
        history=Link("历年情况", history_address(data, chain.first_id)),
        department=member.year.department.name if member.department else "",
        name=marked_name(project),
        code=project.current.code or "",
        relation=relation,
        how=_how(onward, member.year.year, relation),
        budget=budget_cell(project),
        spent=money(result.spent) if result else "",
        execution=execution(result),
        score=exact(result.score) if result else "",
    )


def _how(onward: Relative | None, year: int, relation: str) -> str:
    """When and how a relative went over into the project, or came out of it."""
    if onward is None:
        return ""
    when = "次年" if relation == SOURCE else f"{year}年"
    return f"{when}{onward.transferred or onward.kind}（{onward.basis}）"


def _targets(department: ComparedDepartment, life: Life) -> Iterator[RelativeTargets]:
    """The indicators of the projects directly before and after."""
    for member in (*life.sources, *life.heirs):
        rows = project_indicators(department, member) if life.is_near(member) else ()
        if rows:
            whose = f"（{member.year.department.name}）" if member.department else ""
            title = f"{member.year.year}年：{marked_name(member.project)}{whose}"
            yield RelativeTargets(title, rows)


def _elsewhere(department: ComparedDepartment, chain: Chain) -> Iterator[tuple[str, str]]:
    """What the project was before it came and after it went, as `Extract` names it."""
    homes = ((department.home(one), one) for one in (*chain.earlier, *chain.later))
    found = (
        (home.data.department.id, home.chain_of(*_key(member)).first_id) for home, member in homes
    )
    yield from dict.fromkeys(found)


def _key(member: Member) -> tuple[int, str]:
    return member.year.year, member.project.current.id


def _year(department: ComparedDepartment, members: Sequence[Member], index: int) -> YearLine:
    member = members[index]
    home = department.home(member)
    data, name = home.data, member.year.department.name
    project, result = member.project.current, member.project.result
    before = members[index - 1] if index else None
    compared = before and _compared_with(home, member)
    return YearLine(
        link=Link(f"{member.year.year}年", project_address(data, member.year, member.project)),
        department=Link(name, department_address(data)) if member.department else None,
        name=marked_name(member.project),
        code=project.code or "",
        budget=budget_cell(member.project),
        change=_budget_change(before, member),
        compare=compared or None,
        spent=money(result.spent) if result else "",
        execution=execution(result),
        score=exact(result.score) if result else "",
        origin=_origin(home, member),
        successor=_successor(home, member),
    )


def _budget_change(before: Member | None, member: Member) -> MoneyLine | None:
    """The budgets of two years; None where one of them has none."""
    old = before.project.current.budget.counted if before else None
    new = member.project.current.budget.counted
    return None if old is None or new is None else money_line(old, new)


def _compared_with(department: ComparedDepartment, member: Member) -> Link | None:
    """The comparison with the year before, if the project was there."""
    change = department.change_to(*_key(member))
    for pair in department.years if change and change.succession.old else ():
        if pair.new.year == member.year.year:
            address = compare_address(department.data, pair.old.year, pair.new.year)
            return Link(f"与{pair.old.year}年比较", address)
    return None


def _origin(department: ComparedDepartment, member: Member) -> Relative | None:
    """Where the project came from, when that is more than the same project a year before."""
    change = department.change_to(*_key(member))
    if change is None or not change.succession.old or change.succession.kind in CALLED_OFF:
        return None
    years = [pair.old for pair in department.years if pair.new.year == member.year.year]
    return _relative(department, change, years[0], change.succession.old)


def _successor(department: ComparedDepartment, member: Member) -> Relative | None:
    """What the project became the year after, when that is more than itself."""
    if gone := department.departure_of(member.project):
        return _relative(department, gone, member.year, gone.succession.new)
    change = department.change_after(member.project)
    if change is None or member.project.withdrawn:
        return None
    years = [pair.new for pair in department.years if pair.old is member.year]
    return _relative(department, change, years[0], change.succession.new) if years else None


def _relative(
    department: ComparedDepartment,
    change: ProjectChange,
    year: DepartmentYear,
    projects: tuple[ProjectYear, ...],
) -> Relative | None:
    succession = change.succession
    if succession.kind is SuccessionKind.CONTINUED and not succession.places:
        return None
    kind, going = SUCCESSION_KINDS[succession.kind], transferred(succession)
    if going and succession.kind is not SuccessionKind.TRANSFERRED:
        going = f"{kind}，{going}"
    return Relative(
        kind,
        going,
        evidence(succession),
        project_links(department.data, year, succession, projects),
    )
