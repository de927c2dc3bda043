"""公开超过规定期限

检查什么：从批复日期到公开日期超过多少天。默认 20 天，第 20 天公开不算超过；可以在 checks.yml 里用
publication_days 修改。有一个日期没有写的不检查。

为什么：部门预算应当在批复后二十日内公开。

例子：批复日期 2024-02-06，公开日期 2024-03-10，相隔 33 天。

怎么改：先核对日期有没有录错；公开日期是首次向社会公开的日期，不是后来更新的日期。确实超过期限的，请
在 disclosure.yml 的 notes 里写 rule: C602 和原因。

出处：预算法 §14；所属单位见实施条例 §6。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C602", Severity.WARNING, "公开超过规定期限")


def check(subject: YearSubject, settings: CheckSettings) -> Iterator[Remark]:
    """Count the days from approval to publication."""
    approved, published = subject.year.disclosure.approved, subject.year.disclosure.published
    if approved and published and (published - approved).days > settings.publication_days:
        days = (published - approved).days
        yield subject.remark(
            RULE,
            ("published",),
            f"批复日期 {approved}，公开日期 {published}，相隔 {days} 天，"
            f"超过 {settings.publication_days} 天。",
            "请核对这两个日期。" + or_accept(RULE, "确实超过期限的"),
        )
