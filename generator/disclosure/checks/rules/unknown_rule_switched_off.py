"""停用的规则编号不存在

检查什么：checks.yml 的 switched_off 里所写的编号是不是一条可以停用的规则。

为什么：编号写错，想停用的规则仍会检查；更糟的是，以为停用了一条，其实停用的是另一条。

例子：switched_off 里写了 c305，应为 C305。

怎么改：照检查报告里的编号填写。可以停用的只有 C1 至 C8 开头的规则；文件写法（R）、承接关系（L）
和注释本身（C9）的规则不能停用。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.rule_suggestion import suggestion
from disclosure.checks.subject import SettingsSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C903", Severity.WARNING, "停用的规则编号不存在")


def check(subject: SettingsSubject, settings: CheckSettings) -> Iterator[Remark]:
    """A code in `switched_off` that is no rule's."""
    for position, code in enumerate(settings.switched_off):
        if code not in subject.known:
            yield subject.remark(
                RULE,
                ("switched_off", position),
                f"没有编号为“{code}”、可以停用的规则。",
                f"{suggestion(code, subject.known)}不需要停用的，请删去这一行。",
            )
