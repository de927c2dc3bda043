"""Where the comparison of two years of a department is cut, when it is too long for one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from disclosure.compare import (
    ComparedYears,
    IndicatorChange,
    MoneyChange,
    ProjectChange,
    ProjectDifference,
    TextChange,
)
from disclosure.model.dataset import DepartmentData
from disclosure.model.target import Change
from disclosure.pages import page_parts
from disclosure.pages.addresses import compare_address
from disclosure.pages.indicator_list import first_indicators, in_order, with_first
from disclosure.pages.page_parts import ROW, cut, part_addresses, slices, text_size

#: What the sums take, with the index of the parts.
_HEAD = 20_000
#: What a changed field takes beside its two sides.
_LINE = 250


class ComparisonPart(Struct, frozen=True):
    """What stands on a page: of the list of projects, of the two of indicators, of the details."""

    rows: slice
    indicators: slice
    first: slice
    details: slice


def comparison_addresses(data: DepartmentData, pair: ComparedYears) -> tuple[str, ...]:
    """The pages of the comparison of two years."""
    place = compare_address(data, pair.old.year, pair.new.year)
    return part_addresses(place, len(comparison_parts(data, pair)))


def comparison_parts(data: DepartmentData, pair: ComparedYears) -> tuple[ComparisonPart, ...]:
    """What stands on each page; of few projects all on one, which is seen at little cost."""
    rows = [_row(change) for change in pair.changes]
    details = [_detail(change) for change in pair.changes if is_detailed(change)]
    sizes = dict(chain.from_iterable(map(_listed, pair.changes)))
    changed = (item for item in in_order(pair.changes) if item.state != Change.SAME)
    indicators = [sizes[id(item)] for item in changed]
    at_most = sum(size for _, then in with_first(pair) if then for _, size in _listed(then))
    head = _head(pair)
    if sum((head, *rows, *indicators, *details, at_most)) <= page_parts.MAX_BYTES:
        return (ComparisonPart(*[slice(None)] * 4),)
    first = [
        _line(one.line.name, one.line.old, one.line.new, one.project.text, one.line.state.reason)
        for one in first_indicators(data, pair)
    ]
    lists = rows, indicators, first, details
    parts = cut((size for one in lists for size in one), head)
    return tuple(ComparisonPart(*slices(part, map(len, lists))) for part in parts)


def is_detailed(change: ProjectChange) -> bool:
    """Whether anything differs that is told in full."""
    found = change.difference
    fields = bool(found and (found.texts or found.budget or found.plan))
    return fields or any(item.changed for item in change.indicators)


def _head(pair: ComparedYears) -> int:
    """What stands above the lists: the sums, and what changed in the department's own table."""
    table = pair.table
    if table is None:
        return _HEAD
    tasks = sum(_changed(task.texts, task.budget) for task in table.tasks)
    return _HEAD + _difference(table.table) + tasks


def _row(change: ProjectChange) -> int:
    """A line of the list of projects, with a number for each kind of change of its indicators."""
    states = {item.state for item in change.indicators}
    return ROW + len(states) * ROW // 2 + 2 * _names(change)


def _names(change: ProjectChange) -> int:
    """The names of the projects, each with its address, and from where or to where it went."""
    projects = (*change.succession.old, *change.succession.new)
    places = ROW // 2 * len(projects) if change.succession.places else 0
    return places + sum(100 + text_size(one.current.name) for one in projects)


def _indicator(item: IndicatorChange, project: str = "") -> int:
    old, new = (side.target if side else None for side in (item.old, item.new))
    notes = (note.note for note in item.notes)
    reason = item.verdict.reason if item.verdict else None
    return _line(item.name, old, new, reason, project, *notes)


def _listed(change: ProjectChange) -> Iterator[tuple[int, int]]:
    """The indicators of projects by their identity, each with its line in a list of all."""
    projects = (*change.succession.old, *change.succession.new)
    longest = max((one.current.name for one in projects), key=len)
    yield from ((id(item), _indicator(item, longest)) for item in change.indicators)


def _line(*texts: str | None) -> int:
    return ROW + sum(map(text_size, texts))


def _detail(change: ProjectChange) -> int:
    """Everything that differs between projects; their names stand in several captions."""
    size = 2 * ROW + 4 * _names(change)
    if change.difference:
        return size + _difference(change.difference)
    return size + _indicators(change.regrouped)


def _difference(found: ProjectDifference) -> int:
    amounts = (*found.budget, *found.plan)
    return _changed(found.texts, amounts) + _indicators(found.indicators)


def _indicators(items: Iterable[IndicatorChange]) -> int:
    return sum(_indicator(item) + _changed(item.fields) for item in items if item.changed)


def _changed(texts: Sequence[TextChange], amounts: Sequence[MoneyChange] = ()) -> int:
    """Fields that changed, the old beside the new, with marks around what is another."""
    size = sum(text_size(one.old) + text_size(one.new) for one in texts)
    return _LINE * (len(texts) + len(amounts)) + size * 3 // 2
