"""比率超过百分之百

检查什么：合格率、满意度、覆盖率、参保率等部分占整体的比率，指标值是否超过 100%。增长率、增幅、
任务或收入的完成率、床位使用率等可以超过 100% 的不检查；可能是扫描错误的由 C308 报告。

为什么：部分不可能多于整体，这样的目标永远完不成，多半是录错或小数点写错。

例子：合格率“≥950%”（应为 ≥95%）。

怎么改：对照公开文件改正录错的数字。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C304
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

RULE = Rule("C304", Severity.WARNING, "比率超过百分之百")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for shares of a whole that are to be more than the whole."""
    for share in share_rows(subject):
        more = share.sign is Sign.MORE and share.percent == SHARE_OF_ALL
        if share.percent > SHARE_OF_ALL or more:
            yield subject.remark(
                RULE,
                ("indicators", share.position, "target"),
                f"“{share.name}”的指标值是“{share.printed}”，而这个比率最高只能是 100%。",
                "请对照公开文件核对数字；公开文件本身如此的，请在 notes 里写 rule: C304 和说明。",
            )
