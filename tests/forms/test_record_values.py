"""What stands in the fields of a form, where a record and what is around it say the same field."""

from __future__ import annotations

from disclosure.forms import library
from disclosure.forms.filling import fill
from disclosure.forms.form import Form
from disclosure.forms.record_values import TableContext, department_values, evaluation_values
from disclosure.forms.unprinted import unprinted
from disclosure.model.departments import Department, Region
from disclosure.model.evaluations import SelfEvaluation
from disclosure.model.fields import Amount
from disclosure.model.records import DepartmentTable, Disclosure
from disclosure.model.target_table import Budget, Fund, Task

CONTEXT = TableContext(
    Department(schema_="department/1", id="a", name="甲局", region=Region()),
    Disclosure(schema_="disclosure/1", year=2024),
)


def form(kind: str, rows: str) -> Form:
    """A form of two columns."""
    head = f"schema: form/1\nid: a\nname: 表\nkind: {kind}\ncolumns: 2\nrows:\n"
    return library.parsed(head + rows)


def test_a_task_without_money_has_not_the_departments() -> None:
    """A kind of money that the department has and the task has not is an empty cell."""
    made = form(
        "department",
        "- [上级补助, '{budget.parts.上级补助}']\n"
        "- each: tasks\n  rows:\n  - ['{name}', '{budget.parts.上级补助}']\n",
    )
    parts = {"上级补助": Amount("30")}
    tasks = (Task(name="养护", budget=Budget(parts={"上级补助": Amount("20")})), Task(name="宣传"))
    table = DepartmentTable(budget=Budget(parts=parts), tasks=tasks)
    grid = fill(made, department_values(table, CONTEXT, made))
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["上级补助", "30"],
        ["养护", "20"],
        ["宣传", ""],
    ]


def test_money_of_an_evaluation_has_further_columns() -> None:
    """They are printed where the form names them, and told where it does not."""
    fund = Fund(name="总额", budget="10", other={"备注": "结转", "来源": "上级"})
    found = SelfEvaluation(schema_="result/1", code=None, id="01", funds=(fund,))
    made = form("evaluation", "- ['{funds.总额.budget}', '{funds.总额.other.备注}']\n")
    values = evaluation_values(found, "养护", CONTEXT, made)
    assert [[cell.text for cell in row] for row in fill(made, values).rows] == [["10", "结转"]]
    assert [(one.title, one.text) for one in unprinted(made, values)] == [("总额 来源", "上级")]
