"""金额的小数超过两位

检查什么：预算数、财政资金、其他资金和资金支出计划，以万元为单位时小数是否超过两位。末尾的 0 不算。
一个文件里有几处，只报告一次。

为什么：公开表格以万元为单位，一般保留两位小数。位数更多，常常是从“元”换算时点错了小数点，或多录了一
位数字。

例子：财政资金 150.005，预算数 150.00。150.0000 不算，它就是 150.00。

怎么改：对照公开文件核对。公开文件本来就写到元、角、分的，请按原文保留，并在 notes 里写 rule: C103
和说明；如果本地的表格都是这样，可以在 checks.yml 里停用本规则。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.amounts import amounts
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C103", Severity.HINT, "金额的小数超过两位")
_DECIMALS = re.compile(r"\.[0-9]{2}[0-9]*[1-9]")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for amounts with more than two decimals that are not zeros; one finding a file."""
    fine = [one for one in amounts(subject.project) if _DECIMALS.search(one.printed)]
    if fine:
        first, others = fine[0], len(fine) - 1
        also = f"另有 {others} 处金额也是这样。" if others else ""
        yield subject.remark(
            RULE,
            first.field,
            f"{first.name} {first.printed} {subject.project.money}的小数超过两位。{also}",
            "请核对有没有点错小数点或多录数字。" + or_accept(RULE),
        )
