"""A project's amounts by name, and its spending plan in the order of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from disclosure.model.records import Project

#: What is no part of the year's money; several totals in one table are those of several years.
OTHER_TIMES = re.compile("上年|以前|历年|累计|实施期|总投资|概算|全周期|总额[0-9]+$")
_MONTH = re.compile(r"(次年)?([0-9]{1,2})月")
_QUARTERS = {"一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12}
_YEAR_END = ("年底", "年末", "年终")


class NamedAmount(Struct, frozen=True):
    """An amount in 万元, the way to it in the file, what the form calls it and how it prints it."""

    field: tuple[str, ...]
    name: str
    value: Decimal
    printed: str


def amounts(project: Project) -> Iterator[NamedAmount]:
    """Every amount that the table holds: the budget and its sources, then the spending plan."""
    names = {
        "total": "预算数", "fiscal": "财政资金", "other": "其他资金", "term_total": "实施期总额",
    }  # fmt: skip
    for field, name in names.items():
        value = getattr(project.budget, field)
        if value is not None:
            yield NamedAmount(("budget", field), name, value, value.printed)
    for name, part in project.budget.parts.items():
        if part is not None:
            yield NamedAmount(("budget", "parts", name), name, part, part.printed)
    yield from plan(project)


def plan(project: Project) -> tuple[NamedAmount, ...]:
    """The spending plan in the order of time; as written where a period is not understood."""
    written = [
        NamedAmount(("spending_plan", period), f"{period}支出计划", value, value.printed)
        for period, value in project.spending_plan.items()
    ]
    months = [month(amount.field[1]) for amount in written]
    if None in months:
        return tuple(written)
    return tuple(sorted(written, key=lambda amount: month(amount.field[1]) or 0))


def month(period: str) -> int | None:
    """Up to which month of the budget year a period reaches; None if it does not say."""
    found = _MONTH.search(period)
    if found:
        return int(found[2]) + (12 if found[1] else 0)
    if any(word in period for word in _YEAR_END):
        return 12
    return next((last for word, last in _QUARTERS.items() if word in period), None)


def looks_like_percentages(project: Project) -> bool:
    """Whether the spending plan ends at 100, as percentages do, and the budget is not 100."""
    steps = plan(project)
    return (
        len(steps) > 1
        and steps[-1].value == 100 != project.budget.counted
        and all(0 <= step.value <= 100 for step in steps)
    )


def adds_up_to_budget(project: Project) -> bool:
    """Whether the steps of the spending plan are amounts of each period, not cumulative."""
    steps = plan(project)
    return len(steps) > 1 and sum(step.value for step in steps) == project.budget.counted
