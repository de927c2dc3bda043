"""Permanent lists of a year over all departments: what the numbers of other pages count.

They need no script, and their addresses stay. A long one is cut into parts, and its first page
says which departments stand in which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import ClassVar, TypeAlias

from msgspec import Struct

from disclosure.compare import SuccessionKind
from disclosure.pages.addresses import (
    HOME,
    YEARS,
    targets_address,
    year_list_address,
    years_address,
)
from disclosure.pages.changed_targets import ChangedTargetRow
from disclosure.pages.filtered_rows import (
    FATE_OF_ALL,
    INDICATOR_STATE,
    OUTCOME,
    FilteredRows,
    filtered_rows,
)
from disclosure.pages.indicator_list import ChangedIndicatorRow, indicators_by_part
from disclosure.pages.outline import Outline, PairOutline, YearOutline
from disclosure.pages.page_parts import PartIndex, from_to, part_addresses, part_indexes
from disclosure.pages.project_successions import ProjectSuccessionRow
from disclosure.pages.shortfalls import Shortfall, shortfalls_by_part
from disclosure.pages.view import Facets, Link, View

#: So many rows are a page of less than 500 KB, which a telephone can load.
MAX_ROWS = 250

#: A department's year, and its comparison with the year before where there is one.
_Member: TypeAlias = tuple[Outline, YearOutline, PairOutline | None]

ListRow: TypeAlias = ChangedIndicatorRow | Shortfall | ChangedTargetRow | ProjectSuccessionRow


class YearList(Struct, frozen=True):
    """A kind of list.

    Attributes:
        name: The folder of its pages below the year.
        rows: How the template lays out its rows.
        title: What it is called, without the year.
        lede: What stands in it.
        nothing: What an empty one says.
        of: What a department's year adds to it.
    """

    name: str
    rows: str
    title: str
    lede: str
    nothing: str
    of: Callable[[_Member], Iterable[ListRow]]


def _fates(member: _Member) -> Iterable[ProjectSuccessionRow]:
    """New projects first, then those that ended."""
    rows = member[2].successions if member[2] else ()
    order = {str(SuccessionKind.NEW): 0, str(SuccessionKind.ENDED): 1}
    return sorted(rows, key=lambda row: order.get(row.key, 2))


LOWERED = YearList(
    "lowered",
    "indicators",
    "要求降低、数值减少和取消的指标",
    "与上次公开的年度相比，要求降低、数值减少、被取消的绩效指标。按部门排列，每个部门幅度大的在前；"
    "没有“≥”“≤”的只说数值减少，不判断高低。",
    "清单是空的：没有可以比较的上年，或者没有要求降低、数值减少和取消的指标。",
    lambda member: member[2].lowered if member[2] else (),
)
MISSED = YearList(
    "missed",
    "shortfalls",
    "未达到和有差异的指标",
    "自评结果没有达到目标的指标，以及与目标不同、不能判断算不算达到的指标。",
    "清单是空的：还没有公开自评结果，或者没有未达到和有差异的指标。",
    lambda member: [row for row in member[1].evaluated if row.missed],
)
ADJUSTED = YearList(
    "adjusted",
    "changed_targets",
    "公开后改动的指标和撤销的项目",
    "首次公开以后改动、取消、新增的绩效指标和撤销的项目，每一项写明首次公开的内容、改动的文号和"
    "两种口径的完成情况。",
    "清单是空的：各部门公开的指标值都是首次公开的，也没有撤销的项目。",
    lambda member: member[1].changed_targets,
)
DEVIATIONS = YearList(
    "deviations",
    "shortfalls",
    "写明偏差原因和改进措施的指标",
    "自评表里写了偏差原因或改进措施的指标，不论是否达到，原因和措施按公开文件原文刊载。",
    "清单是空的：还没有公开自评结果，或者没有写明偏差原因和改进措施的指标。",
    lambda member: [row for row in member[1].evaluated if row.explained],
)
PROJECTS = YearList(
    "projects",
    "successions",
    "新增、未延续和有变动的项目",
    "与上次公开的年度相比新增的、没有延续的项目，以及更名、合并、拆分、重组、转到其他部门、撤销和恢复的"
    "项目，写明承接依据。",
    "清单是空的：没有可以比较的上年，或者没有新增、未延续和有变动的项目。",
    _fates,
)
YEAR_LISTS = (LOWERED, MISSED, ADJUSTED, DEVIATIONS, PROJECTS)


class YearListView(View, frozen=True, kw_only=True):
    """A page of a list of a year.

    Attributes:
        year: To the year.
        others: To the year's other lists.
        rows: How the template lays out what is in `listed`.
        listed: The rows of this page.
        nothing: What an empty list says.
        total: How many rows all pages have.
        index: The parts of a list that was cut.
    """

    kind: ClassVar[str] = "year_list"
    year: Link
    others: tuple[Link, ...]
    rows: str
    listed: tuple[ListRow, ...]
    nothing: str
    total: int
    index: PartIndex


class ListLink(Struct, frozen=True):
    """To a list, and how many rows it has."""

    link: Link
    rows: int


def year_list_views(
    year: int, members: Sequence[tuple[Outline, YearOutline]]
) -> tuple[tuple[ListLink, ...], tuple[YearListView, ...]]:
    """To the lists of a year with their numbers, and all their pages."""
    compared = [
        (one, published, next((pair for pair in one.pairs if pair.new == year), None))
        for one, published in members
    ]
    links: list[ListLink] = []
    views: list[YearListView] = []
    for one in YEAR_LISTS:
        found = [*chain.from_iterable(one.of(member) for member in compared)]
        links.append(ListLink(Link(one.title, year_list_address(year, one.name)), len(found)))
        views += _pages(year, one, found, tuple(_behind(one, compared)))
    return tuple(links), tuple(views)


def _behind(one: YearList, members: Sequence[_Member]) -> Iterator[str]:
    """The data of the departments that have rows in the list, and of the year compared with."""
    for department, year, pair in members:
        if not [*one.of((department, year, pair))]:
            continue
        yield year.folder
        if pair and one.rows in {"indicators", "successions"}:
            yield from (before.folder for before in department.years if before.year == pair.old)


def _pages(
    year: int, one: YearList, rows: list[ListRow], data_paths: tuple[str, ...]
) -> Iterator[YearListView]:
    address = year_list_address(year, one.name)
    cut = [rows[start : start + MAX_ROWS] for start in range(0, len(rows), MAX_ROWS)] or [[]]
    places = part_addresses(address, len(cut))
    filtered = _filtered(year, one, places, cut) if len(cut) > 1 else {}
    indexes = part_indexes(places, [*map(_holds, cut)], filtered)
    title = f"{year}年{one.title}"
    crumbs = (HOME, YEARS, Link(f"{year}年", years_address(year)))
    for place, part, index in zip(places, cut, indexes, strict=True):
        yield YearListView(
            address=place,
            title=f"{title}{index.title}",
            description=one.lede,
            crumbs=(*crumbs, Link(title, address)) if index.before else crumbs,
            facets=Facets("年度汇总", str(year)),
            data_paths=data_paths,
            year=Link(f"{year}年各部门项目", years_address(year)),
            others=tuple(
                Link(other.title, year_list_address(year, other.name))
                for other in YEAR_LISTS
                if other is not one
            ),
            rows=one.rows,
            listed=tuple(part),
            nothing=one.nothing,
            total=len(rows),
            index=index,
        )


def _filtered(
    year: int, one: YearList, places: Sequence[str], parts: Sequence[Sequence[ListRow]]
) -> Mapping[str, tuple[FilteredRows, ...]]:
    """Where the rows are that the numbers of other pages lead to, in the lists that these know."""
    targets = partial(targets_address, year=str(year))
    if one is LOWERED:
        changed = [[row for row in part if isinstance(row, ChangedIndicatorRow)] for part in parts]
        return {INDICATOR_STATE.table: indicators_by_part(places, changed, targets)}
    if one is MISSED:
        rows = [[row for row in part if isinstance(row, Shortfall)] for part in parts]
        return {OUTCOME.table: shortfalls_by_part(places, rows, lambda key: targets(outcome=key))}
    if one is PROJECTS:
        fates = [
            [(row.key, row.label) for row in part if isinstance(row, ProjectSuccessionRow)]
            for part in parts
        ]
        return {FATE_OF_ALL.table: filtered_rows(FATE_OF_ALL, places, fates)}
    return {}


def _holds(rows: Sequence[ListRow]) -> str:
    """The first and the last department of a part, and how many rows it has."""
    return f"{from_to([row.department for row in rows])}，{len(rows)}行"
