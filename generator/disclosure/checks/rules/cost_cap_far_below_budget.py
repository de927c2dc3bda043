"""成本指标的上限远低于预算数

检查什么：成本指标都写成总金额（如 ≤50万元）的，各项上限之和是否低于预算数的一半（比例可以在
checks.yml 的 cost_share 里改）。有单价、文字等其他写法的成本指标时，总成本看不出来，不检查；
节约的金额、社会成本和生态环境成本不算；撤销的项目不检查。

为什么：上限只管住一小部分钱，其余的花费没有成本目标；也可能是元和万元写混了。

例子：预算数 150.00 万元，只有一项成本指标“≤50万元”，是其中一项活动的花费。

怎么改：对照公开文件核对金额和单位。确实只针对一部分花费的，请按原文保留，并在 notes 里写
rule: C303 和说明，告诉公众这个上限指哪一部分。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.costs import cost_rows, total_caps
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C303", Severity.HINT, "成本指标的上限远低于预算数")


def check(subject: ProjectSubject, settings: CheckSettings) -> Iterator[Remark]:
    """Compare the caps together with the budget, if totals are all that is capped."""
    caps = list(total_caps(subject))
    if not caps or len(caps) != sum(1 for _ in cost_rows(subject)):
        return
    budget = subject.project.budget.counted
    together = sum(cap.amount for cap in caps)
    if budget is not None and 100 * together < settings.cost_share * budget:
        printed = "、".join(f"“{cap.printed}”" for cap in caps)
        yield subject.remark(
            RULE,
            ("indicators", caps[0].position, "target"),
            f"成本指标的上限{printed}不到本项目预算数 {budget} 万元的 {settings.cost_share}%。",
            "请核对金额和单位（元、万元）；"
            "确实只针对一部分花费的，请在 notes 里写 rule: C303 和说明。",
        )
