"""有指标值却没有指标名称

检查什么：目标表、自评表中没有三级指标名称的行，有没有填指标值、描述或实际完成值。整行空白、只印了
分类的行是正常的，不报告。

为什么：没有名称的行只照原样刊载，不作为指标统计和比较；多半是名称漏录，或录到了别的栏目。

例子：一级指标“产出指标”、指标值“≥12公里”，三级指标空着。

怎么改：对照公开文件补录三级指标的名称（level3）。公开文件本身没有的，请在 notes 里写 rule: C411
和说明。

出处：绩效目标表“三级指标”一栏。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject, ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C411", Severity.WARNING, "有指标值却没有指标名称")


def check(subject: ProjectSubject | ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for rows that say something and name nothing."""
    hint = "请对照公开文件补录三级指标的名称。" + or_accept(RULE)
    for position, text in _nameless(subject):
        message = f"第 {position + 1} 行写了“{text}”，却没有三级指标的名称，不作为指标。"
        yield subject.remark(RULE, ("indicators", position), message, hint)


def _nameless(subject: ProjectSubject | ResultSubject) -> Iterator[tuple[int, str]]:
    """The rows without a name, and what else they say."""
    if isinstance(subject, ResultSubject):
        for position, result in enumerate(subject.result.indicator_rows):
            if result.level3 is None and (text := result.target or result.actual):
                yield position, text
        return
    for position, row in enumerate(subject.project.indicator_rows):
        if row.level3 is None and (text := row.target or row.description):
            yield position, text
