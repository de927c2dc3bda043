"""The pages of a department's comparisons: one for two years, or several where it would be long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from disclosure.compare import ComparedDepartment
from disclosure.pages.addresses import targets_address
from disclosure.pages.change_wording import Count
from disclosure.pages.comparison import (
    FIRST_INDICATORS,
    ComparisonView,
    SuccessionRow,
    comparison_view,
)
from disclosure.pages.comparison_parts import ComparisonPart, comparison_parts
from disclosure.pages.filtered_rows import (
    FATE,
    INDICATOR_STATE,
    FilteredRows,
    filtered_rows,
    on_one_part,
)
from disclosure.pages.indicator_list import indicators_by_part
from disclosure.pages.page_parts import held, part_addresses, part_indexes
from disclosure.pages.view import Link, View


def department_comparison_views(department: ComparedDepartment) -> Iterator[View]:
    """A department's comparisons, the newest first."""
    for pair in department.years:
        whole = comparison_view(department, pair)
        parts = comparison_parts(department.data, pair)
        if len(parts) > 1:
            targets = partial(
                targets_address, year=str(pair.new.year), department=department.data.department.id
            )
            yield from _in_parts(whole, [_cut(whole, part) for part in parts], targets)
        else:
            yield whole


def _cut(whole: ComparisonView, part: ComparisonPart) -> ComparisonView:
    return replace(
        whole,
        rows=whole.rows[part.rows],
        indicators=whole.indicators[part.indicators],
        first_indicators=whole.first_indicators[part.first],
        details=whole.details[part.details],
    )


def _in_parts(
    whole: ComparisonView, parts: Sequence[ComparisonView], targets: Callable[..., str]
) -> Iterator[View]:
    """The pages of a long comparison; its data stand beside the first.

    `targets` is where all targets of the later year are listed that have something in common.
    """
    places = part_addresses(whole.address, len(parts))
    filtered = _filtered(places, parts, targets)
    moved = _moved(whole.address, places, parts, filtered)
    sums = whole.totals
    indexes = part_indexes(places, [*map(_holds, parts)], filtered)
    for place, part, index in zip(places, parts, indexes, strict=True):
        first = place == whole.address
        yield replace(
            part,
            address=place,
            title=f"{whole.title}{index.title}",
            crumbs=whole.crumbs if first else (*whole.crumbs, Link(whole.title, whole.address)),
            extract=whole.extract if first else None,
            totals=replace(
                sums,
                succession_kinds=_at(sums.succession_kinds, moved),
                states=_at(sums.states, moved),
                first_states=_at(sums.first_states, moved),
                first_listed=moved.get(sums.first_listed, sums.first_listed),
            ),
            rows=tuple(_row(row, whole.address, moved) for row in part.rows),
            index=index,
            elsewhere=tuple(_elsewhere(whole, part)) if first else (),
        )


def _filtered(
    places: Sequence[str], parts: Sequence[ComparisonView], targets: Callable[..., str]
) -> Mapping[str, tuple[FilteredRows, ...]]:
    """Where the rows are that numbers of this page and of others lead to."""
    fates = [[(row.kind_key, row.kind) for row in part.rows] for part in parts]
    indicators = [part.indicators for part in parts]
    return {
        FATE.table: filtered_rows(FATE, places, fates),
        INDICATOR_STATE.table: indicators_by_part(places, indicators, targets),
    }


def _moved(
    here: str,
    places: Sequence[str],
    parts: Sequence[ComparisonView],
    filtered: Mapping[str, tuple[FilteredRows, ...]],
) -> Mapping[str, str]:
    """Where the pages lead instead of to a place of the whole: to the part that has it."""
    found: dict[str, str] = {}
    for of in (FATE, INDICATOR_STATE):
        found |= on_one_part(here, of, filtered[of.table])
    for place, part in zip(places, parts, strict=True):
        for name in _within(part):
            found.setdefault(f"{here}#{name}", f"{place}#{name}")
    return found


def _within(part: ComparisonView) -> Iterator[str]:
    """The places of the whole page that are on a part."""
    yield from (FIRST_INDICATORS for _ in part.first_indicators[:1])
    yield from (detail.anchor for detail in part.details)


def _at(counts: Sequence[Count], moved: Mapping[str, str]) -> tuple[Count, ...]:
    return tuple(
        replace(
            one,
            address=moved.get(one.address, one.address),
            explained=tuple(
                replace(link, address=moved.get(link.address, link.address))
                for link in one.explained
            ),
        )
        for one in counts
    )


def _row(row: SuccessionRow, here: str, moved: Mapping[str, str]) -> SuccessionRow:
    where = moved[f"{here}#{row.detail}"] if row.detail else ""
    return replace(row, counts=_at(row.counts, moved), detail_page=where.partition("#")[0])


def _elsewhere(whole: ComparisonView, first: ComparisonView) -> Iterator[str]:
    """The lists that other pages lead to, and that begin after the first part."""
    if whole.indicators and not first.indicators:
        yield "indicators"
    if whole.first_indicators and not first.first_indicators:
        yield FIRST_INDICATORS


def _holds(part: ComparisonView) -> str:
    """What stands on a part, with the first and the last of each list."""
    lists = {
        "项目的变化": [(row.new or row.old)[0].text for row in part.rows],
        "有变化的指标": [f"{row.line.state.label}：{row.line.name}" for row in part.indicators],
        "按首次公开比较": [row.line.name for row in part.first_indicators],
        "逐项比较": [detail.title for detail in part.details],
    }
    return held(lists)
