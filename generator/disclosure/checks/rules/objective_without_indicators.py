"""分项目标没有绩效指标

检查什么：第一部分的分项绩效目标中，别的分项都写了绩效指标，个别分项空着，或只有横线等符号。所有分项
都没有指标的不检查：有的部门第一部分只写目标。

为什么：没有指标的目标无法衡量。别的分项都有，只有一个没有，多半是漏录。

例子：三个分项中，第二个分项只录了绩效目标，没有录绩效指标。

怎么改：对照公开文件补录。公开文件本身没有的，请在 disclosure.yml 的 notes 里写 rule: C406 和说明。

出处：部门整体绩效目标的“分项绩效目标”。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings, Objective

RULE = Rule("C406", Severity.HINT, "分项目标没有绩效指标")
_SIGNS = re.compile(r"[\W_]*无?[\W_]*")


def check(subject: YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for objectives without indicators where others have some."""
    objectives = subject.year.disclosure.objectives
    if all(_blank(objective) for objective in objectives):
        return
    for position, objective in enumerate(objectives):
        if _blank(objective):
            yield subject.remark(
                RULE,
                ("objectives", position, "name"),
                f"分项“{objective.name}”没有绩效指标，而别的分项有。",
                "请对照公开文件补录。" + or_accept(RULE),
            )


def _blank(objective: Objective) -> bool:
    return _SIGNS.fullmatch(objective.indicators or "") is not None
