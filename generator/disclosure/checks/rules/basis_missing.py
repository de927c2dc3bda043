"""个别指标没有写确定依据

检查什么：同一张表的多数指标都填了“指标值确定依据”，个别指标空着。整栏都空着、或空着的占一半以上的不
检查；同一二级指标的上面一行写了依据的也不检查，可能是几行合并成一格。已撤销的项目不检查。

为什么：依据说明指标值从哪里来。别的行都有，只有一两行没有，多半是漏录。

例子：8 个指标中 7 个写了依据，1 个空着。

怎么改：对照公开文件补录。公开文件本身空着的，请在 notes 里写 rule: C403 和说明。

出处：项目支出绩效目标表“指标值确定依据”一栏。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C403", Severity.HINT, "个别指标没有写确定依据")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for the few rows without a basis among many that have one."""
    rows = subject.project.indicators
    lacking = sum(row.basis is None for row in rows)
    if subject.project.withdrawn or lacking * 2 >= len(rows):
        return
    groups: set[tuple[str | None, str | None]] = set()
    for position, row, _ in subject.rows():
        group = (row.level1, row.level2)
        if row.basis is not None:
            groups.add(group)
        elif group not in groups:
            yield subject.remark(
                RULE,
                ("indicators", position, "level3"),
                f"“{row.name}”没有写指标值确定依据，而同表有 {len(rows) - lacking} 个指标写了。",
                "请对照公开文件补录。" + or_accept(RULE),
            )
