"""What lists say of projects that are not as they were first published."""

from __future__ import annotations

from msgspec import Struct

from disclosure.model.dataset import ProjectYear
from disclosure.pages.formatting import money


def mark(project: ProjectYear) -> str:
    """What lists say of a project that is not as it was first published; "" of any other."""
    if project.withdrawn:
        return "已撤销"
    kinds = {one.project.adjustment.kind for one in project.versions if one.project.adjustment}
    return "已调整" if "adjustment" in kinds else "已更正" if kinds else ""


class BudgetCell(Struct, frozen=True):
    """A project's budget in lists, 万元, as in force.

    Attributes:
        text: The amount as published.
        withdrawn: The project was called off.
        mark: What was done to the project since; "" when nothing was.
        first: The amount as first published, where it is another.
    """

    text: str
    withdrawn: bool
    mark: str
    first: str


def budget_cell(project: ProjectYear) -> BudgetCell:
    """The budget of a project, and whether that is what was first published."""
    first, current = project.versions[0].project.budget.counted, project.current.budget.counted
    changed = money(first) if first != current else ""
    return BudgetCell(money(current), project.withdrawn, mark(project), changed)


def number_of(projects: int, withdrawn: int) -> str:
    """How many projects, in the same words everywhere: `9个项目（另有1个已撤销）`."""
    return f"{projects}个项目{called_off(withdrawn)}"


def called_off(withdrawn: int) -> str:
    """What is said beside a number of projects of those that it leaves out."""
    return f"（另有{withdrawn}个已撤销）" if withdrawn else ""
