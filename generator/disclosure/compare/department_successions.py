"""Departments that succeed, merge or split others (`succeeds:`), and what cannot be true of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from disclosure.model.dataset import DepartmentData
from disclosure.model.departments import Department, Succeeded
from disclosure.model.diagnostics import Remark, Rule, Severity

UNKNOWN_DEPARTMENT = Rule("L201", Severity.ERROR, "承接的部门不存在")
CIRCULAR_DEPARTMENTS = Rule("L202", Severity.ERROR, "部门承接关系成环")
REPEATED_DEPARTMENT = Rule("L203", Severity.ERROR, "承接的部门重复")
RETURNING_DEPARTMENT = Rule("L204", Severity.HINT, "不同年度互相承接的部门")
YEAR_OFF = Rule("L205", Severity.HINT, "部门承接的起始年度与公开的年度对不上")

DEPARTMENT_SUCCESSION_RULES = (
    UNKNOWN_DEPARTMENT,
    CIRCULAR_DEPARTMENTS,
    REPEATED_DEPARTMENT,
    RETURNING_DEPARTMENT,
    YEAR_OFF,
)


class DepartmentSuccession(Struct, frozen=True):
    """Another department that a department succeeded, or that succeeded it.

    Attributes:
        id: Which department.
        name: Its name of today.
        since: The first year of the newer department.
        note: What was said of it; "" when nothing was.
        earlier: Whether it is the older one of the two.
    """

    id: str
    name: str
    since: int
    note: str
    earlier: bool


def department_successions(
    departments: Iterable[Department],
) -> Mapping[str, tuple[DepartmentSuccession, ...]]:
    """For each department those that it succeeded and those that succeeded it, by year."""
    known = {one.id: one for one in departments}
    found: dict[str, list[DepartmentSuccession]] = defaultdict(list)
    for one in known.values():
        for succession in one.succeeds:
            if other := known.get(succession.department):
                note = succession.note or ""
                found[one.id].append(
                    DepartmentSuccession(other.id, other.name, succession.since, note, earlier=True)
                )
                found[other.id].append(
                    DepartmentSuccession(one.id, one.name, succession.since, note, earlier=False)
                )
    return {
        one: tuple(sorted(successions, key=lambda each: (each.since, each.earlier, each.id)))
        for one, successions in found.items()
    }


def succession_findings(
    departments: Sequence[DepartmentData], folders: Mapping[str, Collection[int]]
) -> Iterator[Remark]:
    """Every statement of succession between departments that cannot be true.

    Args:
        departments: All departments whose own file has no error.
        folders: The folders of all departments, each with the years that it has.
    """
    edges = {
        one.department.id: {
            succession.department: succession.since
            for succession in reversed(one.department.succeeds)
        }
        for one in departments
    }
    for data in departments:
        me = data.department.id
        seen: set[str] = set()
        for position, succession in enumerate(data.department.succeeds):
            place = (data.path, ("succeeds", position, "department"))
            if succession.department == me:
                message = f"{data.department.name}不能承接自己。"
                hint = "部门改名请写在 former（曾用名称）里；这里写另一个部门的标识。"
                yield Remark(CIRCULAR_DEPARTMENTS, *place, message, hint)
            elif succession.department not in folders:
                message = f"没有标识为“{succession.department}”的部门。"
                hint = "请核对标识，它与部门文件夹同名；不在本站公开的部门请写在 note 里。"
                yield Remark(UNKNOWN_DEPARTMENT, *place, message, hint)
            elif succession.department in seen:
                message = f"部门“{succession.department}”写了两次。"
                yield Remark(REPEATED_DEPARTMENT, *place, message, "请合并成一项。")
            elif circle := _way(edges, succession.department, me):
                yield _circular(data, succession.since, [*circle], edges, place)
            else:
                yield from _year_off(data.path, position, succession, folders)
            seen.add(succession.department)


def _year_off(
    path: str, position: int, succession: Succeeded, folders: Mapping[str, Collection[int]]
) -> Iterator[Remark]:
    """A first year from which nothing of what was published can be followed."""
    since, last = succession.since, max(max(own, default=0) for own in folders.values())
    before = folders[succession.department]
    if last and since > last + 1:
        message = f"起始年度{since}年在全部数据之后，最近的年度是{last}年。"
    elif before and min(before) >= since:
        message = f"被承接的部门最早公开的是{min(before)}年，{since}年以前没有可以承接的。"
    else:
        return
    hint = "请核对 since，它是本部门承接以后的第一个预算年度。"
    yield Remark(YEAR_OFF, path, ("succeeds", position, "since"), message, hint)


def _way(edges: Mapping[str, Mapping[str, int]], start: str, goal: str) -> tuple[str, ...]:
    """The departments from `start` to `goal`, each succeeding the next; empty without a way."""
    before: dict[str, str] = {start: ""}
    waiting = [start]
    for one in waiting:
        for other in edges.get(one, {}):
            if other not in before:
                before[other] = one
                waiting.append(other)
    way: list[str] = []
    at = goal if goal in before else ""
    while at:
        way.insert(0, at)
        at = before[at]
    return tuple(way)


def _circular(
    data: DepartmentData,
    since: int,
    way: Sequence[str],
    edges: Mapping[str, Mapping[str, int]],
    place: tuple[str, tuple[str | int, ...]],
) -> Remark:
    """Within one year nobody is their own successor; over years departments do go and come back."""
    years = {since, *(edges[one][other] for one, other in pairwise(way))}
    chain = " → ".join((data.department.id, *way))
    message = f"承接关系回到了本部门：{chain}（前一个承接后一个）。"
    if len(years) == 1:
        hint = "承接关系只写在后成立的部门里，请删去写反的一项。"
        return Remark(CIRCULAR_DEPARTMENTS, *place, message, hint)
    hint = "如果确实先并入、后来又分出，不必修改；否则请删去写反的一项。"
    return Remark(RETURNING_DEPARTMENT, *place, message, hint)
