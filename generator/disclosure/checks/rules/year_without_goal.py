"""没有部门整体的绩效目标

检查什么：一个年度的 disclosure.yml 里，是否写了总体绩效目标（overall_goal）或部门整体绩效目标表（
department_table）。

为什么：部门整体的目标与项目目标一起随预算公开。两样都没有，多半是漏录。

例子：从公开文件导入以后，overall_goal 一直是 ~。

怎么改：对照公开文件补录。公开文件确实没有的，请在 disclosure.yml 的 notes 里写 rule: C412 和说明。

出处：部门整体绩效目标。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C412", Severity.WARNING, "没有部门整体的绩效目标")


def check(subject: YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for years that say nothing of the department as a whole."""
    disclosure = subject.year.disclosure
    if not disclosure.overall_goal and disclosure.department_table is None:
        message = "没有写总体绩效目标，也没有部门整体绩效目标表。"
        hint = "请对照公开文件补录 overall_goal 或 department_table。"
        hint += or_accept(RULE, "公开文件确实没有的")
        yield subject.remark(RULE, ("year",), message, hint)
