"""Every change between two years as a row, in the words of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from disclosure.compare import (
    ComparedYears,
    DiffPiece,
    IndicatorChange,
    ProjectChange,
    Succession,
    SuccessionKind,
)
from disclosure.compare.code_lists import STATES, SUCCESSION_KINDS
from disclosure.model.dataset import DepartmentYear, ProjectYear
from disclosure.model.target import Change, Verdict, percent
from disclosure.pages.change_wording import (
    NOT_A_LOWERING,
    ChangeLine,
    differences,
    evidence,
    indicator_line,
)
from disclosure.pages.formatting import exact, marked_name, ungrouped
from disclosure.pages.indicator_list import first_differences, with_first
from disclosure.pages.table_comparison import table_comparison
from disclosure.pages.transfers import explained

#: Said of two indicators that no common name ties.
LIKELY = "按名称和内容推断，很可能是同一指标"

#: What the table of a whole department is called as a field.
WHOLE_TABLE = "部门整体绩效目标表"

#: Before a verdict on what was first published, where another is in force.
FIRST = "按首次公开："


class ChangeRow(NamedTuple):
    """One change: of which projects, where, from what to what, and why it is judged so.

    `size` is the change in percent of the old number, `days` that of a deadline; `notes` are the
    public notes on the indicator. Budgets (万元) and departments are those of the projects.
    """

    kind: SuccessionKind
    old_codes: str
    old_names: str
    new_codes: str
    new_names: str
    indicator: str
    field: str
    old: str
    new: str
    change: str
    explanation: str
    size: Decimal | None = None
    days: int | None = None
    notes: str = ""
    old_departments: str = ""
    new_departments: str = ""
    old_department_names: str = ""
    new_department_names: str = ""
    old_budget: Decimal | None = None
    new_budget: Decimal | None = None
    budget_growth: Decimal | None = None


#: What one change adds to the columns of its project: from `indicator` on.
ChangeLineValues = tuple[str, str, str, str, str, str, Decimal | None, int | None, str]


def names(projects: Iterable[ProjectYear]) -> str:
    """The projects' names in a row, and which of them were called off."""
    return "、".join(marked_name(project) for project in projects)


def pair_rows(pair: ComparedYears) -> Iterator[ChangeRow]:
    """Everything that changed in the projects of two years."""
    for change, then in with_first(pair):
        yield from change_rows(pair, change, then)


def change_rows(
    pair: ComparedYears, change: ProjectChange, first: ProjectChange | None = None
) -> Iterator[ChangeRow]:
    """What became of the projects as such, then everything that changed in them.

    Last what compares otherwise as `first` published, where that was not what is in force.
    """
    succession = change.succession
    old = change.old_budget if succession.old else None
    new = change.new_budget if succession.new else None
    for line in chain(_lines(change), _first_lines(change, first) if first else ()):
        yield ChangeRow(
            succession.kind,
            _codes(succession.old),
            names(succession.old),
            _codes(succession.new),
            names(succession.new),
            *line,
            _departments(succession, succession.old),
            _departments(succession, succession.new),
            _department_names(pair.old, succession, succession.old),
            _department_names(pair.new, succession, succession.new),
            old,
            new,
            growth_percent(old, new),
        )


def growth_percent(old: Decimal | None, new: Decimal | None) -> Decimal | None:
    """The change in percent of the old amount, with its sign; None from nothing."""
    if not old or new is None:
        return None
    return percent.rounded(percent.percent(new - old, old))


def table_lines(pair: ComparedYears) -> Iterator[ChangeLineValues]:
    """Everything that changed in the table of the whole department, its tasks last.

    One line where only one of the years has such a table.
    """
    worded, found = table_comparison(pair), pair.table
    if worded and worded.only:
        yield _plain("", WHOLE_TABLE, "", "", f"只有{worded.only}公开了，不能比较", "")
    if worded is None or found is None:
        return
    for line in worded.differences.lines:
        yield _line("", line, "")
    for item in found.table.indicators:
        yield from _indicator(item)
    for task in worded.tasks:
        field = f"年度主要任务：{task.name}"
        if task.key != "changed" or task.old != task.new:
            old, new = ungrouped(task.old), ungrouped(task.new)
            yield _plain("", field, old, new, task.state, "")
        for line in task.lines:
            yield _line("", replace(line, field=f"{field}，{line.field}"), "")


