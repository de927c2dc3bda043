"""What differs between a department's target tables of two years: its goals, indicators and tasks.

The table is compared as a project's is; the tasks belong together by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from disclosure.compare.difference import (
    MoneyChange,
    ProjectDifference,
    TextChange,
    entries_changed,
    money_changes,
    project_difference,
    text_changes,
)
from disclosure.model.dataset import DepartmentYear
from disclosure.model.records import DepartmentTable, Project
from disclosure.model.target_table import Budget, Task
from disclosure.model.whitespace import squeezed

_TASK_FIELDS = ("name", "content", "goal")


class TaskChange(Struct, frozen=True):
    """A task over two tables; `old` is None where it was added, `new` where it was dropped."""

    old: Task | None
    new: Task | None
    texts: tuple[TextChange, ...] = ()
    budget: tuple[MoneyChange, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return self.old is None or self.new is None or bool(self.texts or self.budget)


class TableDifference(Struct, frozen=True):
    """Everything that differs between two tables of a department.

    Attributes:
        table: All but the tasks, compared as a project's table is.
        tasks: Every task of either table, in the new one's order, followed by the dropped.
    """

    table: ProjectDifference
    tasks: tuple[TaskChange, ...]

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        table = self.table
        return bool(
            table.texts
            or table.budget
            or any(item.changed for item in table.indicators)
            or any(task.changed for task in self.tasks)
        )


def table_difference(old: DepartmentYear, new: DepartmentYear) -> TableDifference | None:
    """Compare the tables of two years; None where one of them has none."""
    before, after = old.disclosure.department_table, new.disclosure.department_table
    if before is None or after is None:
        return None
    name = new.department.name  # another name is no change of the table
    sides = as_project(before, name), as_project(after, name)
    return TableDifference(
        project_difference(*sides, old.year, new.year), tuple(_tasks(before.tasks, after.tasks))
    )


def as_project(table: DepartmentTable, name: str) -> Project:
    """A department's table as the table of a project, which has all that the two have in common.

    It has no code and no unit, and its id is empty: it stands for no project.
    """
    return Project.model_construct(
        schema_="project/1",
        code=None,
        id="",
        name=name,
        form=table.form,
        title=table.title,
        money=table.money,
        unit="",
        number=1,
        budget=table.budget or Budget(),
        purpose=None,
        spending_plan={},
        goals=table.goals,
        term_goals=table.term_goals,
        indicator_rows=table.indicator_rows,
        term_indicators=table.term_indicators,
        facts=table.facts,
        continues=None,
        adjustment=None,
        notes=table.notes,
    )


def _tasks(old: Sequence[Task], new: Sequence[Task]) -> Iterator[TaskChange]:
    """Pair tasks of one name in their order; one without a name is like no other."""
    waiting: dict[str, list[Task]] = {}
    for task in old:
        waiting.setdefault(_name(task), []).append(task)
    for task in new:
        same = waiting.get(_name(task), [])
        yield _task(same.pop(0), task) if same else TaskChange(None, task)
    for rest in waiting.values():
        yield from (TaskChange(task, None) for task in rest)


def _name(task: Task) -> str:
    return squeezed(task.name or task.content or "")


def _task(old: Task, new: Task) -> TaskChange:
    return TaskChange(
        old,
        new,
        (
            *text_changes(old, new, _TASK_FIELDS),
            *entries_changed("other", old.other, new.other),
        ),
        tuple(money_changes(old.budget or Budget(), new.budget or Budget())),
    )
