"""资金支出计划的时点不存在

检查什么：资金支出计划的时点是不是一年里的月份（1 月至 12 月），同一个月是否写了两次。季度、“年底”和
“次年”的时点不检查，看不出月份的时点也不检查。

为什么：时点写错，累计支出就排不成先后，公众看不懂钱什么时候花。

例子：13月底；或“6月底”之外又有“6月末”。

怎么改：对照公开文件改正录错的时点。公开文件本身如此的，请按原文保留，并在 notes 里写
at: spending_plan、rule: C111 和说明。

出处：项目支出绩效目标表“资金支出计划”一栏的 3月底、6月底、10月底、12月底；本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C111", Severity.WARNING, "资金支出计划的时点不存在")
#: A month and nothing else that could set it apart: no year, no day, no second month.
_MONTH = re.compile(r"([0-9]{1,2})月[底末份]?")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for months that no year has, and for a month that stands there twice."""
    seen: dict[int, str] = {}
    for period in subject.project.spending_plan:
        found = _MONTH.fullmatch(period)
        if not found:
            continue
        month = int(found[1])
        earlier = seen.setdefault(month, period)
        if not 1 <= month <= 12:
            message = f"时点“{period}”不存在：一年只有 1 月至 12 月。"
        elif earlier != period:
            message = f"时点“{period}”与“{earlier}”是同一个月。"
        else:
            continue
        place = ("spending_plan", period)
        yield subject.remark(RULE, place, message, "请核对这个时点。" + or_accept(RULE))