def _departments(succession: Succession, projects: Iterable[ProjectYear]) -> str:
    """The ids of the projects' departments; "" where all of the succession are of one."""
    return "、".join(dict.fromkeys(filter(None, map(succession.home_of, projects))))


def _department_names(
    year: DepartmentYear, succession: Succession, projects: Iterable[ProjectYear]
) -> str:
    """What the projects' departments were called; of those not said, the one of `year`."""
    places = (succession.place(project) for project in projects)
    names = ((place.year if place else year).department.name for place in places)
    return "、".join(dict.fromkeys(names))


def _codes(projects: Iterable[ProjectYear]) -> str:
    return "、".join(project.current.code or project.current.id for project in projects)


def _lines(change: ProjectChange) -> Iterator[ChangeLineValues]:
    succession = change.succession
    old, new = names(succession.old), names(succession.new)
    why = explained(succession, evidence(succession))
    yield _plain("", "项目", old, new, SUCCESSION_KINDS[succession.kind], why)
    if change.difference is None:
        old = exact(change.old_budget) if succession.old else ""
        new = exact(change.new_budget) if succession.new else ""
        if old != new:
            yield _plain("", "预算数（万元）", old, new, "改动", _called_off(change))
    else:
        for line in differences(change.difference).lines:
            yield _line("", line, _called_off(change))
    for item in change.indicators:
        yield from _indicator(item)


def _first_lines(change: ProjectChange, first: ProjectChange) -> Iterator[ChangeLineValues]:
    """The money and the targets that were others when first published, compared as they were.

    Their verdicts begin with `FIRST`, so that nobody counts them among those in force.
    """
    succession = change.succession
    old = exact(first.old_budget) if succession.old else ""
    new = exact(first.new_budget) if succession.new else ""
    if (first.old_budget, first.new_budget) != (change.old_budget, change.new_budget):
        what = "改动" if old != new else STATES[Change.SAME]
        yield _plain("", "首次公开的预算数（万元）", old, new, FIRST + what, "")
    for item in first_differences(change, first):
        line = indicator_line(item)
        yield (
            *(item.name, "首次公开的指标值", line.old, line.new, FIRST + line.state.label),
            "；".join(filter(None, (line.state.reason, "" if item.certain else LIKELY))),
            *_size(item.verdict),
            "",
        )


def _called_off(change: ProjectChange) -> str:
    """Why the budget of a project is zero that has been called off."""
    return (
        SUCCESSION_KINDS[SuccessionKind.WITHDRAWN]
        if change.succession.kind is SuccessionKind.WITHDRAWN
        else ""
    )


def _plain(*texts: *tuple[str, str, str, str, str, str]) -> ChangeLineValues:
    """A change that has no size."""
    return (*texts, None, None, "")


def _line(indicator: str, line: ChangeLine, why: str) -> ChangeLineValues:
    old, new = _text(line.old), _text(line.new)
    if line.is_amount:
        old, new = ungrouped(old), ungrouped(new)
    return _plain(indicator, line.field, old, new, "改动", why)


def _indicator(change: IndicatorChange) -> Iterator[ChangeLineValues]:
    item, verdict = indicator_line(change), change.verdict
    likely = "" if item.certain else LIKELY
    if item.state.key != Change.SAME or item.old != item.new:
        dispute = NOT_A_LOWERING if item.state.disputed else ""
        yield (
            *(item.name, "指标值", item.old, item.new, item.state.label),
            "；".join(filter(None, (item.state.reason, likely, dispute))),
            *_size(verdict),
            "；".join(item.state.notes),
        )
    for line in item.lines:
        yield _line(item.name, line, likely)


def _size(verdict: Verdict | None) -> tuple[Decimal | None, int | None]:
    """The change in percent of the old number, and that of a deadline in days."""
    if verdict is None:
        return None, None
    return None if verdict.size is None else percent.rounded(verdict.size), verdict.days


def _text(pieces: Iterable[DiffPiece]) -> str:
    return "".join(piece.text for piece in pieces)
