"""公开日期早于批复日期

检查什么：disclosure.yml 的公开日期是否早于批复日期。同一天是可以的；有一个日期没有写的不检查。

为什么：部门预算在批复之后公开。日期颠倒，多半是月、日或年份录错。

例子：批复日期 2024-02-06，公开日期 2023-02-20（年份录错）。

怎么改：对照批复文件和公开网页改正。确实先公开、后收到批复的，请在 disclosure.yml 的 notes 里写
rule: C601 和说明。

出处：预算法 §14。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C601", Severity.ERROR, "公开日期早于批复日期")


def check(subject: YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the two dates of a disclosure."""
    approved, published = subject.year.disclosure.approved, subject.year.disclosure.published
    if approved and published and published < approved:
        yield subject.remark(
            RULE,
            ("published",),
            f"公开日期 {published} 早于批复日期 {approved}。",
            "请核对这两个日期，特别是年份。" + or_accept(RULE, "确实如此的"),
        )
