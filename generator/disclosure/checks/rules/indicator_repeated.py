"""同一个指标出现两次

检查什么：同一张表里，有没有两行的一级指标、二级指标、三级指标和绩效指标描述都相同。描述不同的（如学
生满意度、家长满意度都叫“服务对象满意度”）不算；放在不同分类下的不算。

为什么：重复的行多半是复制后忘了修改，或录了两遍。指标值还不相同的，公众不知道以哪个为准。

例子：数量指标“培训次数”出现两行，描述都是“举办培训的次数”，指标值一行 ≥2次，一行 ≥3次。

怎么改：对照公开文件，删去多录的一行，或补录各自的描述。公开文件本身重复的，请按原文保留，并在 notes
里写 rule: C404 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.compare.matching import plain_name
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.indicator_levels import first_level, plain
from disclosure.model.records import CheckSettings
from disclosure.model.target_table import Indicator
from disclosure.model.whitespace import squeezed

RULE = Rule("C404", Severity.WARNING, "同一个指标出现两次")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for rows that nothing but perhaps their target tells apart."""
    first: dict[tuple[str, ...], Indicator] = {}
    for position, row, _ in subject.rows():
        level1 = row.level1 or ""
        top = first_level(level1) or plain(level1)
        key = (top, plain(row.level2 or ""), plain_name(row), squeezed(row.description or ""))
        earlier = first.setdefault(key, row)
        if earlier is row:
            continue
        message = f"“{row.name}”与前面一行的分类、名称和描述都相同"
        if earlier.target == row.target:
            message += "，指标值也相同。"
        else:
            message += f"，指标值却不同：前面是{_shown(earlier)}，这里是{_shown(row)}。"
        hint = "请核对是不是多录了一行，或漏录了描述。" + or_accept(RULE)
        yield subject.remark(RULE, ("indicators", position, "level3"), message, hint)


def _shown(row: Indicator) -> str:
    return f"“{row.target}”" if row.target else "空白"
