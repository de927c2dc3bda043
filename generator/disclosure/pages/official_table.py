"""The official form of one project, cell by cell, merged as printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from disclosure.model.departments import Department
from disclosure.model.records import Disclosure, Project
from disclosure.model.target_table import Indicator
from disclosure.pages.formatting import printed, share
from disclosure.pages.public_notes import Notes

PLAN_HEADING = "资金支出计划"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the official table: its text as printed, the notes on it, the rows it spans."""

    text: str
    notes: tuple[int, ...] = ()
    rows: int = 1


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One row; `level1` or `level2` is None where a merged cell from above covers it."""

    level1: Cell | None
    level2: Cell | None
    level3: Cell
    description: Cell
    target: Cell
    basis: Cell


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One point in time of the spending plan.

    Attributes:
        period: Such as `3月底`.
        amount: Cumulative, 万元, as printed.
        share: Of the project's budget, such as `24.0%`; "" when the budget is nought.
    """

    period: str
    amount: str
    share: str


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """The form of one project, cell by cell."""

    unit_code: str
    unit_name: str
    number: int
    name: Cell
    code: str
    total: Cell
    fiscal: str
    other: str
    purpose: Cell
    plan_heading: str
    plan: tuple[PlanStep, ...]
    plan_notes: tuple[int, ...]
    goals: tuple[str, ...]
    goals_notes: tuple[int, ...]
    groups: tuple[tuple[IndicatorRow, ...], ...]


def official_table(
    department: Department, disclosure: Disclosure, project: Project, notes: Notes
) -> OfficialTable:
    """The form of `project`, with the numbers of the notes on its cells.

    The head of the spending plan is as that year's document printed it, per cent sign and all;
    where nobody wrote down how, it claims no unit.
    """
    units = {unit.code: unit.name for unit in department.units}
    budget = project.budget
    return OfficialTable(
        unit_code=project.unit,
        unit_name=units[project.unit],
        number=project.number,
        name=Cell(project.name, notes.at("name")),
        code=project.code or "",
        total=Cell(printed(budget.total), notes.at("budget")),
        fiscal=printed(budget.fiscal),
        other=printed(budget.other),
        purpose=Cell(project.purpose or "", notes.at("purpose")),
        plan_heading=disclosure.plan_heading or PLAN_HEADING,
        plan=tuple(
            PlanStep(period, printed(amount), share(amount, budget.counted))
            for period, amount in project.spending_plan.items()
        ),
        plan_notes=notes.at("spending_plan"),
        goals=project.goals,
        goals_notes=notes.at("goals"),
        groups=_groups(project.indicator_rows, notes),
    )


#: When the spending plan of an empty form is looked at, as on the forms of 2024.
PERIODS = ("3月底", "6月底", "10月底", "12月底")


def empty_table(
    code: str, name: str, unit: tuple[str, str], plan_heading: str | None
) -> OfficialTable:
    """The form of a project of which only this is known, without a row of indicators.

    Args:
        code: Its code.
        name: Its name.
        unit: Code and name of its budget unit.
        plan_heading: The head of the spending plan on the other forms of the year.
    """
    empty = Cell("")
    return OfficialTable(
        unit_code=unit[0],
        unit_name=unit[1],
        number=1,
        name=Cell(name),
        code=code,
        total=empty,
        fiscal="",
        other="",
        purpose=empty,
        plan_heading=plan_heading or PLAN_HEADING,
        plan=tuple(PlanStep(period, "", "") for period in PERIODS),
        plan_notes=(),
        goals=(),
        goals_notes=(),
        groups=(),
    )


def indicator_groups(
    last: Sequence[Indicator], empty_rows: int
) -> tuple[tuple[IndicatorRow, ...], ...]:
    """Rows to be filled in: last year's names with nothing beside them, then empty ones."""
    names = [Indicator(level1=row.level1, level2=row.level2, level3=row.level3) for row in last]
    empty = Cell("")
    blank = IndicatorRow(empty, empty, empty, empty, empty, empty)
    return (*_groups(names, Notes()), (blank,) * empty_rows)


def _groups(indicators: Sequence[Indicator], notes: Notes) -> tuple[tuple[IndicatorRow, ...], ...]:
    """The rows by their first level."""
    return tuple(
        tuple(_rows(list(rows), notes))
        for _, rows in groupby(indicators, key=lambda row: row.level1)
    )


def _rows(indicators: list[Indicator], notes: Notes) -> Iterator[IndicatorRow]:
    """The rows under one first level, equal neighbours merged as on the form."""
    level1: Cell | None = Cell(indicators[0].level1 or "", rows=len(indicators))
    for _, group in groupby(enumerate(indicators), key=_second_level):
        rows = [indicator for _, indicator in group]
        level2: Cell | None = Cell(rows[0].level2 or "", rows=len(rows))
        for row in rows:
            yield IndicatorRow(
                level1=level1,
                level2=level2,
                level3=Cell(row.name),
                description=Cell(row.description or ""),
                target=Cell(row.target or "", notes.at(row.name)),
                basis=Cell(row.basis or ""),
            )
            level1 = level2 = None


def _second_level(item: tuple[int, Indicator]) -> str | int:
    """What makes neighbours one merged cell; a blank one is never merged with another."""
    position, indicator = item
    return indicator.level2 or position
