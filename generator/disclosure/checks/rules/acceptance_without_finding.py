"""注释所说明的问题已经不存在

检查什么：notes 里写了 rule（规则编号）的注释，在它所注的位置是否真有这条规则发现的问题。

为什么：这样的注释公开显示在数字旁边，说明“此处有某种问题，按原文保留”。数字改正以后注释
还留着，就会误导公众；注释的位置写错，则它要说明的问题仍会被报告。

例子：预算数已经改正，与资金来源之和相符，notes 里却还留着 rule: C101 的说明。

怎么改：问题已经改正的，请删去这条注释，或只删去 rule 一行、保留说明。问题还在的，请核对注释
的 at 是否写的是出问题的栏目或三级指标名称，rule 是否写的是报告里的规则编号。本规则的结果不能
用注释保留。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.acceptance import AcceptanceSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C901", Severity.WARNING, "注释所说明的问题已经不存在")


def check(subject: AcceptanceSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """A note that accepts no finding of the rule that it names."""
    code = subject.note.rule or ""
    if code in subject.known and subject.judged and not subject.used:
        where = f"“{subject.note.at}”这一处" if subject.note.at else "这个文件里"
        yield subject.remark(
            RULE,
            subject.field,
            f"{where}没有 {code}（{subject.known[code]}）的问题，这条注释没有可说明的。",
            "问题已改正的，请删去这条注释（只想保留说明的，删去 rule 一行）；"
            "问题还在的，请核对 at 和 rule 写得对不对。",
        )
