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

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.dataset import total
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
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
    years = {field: total(value(one.budget) for one in first) for field, _, value in _SUMS}
    for number, made in enumerate(subject.year.disclosure.project_lists):
        projects = [one for one in first if one.form == made.form]
        places = {one.id: at for at, one in enumerate(projects)}
        running = {
            field: _Running([value(one.budget) for one in projects]) for field, _, value in _SUMS
        }
        for at, row in enumerate(made.sums):
            place = places.get(row.before or "", len(projects))
            for field, title, value in _SUMS:
                stated = value(row.budget) if row.budget else None
                if stated is None or stated == years[field] or running[field].has(stated, place):
                    continue
                yield subject.remark(
                    RULE,
                    ("project_lists", number, "sums", at, "budget", field),
                    f"“{row.name}”的{title} {stated} 万元，与它下面、上面相连的项目之和都不相等；"
                    f"表上 {len(projects)} 个项目之和为 {running[field].whole} 万元。",
                    "请核对有没有漏录的项目或录错的金额。" + or_accept(RULE),
                )


class _Running:
    """The sums of a column of amounts from the first to each.

    A run of neighbours is the difference of two of them, so that a list with thousands of
    projects and subtotals is gone through once.
    """

    def __init__(self, amounts: Iterable[Decimal | None]) -> None:
        self.whole = Decimal("0.00")
        self._sums = [self.whole]
        for amount in amounts:
            self.whole += amount or 0
            self._sums.append(self.whole)
        self._last = {one: at for at, one in enumerate(self._sums)}
        self._first = {one: at for at, one in reversed([*enumerate(self._sums)])}

    def has(self, stated: Decimal, place: int) -> bool:
        """Whether projects next to each other, down or up from a place, are a sum."""
        here = self._sums[place]
        below, above = self._last.get(here + stated), self._first.get(here - stated)
        return (below is not None and below > place) or (above is not None and above < place)
