"""The tables of a whole department in two years, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from disclosure.compare import ComparedYears, TableDifference, TaskChange
from disclosure.model.dataset import DepartmentYear
from disclosure.model.fields import title_of
from disclosure.model.records import DepartmentTable
from disclosure.model.target_table import Budget, Task
from disclosure.pages.change_wording import (
    ChangeLine,
    Count,
    Differences,
    amount_line,
    counts,
    differences,
    text_line,
)
from disclosure.pages.formatting import money


class TaskLine(Struct, frozen=True):
    """A task of either year: what became of it, its money in 万元, and what else changed."""

    name: str
    state: str
    key: str
    old: str
    new: str
    lines: tuple[ChangeLine, ...]


class TableComparison(Struct, frozen=True):
    """What differs between the tables of two years.

    Attributes:
        differences: In its fields and indicators.
        tasks: The tasks that changed; `unchanged` is how many others there are.
        unchanged: See above.
        only: The year that alone has a table; "" where both have.
    """

    differences: Differences
    tasks: tuple[TaskLine, ...]
    unchanged: int
    only: str = ""

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.differences.any or self.tasks)


def table_comparison(pair: ComparedYears) -> TableComparison | None:
    """What the comparison of two years says of the department's tables; None without any."""
    if pair.table is not None:
        return compared_tables(pair.table)
    years = [year for year in (pair.old, pair.new) if table_of(year)]
    if not years or pair.taken_over:
        return None
    return TableComparison(Differences((), (), 0), (), 0, f"{years[0].year}年")


def table_of(year: DepartmentYear) -> DepartmentTable | None:
    """The department's table of a year."""
    return year.disclosure.department_table


def compared_tables(found: TableDifference) -> TableComparison:
    """The difference of two tables, worded."""
    tasks = tuple(_task(task) for task in found.tasks if task.changed)
    return TableComparison(differences(found.table), tasks, len(found.tasks) - len(tasks))


def indicator_counts(pair: ComparedYears) -> tuple[Count, ...]:
    """What became of the indicators of the tables; nothing where one of the years has none."""
    found = pair.table.table.indicators if pair.table else ()
    return counts(
        Counter(item.state for item in found),
        Counter(item.state for item in found if item.notes),
        Counter(item.state for item in found if item.disputed),
    )


_STATES = {"added": "新增任务", "dropped": "取消任务", "changed": "有改动"}


def _task(change: TaskChange) -> TaskLine:
    key = "added" if change.old is None else "dropped" if change.new is None else "changed"
    task = change.new or change.old
    assert task is not None, "one of them is always there"
    return TaskLine(
        name=task.name or task.content or "",
        state=_STATES[key],
        key=key,
        old=_amount(change.old),
        new=_amount(change.new),
        lines=tuple(_lines(change)),
    )


def _lines(change: TaskChange) -> Iterator[ChangeLine]:
    """What changed in a task but for its sum, which has a column of its own."""
    for item in change.texts:
        yield text_line(title_of(Task, item.field), item)
    for part in change.budget:
        if part.field != "total":
            yield amount_line(title_of(Budget, part.field), part)


def _amount(task: Task | None) -> str:
    return money(task.budget.counted) if task and task.budget else ""
