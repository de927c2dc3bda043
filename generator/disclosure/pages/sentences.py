"""The sentence that describes a project: where its page has no answers, and to machines.

Every clause states one fact that the data holds; where the data is silent the clause is left
out, and nothing is put in its place.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model.dataset import DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.evaluations import Evaluation
from disclosure.pages.formatting import TEN_THOUSAND, exact, share
from disclosure.pages.results import execution
from disclosure.pages.versions import version_label


def spoken(amount: Decimal) -> str:
    """An amount given in 万元 as people say it: `150万元`, `5,000元`, `约1.23亿元`.

    Exact, without the zeros at the end; only 亿元 has at most two decimals, and says 约 when
    that is not the whole amount.
    """
    if not amount:
        return "0元"
    if abs(amount) < 1:
        return f"{_plain(amount * TEN_THOUSAND)}元"
    if abs(amount) < TEN_THOUSAND:
        return f"{_plain(amount)}万元"
    exact = amount / TEN_THOUSAND
    rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'' if rounded == exact else '约'}{_plain(rounded)}亿元"


def _plain(amount: Decimal) -> str:
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def project_sentence(
    department: str, year: DepartmentYear, project: ProjectYear, version: ProjectVersion
) -> str:
    """The sentence for one version of a project; the version in force also tells the result."""
    if version.project is not project.current:
        return f"{_as_of(version)}{_granted(department, year, version)}{_measured(version)}。"
    if project.withdrawn:
        return _withdrawn(department, year, project)
    part = standing(year, project)
    money_said = _granted(department, year, version) + _budget_before(project)
    sentence = money_said + (f"，{part}" if part else "") + _measured(version)
    came = _came_of_it(project.result)
    return f"{sentence}。{came}"


def _as_of(version: ProjectVersion) -> str:
    adjustment = version.project.adjustment
    label = version_label(version.project)
    return f"按{day(adjustment.date)}{label}后的内容，" if adjustment else f"按{label}时的内容，"


def _granted(department: str, year: DepartmentYear, version: ProjectVersion) -> str:
    name, amount = _named(version.project.name), version.project.budget.counted
    opening = f"{year.year}年，{department}"
    if amount is None:
        return f"{opening}公开了{name}的绩效目标"
    if not amount:
        return f"{opening}没有为{name}安排资金（预算数为0）"
    if amount < 0:  # a fault of the document: it is repeated, and not interpreted
        return f"{opening}公开的{name}预算数为{spoken(amount)}"
    return f"{opening}为{name}安排{spoken(amount)}"


def _budget_before(project: ProjectYear) -> str:
    """What was first published, where a later version changed it."""
    first, current = project.versions[0].project.budget.counted, project.current.budget.counted
    return "" if first is None or first == current else f"（首次公开时为{spoken(first)}）"


def standing(year: DepartmentYear, project: ProjectYear) -> str:
    """The project's part of the department's money; "" where there is no whole to be part of."""
    amount, whole, counted = project.current.budget.counted, year.budget, year.in_force
    if amount is None or project.withdrawn or counted < 2 or not 0 < amount <= whole:
        return ""
    per_cent = share(amount, whole)
    part = "不到0.1%" if per_cent == "0.0%" else per_cent
    return f"占本部门{counted}个项目预算数合计的{part}"


def _measured(version: ProjectVersion) -> str:
    count = len(version.project.indicators)
    return f"，设{count}项绩效指标" if count else "，没有列出绩效指标"


def _came_of_it(result: Evaluation | None) -> str:
    """What the self-evaluation says of money and points; "" when it says nothing of either."""
    if result is None:
        return ""
    facts = []
    if result.spent is not None:
        facts.append(f"全年执行{spoken(result.spent)}")
    if rate := execution(result):
        facts.append(f"执行率{rate}")
    if result.score is not None:
        facts.append(f"自评总分{exact(result.score)}分")
    return f"自评结果：{'，'.join(facts)}。" if facts else ""


def _withdrawn(department: str, year: DepartmentYear, project: ProjectYear) -> str:
    current, first = project.current, project.versions[0].project.budget.counted
    when = f"于{day(current.adjustment.date)}" if current.adjustment else ""
    opening = f"{year.year}年，{department}的{_named(current.name)}已{when}撤销"
    return opening + ("。" if first is None else f"，首次公开的预算数为{spoken(first)}。")


def _named(name: str) -> str:
    """A project's name, set apart; in marks only where it has none of its own."""
    return f"项目{name}" if "“" in name else f"“{name}”"


def day(when: date) -> str:
    """A date as sentences say it: `2024年6月28日`."""
    return f"{when.year}年{when.month}月{when.day}日"
