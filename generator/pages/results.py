"""What was delivered, beside what was promised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator import target
from generator.dataset import DepartmentYear, ProjectYear
from generator.model import SelfEvaluation
from generator.pages.common import PublicNote, money, number_notes, share, total

OUTCOMES = {
    target.Outcome.MET: "已达到",
    target.Outcome.PARTLY: "部分达到",
    target.Outcome.NOT_MET: "未达到",
    target.Outcome.NOT_COMPARABLE: "无法判断",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a target was met, as far as the printed values can tell, and why."""

    key: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One indicator's promise beside what was delivered, as printed; money and points too."""

    level3: str
    target: str
    actual: str
    outcome: Outcome | None
    points: str
    score: str
    deviation: str
    improvement: str


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The self-evaluation: money in 万元, points as printed."""

    published: str
    budget: str
    spent: str
    execution: str
    score: str
    rows: tuple[ResultRow, ...]
    missing: tuple[str, ...]
    notes: tuple[PublicNote, ...]


@dataclass(frozen=True, slots=True)
class ResultTotals:
    """A year's self-evaluations together: projects, money in 万元, and indicators by outcome."""

    evaluated: int
    projects: int
    budget: str
    spent: str
    execution: str
    outcomes: tuple[tuple[str, str, int], ...]


def outcomes(project: ProjectYear, year: int) -> dict[str, tuple[str, Outcome]]:
    """By third-level name: the actual value as printed, and whether the target was met."""
    if project.result is None:
        return {}
    targets = {item.level3: item.target for item in project.current.indicators}
    return {
        row.level3: (row.actual, _judge(targets.get(row.level3), row.actual, year))
        for row in project.result.indicators
        if row.actual
    }


def _judge(promised: str | None, actual: str, year: int) -> Outcome:
    judgement = target.judge(target.parse(promised, year), target.parse(actual, year))
    return Outcome(str(judgement.outcome), OUTCOMES[judgement.outcome], judgement.reason)


def result_table(project: ProjectYear, year: int) -> ResultTable | None:
    """The self-evaluation of a project in a year, if there is one."""
    result = project.result
    if result is None:
        return None
    targets = {item.level3: item.target or "" for item in project.current.indicators}
    judged = outcomes(project, year)
    evaluated = {row.level3 for row in result.indicators}
    return ResultTable(
        published=result.published.isoformat() if result.published else "",
        budget=money(result.budget),
        spent=money(result.spent),
        execution=execution(result),
        score=money(result.score),
        rows=tuple(
            ResultRow(
                level3=row.level3,
                target=targets.get(row.level3, ""),
                actual=row.actual or "",
                outcome=judged[row.level3][1] if row.level3 in judged else None,
                points=money(row.points),
                score=money(row.score),
                deviation=row.deviation or "",
                improvement=row.improvement or "",
            )
            for row in result.indicators
        ),
        missing=tuple(name for name in targets if name not in evaluated),
        notes=number_notes(result.notes).all,
    )


def execution(result: SelfEvaluation | None) -> str:
    """全年执行数 of 全年预算数, such as `98.5%`, where both were published."""
    if result is None or result.spent is None or result.budget is None:
        return ""
    return share(result.spent, result.budget)


def result_totals(year: DepartmentYear) -> ResultTotals | None:
    """All self-evaluations of a year together; None before the first."""
    evaluated = [project for project in year.projects if project.result]
    if not evaluated:
        return None
    # Only projects that published both amounts count towards the rate of execution.
    complete = [
        (project.result.budget, project.result.spent)
        for project in evaluated
        if project.result and project.result.budget is not None and project.result.spent is not None
    ]
    budget = total(budget for budget, _ in complete)
    spent = total(spent for _, spent in complete)
    judged = Counter(
        outcome.key for project in evaluated for _, outcome in outcomes(project, year.year).values()
    )
    return ResultTotals(
        evaluated=len(evaluated),
        projects=len(year.projects),
        budget=money(budget),
        spent=money(spent),
        execution=share(spent, budget),
        outcomes=tuple((str(key), label, judged[key]) for key, label in OUTCOMES.items()),
    )
