"""The pages of a department's year: one, or several where there are very many projects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.pages.addresses import targets_address
from disclosure.pages.disclosure import DisclosureView
from disclosure.pages.filled_forms import list_tables, year_part
from disclosure.pages.filtered_rows import (
    ADJUSTED_STATE,
    OUTCOME,
    filtered_rows,
    on_one_part,
)
from disclosure.pages.page_parts import held, part_indexes
from disclosure.pages.results import ResultTotals
from disclosure.pages.shortfalls import shortfalls_by_part
from disclosure.pages.view import Link
from disclosure.pages.year_parts import year_addresses, year_parts


def disclosure_views(
    data: DepartmentData, year: DepartmentYear, whole: DisclosureView
) -> Iterator[DisclosureView]:
    """The page of a year, or its parts; the data stand beside the first."""
    parts = year_parts(data, year, whole.shortfalls, whole.changed_targets)
    if len(parts) == 1:
        yield whole
        return
    cut = [_cut(data, year, whole, *part) for part in parts]
    places = year_addresses(data, year, len(parts))
    filtered = shortfalls_by_part(places, [part.shortfalls for part in cut], _targets(data, year))
    results = _results(whole.results, on_one_part(whole.address, OUTCOME, filtered))
    states = [[(row.state.key, row.state.label) for row in part.changed_targets] for part in cut]
    lists = {
        OUTCOME.table: filtered,
        ADJUSTED_STATE.table: filtered_rows(ADJUSTED_STATE, places, states),
    }
    indexes = part_indexes(places, [*map(_holds, cut)], lists)
    for place, part, index in zip(places, cut, indexes, strict=True):
        first = place == whole.address
        yield replace(
            part,
            address=place,
            title=f"{whole.title}{index.title}",
            crumbs=whole.crumbs if first else (*whole.crumbs, Link(whole.title, whole.address)),
            extract=whole.extract if first else None,
            results=results,
            index=index,
            elsewhere=tuple(_elsewhere(whole, part)) if first else (),
        )


def _cut(
    data: DepartmentData,
    year: DepartmentYear,
    whole: DisclosureView,
    projects: slice,
    missed: slice,
    changed: slice,
) -> DisclosureView:
    some = year_part(year, range(projects.start, projects.stop), in_force=False)
    return replace(
        whole,
        projects=whole.projects[projects],
        tables=replace(whole.tables, lists=list_tables(data, some, in_force=False)),
        shortfalls=whole.shortfalls[missed],
        changed_targets=whole.changed_targets[changed],
    )


def _targets(data: DepartmentData, year: DepartmentYear) -> Callable[[str], str]:
    """Where all targets with an outcome are listed together."""
    own = data.department.id
    return lambda key: targets_address(year=str(year.year), department=own, outcome=key)


def _results(found: ResultTotals | None, moved: Mapping[str, str]) -> ResultTotals | None:
    if found is None:
        return None
    outcomes = (replace(one, address=moved.get(one.address, one.address)) for one in found.outcomes)
    return replace(found, outcomes=tuple(outcomes))


def _elsewhere(whole: DisclosureView, first: DisclosureView) -> Iterator[str]:
    """The lists that other pages lead to, and that begin after the first part."""
    if whole.shortfalls and not first.shortfalls:
        yield "shortfalls"
    if whole.changed_targets and not first.changed_targets:
        yield "adjusted"


def _holds(part: DisclosureView) -> str:
    """What stands on a part, with the first and the last of each list."""
    lists = {
        "项目": [f"{line.number}.{line.link.text}" for line in part.projects],
        "未达到和有差异的指标": [row.indicator for row in part.shortfalls],
        "公开后的改动": [row.link.text for row in part.changed_targets],
    }
    return held(lists)
