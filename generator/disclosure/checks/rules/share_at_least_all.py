"""比率要求“大于等于百分之百”

检查什么：合格率、满意度、覆盖率、完成率等部分占整体的比率，指标值是否写成“≥100%”。写“=100%”
或“100%”的不算；增长率、任务或收入的完成率等可以超过 100% 的不检查。

为什么：这样的比率不可能超过 100%，“≥”没有意义，会让人以为还可以更高。

例子：工作完成率“≥100百分比”。

怎么改：公开前可以改写为“=100%”。公开文件已经这样写的，请按原文保留，并在 notes 里写 rule: C305
和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.shares import SHARE_OF_ALL, share_rows
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Sign

RULE = Rule("C305", Severity.HINT, "比率要求“大于等于百分之百”")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for shares of a whole that are to be at least the whole."""
    for share in share_rows(subject):
        if share.sign is Sign.AT_LEAST and share.percent == SHARE_OF_ALL:
            yield subject.remark(
                RULE,
                ("indicators", share.position, "target"),
                f"“{share.name}”的指标值是“{share.printed}”，而这个比率不可能超过 100%。",
                "公开前可以改写为“=100%”；"
                "公开文件已经这样写的，请在 notes 里写 rule: C305 和说明。",
            )
