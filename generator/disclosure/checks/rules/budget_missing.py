"""没有写明预算数

检查什么：项目的 budget 里是否至少写了总额、财政资金、其他资金中的一项。已撤销的项目不检查。

为什么：没有预算数的项目不计入部门合计，公众也看不出花多少钱。多半是漏录，或把金额写进了别的栏目。

例子：budget 下只有实施期总额，没有本年度的预算数。

怎么改：对照公开文件补录。公开文件确实没有写的，请在 notes 里写 rule: C114 和说明。

出处：项目支出绩效目标表“预算数”一栏。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C114", Severity.WARNING, "没有写明预算数")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for projects without money."""
    if subject.project.budget.counted is None and not subject.project.withdrawn:
        message = "没有写明预算数，本项目不计入合计。"
        hint = "请对照公开文件补录 total（预算数）。" + or_accept(RULE, "公开文件确实没有写的")
        yield subject.remark(RULE, ("budget",), message, hint)
