"""The records of a data folder → what stands in the fields of a form, as printed.

Amounts are as the document printed them, in the file's own unit. What a form repeats for each part
of a budget or for each fact is what none of its fields names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from disclosure.forms import divided_goals
from disclosure.forms.filling import IS_SUM
from disclosure.forms.form import Form
from disclosure.forms.values import Values
from disclosure.model.departments import Department
from disclosure.model.evaluations import DepartmentEvaluation, Evaluation, SelfEvaluation
from disclosure.model.fields import Amount
from disclosure.model.records import DepartmentTable, Disclosure, ListSum, Project, ProjectList
from disclosure.model.target_table import Budget, Fund, Indicator, IndicatorResult, Task

#: What the head of a spending plan says where nobody wrote down how it was printed.
PLAN_HEADING = Project.model_fields["spending_plan"].title or ""

#: Fields that say what the form or the year is, and not what stands in the table.
OF_FORM = frozenset({"money", "year", "plan_heading", "department", "place"})

_ROW = ("level1", "level2", "level3", "description", "target", "sign", "value", "unit", "basis",
        "weight", "direction", "kind", "term_target")  # fmt: skip
_RESULT = ("level1", "level2", "level3", "target", "actual", "deviation", "improvement")
_FUND = ("initial", "budget", "spent", "points", "rate", "score")
_BUDGET = ("total", "fiscal", "other", "term_total")


class TableContext(Struct, frozen=True):
    """What a table is in: the department with the names of that year, and the year's part one."""

    department: Department
    disclosure: Disclosure

    @property
    def texts(self) -> dict[str, str]:
        """What every table of the year can print."""
        return {"department": self.department.name, "year": str(self.disclosure.year)}


def printed(amount: Decimal | None) -> str:
    """An amount as its document printed it; "" for an empty cell."""
    if amount is None:
        return ""
    return amount.printed if isinstance(amount, Amount) else f"{amount:f}"


def project_values(project: Project, context: TableContext, form: Form) -> Values:
    """A project's target table."""
    units = {unit.code: unit.name for unit in context.department.units}
    texts = context.texts | {
        "name": project.name,
        "code": project.code or "",
        "unit": project.unit or "",
        "unit_name": units.get(project.unit or "", ""),
        "number": str(project.number),
        "money": project.money,
        "purpose": project.purpose or "",
        "plan_heading": context.disclosure.plan_heading or PLAN_HEADING,
        **divided_goals.texts("goals", project.goals),
        "goals.numbered": numbered_goals(project.goals),
        **divided_goals.texts("term_goals", project.term_goals),
        **_budget(project.budget),
        **_named("facts", project.facts),
    }
    plan = tuple(
        Values({"period": period, "amount": printed(amount)})
        for period, amount in project.spending_plan.items()
    )
    lists = {
        "plan": plan,
        "indicators": _rows(project.indicator_rows),
        "term_indicators": _rows(project.term_indicators),
        **_unnamed(project.budget, project.facts, form),
    }
    return Values(texts, lists)


def list_values(
    made: ProjectList, projects: Sequence[Project], context: TableContext, form: Form
) -> Values:
    """A table that lists several projects, with its sums where they were printed."""
    texts = context.texts | {"money": made.money, **_named("facts", made.facts)}
    items: list[Values] = []
    places = {project.id for project in projects}
    for project in projects:
        items += (_sum(one) for one in made.sums if one.before == project.id)
        items.append(project_values(project, context, form))
    items += (_sum(one) for one in made.sums if one.before not in places)
    return Values(texts, {"projects": tuple(items)})


def department_values(table: DepartmentTable, context: TableContext, form: Form) -> Values:
    """The target table of a whole department."""
    texts = context.texts | {
        "name": context.department.name,
        "money": table.money,
        **divided_goals.texts("goals", table.goals),
        "goals.numbered": numbered_goals(table.goals),
        **divided_goals.texts("term_goals", table.term_goals),
        **_budget(table.budget),
        **_named("facts", table.facts),
    }
    lists = {
        "tasks": _tasks(table.tasks, table.budget),
        "indicators": _rows(table.indicator_rows),
        "term_indicators": _rows(table.term_indicators),
        **_unnamed(table.budget, table.facts, form),
    }
    return Values(texts, lists)


