"""期限不在预算年度内

检查什么：指标值里写明年份的日期或时间段，是否完全落在预算年度之外。没有写年份的、写“次年”的、
跨年度的时间段，写明学年的，以及期限在以后年度而项目名称、用途、目标或本行写明跨年度、分年实施、
续建、规划期等的，都不算。

为什么：目标表管的是一个年度的预算。期限在别的年度，多半是沿用上年的表格时忘了改年份。

例子：2024 年度的目标表写“2023年12月31日前”。

怎么改：对照公开文件改正录错的年份。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C306
和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings, Project
from disclosure.model.target import Target
from disclosure.model.target_table import Indicator

RULE = Rule("C306", Severity.WARNING, "期限不在预算年度内")

_SCHOOL_YEAR = "学年"
_OVER_YEARS = re.compile(
    r"次年|翌年|下年|下一年|跨年|分年|多年|逐年|[两二三四五]年|(?<![0-9])[2-9]年|续建|结转|规划|"
    rf"建设期|质保|决算|结算|清算|尾款|总结|评价|自评|报告|{_SCHOOL_YEAR}|(?:19|20)[0-9]{{2}}年?[-—–~～至到]+(?:19|20)[0-9]{{2}}"
)


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for printed dates and periods that lie wholly in other years."""
    year = subject.year.year
    of_project = _text(subject.project)
    for position, row, target in subject.rows():
        if _is_outside(target, year, f"{of_project} {_row_text(row)}"):
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.level3}”的指标值是“{target.printed}”，不在 {year} 年度内。",
                "请核对年份；确实跨年度的，请在 notes 里写 rule: C306 和说明。",
            )


def _is_outside(target: Target, year: int, text: str) -> bool:
    """Whether all of it is over before the year begins, or begins later for no stated reason."""
    if target.deadline is None or target.year_filled:
        return False
    if target.deadline < date(year, 1, 1):
        return _SCHOOL_YEAR not in text
    first = target.start or target.deadline
    return first > date(year, 12, 31) and not _OVER_YEARS.search(text)


def _text(project: Project) -> str:
    return " ".join([project.name, project.purpose or "", *project.goals])


def _row_text(row: Indicator) -> str:
    return f"{row.level3} {row.description or ''} {row.basis or ''}"
