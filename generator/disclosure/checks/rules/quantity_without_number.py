"""数量指标没有数字

检查什么：二级指标是数量指标的，指标值里有没有数字。“应保尽保”“全覆盖”“据实”这类按政策或实际
数量执行的写法不算；空白和未填写的由 C307 报告。

为什么：数量指标说的是做多少，没有数字就无法核对有没有做到。

例子：数量指标“培训人数”，指标值“明显增加”。

怎么改：补上数字和单位；不能量化的，可以放到质量指标或效益指标。公开文件本身如此的，请按原文
保留，并在 notes 里写 rule: C309 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Kind

RULE = Rule("C309", Severity.WARNING, "数量指标没有数字")

# 一个 and 三处 are numbers, the 一 of 统一 and 一定 is none.
_NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千][余多]?[万亿个次人场期项件户家处所台套座份批名辆条公亩吨米]"
    r"|百分之|[一两双]倍|翻番|零"
)
# What the law or the actual need decides.
_AS_NEEDED = re.compile(
    "应.{1,2}尽|尽.{1,2}应|据实|按实|实际|实有|全部|全员|全体|全覆盖|全域|每[个名户人村月年日季]|按[月季年日周]|"
    "所有|各|按需|按标准|按规定|符合|依[法规据]|清单|名册|批复|以.{1,12}为准"
)


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for quantities in words alone."""
    for position, row, target in subject.rows():
        if "数量" not in (row.level2 or "") or target.kind is not Kind.WORDS:
            continue
        if not (_NUMBER.search(target.printed) or _AS_NEEDED.search(target.printed)):
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.level3}”是数量指标，指标值“{target.printed}”里没有数字。",
                "请补上数字和单位；公开文件本身如此的，请在 notes 里写 rule: C309 和说明。",
            )
