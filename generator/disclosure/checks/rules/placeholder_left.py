"""数值没有填写

检查什么：指标值是否为空，或者是“≥**%”“XX”“/”“待定”这样没有填写的空白；三级指标、描述和绩效目标里
是否留着“**”“XX”“____”。整行都没有内容的（原表印出的空类别）不检查，写“无”的不算。

为什么：这是模板里等人填写的地方。公开以后，公众不知道目标是多少，考核也没有依据。

例子：消费者满意度“≥**%”。

怎么改：补上数值。公开文件本身就是空白的，请按原文保留，并在 notes 里写 rule: C307 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.subject import FieldPath, ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Kind, Target
from disclosure.model.target_table import Indicator

RULE = Rule("C307", Severity.WARNING, "数值没有填写")

_HINT = "请补上；公开文件本身就是空白的，请在 notes 里写 rule: C307 和说明。"
_BLANK = re.compile(r"(?<![0-9A-Za-z])(?:[*＊]{2,}|[XxＸ×]{2,}|[_＿]{2,})(?![0-9A-Za-z])")
_NOTHING = re.compile(r"[\s/／\\_＿.…*＊×—–-]*|无")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for blanks that were never filled in."""
    for position, row, target in subject.rows():
        yield from _target(subject, position, row, target)
        for field, text in (("level3", row.name), ("description", row.description)):
            yield from _text(subject, ("indicators", position, field), text or "")
    for position, goal in enumerate(subject.project.goals):
        if _NOTHING.fullmatch(goal):
            continue  # a goal that is all blank is C402's
        yield from _text(subject, ("goals", position), goal)


def _target(
    subject: ProjectSubject, position: int, row: Indicator, target: Target
) -> Iterator[Remark]:
    if target.kind not in {Kind.EMPTY, Kind.PLACEHOLDER} or _is_empty_row(row):
        return
    defect = f"是“{target.printed}”，没有填写数值" if target.printed else "是空的"
    field: FieldPath = ("indicators", position, "target" if row.target else "level3")
    yield subject.remark(RULE, field, f"“{row.name}”的指标值{defect}。", _HINT)


def _is_empty_row(row: Indicator) -> bool:
    """Whether the form only prints the category: its name is a dash, or a level said again."""
    nothing = _NOTHING.fullmatch(row.name) or row.name in {row.level1, row.level2}
    return bool(nothing) and bool(_NOTHING.fullmatch(row.description or ""))


def _text(subject: ProjectSubject, field: FieldPath, text: str) -> Iterator[Remark]:
    if match := _BLANK.search(text):
        yield subject.remark(RULE, field, f"文字里的“{match[0]}”没有填写。", _HINT)
