"""像是同一个项目，却没有连起来

检查什么：本年的新项目没有写 continues，而上年有一个没有延续的项目，名称除年份、空格和括号等符号外完
全相同；或两年各有几个项目同名，分不清谁承接谁。

为什么：没有连起来，网站就会把它当成一个结束、一个新增，公众看不到同一个项目各年度的变化。

例子：2023 年“2023年度学生资助”，2024 年“2024年度学生资助”。

怎么改：是同一个项目的，在本年项目里写 continues 和上年编码；不是的，写 continues: []。两者都不便写
的，请在 notes 里写 rule: C705 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import DepartmentSubject
from disclosure.checks.unlinked import unlinked
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C705", Severity.HINT, "像是同一个项目，却没有连起来")


def check(subject: DepartmentSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for a new project beside an ended one of all but the same name."""
    for pair in subject.years:
        for found in unlinked(pair):
            version = found.new.versions[-1]
            old = "、".join(
                f"{one.current.name}（{one.current.code or one.current.id}）" for one in found.old
            )
            yield Remark(
                RULE,
                version.path,
                ("name",),
                f"{version.project.name}没有写明承接哪个项目，而{pair.old.year}年有 {old}。",
                "是同一个项目的，请写 continues 和上年编码；不是的，请写 continues: []。"
                + or_accept(RULE, "都不便写的"),
            )
