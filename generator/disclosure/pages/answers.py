"""What a project's page says first: money, targets, results, each in one line made of data alone.

Every line states what the data hold and leads to the place on the page where it can be read off;
where the data are silent the line says so or is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from disclosure.compare import (
    LOWERED_STATES,
    ComparedDepartment,
    JoinedResult,
    ProjectChange,
    SuccessionKind,
    changed_targets,
    joined_results,
)
from disclosure.compare.code_lists import OUTCOMES, SUCCESSION_KINDS
from disclosure.model.dataset import DepartmentYear, ProjectYear
from disclosure.model.target import Outcome
from disclosure.pages.addresses import compare_address, year_address
from disclosure.pages.change_wording import Count, counts, growth
from disclosure.pages.list_links import lowered_list, missed_list
from disclosure.pages.results import execution
from disclosure.pages.sentences import day, spoken, standing
from disclosure.pages.view import Link, PagePlace

#: How many missed targets a line names.
MAX_NAMED = 3

_JOINED = {SuccessionKind.MERGED, SuccessionKind.SPLIT, SuccessionKind.REORGANISED}


class Answer(Struct, frozen=True):
    """One line of the answer.

    Attributes:
        key: `money`, `targets` or `results`.
        label: What the line is about.
        text: What the data say.
        anchor: Where on the page that stands; "" where it says all there is.
        list: The list of what was lowered, or missed, beyond this project; None where nothing was.
        linked: The text cut into pieces, of which numbers lead to what they count; empty where the
            whole line leads somewhere, or nowhere.
    """

    key: str
    label: str
    text: str
    anchor: str = ""
    list: PagePlace | None = None
    linked: tuple[Link, ...] = ()

    @property
    def parts(self) -> tuple[Link, ...]:
        """The pieces of the text, those without an address being no links."""
        return self.linked or (Link(self.text, ""),)


def answers(
    department: ComparedDepartment,
    year: DepartmentYear,
    project: ProjectYear,
    change: ProjectChange | None,
) -> tuple[Answer, ...]:
    """The lines of a project in force; `change` is None in the first year of its department."""
    if project.withdrawn:
        return tuple(_withdrawn(project))
    return (
        Answer("money", "资金", _money(year, project, change), "form"),
        _targets(department, year, project, change),
        _results(department, year, project),
    )


def _withdrawn(project: ProjectYear) -> Iterator[Answer]:
    """A project that was called off has money and targets no more, and was never evaluated."""
    first, adjustment = project.versions[0].project, project.current.adjustment
    when = f"{day(adjustment.date)}撤销" if adjustment else "已撤销"
    amount = first.budget.counted
    planned = "" if amount is None else f"，首次公开的预算数为{spoken(amount)}，已不计入合计"
    yield Answer("money", "资金", f"项目于{when}{planned}。", "versions")
    count = len(first.indicators)
    sentence = (
        f"首次公开时有{count}项绩效指标，已随项目撤销，不作比较。" if count else "没有绩效指标。"
    )
    yield Answer("targets", "目标", sentence, "versions" if count else "")
    yield Answer("results", "完成", "已撤销，没有绩效自评。")


def _money(year: DepartmentYear, project: ProjectYear, change: ProjectChange | None) -> str:
    amount, first = project.current.budget.counted, project.versions[0].project.budget.counted
    if amount is None:
        return "公开文件没有写明预算数。"
    before = "" if first is None or first == amount else f"（首次公开时为{spoken(first)}）"
    facts = [f"预算{spoken(amount)}{before}", _against_before(change), standing(year, project)]
    return "，".join(filter(None, facts)) + "。"


def _against_before(change: ProjectChange | None) -> str:
    """The money beside that of last year; of projects that were joined or split, together."""
    if change is None:
        return "本部门首个公开年度，没有上年可比"
    kind = change.succession.kind
    if not change.succession.old:
        return "本年新增，上年没有对应项目"
    if kind is SuccessionKind.RESUMED:
        return "上年已撤销，本年恢复"
    old, new = change.old_budget, change.new_budget
    if old is None or new is None:
        return "上年没有写明预算数"
    subject = _together(change) if kind in _JOINED else ""
    if old == new:
        return f"{subject}与上年持平"
    direction = "增加" if new > old else "减少"
    rate = growth(old, new)
    return f"{subject}比上年{direction}{spoken(abs(new - old))}" + (f"（{rate}）" if rate else "")


def _together(change: ProjectChange) -> str:
    """Who is compared where several projects stand on a side: `由上年3个项目合并而来，合计`."""
    old, new = len(change.succession.old), len(change.succession.new)
    came = f"由上年{old}个项目{SUCCESSION_KINDS[change.succession.kind]}而来，"
    return came + (f"连同同样来源的共{new}个项目合计" if new > 1 else "合计")


def _targets(
    department: ComparedDepartment,
    year: DepartmentYear,
    project: ProjectYear,
    change: ProjectChange | None,
) -> Answer:
    """Which targets ask for more than last year, and which for less."""
    count = len(project.current.indicators)
    opening = f"{count}项绩效指标" if count else "没有列出绩效指标"
    since = len(changed_targets(project, year.year))
    later = f"；首次公开后改动{since}项" if since else ""
    found = _states(project, change)
    if change is None or not found:
        why = _not_compared(change) if count else ""
        return Answer("targets", "目标", f"{opening}{why}{later}。", "form" if count else "")
    count_text = "、".join(f"{one.label}{one.number}项" for one in found)
    explained = "".join(f"（{one.label}的{one.explanation}）" for one in found if one.explained)
    pair = next(pair for pair in department.years if pair.new.year == year.year)
    lowered = LOWERED_STATES & {one.key for one in found}
    address = compare_address(department.data, pair.old.year, pair.new.year)
    return Answer(
        key="targets",
        label="目标",
        text=f"{opening}，与上年相比：{count_text}{explained}{later}。",
        anchor="readings" if count else "",
        list=lowered_list(pair.old.year, pair.new.year, address) if lowered else None,
    )


def _states(project: ProjectYear, change: ProjectChange | None) -> tuple[Count, ...]:
    """What became of the indicators; of several new projects only this one's own."""
    own = {id(row) for row in project.current.indicators}
    rows = [
        one
        for one in (change.indicators if change else ())
        if one.new is None or id(one.new) in own
    ]
    return counts(
        Counter(one.state for one in rows),
        Counter(one.state for one in rows if one.notes),
        Counter(one.state for one in rows if one.disputed),
    )


