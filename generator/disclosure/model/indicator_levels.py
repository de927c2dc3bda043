"""The two official trees of indicators, whatever a year's form calls their levels."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from disclosure.model.whitespace import squeezed

OUTPUT, BENEFIT, SATISFACTION, COST = "产出指标", "效益指标", "满意度指标", "成本指标"

#: First level → second levels. The older tree has cost under output, the newer on its own;
#: some older forms have satisfaction under benefit.
TREE = {
    OUTPUT: ("数量指标", "质量指标", "时效指标", "成本指标"),
    BENEFIT: (
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "环境效益指标",
        "生态环境效益指标",
        "可持续影响指标",
        "服务对象满意度指标",
    ),
    SATISFACTION: ("服务对象满意度指标", "社会公众满意度指标"),
    COST: ("经济成本指标", "社会成本指标", "生态环境成本指标", "生态成本指标", "环境成本指标"),
}
#: What else a form says before or after the names above.
_NUMBERING = re.compile(r"^[(（]?[0-9一二三四五六七八九十]+[)）、.．]|^[★☆*]+")
_POINTS = re.compile(r"[(（]([0-9]+(?:\.[0-9]+)?)分?[)）]$|([0-9]+(?:\.[0-9]+)?)分$")
_JOINED = re.compile(r"[、/,，和与及]")
#: All forms of a site together use some dozens of names, each in thousands of rows.
_NAMES = 1024


@lru_cache(_NAMES)
def plain(level: str) -> str:
    """A level's name without white space, numbering and points: `产出指标(50分)` → `产出指标`."""
    return _POINTS.sub("", _NUMBERING.sub("", squeezed(level)))


def points(level: str) -> Decimal | None:
    """The points that a level's name states, if it does."""
    found = _POINTS.search(squeezed(level))
    return Decimal(found[1] or found[2]) if found else None


@lru_cache(_NAMES)
def first_level(level1: str) -> str | None:
    """Which official first level this name means; None when it is not understood.

    A form with a single level writes the second where the first should be.
    """
    name = _stem(level1)
    if "满意" in name:
        return SATISFACTION
    for known in (OUTPUT, BENEFIT, COST):
        if name.removeprefix("项目") == _stem(known):
            return known
    if name == "效果":
        return BENEFIT
    return next((top for top in TREE if _belongs(name, top)), None)


def second_level_fits(level1: str, level2: str | None) -> bool:
    """Whether the second level is one of those under its first, or empty, as is normal."""
    top = first_level(level1)
    if level2 is None or top is None or plain(level2) == plain(level1):
        return True
    name = _stem(level2)
    parts = (part.removesuffix("指标") for part in _JOINED.split(name))
    return _belongs(name, top) or all(_belongs(part, top) for part in parts)


def _belongs(name: str, top: str) -> bool:
    """Whether a second level's name, without 指标, stands under a first level."""
    if top in {BENEFIT, SATISFACTION} and "满意" in name:
        return True
    if top == BENEFIT and name.startswith("可持续"):
        return True
    endings = {BENEFIT: "效益", COST: "成本"}
    # Some forms leave out the word that the first level already says: 经济 under 效益指标.
    return any(_stem(known) in {name, name + endings.get(top, "")} for known in TREE[top])


def _stem(level: str) -> str:
    return plain(level).removesuffix("指标")
