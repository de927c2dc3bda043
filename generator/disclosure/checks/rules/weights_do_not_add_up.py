"""指标权重之和不是100

检查什么：每个指标都填了权重（或分值）的目标表，权重之和是否为 100；预算执行率另占分值的，也可以是
90 或 80；原表写明执行率分值的，应是 100 减去它。写成小数的，合计应为 1。有的行没有权重（如合并填
写）的，只检查有没有超过 100。

为什么：权重之和不对，自评时的总分就不会是 100 分；多半是录错一个数字，或漏录了一行。

例子：六个指标的权重为 20、20、20、15、15、5，合计 95。

怎么改：对照公开文件改正。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C410 和说明。

出处：绩效目标表“权重”“分值”一栏。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C410", Severity.WARNING, "指标权重之和不是100")
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)[\s]*[分%％]?")
_EXECUTION = re.compile("执行率")
_WHOLE = Decimal(100)
#: All, or what the rate of execution leaves: 10 as a rule, 20 in some districts.
_USUAL = (_WHOLE, Decimal(90), Decimal(80))


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Add up the weights of a table."""
    printed = [row.weight for _, row, _ in subject.rows()]
    weights = [_number(text) for text in printed if text]
    if not weights or None in weights:
        return
    together = sum((one for one in weights if one is not None), Decimal(0))
    stated = _execution(subject)
    expected = _USUAL if stated is None else (_WHOLE, _WHOLE - stated)
    complete = len(weights) == len(printed)
    if together > _WHOLE or (complete and together not in (*expected, 1)):
        whole = "100" if stated is None else f"100 减去执行率分值 {stated} 后的 {_WHOLE - stated}"
        message = f"{len(weights)} 个指标的权重之和为 {together}，不是 {whole}。"
        hint = "请对照公开文件核对各指标的权重。" + or_accept(RULE)
        yield subject.remark(RULE, ("indicators",), message, hint)


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text.strip())
    return Decimal(found[1]) if found else None


def _execution(subject: ProjectSubject) -> Decimal | None:
    """How many points the form gives to the rate of execution, if it says so."""
    for name, text in subject.project.facts.items():
        if _EXECUTION.search(name) and (number := _NUMBER.search(f"{name}{text or ''}")):
            return Decimal(number[1])
    return None
