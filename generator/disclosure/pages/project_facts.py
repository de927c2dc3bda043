"""What a project's own table says that its page says first: number, code, unit, money, plan."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.forms.record_values import printed
from disclosure.model.dataset import DepartmentYear
from disclosure.model.records import Project
from disclosure.model.target_table import Budget
from disclosure.pages.formatting import exact, grouped, money, share
from disclosure.pages.public_notes import Notes


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One point in time of the spending plan.

    Attributes:
        period: Such as `3月底`.
        amount: Cumulative, in the unit that was printed.
        value: The same in 万元, as a plain number.
        share: Of the project's budget, such as `24.0%`; "" when the budget is nought.
    """

    period: str
    amount: str
    value: str
    share: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a project's table says that every page of a project says first.

    Attributes:
        id: The project's id, by which its page is known.
        number: The project's number in the document.
        code: Its code, "" where the form has none.
        unit: Code and name of its budget unit.
        budget: Its budget as printed; "" where the form has none.
        money: The unit of that.
        notes: The numbers of the notes on the budget.
        plan: The spending plan.
    """

    id: str
    number: int
    code: str
    unit: tuple[str, str]
    budget: str
    money: str
    notes: tuple[int, ...]
    plan: tuple[PlanStep, ...]


def project_facts(year: DepartmentYear, shown: Project, notes: Notes) -> Facts:
    """What the table of a project says first."""
    units = {unit.code: unit.name for unit in year.department.units}
    budget = shown.budget
    return Facts(
        id=shown.id,
        number=shown.number,
        code=shown.code or "",
        unit=(shown.unit, units[shown.unit]),
        budget=_printed(budget),
        money=shown.money if shown.budget.total is not None else "万元",
        notes=notes.at("budget"),
        plan=_plan(shown),
    )


def _printed(budget: Budget) -> str:
    """The budget as printed; what was added up of its parts, where no total was printed."""
    if budget.total is not None or budget.counted is None:
        return printed(budget.total)
    return money(budget.counted)


def _plan(shown: Project) -> tuple[PlanStep, ...]:
    return tuple(
        PlanStep(
            period, grouped(printed(amount)), exact(amount), share(amount, shown.budget.counted)
        )
        for period, amount in shown.spending_plan.items()
    )
