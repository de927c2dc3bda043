"""调整日期早于首次公开

检查什么：调整、更正、撤销文件的日期是否早于 disclosure.yml 的公开日期；没有写公开日期的，与批复日期
比较；两个都没有写的，看是否早于预算年度的上一年。

为什么：要先有公开的目标表，才谈得上调整。日期更早，多半是年份录错；公开之前就已经改动的，应当直接公
开改动后的表。

例子：2024-02-20 公开，调整日期却是 2023-06-30。

怎么改：对照批准文件改正日期，文件名里 @ 之后的日期一并改。确实如此的，请在 notes 里写 rule: C604 和
说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C604", Severity.WARNING, "调整日期早于首次公开")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the date of a later version with that of the original's publication."""
    adjustment, disclosure = subject.project.adjustment, subject.year.disclosure
    if adjustment is None:
        return
    # A budget is drawn up in the year before its own, at the earliest.
    drawn_up = date(subject.year.year - 1, 1, 1)
    named = {"公开日期": disclosure.published, "批复日期": disclosure.approved}
    what, since = next(
        ((name, day) for name, day in named.items() if day), ("预算编制的年份", drawn_up)
    )
    if adjustment.date < since:
        shown = since.year if since is drawn_up else since
        yield subject.remark(
            RULE,
            ("adjustment", "date"),
            f"调整日期 {adjustment.date} 早于{what} {shown}。",
            "请核对日期，特别是年份；文件名里的日期要一并改。" + or_accept(RULE, "确实如此的"),
        )
