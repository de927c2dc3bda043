"""The rows of a form as rows of the open data: indicators, amounts as printed, other columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.row import Row, exact, row_of
from disclosure.forms.record_values import printed
from disclosure.model import target
from disclosure.model.evaluations import Evaluation
from disclosure.model.fields import Amount, MoneyUnit
from disclosure.model.records import DepartmentTable, Project, ProjectList
from disclosure.model.target_table import Budget, Indicator, IndicatorResult

_AMOUNTS = ("total", "fiscal", "other", "term_total")
#: What is the same in the tables as in the model.
_PRINTED = (
    *("level1", "level2", "level3", "description", "target", "basis"),
    *("weight", "direction", "kind", "term_target"),
)
_NO_PROJECT: Mapping[str, Value] = {"code": None, "project_id": None}


class FilePart(Struct, frozen=True):
    """A part of a file that may have cells or amounts of its own.

    Attributes:
        name: What it is, one of `form_columns.PARTS`.
        row: Which row of these, from 1; 0 for what has no rows.
        cells: What only the form has a name for.
        budget: Its money, if it has some.
    """

    name: str
    row: int = 0
    cells: Mapping[str, str | None] | None = None
    budget: Budget | None = None


def amount(name: str, value: Amount | None) -> dict[str, Value]:
    """An amount in 万元, and how it is printed."""
    return {name: exact(value), f"{name}_printed": printed(value)}


def budget_values(budget: Budget | None) -> dict[str, Value]:
    """The amounts of a budget that have columns."""
    return {
        name: value
        for field in _AMOUNTS
        for name, value in amount(f"budget_{field}", getattr(budget, field, None)).items()
    }


def form_values(
    record: Project | DepartmentTable | ProjectList | Evaluation,
) -> dict[str, Value]:
    """Which form it is, what it is called, in which unit its money is."""
    return {"form": record.form, "title": record.title, "money_unit": record.money}


def indicator_values(indicator: Indicator, year: int) -> dict[str, Value]:
    """A row of the form as printed, and what its target was understood to say."""
    read = target.parse(indicator.target, year)
    return {
        **{name: getattr(indicator, name) for name in _PRINTED},
        "printed_sign": indicator.sign,
        "printed_value": indicator.value,
        "printed_unit": indicator.unit,
        "not_merged": not_merged(indicator),
        "target_kind": str(read.kind),
        "target_sign": str(read.sign) if read.sign else None,
        "target_low": read.low,
        "target_high": read.high,
        "target_unit": read.unit.printed if read.unit else None,
        "target_start": read.start,
        "target_deadline": read.deadline,
        "target_meaning": target.meaning(read),
    }


def not_merged(row: Indicator | IndicatorResult) -> str:
    """The columns that the form did not merge with the row above."""
    return "、".join(row.apart)


def indicator_parts(rows: Iterable[Indicator | IndicatorResult], name: str) -> Iterator[FilePart]:
    """The rows of indicators as parts."""
    for number, row in enumerate(rows, start=1):
        yield FilePart(name, number, row.other)


def cell_rows(
    key: Mapping[str, Value], path: str, unit: MoneyUnit, parts: Iterable[FilePart]
) -> dict[str, tuple[Row, ...]]:
    """The cells and further amounts of parts of a file.

    Args:
        key: The department and the year, and the project and version where there is one.
        path: The file.
        unit: In which unit its money is printed.
        parts: Its parts.
    """
    facts: list[Row] = []
    amounts: list[Row] = []
    for part in parts:
        place = {**_NO_PROJECT, "version": None, **key, "file": path}
        at: dict[str, Value] = {**place, "part": part.name, "row_number": part.row}
        for number, (name, text) in enumerate((part.cells or {}).items(), start=1):
            facts.append(row_of("facts", **at, number=number, name=name, content=text))
        others = part.budget.parts if part.budget else {}
        for number, (name, value) in enumerate(others.items(), start=1):
            found = amount("amount", value)
            amounts.append(
                row_of("budget_parts", **at, number=number, name=name, money_unit=unit, **found)
            )
    return {"facts": tuple(facts), "budget_parts": tuple(amounts)}


def evaluation_rows(
    key: Mapping[str, Value], path: str, result: Evaluation
) -> dict[str, tuple[Row, ...]]:
    """The money and the goals of an evaluation, of a project or of the whole department."""
    place: dict[str, Value] = {**_NO_PROJECT, **key, "file": path}
    goals = [("expected", goal) for goal in result.goals]
    goals += [("actual", goal) for goal in result.goals_actual]
    return {
        "evaluation_funds": tuple(
            row_of(
                "evaluation_funds",
                **place,
                number=number,
                money_unit=result.money,
                **{name: value for name, value in fund if name != "other"},
            )
            for number, fund in enumerate(result.funds, start=1)
        ),
        "evaluation_goals": tuple(
            row_of("evaluation_goals", **place, number=number, kind=kind, goal=goal)
            for number, (kind, goal) in enumerate(goals, start=1)
        ),
    }


def fund_parts(result: Evaluation) -> Iterator[FilePart]:
    """The rows of an evaluation's money as parts."""
    for number, fund in enumerate(result.funds, start=1):
        yield FilePart("fund", number, fund.other)
