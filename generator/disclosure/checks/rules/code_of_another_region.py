"""项目编码的区划代码不是本地的

检查什么：21 位项目编码的前 6 位是否是本部门的行政区划代码。上级的代码（省、市级，如 130000、
130800）也可以，上级安排的项目用上级的编码。

为什么：前 6 位不同，多半是录错一位，或误录了其他县区的项目。

例子：双滦区（130803）的项目写成 13080224P00514210001L。

怎么改：对照公开文件改正编码，文件名一并改；department.yml 的行政区划代码录错的，改正它。公开文件本
身如此的（如区划调整前立项的项目），请在 notes 里写 rule: C202 和说明。

出处：项目支出绩效目标表“项目编码”一栏；本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.rules.code_misshapen import SHAPE
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C202", Severity.WARNING, "项目编码的区划代码不是本地的")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare the code's region with the department's; a later version repeats the code."""
    code, region = subject.project.code, subject.department.region
    shape = SHAPE.fullmatch(code or "")
    own = (region.code or "")[:6]
    above = {own[:2] + "0000", own[:4] + "00"}
    if own and shape and subject.before is None and shape["region"] not in {own, *above}:
        yield subject.remark(
            RULE,
            ("code",),
            f"项目编码的前 6 位是 {shape['region']}，而本部门所在的{region.name}是 {own}。",
            "请核对编码，以及 department.yml 里的行政区划代码。" + or_accept(RULE),
        )
