"""The units of target tables, and what can be converted into what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from disclosure.model.target.values import MeasureUnit

# Each quantity's units and how many of its base unit they are, all exact: 亩 is the base of
# areas because a square metre is 0.0015 亩, while a 亩 is 666.66… square metres. Years are
# months, days are seconds, and working days are neither; between them there is no fixed rate.
_MEASURES: dict[str, dict[str, str]] = {
    "money": {"元": "1", "角": "0.1", "百元": "100", "千元": "1000"},
    "mass": {
        "克": "0.001", "g": "0.001", "毫克": "0.000001", "mg": "0.000001", "斤": "0.5",
        "公斤": "1", "千克": "1", "kg": "1", "KG": "1", "Kg": "1", "吨": "1000", "t": "1000",
    },
    "length": {
        "毫米": "0.001", "mm": "0.001", "厘米": "0.01", "cm": "0.01", "米": "1", "m": "1",
        "公里": "1000", "千米": "1000", "km": "1000", "KM": "1000", "Km": "1000",
    },
    "area": {
        "平方米": "0.0015", "平米": "0.0015", "m2": "0.0015", "m²": "0.0015", "亩": "1",
        "百亩": "100", "公顷": "15", "平方公里": "1500", "平方千米": "1500", "km2": "1500",
        "km²": "1500",
    },
    "volume": {
        "毫升": "0.001", "ml": "0.001", "mL": "0.001", "升": "1", "L": "1",
        "立方米": "1000", "m3": "1000", "m³": "1000",
    },
    "share": {"%": "1", "百分比": "1", "百分之": "1", "‰": "0.1", "千分之": "0.1"},
    "points": {"个百分点": "1", "百分点": "1"},
    "months": {"个月": "1", "季度": "3", "个季度": "3", "年": "12"},
    "time": {
        "秒": "1", "秒钟": "1", "分钟": "60", "小时": "3600", "个小时": "3600",
        "日": "86400", "天": "86400", "自然日": "86400", "个自然日": "86400", "日历天": "86400",
        "个日历天": "86400", "周": "604800", "星期": "604800", "个星期": "604800",
    },
    "workdays": {"工作日": "1", "个工作日": "1"},
    "energy": {"千瓦时": "1", "kWh": "1", "KWh": "1"},
    "power": {"瓦": "1", "千瓦": "1000", "kW": "1000", "KW": "1000", "兆瓦": "1000000"},
    "temperature": {"摄氏度": "1", "℃": "1"},
    "count:人": {"人": "1", "名": "1"},
}  # fmt: skip
# What is counted in one word. Ranks and ordinals (级, 类, 届, 号) are no counts: 一级 is a
# rank. M may be metres, megabytes or millions: it compares with nothing but itself.
_COUNTERS = """
次 场 场次 批 批次 人次 人份 人天 位 个 户 户次 家 家次 项 件 件次 起 宗 例 辆 台 套 台套 架 艘 座
处 所 间 栋 幢 条 根 盏 口 眼 份 册 张 篇 幅 首 部 班 班次 组 队 支 村 个村 镇 乡 社区 街道 头 只 羽
株 棵 颗 块 片 面 枚 副 课时 学时 节 车次 航次 趟 标段 剂 剂次 针次 床 床位 盒 箱 袋 瓶 桶 粒 笔 分
倍 轮 种 款 孔 道 岗 对 双 期 辆次 台次 架次 亩次 车公里 门 餐 延米 M
"""
_MEASURES |= {f"count:{counter}": {counter: "1"} for counter in _COUNTERS.split()}
_MULTIPLIERS = {
    "十万": "100000", "百万": "1000000", "千万": "10000000", "万亿": "1000000000000",
    "万": "10000", "亿": "100000000",
}  # fmt: skip

_KNOWN = {
    unit: (quantity, Decimal(factor))
    for quantity, units in _MEASURES.items()
    for unit, factor in units.items()
}
# A month is a denominator (8次/月); as a unit 3月 would be March.
_PER = _KNOWN | {"月": ("months", Decimal(1))}
# Only these denominators are converted: 1次/月 and 12次/年 are different promises.
_CONVERTED_PER = {"mass", "length", "area", "volume"}
_PLAIN = {
    "百分比": "%", "百分之": "%", "千分之": "‰",
    "m2": "平方米", "m²": "平方米", "km2": "平方公里", "km²": "平方公里", "m3": "立方米",
    "m³": "立方米",
}  # fmt: skip


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, none inside a Latin word."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + ("(?![A-Za-z0-9])" if word.isascii() and word.isalnum() else "")
        for word in ordered
    )


_UNITS = _alternatives(set(_KNOWN) - {"百分之", "千分之"})
_TIMES = _alternatives(_MULTIPLIERS)
#: A unit, a unit with a multiplier (万元), or a multiplier alone (万; but 3万五 is no 3万).
UNIT = f"(?:{_UNITS}|(?:{_TIMES})(?:{_UNITS}|(?![一二两三四五六七八九零〇])))"
#: A denominator, the 人·月 of 元/人·月.
PER = f"(?:{_alternatives(_PER)})(?:[·/](?:{_alternatives(_PER)}))*"


@lru_cache(maxsize=1024)
def unit(text: str, per: str = "") -> MeasureUnit | None:
    """The unit of a text that `UNIT` and `PER` matched; None if there is neither.

    A price without its currency (`28.40/株`) has a denominator and no unit: its quantity is
    `number/count:株`.
    """
    if not text and not per:
        return None
    quantity, factor = _numerator(text)
    if not per:
        return MeasureUnit(text, quantity, factor)
    per_quantity, per_factor = _denominator(per)
    return MeasureUnit(f"{text}/{per}", f"{quantity}/{per_quantity}", factor, per, per_factor)


def shown(printed: str) -> str:
    """A unit in plain writing: 百分比 is %, m² is 平方米."""
    return _PLAIN.get(printed, printed)


def _numerator(text: str) -> tuple[str, Decimal]:
    if text in _KNOWN:
        return _KNOWN[text]
    for times in sorted(_MULTIPLIERS, key=len, reverse=True):
        if text.startswith(times):
            quantity, factor = _KNOWN.get(text.removeprefix(times), ("number", Decimal(1)))
            return quantity, factor * Decimal(_MULTIPLIERS[times])
    return "number", Decimal(1)


def _denominator(per: str) -> tuple[str, Decimal]:
    names, factor = [], Decimal(1)
    for part in re.split("[·/]", per):
        quantity, size = _PER[part]
        names.append(quantity if quantity in _CONVERTED_PER else f"{quantity}×{size:f}")
        factor *= size if quantity in _CONVERTED_PER else 1
    return "·".join(names), factor
