"""分栏填写的符号、数值、单位与指标值不一致

检查什么：同一行既写了完整的指标值（target），又分栏写了符号、数值、单位的，两者说的是不是同一个值。
写法不同而意思相同的（如 95% 与 95 百分比）不报告。

为什么：两处不一致，公众不知道以哪个为准；多半是改了一处漏改了另一处。

例子：target 是 ≥95%，sign 是 ≥，value 是 90，unit 是 %。

怎么改：对照公开文件改正。原表只有分栏的，请删去 target，本站会把三栏连起来。公开文件本身如此的，
请在 notes 里写 rule: C313 和说明。

出处：预算绩效管理系统的“计算符号、指标值、计量单位”三个栏目。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model import target as targets
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Change
from disclosure.model.target_table import joined
from disclosure.model.whitespace import squeezed

RULE = Rule("C313", Severity.WARNING, "分栏填写的符号、数值、单位与指标值不一致")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare each target with its own parts."""
    for position, row, target in subject.rows():
        parts = joined(row.sign, row.value, row.unit)
        if not parts or not row.target or squeezed(parts) == squeezed(row.target):
            continue
        parsed = targets.parse(parts, subject.year.year)
        if targets.compare(target, parsed).change is not Change.SAME:
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.name}”的指标值是“{row.target}”，分栏写的连起来是“{parts}”。",
                "请对照公开文件改正录错的一处。" + or_accept(RULE),
            )
