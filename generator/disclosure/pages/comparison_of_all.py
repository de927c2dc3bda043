"""Two years over all departments in sums, and the index of all comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import (
    LOWERED_STATES,
    Comparison,
    Side,
    SuccessionKind,
    Sums,
    comparable,
    comparison,
    summed,
)
from disclosure.model.target import Change
from disclosure.pages.addresses import (
    COMPARISONS,
    HOME,
    compare_all_address,
    data_links,
    targets_address,
    year_list_address,
    years_address,
)
from disclosure.pages.change_wording import (
    DISPUTED,
    Count,
    listed_at,
)
from disclosure.pages.comparison import (
    DEPARTMENT_TABLE,
    FIRST_INDICATORS,
    Totals,
    first_listed_at,
    indicators_address,
    totals,
)
from disclosure.pages.filtered_rows import FATE_OF_ALL, INDICATOR_NOTED, INDICATOR_STATE
from disclosure.pages.outline import Outline, PairOutline
from disclosure.pages.scopes import fits_one_file
from disclosure.pages.target_rows import NOTED
from disclosure.pages.view import ALL_DATA, Extract, Facets, Link, View
from disclosure.pages.year_lists import LOWERED, PROJECTS


class DirectionCell(Struct, frozen=True):
    """How many indicators became stricter, or looser, or lower; `first` as first published.

    `address` is where they are listed, `first_address` where those stand that make the difference.
    """

    number: int
    first: int
    address: str
    first_address: str


class DirectionLine(Struct, frozen=True):
    """Two years over all departments, and how many indicators became stricter, looser, lower."""

    link: Link
    counts: tuple[Link, ...]


class DepartmentRow(Struct, frozen=True):
    """A department in the comparison of all; `directions` are stricter, looser and lower.

    `projects` are where those of the earlier and of the later year are listed.
    """

    link: Link
    projects: tuple[str, ...]
    totals: Totals
    directions: tuple[DirectionCell, ...]


class AllComparisonView(View, frozen=True, kw_only=True):
    """Two consecutive years over all departments that published in both.

    `directions` are how many of all became stricter, looser and lower. `tables` is what became of
    the indicators of whole departments' tables, where both years have one.
    """

    kind: ClassVar[str] = "comparison_all"
    old: Link
    new: Link
    totals: Totals
    directions: tuple[Link, ...]
    rows: tuple[DepartmentRow, ...]
    tables: tuple[tuple[Link, tuple[Count, ...]], ...]
    only_old: tuple[Link, ...]
    only_new: tuple[Link, ...]


class ComparisonIndexView(View, frozen=True, kw_only=True):
    """Every comparison of the site."""

    kind: ClassVar[str] = "comparisons"
    all: tuple[DirectionLine, ...]
    departments: tuple[tuple[Link, tuple[Link, ...]], ...]


def comparison_views(departments: Sequence[Outline]) -> Iterator[View]:
    """The comparisons over all departments, and the index of all comparisons."""
    sides = [
        Side(
            one,
            frozenset(year.year for year in one.years),
            {(pair.old, pair.new): pair for pair in one.pairs},
        )
        for one in departments
    ]
    pairs = comparable(sides)
    yield _index(departments, pairs)
    with_data = fits_one_file(departments)
    for old, new in pairs:
        yield _all(departments, comparison(sides, old, new), with_data=with_data)


def _index(departments: Sequence[Outline], pairs: Sequence[tuple[int, int]]) -> ComparisonIndexView:
    return ComparisonIndexView(
        address=COMPARISONS.address,
        title=COMPARISONS.text,
        description="各年度预算项目和绩效目标的变化。",
        crumbs=(HOME,),
        data_paths=ALL_DATA,
        all=tuple(_direction_line(departments, old, new) for old, new in pairs),
        departments=tuple(
            (
                Link(department.department.name, department.address),
                tuple(
                    Link(f"{pair.old}年与{pair.new}年", pair.address) for pair in department.pairs
                ),
            )
            for department in departments
            if department.pairs
        ),
    )


def _direction_line(departments: Sequence[Outline], old: int, new: int) -> DirectionLine:
    parts = [
        pair.sums for one in departments for pair in one.pairs if (pair.old, pair.new) == (old, new)
    ]
    return DirectionLine(
        Link(f"{old}年与{new}年", compare_all_address(old, new)), _directions(parts, new)
    )


def _directions(parts: Sequence[Sums], year: int) -> tuple[Link, ...]:
    found = summed(parts).indicators
    return tuple(
        Link(str(found[key]), state_address(year, key) if found[key] else "")
        for key in (Change.STRICTER, Change.LOOSER, Change.LOWER)
    )


def _all(
    departments: Sequence[Outline], compared: Comparison[Outline, PairOutline], *, with_data: bool
) -> AllComparisonView:
    """Of very many projects the data are with each department, and in the downloads."""
    old, new, both = compared.old, compared.new, compared.pairs
    extract = Extract("changes", data_links(compare_all_address(old, new)), years=(old, new))
    return AllComparisonView(
        address=compare_all_address(old, new),
        title=f"各部门{old}年与{new}年比较",
        description=f"{len(both)}个部门{old}年和{new}年预算项目和绩效指标的变化。",
        crumbs=(HOME, COMPARISONS),
        facets=Facets("年度比较", str(new)),
        data_paths=tuple(_data_paths(departments, (old, new))),
        extract=extract if with_data else None,
        old=Link(f"{old}年", years_address(old)),
        new=Link(f"{new}年", years_address(new)),
        totals=_linked(totals([pair.sums for _, pair in both]), both, new),
        directions=_directions([pair.sums for _, pair in both], new),
        rows=tuple(_department_row(one, pair) for one, pair in both),
        tables=tuple(
            (Link(one.department.name, pair.address), _in_table(pair))
            for one, pair in both
            if pair.table
        ),
        only_old=_year_links(compared.only_old, old),
        only_new=_year_links(compared.only_new, new),
    )


def _in_table(pair: PairOutline) -> tuple[Count, ...]:
    """What became of the indicators of the department's own table, where it is told in full."""
    return listed_at(pair.table, lambda _: f"{pair.address}#{DEPARTMENT_TABLE}")


