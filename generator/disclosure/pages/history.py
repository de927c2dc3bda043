"""A project through the years: its money, its names and codes, and its indicators × years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from disclosure.compare import (
    Chain,
    ComparedDepartment,
    Member,
    ProjectChange,
    SuccessionKind,
    pairs,
)
from disclosure.model.dataset import DepartmentYear, ProjectYear
from disclosure.model.target_table import Indicator
from disclosure.pages.addresses import (
    HOME,
    compare_address,
    data_links,
    department_address,
    history_address,
    project_address,
)
from disclosure.pages.changes import State, evidence, state
from disclosure.pages.code_lists import SUCCESSION_KINDS
from disclosure.pages.comparison import MoneyLine, money_line
from disclosure.pages.formatting import marked_name, money
from disclosure.pages.in_force import BudgetCell, budget_cell
from disclosure.pages.provenance import project_files
from disclosure.pages.results import TargetOutcome, delivered, execution
from disclosure.pages.transfers import project_links, transferred
from disclosure.pages.view import Extract, Facets, Link, View


@dataclass(frozen=True, slots=True)
class Relative:
    """Another project that this one came from or went into, and what happened.

    `transferred` says all of it where other departments are concerned; "" otherwise.
    """

    fate: str
    transferred: str
    basis: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class YearLine:
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
    fate: Relative | None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """An indicator in one year: its target as printed, how it changed, what became of it.

    `first` is what became of it by what was first published, where that was another.
    """

    target: str
    state: State | None
    actual: str
    outcome: TargetOutcome | None
    first: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One indicator through the years, under its newest name; None where it did not exist."""

    level1: str
    name: str
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView(View):
    """A project through the years: lines newest first, the matrix oldest first."""

    kind: ClassVar[str] = "history"
    department: Link
    years: tuple[YearLine, ...]
    columns: tuple[Link, ...]
    matrix: tuple[MatrixRow, ...]


def history_views(department: ComparedDepartment) -> Iterator[HistoryView]:
    """One page for every project the department has had."""
    for chain in department.chains:
        yield _view(department, chain)


def _view(department: ComparedDepartment, chain: Chain) -> HistoryView:
    data, members = department.data, chain.whole
    who = Link(data.department.name, department_address(data))
    newest = chain.members[-1].project.current
    address = history_address(data, chain.first_id)
    facets = Facets("历年", department=who.text, chain=address)
    return HistoryView(
        address=address,
        title=f"{newest.name}：历年情况",
        description=f"{who.text}历年预算和绩效目标：{newest.name}。",
        crumbs=(HOME, who),
        # With a single year the page only repeats the project's own page: no second hit for it.
        facets=facets if len(members) > 1 else None,
        behind=(
            data.path,
            *(path for member in members for path in project_files(member.project)),
        ),
        extract=Extract(
            "indicators",
            data_links(address),
            data.department.id,
            code=chain.first_id,
            elsewhere=tuple(_elsewhere(department, chain)),
        ),
        department=who,
        years=tuple(_year(department, members, index) for index in reversed(range(len(members)))),
        columns=tuple(
            Link(
                f"{member.year.year}年",
                project_address(department.home(member).data, member.year, member.project),
            )
            for member in members
        ),
        matrix=tuple(_matrix(department, members)) if len(members) > 1 else (),
    )


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
        score=money(result.score) if result else "",
        origin=_origin(home, member),
        fate=_fate(home, member),
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
    if change is None or not change.succession.old or change.succession.kind in _CALLED_OFF:
        return None
    years = [pair.old for pair in department.years if pair.new.year == member.year.year]
    return _relative(department, change, years[0], change.succession.old)


def _fate(department: ComparedDepartment, member: Member) -> Relative | None:
    """What the project became the year after, when that is more than itself."""
    if gone := department.departure_of(member.project):
        return _relative(department, gone, member.year, gone.succession.new)
    for pair in department.years:
        if pair.old is not member.year or member.project.withdrawn:
            continue
        for change in pair.changes:
            if member.project in change.succession.old:
                return _relative(department, change, pair.new, change.succession.new)
    return None


_CALLED_OFF = {SuccessionKind.WITHDRAWN, SuccessionKind.RESUMED}


def _relative(
    department: ComparedDepartment,
    change: ProjectChange,
    year: DepartmentYear,
    projects: tuple[ProjectYear, ...],
) -> Relative | None:
    succession = change.succession
    if succession.kind is SuccessionKind.CONTINUED and not succession.places:
        return None
    fate, moved = SUCCESSION_KINDS[succession.kind], transferred(succession)
    if moved and succession.kind is not SuccessionKind.TRANSFERRED:
        moved = f"{fate}，{moved}"
    return Relative(
        fate,
        moved,
        evidence(succession),
        project_links(department.data, year, succession, projects),
    )


def _matrix(department: ComparedDepartment, members: Sequence[Member]) -> Iterator[MatrixRow]:
    """The indicators, those of the newest year first; matched from year to year."""
    rows: list[dict[int, MatrixCell]] = []
    names: list[Indicator] = []
    current: dict[int, int] = {}  # id of an indicator of the column before → its row
    for column, member in enumerate(members):
        row_of = _rows_before(department.home(member), member, current) if column else {}
        results = {item.position: item for item in delivered(member.project, member.year.year)}
        current = {}
        for position, indicator in enumerate(member.project.current.indicators):
            index, changed = row_of.get(id(indicator), (None, None))
            if index is None:
                index = len(rows)
                rows.append({})
                names.append(indicator)
            names[index] = indicator
            current[id(indicator)] = index
            item = results.get(position)
            rows[index][column] = MatrixCell(
                target=indicator.target or "",
                state=changed,
                actual=(item.row.actual or "") if item else "",
                outcome=item.outcome if item else None,
                first=item.first.said if item and item.first else "",
            )
    order = sorted(range(len(rows)), key=lambda index: -max(rows[index]))
    for index in order:
        cells = tuple(rows[index].get(column) for column in range(len(members)))
        yield MatrixRow(names[index].level1 or "", names[index].name, cells)


def _rows_before(
    department: ComparedDepartment, member: Member, current: dict[int, int]
) -> dict[int, tuple[int | None, State | None]]:
    """For this year's indicators, the row of the one they continue, and how they changed."""
    change = department.change_to(*_key(member))
    if change is None:
        return {}
    if change.succession.kind in _CALLED_OFF:  # still the same indicators, and nothing compared
        return _same_rows(change, member, current)
    return {
        id(item.new): (current.get(id(item.old)), state(item))
        for item in change.indicators
        if item.new is not None
    }


def _same_rows(
    change: ProjectChange, member: Member, current: dict[int, int]
) -> dict[int, tuple[int | None, State | None]]:
    old = [row for project in change.succession.old for row in project.current.indicators]
    return {
        id(pair.new): (current.get(id(pair.old)), None)
        for pair in pairs(old, member.project.current.indicators)
        if pair.new is not None
    }
