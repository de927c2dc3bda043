"""名称里的单位与指标值的单位矛盾

检查什么：三级指标或描述末尾括号里的单位（如“合同投资金额（亿元）”）与指标值的单位是否是两回事，
例如金额对个数、百分比对人数、人数对次数；名称是合格率、完成率等比率的，指标值是否用了别的单位。
满意度由 C311 检查。同类单位（亿元与万元、公里与米、个与家）不算矛盾；
指标值没有单位或是文字的不检查。

为什么：名称和数值说的不是同一样东西，多半是填串了行或选错了单位。

例子：新落地企业数量（个），指标值“≥15亿元”。

怎么改：对照公开文件改正录错的一处。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C310
和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.measures import differ
from disclosure.checks.shares import rate_named
from disclosure.checks.subject import ProjectSubject
from disclosure.model import target as targets
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Kind, MeasureUnit
from disclosure.model.target_table import Indicator

RULE = Rule("C310", Severity.WARNING, "名称里的单位与指标值的单位矛盾")

_AT_THE_END = re.compile(r"[（(](?:单位[:：])?([^（）()]{1,6})[）)]$")
# These also say what is meant, not what is counted: 覆盖乡镇（街道）, 主管部门（处）.
_ALSO_NOUNS = """
村 个村 乡 镇 社区 街道 组 队 支 班 所 处 门 面 条 道 片 块 双 站 级 分 期 户 家 头 只 羽 套 台套
人份 剂 M m g t L
"""
_PERCENT = MeasureUnit("%", "share", Decimal(1))
_NUMBERS = {Kind.NUMBER, Kind.RANGE, Kind.ABOUT}


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the unit in brackets behind the name with the target's."""
    for position, row, target in subject.rows():
        if target.kind not in _NUMBERS or target.unit is None:
            continue
        for text, named in _named_units(row):
            if differ(named, target.unit):
                yield subject.remark(
                    RULE,
                    ("indicators", position, "target"),
                    f"“{text}”的单位是{named.printed}，指标值“{target.printed}”的单位是"
                    f"{target.unit.printed}，说的不是一样东西。",
                    "请对照公开文件改正录错的一处；公开文件本身如此的，"
                    "请在 notes 里写 rule: C310 和说明。",
                )
                break


def _named_units(row: Indicator) -> Iterator[tuple[str, MeasureUnit]]:
    """What the name and the description say is counted; a rate is counted in %."""
    for text in (row.name, row.description or ""):
        if unit := _unit(text):
            yield text, unit
    rate = rate_named(row)
    if rate and "满意" not in rate:
        yield rate, _PERCENT


def _unit(text: str) -> MeasureUnit | None:
    """The unit in the brackets at the end of a name, if it can be nothing else."""
    match = _AT_THE_END.search(text)
    if not match or match[1] in _ALSO_NOUNS.split():
        return None
    read = targets.parse(f"=1{match[1]}", 0)
    return read.unit if read.kind is Kind.NUMBER and not read.words else None