def _linked(found: Totals, pairs: Sequence[tuple[Outline, PairOutline]], year: int) -> Totals:
    """The sums, each number leading to the lists of the later year.

    No list has what became of all targets as first published, but each department's comparison
    has those of its own of which that is something else.
    """
    projects = year_list_address(year, PROJECTS.name)
    continued = f"{years_address(year)}#projects"
    states = listed_at(
        found.states, lambda key: state_address(year, key), lambda key: _noted(year, key)
    )
    return replace(
        found,
        succession_kinds=listed_at(
            found.succession_kinds,
            lambda key: (
                continued if key == SuccessionKind.CONTINUED else FATE_OF_ALL.address(projects, key)
            ),
        ),
        states=states,
        first_states=first_listed_at(found.first_states, states, ""),
        first_of=tuple(
            Link(one.department.name, f"{pair.address}#{FIRST_INDICATORS}")
            for one, pair in pairs
            if pair.sums.first_indicators != pair.sums.indicators
        ),
    )


def _noted(year: int, state: str) -> str:
    """Where those of them stand that have a public note; only what was lowered is disputed."""
    if state in {*LOWERED_STATES, DISPUTED}:
        return INDICATOR_NOTED.address(year_list_address(year, LOWERED.name), state)
    return targets_address(year=str(year), change=state, clear=NOTED)


def state_address(year: int, state: str) -> str:
    """Where the indicators of all departments that became this stand: in a list, or filtered."""
    if state in LOWERED_STATES:
        return INDICATOR_STATE.address(year_list_address(year, LOWERED.name), state)
    return targets_address(year=str(year), change=state)


def _data_paths(departments: Sequence[Outline], years: tuple[int, int]) -> Iterator[str]:
    """The two years of every department that has one of them."""
    for one in departments:
        folders = [year.folder for year in one.years if year.year in years]
        if folders:
            yield from (one.path, *folders)


def _department_row(department: Outline, pair: PairOutline) -> DepartmentRow:
    return DepartmentRow(
        link=Link(
            department.department.name + ("（只比较转来的项目）" if pair.taken_over else ""),
            pair.address,
        ),
        projects=tuple(_projects(department, year) for year in (pair.old, pair.new)),
        totals=totals([pair.sums]),
        directions=tuple(
            DirectionCell(
                pair.sums.indicators[key],
                pair.sums.first_indicators[key],
                indicators_address(pair.address, key),
                f"{pair.address}#{FIRST_INDICATORS}",
            )
            for key in (Change.STRICTER, Change.LOOSER, Change.LOWER)
        ),
    )


def _projects(department: Outline, year: int) -> str:
    """Where a department lists its projects; of a year in which others had them, where all are."""
    own = {one.year: one.address for one in department.years}
    return f"{own.get(year, years_address(year))}#projects"


def _year_links(departments: Sequence[Outline], year: int) -> tuple[Link, ...]:
    """Each department's disclosure of that year."""
    return tuple(
        Link(one.department.name, found.address)
        for one in departments
        for found in one.years
        if found.year == year
    )
