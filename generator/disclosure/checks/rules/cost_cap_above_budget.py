"""成本指标的上限高于预算数

检查什么：成本指标写成总金额（如 ≤60万元）的，是否超过本项目的预算数。单价（如 ≤1600元/亩）、
节约的金额、社会成本和生态环境成本、写明是总投资、概算、合同总额或多年累计的、以及撤销的项目不检查。

为什么：花费的上限比批准的预算还高，这个上限就不起作用；也可能是元和万元写混了。

例子：预算数 50.00 万元，成本指标“≤500万元”。

怎么改：对照公开文件核对金额和单位。公开文件本身如此的（如含以前年度资金），请按原文保留，并在
notes 里写 rule: C302 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.costs import total_caps
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C302", Severity.WARNING, "成本指标的上限高于预算数")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare each cap on a total with the budget."""
    budget = subject.project.budget.counted
    for cap in total_caps(subject):
        if budget is not None and cap.amount > budget:
            yield subject.remark(
                RULE,
                ("indicators", cap.position, "target"),
                f"“{cap.name}”的上限“{cap.printed}”高于本项目的预算数 {budget} 万元。",
                "请核对金额和单位（元、万元）；"
                "公开文件本身如此的，请在 notes 里写 rule: C302 和说明。",
            )
