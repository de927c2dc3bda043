"""只凭名称认定的延续项目

检查什么：本年的项目与上年的项目编码不同，也没有写 continues，只因名称相同而被认定为同一个项目。一个
年度只报告一次；原表没有印项目编码的不检查。

为什么：编码每年更换是常事，同名的多半就是同一个项目，但名称相同不等于项目相同。写明承接关系，各年度
的对比才有依据；以后改名也不会断开。

例子：2023 年 13080323P00514210003K“商务局专项经费”，2024 年 13080324P00514110001Y“商务局专项经费”。

怎么改：确是同一个项目的，在本年项目里写 continues 和上年编码；不是的，写 continues: []。编码逐年更
换、名称都已核对的，可以在 disclosure.yml 的 notes 里写 rule: C704 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import DepartmentSubject
from disclosure.compare import Basis, ComparedYears
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C704", Severity.HINT, "只凭名称认定的延续项目")
#: How many projects a finding names before it only counts them.
_MAX_NAMED = 3


def check(subject: DepartmentSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for links between two years that rest on the name alone."""
    for pair in subject.years:
        names = tuple(_by_name(pair))
        if names:
            shown = "、".join(names[:_MAX_NAMED])
            more = f"等 {len(names)} 个项目" if len(names) > _MAX_NAMED else ""
            yield Remark(
                RULE,
                pair.new.path,
                ("year",),
                f"{shown}{more}，与{pair.old.year}年的项目编码不同，只因名称相同而认定为延续。",
                "请在这些项目里写 continues 和上年编码，不是同一项目的写 continues: []。"
                + or_accept(RULE, "都已核对的"),
            )


def _by_name(pair: ComparedYears) -> Iterator[str]:
    """This year's names of the projects that are tied to last year's by nothing else."""
    for change in pair.changes:
        succession = change.succession
        tied = {link.new for link in succession.links if link.basis is Basis.SAME_NAME}
        # Where a form prints no code, the name is all that there is.
        coded = all(project.current.code for project in (*succession.old, *succession.new))
        for project in succession.new if coded else ():
            if project.current.id in tied:
                yield project.current.name
