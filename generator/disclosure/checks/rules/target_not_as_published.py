"""自评表写的目标与公开的目标不同

检查什么：自评表上写了指标值或预期目标的，与随预算公开的目标表逐项比较：指标值的数值、写法是不是一
样，有没有漏写，公开过的指标有没有从自评表里消失，预期目标的文字有没有改动。与现行版本或首次公开的一样
都可以；空格、全角半角、≥ 与 >= 的不同不算；符号、单位另有一栏的，连起来比较。自评表多出的指标由规则
R416 报告。

为什么：自评应当评价公开承诺过的目标。目标在自评表里悄悄变了，“完成”就没有意义，公众最需要知道这一
点。

例子：目标表公开的是“≥95%”，自评表的年度指标值写“≥90%”，实际完成 92%，得满分。

怎么改：先核对有没有录错，有没有漏录预算调整。公开文件本身如此的，请按原文保留，并在自评结果的
notes 里写 rule: C314 和说明，说明会公开显示。

出处：项目支出绩效自评表“年度指标值”“年初设定目标”两栏。
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.evaluated import Evaluated, evaluated
from disclosure.checks.subject import ResultSubject
from disclosure.model import target as targets
from disclosure.model.dataset import ProjectYear
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings, Project
from disclosure.model.target import Change
from disclosure.model.target_table import Indicator, IndicatorResult, joined
from disclosure.model.whitespace import squeezed

RULE = Rule("C314", Severity.WARNING, "自评表写的目标与公开的目标不同")
_HINT = "请核对有没有录错、有没有漏录预算调整。" + or_accept(RULE)
#: How many names a finding lists before it only counts them.
_MAX_NAMED = 5
_SIGNS = {
    "‹": "<", "›": ">", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", ">=": "≥", "<=": "≤",
}  # fmt: skip
#: What evaluations that state a target in several columns call those beside its number.
_SIGN = re.compile("(?:计算|运算|指标)?(?:符号|性质)")
_UNIT = re.compile("(?:计量|度量)?单位")
_NUMBERING = re.compile(r"(?:^|(?<=[。；;\n]))[(（]?[0-9一二三四五六七八九十]{1,2}[)）.、．]+")
_ENDS = re.compile(r"[。；;，,、.\s]")


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Hold what the self-evaluation says was promised against what was."""
    rows = evaluated(subject.project.current, subject.result)
    states = any(row.target for row in subject.result.indicators)
    for row in rows:
        yield from _target(subject, row, states=states)
    if states:
        yield from _missing(subject)
    yield from _goals(subject)


def _target(subject: ResultSubject, row: Evaluated, *, states: bool) -> Iterator[Remark]:
    """One row's target, in the version in force or as first published.

    `states` says that the evaluation states targets, if perhaps not this one.
    """
    if row.result is None or row.position is None:
        return
    published, name = row.indicator.target or "", row.indicator.name
    ways = _stated(row.result)
    first = _first_target(subject.project, row.indicator)
    if any(_same(way, known) for way in ways for known in (published, first) if known is not None):
        return
    place = ("indicators", row.position)
    if not ways:
        if states and published:
            message = f"“{name}”公开的指标值是“{published}”，自评表没有写。"
            yield subject.remark(RULE, place, message, _HINT)
        return
    if published:
        year = subject.year.year
        verdict = targets.compare(targets.parse(published, year), targets.parse(ways[-1], year))
        how = "写法不同" if verdict.change is Change.SAME else verdict.reason
        message = f"“{name}”公开的指标值是“{published}”，自评表写的是“{ways[-1]}”：{how}。"
    else:
        message = f"“{name}”公开时没有指标值，自评表写的是“{ways[-1]}”。"
    yield subject.remark(RULE, (*place, "target"), message, _HINT)


def _stated(row: IndicatorResult) -> list[str]:
    """The target as the evaluation states it; whole last, where it stands in several columns."""
    if not row.target:
        return []
    columns = [(name, text) for name, text in row.other.items() if text]
    sign = next((text for name, text in columns if _SIGN.fullmatch(name)), None)
    unit = next((text for name, text in columns if _UNIT.fullmatch(name)), None)
    return [row.target, joined(sign, row.target, unit) or ""] if sign or unit else [row.target]


def _first_target(project: ProjectYear, indicator: Indicator) -> str | None:
    """The indicator's target as first published; None if it is not clear which that was."""
    rows = project.versions[0].project.indicators
    named = [row for row in rows if row.name == indicator.name]
    leveled = [
        row for row in named if (row.level1, row.level2) == (indicator.level1, indicator.level2)
    ]
    found = named if len(named) == 1 else leveled
    return found[0].target or "" if len(found) == 1 else None


def _missing(subject: ResultSubject) -> Iterator[Remark]:
    """Published indicators that the self-evaluation leaves out, by either version."""
    if subject.project.withdrawn:
        return
    stated = Counter(_written(row.name) for row in subject.result.indicators)
    tables = (subject.project.current, subject.project.versions[0].project)
    left_out = [_left_out(table, stated) for table in tables if table.indicators]
    if left_out and all(left_out):
        names = left_out[0]
        shown = "、".join(f"“{name}”" for name in names[:_MAX_NAMED])
        more = "等" if len(names) > _MAX_NAMED else ""
        message = f"公开的目标表里有 {len(names)} 个指标不在自评表里：{shown}{more}。"
        yield subject.remark(RULE, ("indicators",), message, _HINT)


def _left_out(table: Project, stated: Counter[str]) -> list[str]:
    """The names of a table's indicators that are stated less often than there are."""
    left, missing = stated.copy(), []
    for row in table.indicators:
        left[_written(row.name)] -= 1
        if left[_written(row.name)] < 0:
            missing.append(row.name)
    return missing


def _goals(subject: ResultSubject) -> Iterator[Remark]:
    """The goal in words, in the version in force or as first published."""
    stated = _plain("".join(subject.result.goals))
    tables = (subject.project.current, subject.project.versions[0].project)
    published = [_plain("".join(table.goals)) for table in tables]
    if stated and any(published) and stated not in published:
        message = "自评表的预期目标与公开的绩效目标文字不同。"
        yield subject.remark(RULE, ("goals",), message, _HINT)


def _same(one: str, other: str) -> bool:
    return _written(one) == _written(other)


def _written(text: str) -> str:
    plain = squeezed(unicodedata.normalize("NFKC", text))
    for sign, usual in _SIGNS.items():
        plain = plain.replace(sign, usual)
    return plain


def _plain(goal: str) -> str:
    """A goal without its numbering and punctuation, which forms put in differently."""
    return _ENDS.sub("", _NUMBERING.sub("", unicodedata.normalize("NFKC", goal)))
