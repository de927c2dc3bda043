"""Two years of a department compared in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import (
    ComparedDepartment,
    ComparedYears,
    ProjectChange,
    Sums,
    summed,
    sums,
)
from disclosure.compare.code_lists import SUCCESSION_KINDS
from disclosure.model.dataset import DepartmentData, ProjectYear
from disclosure.model.target import Change
from disclosure.pages.addresses import (
    HOME,
    compare_address,
    data_links,
    department_address,
    targets_address,
    year_address,
    years_address,
)
from disclosure.pages.change_wording import (
    Count,
    Differences,
    counts,
    differences,
    evidence,
    growth,
    indicator_lines,
    listed_at,
    signed,
)
from disclosure.pages.comparison_parts import is_detailed
from disclosure.pages.filtered_rows import FATE, INDICATOR_NOTED, INDICATOR_STATE
from disclosure.pages.formatting import money
from disclosure.pages.in_force import budget_cell, called_off
from disclosure.pages.indicator_list import (
    ChangedIndicatorRow,
    changed_indicators,
    first_indicators,
)
from disclosure.pages.page_parts import WHOLE, PartIndex
from disclosure.pages.provenance import year_folder
from disclosure.pages.table_comparison import TableComparison, table_comparison
from disclosure.pages.target_rows import NOTED
from disclosure.pages.transfers import project_links, transferred
from disclosure.pages.view import Extract, Facets, Link, View

#: The places of a comparison that other pages lead to, beside its filtered lists.
FIRST_INDICATORS, DEPARTMENT_TABLE = "first-indicators", "department-table"


class MoneyLine(Struct, frozen=True):
    """Money in two years, 万元: as text, with the change and its share of the old amount."""

    old: str
    new: str
    change: str
    growth: str
    direction: str


class Totals(Struct, frozen=True):
    """Two years in sum: money, (old, new) of projects, and what became of what.

    All of the versions in force, without the projects that were called off; `first` is the money
    as first published, where that was another, and `first_states` what became of the indicators:
    of those whose number is another, what makes it so stands at `first_listed`, or with each of the
    departments in `first_of`.
    """

    money: MoneyLine
    first: MoneyLine | None
    projects: tuple[int, int]
    called_off: tuple[str, str]
    succession_kinds: tuple[Count, ...]
    states: tuple[Count, ...]
    first_states: tuple[Count, ...] = ()
    first_listed: str = ""
    first_of: tuple[Link, ...] = ()


class SuccessionRow(Struct, frozen=True):
    """One succession of projects in the list: what happened, who, the money, the targets.

    `marks` are what is said beside the two amounts: what was adjusted or called off.
    `transferred` says from and to which other departments; "" when to none. `detail` is where the
    projects are compared in full, on the page at `detail_page`; "" where there is but one.
    """

    kind: str
    kind_key: str
    old: tuple[Link, ...]
    new: tuple[Link, ...]
    basis: str
    transferred: str
    money: MoneyLine
    marks: tuple[str, str]
    counts: tuple[Count, ...]
    detail: str
    detail_page: str = ""


class ProjectDetail(Struct, frozen=True):
    """Projects that went on, with everything that changed in them."""

    anchor: str
    title: str
    old: tuple[Link, ...]
    new: tuple[Link, ...]
    differences: Differences


class ComparisonView(View, frozen=True, kw_only=True):
    """Two consecutive published years of a department.

    `taken_over` says that it published nothing in the earlier one: its projects were others' then;
    `own_sums` that projects of other departments stand in rows and not in the sums.
    `first_indicators` compare as first published what is no longer that. The lists are what stands
    on this page of the `index`; `elsewhere` are those that begin on a later one, by their names.
    """

    kind: ClassVar[str] = "comparison"
    taken_over: bool
    own_sums: bool
    department: Link
    old: Link
    new: Link
    totals: Totals
    table: TableComparison | None
    rows: tuple[SuccessionRow, ...]
    indicators: tuple[ChangedIndicatorRow, ...]
    first_indicators: tuple[ChangedIndicatorRow, ...]
    details: tuple[ProjectDetail, ...]
    index: PartIndex = WHOLE
    elsewhere: tuple[str, ...] = ()


def money_line(old: Decimal | None, new: Decimal | None) -> MoneyLine:
    """Two amounts side by side; nothing is said of a change where one is missing."""
    if old is None or new is None:
        return MoneyLine(money(old), money(new), "", "", "same")
    direction = "up" if new > old else "down" if new < old else "same"
    return MoneyLine(money(old), money(new), signed(new - old), growth(old, new), direction)


def totals(parts: Sequence[Sums]) -> Totals:
    """The sums over one or more departments, worded."""
    found = summed(parts)
    succession_kinds = (
        Count(str(kind), label, found.succession_kinds[kind])
        for kind, label in SUCCESSION_KINDS.items()
        if found.succession_kinds[kind]
    )
    first = found.first_budgets if found.first_budgets != found.budgets else None
    old, new = found.withdrawn
    return Totals(
        money=money_line(*found.budgets),
        first=money_line(*first) if first else None,
        projects=found.projects,
        called_off=(called_off(old), called_off(new)),
        succession_kinds=tuple(succession_kinds),
        states=counts(found.indicators, found.explained, found.disputed),
        first_states=_first_states(found),
    )


def _first_states(found: Sums) -> tuple[Count, ...]:
    """What became of the indicators as first published; nothing where that is the same."""
    if found.first_indicators == found.indicators:
        return ()
    return counts(found.first_indicators, Counter(), Counter())


def comparison_view(department: ComparedDepartment, pair: ComparedYears) -> ComparisonView:
    """Two years of a department, all on one page."""
    data, name = department.data, department.data.department.name
    old, new = pair.old.year, pair.new.year
    rows = tuple(_row(data, pair, change) for change in pair.changes)
    first = first_indicators(data, pair)
    return ComparisonView(
        address=compare_address(data, old, new),
        title=f"{name}：{old}年与{new}年比较",
        description=f"{name}{old}年和{new}年预算项目的增减、预算数的变化和绩效指标要求的高低变化。",
        crumbs=(HOME, Link(name, department_address(data))),
        facets=Facets("年度比较", str(new), name),
        data_paths=tuple(_data_paths(data, pair)),
        extract=Extract(
            "changes",
            data_links(compare_address(data, old, new)),
            data.department.id,
            (old, new),
        ),
        hide=("navigation", "toc"),
        department=Link(name, department_address(data)),
        taken_over=pair.taken_over,
        own_sums=any(row.transferred for row in rows) and not pair.taken_over,
        old=Link(
            f"{old}年", years_address(old) if pair.taken_over else year_address(data, pair.old)
        ),
        new=Link(f"{new}年", year_address(data, pair.new)),
        totals=_linked(data, pair, with_first=bool(first)),
        table=table_comparison(pair),
        rows=rows,
        indicators=changed_indicators(data, pair),
        first_indicators=first,
        details=tuple(_details(data, pair)),
    )


def _linked(data: DepartmentData, pair: ComparedYears, *, with_first: bool) -> Totals:
    """The sums, each number leading to the rows of the page's tables, or to what is unchanged."""
    found, here = totals([sums(pair)]), compare_address(data, pair.old.year, pair.new.year)
    unchanged = partial(
        targets_address,
        year=str(pair.new.year),
        department=data.department.id,
        change=Change.SAME,
    )
    states = listed_at(
        found.states,
        lambda key: indicators_address(here, key) or unchanged(),
        lambda key: (
            unchanged(clear=NOTED) if key == Change.SAME else INDICATOR_NOTED.address(here, key)
        ),
    )
    first = f"{here}#{FIRST_INDICATORS}" if with_first else ""
    return replace(
        found,
        succession_kinds=listed_at(found.succession_kinds, lambda key: FATE.address(here, key)),
        states=states,
        first_states=first_listed_at(found.first_states, states, first),
        first_listed=first,
    )


