"""What is wrong with the statements of succession (`continues:`) in the data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from disclosure.compare.lineage import Basis, links
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectVersion
from disclosure.model.diagnostics import Remark, Rule, Severity

UNKNOWN_PREDECESSOR = Rule("L101", Severity.ERROR, "承接的项目不存在")
CIRCULAR = Rule("L102", Severity.ERROR, "承接关系颠倒")
REPEATED = Rule("L103", Severity.ERROR, "承接的项目重复")
DOUBLE_CLAIM = Rule("L104", Severity.WARNING, "两个项目承接同一个上年项目")

RULES = (UNKNOWN_PREDECESSOR, CIRCULAR, REPEATED, DOUBLE_CLAIM)


def findings(department: DepartmentData) -> Iterator[Remark]:
    """Every statement of succession that cannot be true, with its place."""
    for new, old in pairwise(department.years):
        for project in new.projects:
            yield from _statement(department, old, new, project.versions[-1])
        yield from _double_claims(old, new)


def _statement(
    department: DepartmentData, old: DepartmentYear, new: DepartmentYear, version: ProjectVersion
) -> Iterator[Remark]:
    known = {project.current.code for project in old.projects}
    codes = version.project.continues or ()
    for position, code in enumerate(codes):
        place = (version.path, ("continues", position))
        if code in codes[:position]:
            yield Remark(REPEATED, *place, f"项目编码 {code} 写了两次。", "请删去重复的一行。")
        elif code not in known:
            yield _unknown(department, old, new, code, place)


def _unknown(
    department: DepartmentData,
    old: DepartmentYear,
    new: DepartmentYear,
    code: str,
    place: tuple[str, tuple[str | int, ...]],
) -> Remark:
    """Why the code is not among the previous year's: it stands in another year, or nowhere."""
    years = [
        year.year
        for year in department.years
        if any(project.current.code == code for project in year.projects)
    ]
    if any(year >= new.year for year in years):
        message = f"项目编码 {code} 是{max(years)}年的项目，{new.year}年的项目不能承接它。"
        hint = "这里应写上年项目的编码；承接关系请写在后一年的项目里。"
        return Remark(CIRCULAR, *place, message, hint)
    message = f"{old.year}年没有编码为 {code} 的项目。"
    if years:
        hint = f"它是{max(years)}年的项目。这里只能写上一次公开的年度（{old.year}年）的项目编码。"
    else:
        hint = "请核对编码；如果本项目是新增项目，请改为 continues: []。"
    return Remark(UNKNOWN_PREDECESSOR, *place, message, hint)


def _double_claims(old: DepartmentYear, new: DepartmentYear) -> Iterator[Remark]:
    """A project whose code says one thing while another project's statement says otherwise."""
    declared = {link.old: link.new for link in links(old, new) if link.basis is Basis.DECLARED}
    for project in new.projects:
        code = project.current.code
        if project.current.continues is None and code in declared:
            yield Remark(
                DOUBLE_CLAIM,
                project.versions[-1].path,
                ("code",),
                f"编码 {code} 与{old.year}年的项目相同，但项目 {declared[code]} 已写明承接它。",
                "如果这个项目也承接它（拆分），请在这里也写上 continues；"
                "如果是新增项目，请写 continues: []。",
            )
