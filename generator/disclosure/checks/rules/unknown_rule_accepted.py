"""注释里的规则编号不存在

检查什么：notes 里 rule 所写的编号是不是一条可以用注释说明的规则。

为什么：编号写错，要说明的问题就仍会被报告，公众看到的编号也查不到。

例子：rule: C1O1（字母 O）或 rule: c101，应为 rule: C101。

怎么改：照检查报告里的编号填写，如 C101。R 开头的是文件写法上的错误，不能用注释保留，只能改正。
只想写一条说明、不涉及规则的，删去 rule 一行即可。本规则的结果不能用注释保留。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.acceptance import AcceptanceSubject
from disclosure.checks.rule_suggestion import suggestion
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C902", Severity.WARNING, "注释里的规则编号不存在")


def check(subject: AcceptanceSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """A note that names a rule which there is not, or whose findings cannot be accepted."""
    code = subject.note.rule or ""
    if code not in subject.known:
        yield subject.remark(
            RULE,
            subject.field,
            f"没有编号为“{code}”、可以用注释说明的规则。",
            f"{suggestion(code, subject.known)}只想写说明的，请删去 rule 一行。",
        )