def first_listed_at(
    first: Sequence[Count], in_force: Sequence[Count], changed: str
) -> tuple[Count, ...]:
    """Counts as first published: listed where those in force are, or `changed` if they differ.

    Where no list has just those, `changed` is "", and the number leads nowhere.
    """
    same = {(one.key, one.number): one.address for one in in_force}
    return tuple(replace(one, address=same.get((one.key, one.number), changed)) for one in first)


def indicators_address(comparison: str, state: str) -> str:
    """Where a department's comparison lists what became of indicators; "" of the unchanged."""
    if state == Change.SAME:
        return ""
    return INDICATOR_STATE.address(comparison, state)


def _row(data: DepartmentData, pair: ComparedYears, change: ProjectChange) -> SuccessionRow:
    succession = change.succession
    here = compare_address(data, pair.old.year, pair.new.year)
    detail = _anchor(change) if is_detailed(change) else ""
    new = project_links(data, pair.new, succession, succession.new)
    unchanged = f"{new[0].address}#readings" if new else ""
    return SuccessionRow(
        kind=SUCCESSION_KINDS[succession.kind],
        kind_key=str(succession.kind),
        old=project_links(data, pair.old, succession, succession.old),
        new=new,
        basis=evidence(succession),
        transferred=transferred(succession),
        money=money_line(change.old_budget, change.new_budget),
        marks=(_marks(succession.old), _marks(succession.new)),
        counts=listed_at(
            counts(change.indicator_counts, change.explained_counts, change.disputed_counts),
            lambda key: unchanged if key == Change.SAME else f"{here}#{detail}" if detail else "",
        ),
        detail=detail,
    )


def _data_paths(data: DepartmentData, pair: ComparedYears) -> Iterator[str]:
    """The two years, and what the projects were in other departments."""
    yield from (data.path, year_folder(data, pair.old), year_folder(data, pair.new))
    for change in pair.changes:
        succession = change.succession
        for project in (*succession.old, *succession.new) if succession.places else ():
            yield project.versions[-1].path


def _anchor(change: ProjectChange) -> str:
    return f"project-{change.succession.new[0].current.id}"


def _marks(projects: tuple[ProjectYear, ...]) -> str:
    """What was done to the projects of one side since they were first published."""
    found = []
    for project in projects:
        cell = budget_cell(project)
        if cell.mark:
            name = f"{project.current.name}：" if len(projects) > 1 else ""
            first = f"，首次公开{cell.first}" if cell.first else ""
            found.append(f"{name}{cell.mark}{first}")
    return "；".join(found)


def _worded(change: ProjectChange) -> Differences:
    """Everything that differs; of several projects only their indicators are compared."""
    if change.difference:
        return differences(change.difference)
    return Differences((), *indicator_lines(change.regrouped))


def _details(data: DepartmentData, pair: ComparedYears) -> Iterator[ProjectDetail]:
    for change in pair.changes:
        if is_detailed(change):
            worded, succession = _worded(change), change.succession
            old = project_links(data, pair.old, succession, succession.old)
            new = project_links(data, pair.new, succession, succession.new)
            title = "、".join(link.text for link in new)
            yield ProjectDetail(_anchor(change), title, old, new, worded)
