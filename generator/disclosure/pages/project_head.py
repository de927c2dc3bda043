"""What a project's own table says that its page says again: number, unit, plan."""

from __future__ import annotations

from msgspec import Struct

from disclosure.forms.record_values import printed
from disclosure.model.dataset import DepartmentYear
from disclosure.model.records import Project
from disclosure.pages.formatting import exact, grouped, share

_NO_UNIT = "公开文件未注明预算单位"


class PlanStep(Struct, frozen=True):
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


class ProjectHead(Struct, frozen=True):
    """What a project's table says that every page of a project says as well.

    Attributes:
        id: The project's id, by which its page is known.
        number: The project's number in the document.
        code: Its code, "" where the form has none.
        unit: Code and name of its budget unit; without a code, that the document names none.
        money: The unit of the plan.
        plan: The spending plan; none of a project that was called off.
    """

    id: str
    number: int
    code: str
    unit: tuple[str, str]
    money: str
    plan: tuple[PlanStep, ...]


def project_head(year: DepartmentYear, shown: Project) -> ProjectHead:
    """What the table of a project says."""
    units = {unit.code: unit.name for unit in year.department.units}
    return ProjectHead(
        id=shown.id,
        number=shown.number,
        code=shown.code or "",
        unit=(shown.unit or "", units.get(shown.unit or "", _NO_UNIT if units else "")),
        money=shown.money if shown.budget.total is not None else "万元",
        plan=() if shown.withdrawn else _plan(shown),
    )


def _plan(shown: Project) -> tuple[PlanStep, ...]:
    return tuple(
        PlanStep(
            period, grouped(printed(amount)), exact(amount), share(amount, shown.budget.counted)
        )
        for period, amount in shown.spending_plan.items()
    )
