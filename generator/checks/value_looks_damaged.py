"""指标值可能有扫描错误

检查什么：指标值是否像扫描或录入时认错了字：没有符号、以 2 开头、去掉 2 后正好是常见数值的
百分比和次数（“295%”“2280次”），以及日历上没有的日期（“2月30日前”）。

为什么：“≥”常被认成“2”，差之一字，目标就大了许多倍。

例子：设施验收合格率“295%”，原文也许是“≥95%”。

怎么改：对照公开文件的原件或图片改正。原件本来就是这样的，请按原文保留，并在 notes 里写
rule: C308 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.subject import ProjectSubject
from generator.diagnostics import Remark, Rule, Severity
from generator.model import CheckSettings

RULE = Rule("C308", Severity.WARNING, "指标值可能有扫描错误")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Pass on what was suspected when the target was read."""
    for position, row, target in subject.rows():
        if target.doubt:
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.level3}”的指标值是“{target.printed}”：{target.doubt}。",
                "请对照公开文件的原件核对；原件本来如此的，请在 notes 里写 rule: C308 和说明。",
            )
