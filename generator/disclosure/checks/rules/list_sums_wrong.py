"""项目表的合计与各项目之和不符

检查什么：几个项目印在一张表上的（project_lists），表里的合计、小计（sums）是否等于它下面或上面相连的
若干个项目的金额之和，或者全年所有项目之和，预算数、财政资金、其他资金分别核对。按首次公开的金额计
算；没有写金额的合计不检查。

为什么：合计是公众核对有没有漏掉项目的办法。对不上，多半是漏录了项目，或有一个金额录错。

例子：合计行 617.35，其下 7 个项目之和为 618.35。

怎么改：对照公开文件补录漏掉的项目或改正数字。公开文件本身对不上的，请按原文保留，并在
disclosure.yml 的 notes 里写 rule: C116 和说明。

出处：公开文件中的项目支出绩效目标表合计、小计各行。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings, Project
from disclosure.model.target_table import Budget

RULE = Rule("C116", Severity.WARNING, "项目表的合计与各项目之和不符")
#: The sums that a row may state: name of the field, title, value.
_SUMS: tuple[tuple[str, str, Callable[[Budget], Decimal | None]], ...] = (
    ("total", "预算数", lambda budget: budget.total),
    ("fiscal", "财政资金", lambda budget: budget.fiscal),
    ("other", "其他资金", lambda budget: budget.other),
)


def check(subject: YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare each sum in a list with the projects that stand below or above it."""
    first = [project.versions[0].project for project in subject.year.projects]
    for number, made in enumerate(subject.year.disclosure.project_lists):
        projects = [one for one in first if one.form == made.form]
        for at, row in enumerate(made.sums):
            for field, title, value in _SUMS:
                stated = value(row.budget) if row.budget else None
                amounts = [value(one.budget) or Decimal(0) for one in projects]
                year = sum(value(one.budget) or Decimal(0) for one in first)
                right = {year, *_runs(amounts, _place(row.before, projects))}
                if stated is None or stated in right:
                    continue
                whole = sum(amounts, Decimal(0))
                yield subject.remark(
                    RULE,
                    ("project_lists", number, "sums", at, "budget", field),
                    f"“{row.name}”的{title} {stated} 万元，与它下面、上面相连的项目之和都不相等；"
                    f"表上 {len(projects)} 个项目之和为 {whole} 万元。",
                    "请核对有没有漏录的项目或录错的金额。" + or_accept(RULE),
                )


def _place(before: str | None, projects: Sequence[Project]) -> int:
    """How many projects stand above a sum."""
    return next((at for at, one in enumerate(projects) if one.id == before), len(projects))


def _runs(amounts: Sequence[Decimal], place: int) -> set[Decimal]:
    """What projects next to each other add up to, from a place downwards or upwards."""
    sums: set[Decimal] = set()
    for run in (amounts[place:], amounts[:place][::-1]):
        together = Decimal(0)
        for amount in run:
            together += amount
            sums.add(together)
    return sums
