"""The table of a whole department, lists of projects and its evaluation, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from disclosure.compare import as_project
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.form_rows import (
    FilePart,
    amount,
    budget_values,
    cell_rows,
    evaluation_rows,
    form_values,
    fund_parts,
    indicator_parts,
    indicator_values,
)
from disclosure.exports.writers.result_rows import indicator_result_values
from disclosure.exports.writers.row import Row, exact, note_rows, numbered_rows, row_of
from disclosure.model.dataset import DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.evaluations import DepartmentEvaluation
from disclosure.model.fields import MoneyUnit
from disclosure.model.records import DepartmentTable, ProjectList
from disclosure.model.target_table import Task

_Rows = Mapping[str, Sequence[Row]]


def whole_department_rows(key: Mapping[str, Value], year: DepartmentYear) -> Iterator[_Rows]:
    """Everything that a year says of the whole department in tables."""
    disclosure = year.disclosure
    if disclosure.department_table is not None:
        yield from _table(key, year, disclosure.department_table)
    for number, one in enumerate(disclosure.project_lists, start=1):
        yield from _list(key, year.path, number, one)
    if year.result is not None and year.result_path is not None:
        yield from _result(key, year, year.result, year.result_path)


def _table(
    key: Mapping[str, Value], year: DepartmentYear, table: DepartmentTable
) -> Iterator[_Rows]:
    goals = [{"period": "year", "goal": goal} for goal in table.goals]
    goals += [{"period": "term", "goal": goal} for goal in table.term_goals]
    rows = [indicator_values(row, year.year) for row in table.indicator_rows]
    of_term = [indicator_values(row, year.year) for row in table.term_indicators]
    yield {
        "department_tables": (
            row_of("department_tables", **key, **form_values(table), **budget_values(table.budget)),
        ),
        "department_goals": numbered_rows(key, "department_goals", goals),
        "department_indicators": numbered_rows(key, "department_indicators", rows),
        "department_term_indicators": numbered_rows(key, "department_term_indicators", of_term),
        "tasks": _tasks(key, year.path, table.tasks, table.money),
        "notes": tuple(
            note_rows(
                key,
                year.path,
                "department_table",
                table.notes,
                first=len(year.disclosure.notes) + 1,
            )
        ),
    }
    parts = [
        FilePart("department", 0, table.facts, table.budget),
        *indicator_parts(table.indicator_rows, "department_indicator"),
        *indicator_parts(table.term_indicators, "department_term_indicator"),
        *_task_parts(table.tasks),
    ]
    yield cell_rows(key, year.path, table.money, parts)


def _tasks(
    key: Mapping[str, Value], path: str, tasks: Iterable[Task], unit: MoneyUnit
) -> tuple[Row, ...]:
    return numbered_rows(
        {**key, "file": path},
        "tasks",
        [
            {
                "name": task.name,
                "content": task.content,
                "goal": task.goal,
                "money_unit": unit,
                **budget_values(task.budget),
            }
            for task in tasks
        ],
    )


def _task_parts(tasks: Iterable[Task]) -> Iterator[FilePart]:
    for number, task in enumerate(tasks, start=1):
        yield FilePart("task", number, task.other, task.budget)


def _list(key: Mapping[str, Value], path: str, number: int, one: ProjectList) -> Iterator[_Rows]:
    sums = [
        {"name": each.name, "before_project": each.before, **budget_values(each.budget)}
        for each in one.sums
    ]
    yield {
        "project_lists": (row_of("project_lists", **key, number=number, **form_values(one)),),
        "list_sums": numbered_rows({**key, "list_number": number}, "list_sums", sums),
    }
    parts = [FilePart("list", number, one.facts)]
    parts += [
        # Each row of all lists has a number of its own; the dictionary says how it is made.
        FilePart("list_sum", number * _LIST + place, each.facts, each.budget)
        for place, each in enumerate(one.sums, start=1)
    ]
    yield cell_rows(key, path, one.money, parts)


#: No list has as many rows.
_LIST = 10_000


def _result(
    key: Mapping[str, Value], year: DepartmentYear, result: DepartmentEvaluation, path: str
) -> Iterator[_Rows]:
    table = as_project(year.disclosure.department_table or DepartmentTable(), year.department.name)
    whole = ProjectYear((ProjectVersion(table, year.path),), result, path)
    values = indicator_result_values(whole, year.year)
    yield {
        "department_results": (
            row_of(
                "department_results",
                **key,
                **form_values(result),
                name=result.name,
                published=result.published,
                **amount("budget", result.budget),
                **amount("spent", result.spent),
                score=exact(result.score),
            ),
        ),
        "department_indicator_results": numbered_rows(key, "department_indicator_results", values),
        "tasks": _tasks(key, path, result.tasks, result.money),
        "notes": tuple(note_rows(key, path, "department_result", result.notes)),
    }
    yield evaluation_rows(key, path, result)
    parts = [
        FilePart("result", 0, result.facts),
        *fund_parts(result),
        *indicator_parts(result.indicator_rows, "indicator_result"),
        *_task_parts(result.tasks),
    ]
    yield cell_rows(key, path, result.money, parts)
