"""符号与指标的意思相反

检查什么：满意度、合格率、完成率、参保率等越高越好的比率，是否写成“≤”“＜”；成本指标的总金额是否写成
“≥”“＞”。名称带有“不”“未”“投诉”“差错”等的比率，节约、投入、配套、标准一类的金额，以及单价，都不算。

为什么：“满意度≤90%”说的是满意的人不能超过九成，成本“≥3万元”说的是至少要花 3 万元，
多半是选错了符号。

例子：服务对象满意度“≤90百分比”。

怎么改：对照公开文件改正符号。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C312 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.costs import cost_rows, is_amount_of_the_year
from disclosure.checks.shares import rate_named
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.target import Kind, Sign, Target
from disclosure.model.target_table import Indicator

RULE = Rule("C312", Severity.WARNING, "符号与指标的意思相反")

_LOWER = {Sign.AT_LEAST, Sign.MORE}
_UPPER = {Sign.AT_MOST, Sign.LESS}
_NEGATED = re.compile("[不未无非]|投诉|差错|错误|故障|流失|失|负|逾期|超|违|漏")
# Money that is to be raised, saved or paid out in full is rightly at least so much.
_AT_LEAST_RIGHTLY = re.compile("投入|投资|配套|筹|争取|发放|补[助贴偿]|奖|救助|保障|支付|拨付|完成")


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for shares with a ceiling and costs with a floor."""
    costs = {position for position, _, _ in cost_rows(subject)}
    for position, row, target in subject.rows():
        wrong = _capped_share(row, target) or (position in costs and _raised_cost(row, target))
        if wrong:
            yield subject.remark(
                RULE,
                ("indicators", position, "target"),
                f"“{row.level3}”的指标值是“{target.printed}”，符号可能写反了。",
                "请对照公开文件核对符号；公开文件本身如此的，请在 notes 里写 rule: C312 和说明。",
            )


def _capped_share(row: Indicator, target: Target) -> bool:
    if target.kind is not Kind.NUMBER or target.sign not in _UPPER:
        return False
    if target.unit is not None and target.unit.quantity != "share":
        return False
    negated = _NEGATED.search(f"{row.level3}{row.description or ''}")
    return bool(rate_named(row)) and not negated and target.high != 0


def _raised_cost(row: Indicator, target: Target) -> bool:
    if target.kind is not Kind.NUMBER or target.sign not in _LOWER:
        return False
    text = f"{row.level3}{row.description or ''}"
    return is_amount_of_the_year(row, target) and not _AT_LEAST_RIGHTLY.search(text)
