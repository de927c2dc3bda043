"""缺少产出指标或效益指标

检查什么：目标表是否至少有一个产出指标和一个效益指标。“产出指标(50分)”“项目产出”等写法都认得；一级指
标的名称有认不出的，先由规则 C405 报告，这里不检查。已撤销的项目不检查。

为什么：产出说明钱花了做成什么，效益说明有什么用，缺一就无法评价。也可能是录入时漏了几行。

例子：只有数量、质量、时效、成本四个产出指标，没有效益指标。

怎么改：对照公开文件补录漏掉的行。公开文件本身没有的，请在 notes 里写 rule: C401 和说明。

出处：项目支出绩效目标表的指标分类；本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.indicator_levels import BENEFIT, OUTPUT, first_level
from disclosure.model.records import CheckSettings

RULE = Rule("C401", Severity.WARNING, "缺少产出指标或效益指标")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for the two kinds of indicators that every table has."""
    if subject.project.withdrawn:
        return
    kinds = {first_level(row.level1 or "") for row in subject.project.indicators}
    missing = [kind for kind in (OUTPUT, BENEFIT) if kind not in kinds]
    if missing and None not in kinds:
        message = f"目标表里没有{'，也没有'.join(missing)}。" if kinds else "目标表里没有绩效指标。"
        hint = "请对照公开文件补录漏掉的行。" + or_accept(RULE)
        yield subject.remark(RULE, ("indicators",), message, hint)