def evaluation_values(found: Evaluation, name: str, context: TableContext, form: Form) -> Values:
    """A self-evaluation; `name` is that of the project or department where it states none."""
    texts = context.texts | {
        "name": found.name or name,
        **({"code": found.code or ""} if isinstance(found, SelfEvaluation) else {}),
        "money": found.money,
        "budget": printed(found.budget),
        "spent": printed(found.spent),
        "score": printed(found.score),
        **divided_goals.texts("goals", found.goals),
        "goals.numbered": numbered_goals(found.goals),
        **divided_goals.texts("goals_actual", found.goals_actual),
        **{
            f"funds.{fund.name}.{column}": getattr(fund, column) or ""
            for fund in found.funds
            for column in _FUND
        },
        **{
            path: text
            for fund in found.funds
            for path, text in _named(f"funds.{fund.name}.other", fund.other).items()
        },
        **_named("facts", found.facts),
    }
    tasks = found.tasks if isinstance(found, DepartmentEvaluation) else ()
    lists = {
        "funds": tuple(map(_fund, found.funds)),
        "tasks": _tasks(tasks),
        "indicators": tuple(map(_result, found.indicator_rows)),
        **_unnamed(None, found.facts, form),
    }
    return Values(texts, lists)


def numbered_goals(goals: Sequence[str]) -> str:
    """Goals one below the other, each with its number."""
    return "\n".join(f"{number}.{goal}" for number, goal in enumerate(goals, start=1))


def _budget(budget: Budget | None) -> dict[str, str]:
    if budget is None:
        return {}
    texts = {f"budget.{name}": printed(getattr(budget, name)) for name in _BUDGET}
    return texts | {
        f"budget.parts.{name}": printed(amount) for name, amount in budget.parts.items()
    }


def _named(prefix: str, mapping: Mapping[str, str | None]) -> dict[str, str]:
    return {f"{prefix}.{name}": text or "" for name, text in mapping.items()}


def _unnamed(
    budget: Budget | None, facts: Mapping[str, str | None], form: Form
) -> dict[str, tuple[Values, ...]]:
    """The parts of a budget and the facts that no field of the form names, where it lists them."""
    lists = {}
    if budget is not None and "parts" in form.lists:
        lists["parts"] = tuple(
            Values({"name": name, "amount": printed(amount)})
            for name, amount in budget.parts.items()
            if f"budget.parts.{name}" not in form.paths
        )
    if "facts" in form.lists:
        lists["facts"] = tuple(
            Values({"name": name, "content": text or ""})
            for name, text in facts.items()
            if f"facts.{name}" not in form.paths
        )
    return lists


def _rows(rows: Sequence[Indicator]) -> tuple[Values, ...]:
    return tuple(
        Values(
            {name: getattr(row, name) or "" for name in _ROW} | _named("other", row.other),
            apart=frozenset(row.apart),
        )
        for row in rows
    )


def _result(row: IndicatorResult) -> Values:
    texts = {name: getattr(row, name) or "" for name in _RESULT} | _named("other", row.other)
    texts |= {"points": printed(row.points), "score": printed(row.score)}
    return Values(texts, apart=frozenset(row.apart))


def _fund(fund: Fund) -> Values:
    texts = {name: getattr(fund, name) or "" for name in _FUND}
    return Values({"name": fund.name} | texts | _named("other", fund.other))


def _tasks(tasks: Sequence[Task], whole: Budget | None = None) -> tuple[Values, ...]:
    """The tasks; what the whole table says of money is never that of a task without it."""
    parts = whole.parts if whole else ()
    empty = _NO_BUDGET | {f"budget.parts.{name}": "" for name in parts}
    return tuple(
        Values(
            {
                "name": task.name or "",
                "content": task.content or "",
                "goal": task.goal or "",
                **empty,
                **_budget(task.budget),
                **_named("other", task.other),
            }
        )
        for task in tasks
    )


#: A task without money has empty cells, and not the department's amounts.
_NO_BUDGET = {f"budget.{name}": "" for name in _BUDGET}


def _sum(one: ListSum) -> Values:
    texts = {"name": one.name, IS_SUM: "是", **_NO_BUDGET, **_budget(one.budget)}
    return Values(texts | _named("facts", one.facts), {"indicators": ()})
