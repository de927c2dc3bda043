"""满意度没有写成百分比

检查什么：名称或描述是满意度、满意率的指标，指标值是否写成百分比（≥90%）或分数（≥90分、≥90）。
写“优良”“满意”等文字或者用人、次等单位的会提示。满意度类别下的其他指标（如投诉次数）不检查；
空白和未填写的由 C307 报告。

为什么：满意度要靠调查得出，写成比例才能核对。

例子：服务对象满意度“优良”；群众满意度“≥90人”。

怎么改：改写为百分比。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C311 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Kind, Target
from disclosure.model.target_table import Indicator

RULE = Rule("C311", Severity.HINT, "满意度没有写成百分比")

_SATISFACTION = re.compile(r"满意(?:度|率|程度)")
# How often or how widely it was asked is no satisfaction.
_SURVEY = re.compile("调查|测评|问卷|回访|投诉|不满意")
_SHARES = {"share", "points", "count:分"}
_ALL = Decimal(100)
# Words that hold a share or a comparison: 较上年提高, 不低于上年, 九成以上.
_SHARE_IN_WORDS = re.compile(r"\d|百分|成以上|[上去]年|提[高升]|不低于")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for satisfaction that is no share."""
    for position, row, target in subject.rows():
        if _asks_for_satisfaction(row) and not _is_share(target):
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.level3}”的指标值是“{target.printed}”，不是百分比。",
                "请改写为百分比，如“≥90%”；公开文件本身如此的，请在 notes 里写 rule: C311 和说明。",
            )


def _asks_for_satisfaction(row: Indicator) -> bool:
    text = f"{row.level3} {row.description or ''}"
    return bool(_SATISFACTION.search(text)) and not _SURVEY.search(text)


def _is_share(target: Target) -> bool:
    if target.kind in {Kind.EMPTY, Kind.PLACEHOLDER}:
        return True  # nothing is filled in at all: that is another rule's
    if target.kind is Kind.WORDS:
        return bool(_SHARE_IN_WORDS.search(target.printed))
    if target.deadline is not None or target.high is None:
        return False
    if target.unit is None:
        return target.high <= _ALL
    return target.unit.quantity in _SHARES
