"""A comparison for other programs: JSON with stable keys and exact amounts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from disclosure.compare import (
    ComparedYears,
    IndicatorChange,
    MoneyChange,
    ProjectChange,
    ProjectDifference,
    Succession,
    TaskChange,
    TextChange,
    summed,
    sums,
)
from disclosure.exports.writers.change_rows import growth_percent
from disclosure.model.dataset import DepartmentYear, ProjectYear
from disclosure.model.target import percent
from disclosure.model.target_table import Indicator, Task
from disclosure.pages.change_wording import state
from disclosure.pages.comparison import totals
from disclosure.pages.formatting import exact
from disclosure.pages.indicator_list import first_differences, with_first
from disclosure.pages.table_comparison import table_of
from disclosure.reports.comparison_report.common import FullComparison

Plain = dict[str, Any]


def render_json(comparison: FullComparison) -> str:
    """The comparison under keys that other programs rely on.

    Amounts are texts in 万元, exact to the last digit as they were published; null where the
    form has none; growth is in percent of the old amount. Sums are of the versions in force,
    without the projects that were called off; `first_budget` is as first published. Changes are
    named by the values of `SuccessionKind`, `Basis` and `Change`, `added` and `dropped`; texts are
    as published. Projects that were split or merged have no `difference`; their indicators are
    compared by name. `first_published` is there where projects were others when first published:
    what compares otherwise then.
    """
    plain = {
        "old_year": comparison.old,
        "new_year": comparison.new,
        **_sums([pair for _, pair in comparison.pairs]),
        "departments": [
            {
                "id": data.department.id,
                "name": data.department.name,
                "taken_over": pair.taken_over,
                **_sums([pair]),
                **_table(pair),
                "changes": _changes(pair),
            }
            for data, pair in comparison.pairs
        ],
        "only_in_old_year": [data.department.id for data in comparison.only_old],
        "only_in_new_year": [data.department.id for data in comparison.only_new],
        "names_of_other_departments": {
            data.department.id: data.department.name
            for data in (*comparison.only_old, *comparison.only_new)
        },
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _sums(pairs: Sequence[ComparedYears]) -> Plain:
    parts = [sums(pair) for pair in pairs]
    found, added = totals(parts), summed(parts)
    return {
        "budget": _sides(found.money.old, found.money.new),
        "budget_growth_percent": _growth(*added.budgets),
        "first_budget": _sides(*(exact(amount) for amount in added.first_budgets)),
        "projects": {"old": found.projects[0], "new": found.projects[1]},
        "withdrawn_projects": {"old": added.withdrawn[0], "new": added.withdrawn[1]},
        "project_changes": {count.key: count.number for count in found.succession_kinds},
        "indicator_changes": {count.key: count.number for count in found.states},
        "first_indicator_changes": _numbers(added.first_indicators),
        "explained_changes": _numbers(added.explained),
        "disputed_changes": _numbers(added.disputed),
    }


def _numbers(counter: Counter[str]) -> Plain:
    return {str(key): number for key, number in sorted(counter.items())}


def _growth(old: Decimal | None, new: Decimal | None) -> str | None:
    growth = growth_percent(old, new)
    return None if growth is None else exact(growth)


def _changes(pair: ComparedYears) -> list[Plain]:
    """What became of projects, and as first published where that was something else."""
    found = []
    for change, then in with_first(pair):
        plain = _change(pair, change)
        if then:
            plain["first_published"] = {
                "budget": _sides(exact(then.old_budget), exact(then.new_budget)),
                "indicators": [_indicator(item) for item in first_differences(change, then)],
            }
        found.append(plain)
    return found


def _change(pair: ComparedYears, change: ProjectChange) -> Plain:
    succession = change.succession
    old = change.old_budget if succession.old else None
    new = change.new_budget if succession.new else None
    return {
        "fate": str(succession.kind),
        "old": [_project(succession, project, pair.old) for project in succession.old],
        "new": [_project(succession, project, pair.new) for project in succession.new],
        "links": [
            {"old": link.old, "new": link.new, "basis": str(link.basis)}
            for link in succession.links
        ],
        "budget": _sides(exact(change.old_budget), exact(change.new_budget)),
        "budget_growth_percent": _growth(old, new),
        "difference": _difference(change.difference) if change.difference else None,
        "indicators_by_name": [_indicator(item) for item in change.regrouped],
    }


def _project(succession: Succession, project: ProjectYear, year: DepartmentYear) -> Plain:
    """A project of a year; with its department where several are concerned."""
    current, place = project.current, succession.place(project)
    stands = (
        {"department": place.department.department.id, "year": place.year.year} if place else {}
    )
    return {
        **stands,
        "department_name": (place.year if place else year).department.name,
        "code": current.code,
        "name": current.name,
        "budget": exact(current.budget.counted),
        "withdrawn": project.withdrawn,
    }


def _difference(difference: ProjectDifference) -> Plain:
    return {
        "texts": _texts(difference.texts),
        "budget": _amounts(difference.budget),
        "spending_plan": _amounts(difference.plan),
        "indicators": [_indicator(item) for item in difference.indicators],
    }


def _table(pair: ComparedYears) -> Plain:
    """The tables of the whole department, or which year alone has one."""
    if pair.table is None:
        years = [year.year for year in (pair.old, pair.new) if table_of(year)]
        return {"department_table_only_in": years[0]} if years and not pair.taken_over else {}
    tasks = [_task(task) for task in pair.table.tasks if task.changed]
    return {"department_table": {**_difference(pair.table.table), "tasks": tasks}}


def _task(task: TaskChange) -> Plain:
    state = "added" if task.old is None else "dropped" if task.new is None else "changed"
    budgets = (one.budget.counted if one and one.budget else None for one in (task.old, task.new))
    return {
        "name": (task.new or task.old or Task()).name,
        "change": state,
        "budget": _sides(*map(_amount, budgets)),
        "texts": _texts(task.texts),
        "amounts": _amounts(task.budget),
    }


def _texts(changes: Iterable[TextChange]) -> list[Plain]:
    return [{"field": item.field, **_sides(item.old, item.new)} for item in changes]


def _amounts(changes: Iterable[MoneyChange]) -> list[Plain]:
    return [
        {"field": item.field, **_sides(_amount(item.old), _amount(item.new))} for item in changes
    ]


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else exact(amount)


def _indicator(change: IndicatorChange) -> Plain:
    worded, size = state(change), change.verdict.size if change.verdict else None
    return {
        "name": change.name,
        "change": worded.key,
        "reason": worded.reason,
        "certain": change.certain,
        "size_percent": None if size is None else f"{percent.rounded(size):f}",
        "days": change.verdict.days if change.verdict else None,
        "notes": list(worded.notes),
        "disputed": worded.disputed,
        "old": _row(change.old) if change.old else None,
        "new": _row(change.new) if change.new else None,
        "texts": _texts(change.fields),
    }


#: What every form may print of an indicator; the rest is left out where it is not there.
_PRINTED = frozenset({"level1", "level2", "level3", "description", "target", "basis"})


def _row(indicator: Indicator) -> Plain:
    """A row as printed."""
    found = indicator.model_dump()
    return {name: value for name, value in found.items() if value or name in _PRINTED}


def _sides(old: str | None, new: str | None) -> Plain:
    return {"old": old, "new": new}
