"""项目编码的年份与年度不同

检查什么：21 位项目编码第 7、8 位的年份。比所在年度新的，报告；比所在年度旧的，只有字母为 P、并且此
前各年度都没有公开过这个编码时才报告。

为什么：年份不同，可能是录错，也可能是把其他年度的表放进了这个年度的文件夹。延续多年的项目可以一直用
最初的编码（R、T 类常见），所以这只是提示。

例子：2024 年文件夹里的 13080325P00514210001L。

怎么改：对照公开文件核对编码和年度。确实沿用旧编码的，请在 notes 里写 rule: C203 和说明。

出处：项目支出绩效目标表“项目编码”一栏；本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.rules.code_misshapen import SHAPE
from disclosure.checks.subject import DepartmentSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C203", Severity.HINT, "项目编码的年份与年度不同")
_CENTURY = 2000


def check(subject: DepartmentSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the code's year with the folder's, the oldest year first."""
    published = {
        project.current.code
        for other in subject.others
        for year in other.years
        for project in year.projects
    }
    for year in reversed(subject.data.years):
        for project in year.projects:
            code = project.current.code
            shape = SHAPE.fullmatch(code or "")
            own = _CENTURY + int(shape["year"]) if shape else year.year
            surprising = shape is not None and shape["kind"] == "P" and code not in published
            if own > year.year or (own < year.year and surprising):
                path = project.versions[0].path
                message = f"项目编码的年份是{own}年，而它放在{year.year}年的文件夹里。"
                hint = "请核对编码和年度。" + or_accept(RULE, "确实沿用这个编码的")
                yield Remark(RULE, path, ("code",), message, hint)
        published |= {project.current.code for project in year.projects}
