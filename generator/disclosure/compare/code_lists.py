"""What stands in the columns that have a list of values: each value, and its word on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosure.compare.difference import ADDED, DROPPED
from disclosure.compare.successions import SuccessionKind
from disclosure.model.target import Change, Kind, Outcome, Sign

#: What the first version of a project's table is called, in addresses too.
ORIGINAL = "original"

ADJUSTMENT_KINDS: Mapping[str, str] = {
    "adjustment": "预算调整",
    "correction": "更正",
    "withdrawal": "撤销",
}
VERSION_KINDS: Mapping[str, str] = {ORIGINAL: "首次公开", **ADJUSTMENT_KINDS}

SUCCESSION_KINDS: Mapping[SuccessionKind, str] = {
    SuccessionKind.CONTINUED: "延续",
    SuccessionKind.RENAMED: "更名",
    SuccessionKind.MERGED: "合并",
    SuccessionKind.SPLIT: "拆分",
    SuccessionKind.REORGANISED: "重组",
    SuccessionKind.NEW: "新增",
    SuccessionKind.ENDED: "未延续",
    SuccessionKind.WITHDRAWN: "已撤销",
    SuccessionKind.RESUMED: "恢复",
    SuccessionKind.TRANSFERRED: "转出",
}

#: How an indicator changed, in the order in which sums list it.
STATES: Mapping[str, str] = {
    Change.STRICTER: "要求提高",
    Change.LOOSER: "要求降低",
    Change.LOWER: "数值减少",
    Change.HIGHER: "数值增加",
    Change.REVERSED: "方向相反",
    Change.MOVED: "日期改动",
    Change.RECAST: "形式改变",
    Change.REWORDED: "表述改变",
    Change.NOT_COMPARABLE: "无法比较",
    ADDED: "新增指标",
    DROPPED: "取消指标",
    Change.SAME: "未变",
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.MET: "已达到",
    Outcome.NOT_MET: "未达到",
    Outcome.DIFFERS: "有差异",
    Outcome.NOT_COMPARABLE: "无法判断",
}

TARGET_KINDS: Mapping[Kind, str] = {
    Kind.NUMBER: "一个数",
    Kind.RANGE: "区间",
    Kind.TOLERANCE: "上下浮动的区间",
    Kind.ABOUT: "约数",
    Kind.DEADLINE: "期限",
    Kind.PERIOD: "起止日期",
    Kind.WORDS: "文字，没有读成数",
    Kind.PLACEHOLDER: "占位符，没有填写",
    Kind.EMPTY: "空白",
}

SIGNS: Mapping[Sign, str] = {
    Sign.EQUAL: "等于",
    Sign.AT_LEAST: "至少",
    Sign.AT_MOST: "不超过",
    Sign.MORE: "超过",
    Sign.LESS: "不到",
}

#: What a public note stands in.
NOTED: Mapping[str, str] = {
    "disclosure": "部门整体绩效目标",
    "project": "项目支出绩效目标表",
    "result": "项目支出绩效自评",
    "department_table": "部门整体绩效目标表",
    "department_result": "部门整体绩效自评",
}


def listed(words: Mapping[Any, str]) -> Mapping[str, str]:
    """The values as plain text, and their words."""
    return {str(value): word for value, word in words.items()}