def _not_compared(change: ProjectChange | None) -> str:
    if change is None or not change.succession.old:
        return "，没有上年可比"
    return "，与上年不作比较"


def _results(department: ComparedDepartment, year: DepartmentYear, project: ProjectYear) -> Answer:
    """What was kept and what was missed, as far as an evaluation was published."""
    result = project.result
    if result is None:
        return Answer("results", "完成", "尚未公开绩效自评。")
    rows = joined_results(project, year.year)
    found = Counter(one.outcome.key for one in rows if one.outcome)
    facts = [
        f"全年执行{spoken(result.spent)}" if result.spent is not None else "",
        f"执行率{rate}" if (rate := execution(result)) else "",
    ]
    sentence = "，".join(filter(None, (*facts, _outcomes(rows, found)))) or "已公开自评"
    missed = {Outcome.NOT_MET, Outcome.DIFFERS} & found.keys()
    address = year_address(department.data, year)
    return Answer(
        key="results",
        label="完成",
        text=f"{sentence}。",
        anchor="result",
        list=missed_list(year.year, address) if missed else None,
    )


def _outcomes(rows: Iterable[JoinedResult], found: Counter[str]) -> str:
    """`9项指标中已达到7项、未达到1项（车辆超限率）`, and how many met only a later one."""
    rows = tuple(rows)
    total = found.total()
    if not total:
        return "没有公开指标完成情况" if not rows else "指标完成情况没有可以判断的"
    if found[Outcome.MET] == total:
        sentence = f"{total}项指标全部达到"
    else:
        missed = {Outcome.NOT_MET: _named(rows)}
        count_text = "、".join(
            f"{word}{found[key]}项{missed.get(key, '')}"
            for key, word in OUTCOMES.items()
            if found[key]
        )
        sentence = f"{total}项指标中{count_text}"
    since = sum(1 for one in rows if _kept_since_moved(one))
    return sentence + (f"；其中{since}项按首次公开的指标值未达到" if since else "")


def _named(rows: Iterable[JoinedResult]) -> str:
    missed = [one.row.name for one in rows if one.outcome and one.outcome.key == Outcome.NOT_MET]
    rest = "等" if len(missed) > MAX_NAMED else ""
    return f"（{'、'.join(missed[:MAX_NAMED])}{rest}）"


def _kept_since_moved(one: JoinedResult) -> bool:
    """The target was met only as it was changed after publication."""
    if one.first is None or one.outcome is None:
        return False
    return one.outcome.key == Outcome.MET and one.first.outcome.key == Outcome.NOT_MET
