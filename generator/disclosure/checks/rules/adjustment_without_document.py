"""预算调整没有写文号

检查什么：预算调整（adjustment）和撤销（withdrawal）文件有没有写批准文件的文号，或只写了横线、“无”
等。更正（correction）只是改正公开时的错误，可以没有文号。

为什么：绩效目标随预算批复，一般不予调整；调整要按预算调整的程序批准。写明文号，公众才能查到依据。

例子：kind: adjustment，document: ~。

怎么改：补录批准文件的文号；只是改正公开时的错误的，把 kind 改为 correction。确实没有文号的，请在
notes 里写 rule: C603 和说明。

出处：财预〔2015〕88号（适用于中央部门，地方的规定可能不同）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C603", Severity.WARNING, "预算调整没有写文号")
_KINDS = {"adjustment": "预算调整", "withdrawal": "撤销"}
_NOTHING = re.compile(r"[\W_]*(?:无|暂无|略)?[\W_]*")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for a change of the budget that names no document."""
    adjustment = subject.project.adjustment
    if adjustment is None or adjustment.kind not in _KINDS:
        return
    if _NOTHING.fullmatch(adjustment.document or ""):
        field = "kind" if adjustment.document is None else "document"
        yield subject.remark(
            RULE,
            ("adjustment", field),
            f"这是{_KINDS[adjustment.kind]}，却没有写批准文件的文号。",
            "请在 adjustment 下面补写 document（文号）；只是改正公开时的错误的，"
            "请把 kind 改为 correction。" + or_accept(RULE, "确实没有文号的"),
        )
