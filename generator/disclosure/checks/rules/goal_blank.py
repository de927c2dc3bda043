"""没有填写绩效目标

检查什么：项目的绩效目标是否一条也没有，或某一条只有横线、星号等符号，或只写“无”“略”。已撤销的项目不
检查。

为什么：绩效目标说明这笔钱要办成什么事，是目标表的核心，不能空着。只有符号的，常常是系统里没有填写。

例子：goals: []；goals 里只写了“- _ *”“/”或“无”。

怎么改：对照公开文件补录。公开文件本身空着的，请按原文保留，并在 notes 里写 rule: C402 和说明。

出处：项目支出绩效目标表“绩效目标”一栏；本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C402", Severity.WARNING, "没有填写绩效目标")
#: Nothing but signs, with or without a word that says nothing.
_BLANK = re.compile(r"[\W_]*(?:无|暂无|略|同上|空)?[\W_]*")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for goals that say nothing."""
    if subject.project.withdrawn:
        return
    hint = "请对照公开文件补录绩效目标。" + or_accept(RULE)
    if not subject.project.goals:
        yield subject.remark(RULE, ("goals",), "没有填写绩效目标。", hint)
    for position, goal in enumerate(subject.project.goals):
        if _BLANK.fullmatch(goal):
            message = f"绩效目标只写了“{goal}”，等于没有填写。"
            yield subject.remark(RULE, ("goals", position), message, hint)
