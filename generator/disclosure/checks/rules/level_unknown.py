"""指标分类的名称不规范

检查什么：一级指标、二级指标的名称是否在规定的分类之中，二级指标是否放在它的一级指标下面。两种分类都
可以：产出（数量、质量、时效、成本）、效益（经济、社会、生态、可持续影响）、满意度；或成本指标（经济
成本、社会成本、生态环境成本）单列为一级。带分值、编号的，省去“指标”二字的，几类并写的，二级指标空着
的，都认得。

为什么：本站按分类筛选、比较和统计指标。名称录错一个字，这个指标就会被归到别处。

例子：“产岀指标”（应为产出指标）；效益指标下面的“数量指标”。

怎么改：对照公开文件改正。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C405 和说明。

出处：项目支出绩效目标表的一级指标、二级指标。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.indicator_levels import TREE, first_level, plain, second_level_fits
from disclosure.model.records import CheckSettings
from disclosure.reading.quoting import meant

RULE = Rule("C405", Severity.WARNING, "指标分类的名称不规范")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for level names outside both trees; each name once, at its first row."""
    reported: set[tuple[str, str | None]] = set()
    for position, row, _ in subject.rows():
        if row.level1 is None:
            continue
        top = first_level(row.level1)
        if top is None:
            level, place, choices = row.level1, "level1", tuple(TREE)
            message = f"一级指标“{level}”不在规定的分类之中。"
        elif not second_level_fits(row.level1, row.level2):
            level, place, choices = row.level2 or "", "level2", TREE[top]
            message = f"二级指标“{level}”不在“{row.level1}”的规定分类之中。"
        else:
            continue
        if (place, level) not in reported:
            reported.add((place, level))
            hint = _suggestion(level, choices) + or_accept(RULE)
            yield subject.remark(RULE, ("indicators", position, place), message, hint)


def _suggestion(level: str, choices: Iterable[str]) -> str:
    """Where else an official name belongs, or which one is most like it, or all there are."""
    names, name = tuple(choices), plain(level)
    homes = [top for top, seconds in TREE.items() if name in seconds]
    if homes:
        return f"它属于{'或'.join(homes)}，请核对一级指标。"
    guess = meant(name, {one: one for one in names})
    if guess:
        return f"是不是想写“{guess}”？"
    return f"规定的名称是{'、'.join(names)}，请核对。"
