"""What is wrong with the statements of succession (`continues:`) in the data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from disclosure.compare.successions import Basis, links
from disclosure.compare.transfers import (
    Transfer,
    declared_transfers,
    predecessor,
    year_before,
)
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectVersion
from disclosure.model.diagnostics import Remark, Rule, Severity

UNKNOWN_PREDECESSOR = Rule("L101", Severity.ERROR, "承接的项目不存在")
CIRCULAR = Rule("L102", Severity.ERROR, "承接关系颠倒")
REPEATED = Rule("L103", Severity.ERROR, "承接的项目重复")
DOUBLE_CLAIM = Rule("L104", Severity.WARNING, "两个项目承接同一个上年项目")

RULES = (UNKNOWN_PREDECESSOR, CIRCULAR, REPEATED, DOUBLE_CLAIM)


class _StatementContext(Struct, frozen=True):
    """What a department's statements may speak of.

    Attributes:
        department: The department.
        others: Those that use codes which it states to carry on.
        whole: Whether all of their files could be read.
    """

    department: DepartmentData
    others: Sequence[DepartmentData]
    whole: bool


def findings(
    department: DepartmentData, others: Sequence[DepartmentData] = (), *, whole: bool = True
) -> Iterator[Remark]:
    """Every statement of succession that cannot be true, with its place.

    Args:
        department: The department whose statements are judged.
        others: All other departments that publish or state a code in common with it.
        whole: Whether all files of the others could be read; a code that is not found is no
            finding where it may stand in one that could not.
    """
    context = _StatementContext(department, others, whole)
    moves = declared_transfers([department, *others]) if others else ()
    leaving = [move for move in moves if move.old.department is department]
    for new in department.years:
        old = year_before(department, new.year)
        known = {project.current.id for project in old.projects} if old else set()
        for project in new.projects:
            yield from _statement(context, old, new, project.versions[-1], known)
    for new, old in pairwise(department.years):
        yield from _double_claims(old, new, [one for one in leaving if one.old.year is old])


def _statement(
    context: _StatementContext,
    old: DepartmentYear | None,
    new: DepartmentYear,
    version: ProjectVersion,
    known: Collection[str],
) -> Iterator[Remark]:
    """What is wrong in one project's statement; `known` are the projects of the year before."""
    codes = version.project.continues or ()
    for position, code in enumerate(codes):
        place = (version.path, ("continues", position))
        if code in codes[:position]:
            yield Remark(REPEATED, *place, f"项目编码 {code} 写了两次。", "请删去重复的一行。")
        elif code not in known and not predecessor(context.others, new.year, code):
            yield from _unknown(context, old, new, code, place)


_Place = tuple[str, tuple[str | int, ...]]


def _unknown(
    context: _StatementContext,
    old: DepartmentYear | None,
    new: DepartmentYear,
    code: str,
    place: _Place,
) -> Iterator[Remark]:
    """Why a code is none that can be carried on: it stands in another year, or nowhere."""
    years = _years_of(context.department, code)
    if any(year >= new.year for year in years):
        message = f"项目编码 {code} 是{max(years)}年的项目，{new.year}年的项目不能承接它。"
        yield Remark(CIRCULAR, *place, message, LATER)
    elif years and old:
        message = f"{old.year}年没有编码为 {code} 的项目。"
        hint = f"它是{max(years)}年的项目。这里只能写上一次公开的年度（{old.year}年）的项目编码。"
        yield Remark(UNKNOWN_PREDECESSOR, *place, message, hint)
    elif elsewhere := [one for one in context.others if _years_of(one, code)]:
        yield _of_another_year(elsewhere[0], new, code, place)
    elif context.whole:
        own = f"{old.year}年没有编码为 {code} 的项目" if old else f"没有编码为 {code} 的项目"
        looked = "其他部门也没有公开过它" if old else "本部门没有更早的年度，其他部门也没有公开过它"
        hint = "请核对编码；如果本项目是新增项目，请改为 continues: []。"
        if not old:
            hint += "上年的项目没有在本站公开的，请删去 continues，或先补录上年的数据。"
        yield Remark(UNKNOWN_PREDECESSOR, *place, f"{own}，{looked}。", hint)


LATER = "这里应写上年项目的编码；承接关系请写在后一年的项目里。"


def _of_another_year(
    other: DepartmentData, new: DepartmentYear, code: str, place: _Place
) -> Remark:
    """The code is another department's, but not of the last year before."""
    years = _years_of(other, code)
    before = year_before(other, new.year)
    if not before or max(years) >= new.year:
        year = max(years)
        name = other.department.as_of(year).name
        message = f"项目编码 {code} 是{name}{year}年的项目，{new.year}年的项目不能承接它。"
        return Remark(CIRCULAR, *place, message, LATER)
    year, name = max(years), before.department.name
    message = f"项目编码 {code} 是{other.department.as_of(year).name}{year}年的项目，"
    message += f"{name}在{new.year}年以前最后公开的是{before.year}年，那一年没有这个编码。"
    hint = f"请写这个项目在{name}{before.year}年的编码；如果那一年已经没有这个项目，"
    hint += "请改为 continues: []，在 notes 里说明来历。"
    return Remark(UNKNOWN_PREDECESSOR, *place, message, hint)


def _years_of(department: DepartmentData, code: str) -> list[int]:
    """The years in which a department has a project of that code, or of that id."""
    whose, _, own = code.rpartition("/")
    if whose not in ("", department.department.id):
        return []
    return [
        year.year
        for year in department.years
        if any(own in (project.current.id, project.current.code) for project in year.projects)
    ]


def _double_claims(
    old: DepartmentYear, new: DepartmentYear, leaving: Sequence[Transfer]
) -> Iterator[Remark]:
    """A project whose code says one thing while another project's statement says otherwise."""
    declared = {
        **{
            move.origin.current.id: f"{move.new.year.department.name}"
            f"{move.new.year.year}年的项目 {move.heir.current.id}"
            for move in leaving
        },
        **{
            link.old: f"项目 {link.new}" for link in links(old, new) if link.basis is Basis.DECLARED
        },
    }
    for project in new.projects:
        code = project.current.id
        named = project.current.named_by_code
        if named and project.current.continues is None and code in declared:
            yield Remark(
                DOUBLE_CLAIM,
                project.versions[-1].path,
                ("code",),
                f"编码 {code} 与{old.year}年的项目相同，但{declared[code]} 已写明承接它。",
                "如果这个项目也承接它（拆分），请在这里也写上 continues；"
                "如果是新增项目，请写 continues: []。",
            )
