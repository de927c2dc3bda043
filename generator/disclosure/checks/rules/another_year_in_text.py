"""文字里是别的年度

检查什么：项目名称、用途、绩效目标、三级指标、描述、文字的指标值、第一部分的各项文字和年度主要任务里，是否写
着相邻几年的年份，而同一句里没有本年度。说明理由的写法不算：“2021年以来”“较2023年”“2023年底建
成”“2021-2025年”“2023—2024学年”、书名号和文号里的年份、上年的决算、考核、灾害、尾款等。指标值确定依据
可以是以往年度的统计和文件，只检查写成以往年度“工作计划”“年初预算”的。文件标题和表名检查是否写
着别的年度而没有写本年度，“结转”“续建”项目的表不算。

为什么：目标表常从上年的文件改来，漏改的年份会让人怀疑整张表是不是本年度的；导入时年度写错的，也会在这里
发现。

例子：2024 年度的绩效目标写“完成2023年度招商引资工作任务”。

怎么改：对照公开文件改正录错的年份。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C501
和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.other_years import other_year, planned_in, year_of_title
from disclosure.checks.subject import FieldPath, ProjectSubject, YearSubject
from disclosure.checks.texts import aims
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C501", Severity.WARNING, "文字里是别的年度")


def check(subject: ProjectSubject | YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for years beside the disclosure's own in whatever says what is to be done."""
    year = subject.year.year
    # Dates are understood: that a deadline is in another year is C306's to say.
    found = [(field, other_year(text, year)) for field, text in aims(subject)]
    found += [(field, year_of_title(title or "", year)) for field, title in _titles(subject)]
    if isinstance(subject, ProjectSubject):
        found += [(field, planned_in(text, year)) for field, text in _bases(subject)]
        # A project that goes on for years keeps its first year in its code and its name.
        began = f"20{(subject.project.code or '')[6:8]}年"
        found = [(field, other) for field, other in found if other != began]
    for field, other in found:
        if other:
            yield subject.remark(
                RULE,
                field,
                f"这里写的是“{other}”，而这是 {year} 年度的文件。",
                "请核对年份是否漏改；公开文件本身如此的，请在 notes 里写 rule: C501 和说明。",
            )


def _titles(subject: ProjectSubject | YearSubject) -> Iterator[tuple[FieldPath, str | None]]:
    """Those of the document and of its tables; the department's own is a subject as well."""
    if isinstance(subject, ProjectSubject):
        yield ("title",), subject.project.title
        return
    disclosure = subject.year.disclosure
    yield ("source", "title"), disclosure.source.title if disclosure.source else None
    for position, one in enumerate(disclosure.project_lists):
        yield ("project_lists", position, "title"), one.title


def _bases(subject: ProjectSubject) -> Iterator[tuple[FieldPath, str]]:
    for position, row, _ in subject.rows():
        yield ("indicators", position, "basis"), row.basis or ""
