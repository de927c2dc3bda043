"""The list of targets that were changed within a year, and of projects that were withdrawn.

A target that is changed in mid-year is easily met; so it stands here with what it was, by which
document it was changed, and whether the first promise was kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from disclosure.compare import ADDED, DROPPED, ChangedTarget, changed_targets, joined_results
from disclosure.compare.code_lists import ADJUSTMENT_KINDS, STATES
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.records import Project
from disclosure.pages.addresses import project_address
from disclosure.pages.change_wording import State, verdict_state
from disclosure.pages.formatting import money
from disclosure.pages.view import Link


class ChangedTargetRow(Struct, frozen=True):
    """A target, or a whole project, that is no longer what was first published.

    Attributes:
        department: Whose.
        link: To the project.
        indicator: The target's name; "" for a whole project.
        first: As first published.
        current: As in force.
        state: How that changed.
        documents: What changed it: kind, date and document of each version.
        result: What became of it, by what was first published and by what is in force; ""
            before the evaluation.
    """

    department: str
    link: Link
    indicator: str
    first: str
    current: str
    state: State
    documents: tuple[str, ...]
    result: str


def changed_target_rows(data: DepartmentData, year: DepartmentYear) -> Iterator[ChangedTargetRow]:
    """Everything that a department changed within a year, in the order of its projects."""
    for project in year.projects:
        link = Link(project.current.name, project_address(data, year, project))
        if project.withdrawn:
            yield _withdrawn(year.department.name, link, project)
            continue
        changed = changed_targets(project, year.year)
        kept = {} if not changed else _kept(project, year.year)
        for item in changed:
            yield ChangedTargetRow(
                department=year.department.name,
                link=link,
                indicator=item.name,
                first=(item.first.target or "") if item.first else "",
                current=(item.current.target or "") if item.current else "",
                state=_state(item),
                documents=tuple(_document(one) for one in item.by),
                result=kept.get(id(item.current or item.first), ""),
            )


def _withdrawn(department: str, link: Link, project: ProjectYear) -> ChangedTargetRow:
    """A project that was called off has no targets any more, and every one was moved."""
    first = project.versions[0].project.budget.counted
    return ChangedTargetRow(
        department=department,
        link=link,
        indicator="",
        first="" if first is None else f"预算数{money(first)}万元",
        current="已撤销",
        state=State("withdrawn", "项目撤销", "", ""),
        documents=(_document(project.current),),
        result="",
    )


def _kept(project: ProjectYear, year: int) -> dict[int, str]:
    """What became of the targets that were moved, by the row in force, or the dropped one."""
    table = project.current.indicators
    dropped = {
        item.name: item.first for item in changed_targets(project, year) if item.current is None
    }
    return {
        id(dropped.get(item.row.name) if item.position is None else table[item.position]): (
            item.first.reason
        )
        for item in joined_results(project, year)
        if item.first
    }


def _state(item: ChangedTarget) -> State:
    if item.verdict is None:
        key = DROPPED if item.current is None else ADDED
        return State(key, STATES[key], "", "")
    return verdict_state(item.verdict)


def _document(version: Project) -> str:
    """`预算调整，2024-06-28，示例财预〔2024〕18号`."""
    change = version.adjustment
    if change is None:
        return ""
    facts = (ADJUSTMENT_KINDS[change.kind], change.date.isoformat(), change.document)
    return "，".join(fact for fact in facts if fact)
