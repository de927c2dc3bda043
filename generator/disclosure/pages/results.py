"""The self-evaluations of a project and of a year, as their pages print them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import JoinedResult, TargetOutcome, joined_results
from disclosure.compare.code_lists import OUTCOMES
from disclosure.model import target
from disclosure.model.dataset import DepartmentYear, ProjectYear, total, withdrawn_of
from disclosure.model.evaluations import Evaluation
from disclosure.model.target import percent
from disclosure.model.target_table import Indicator
from disclosure.pages.change_wording import Count
from disclosure.pages.formatting import exact, money, share
from disclosure.pages.public_notes import PublicNote, number_notes

#: The outcomes that are drawn: of the others nobody can say how far they are.
_DRAWN = {target.Outcome.MET, target.Outcome.NOT_MET, target.Outcome.DIFFERS}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class ResultRow(Struct, frozen=True):
    """One indicator's promise beside what was delivered, as printed; money and points too.

    `achieved` is the actual value in percent of the target and the key of the outcome, for the
    picture: `113.3 not-met`; "" where there is no such share.
    """

    level3: str
    target: str
    actual: str
    outcome: TargetOutcome | None
    achieved: str
    first: str
    points: str
    score: str
    deviation: str
    improvement: str


class ResultTable(Struct, frozen=True):
    """The self-evaluation: money in 万元, points as printed."""

    published: str
    budget: str
    spent: str
    execution: str
    score: str
    rows: tuple[ResultRow, ...]
    missing: tuple[str, ...]
    notes: tuple[PublicNote, ...]

    @property
    def has_figures(self) -> bool:
        """Whether any amount, score or date was published."""
        return any((self.spent, self.budget, self.score, self.published))

    @property
    def columns(self) -> frozenset[str]:
        """The columns in which a row has something; what no row says has no column."""
        return frozenset(
            name
            for row in self.rows
            for name, found in (
                ("target", row.target),
                ("actual", row.actual),
                ("outcome", row.outcome or row.first),
                ("points", row.points),
                ("score", row.score),
                ("deviation", row.deviation),
                ("improvement", row.improvement),
            )
            if found
        )

    @property
    def drawn(self) -> bool:
        """Whether a row has something for the picture."""
        return any(row.achieved for row in self.rows)


class ResultTotals(Struct, frozen=True):
    """A year's self-evaluations together: projects, money in 万元, and indicators by outcome."""

    evaluated: int
    projects: int
    budget: str
    spent: str
    execution: str
    outcomes: tuple[Count, ...]


def result_table(project: ProjectYear, year: int) -> ResultTable | None:
    """The self-evaluation of a project in a year, if there is one."""
    result = project.result
    if result is None:
        return None
    table = project.current.indicators
    evaluated = {row.name for row in result.indicators}
    return ResultTable(
        published=result.published.isoformat() if result.published else "",
        budget=money(result.budget),
        spent=money(result.spent),
        execution=execution(result),
        score=exact(result.score),
        rows=tuple(
            ResultRow(
                level3=item.row.name,
                target="" if item.position is None else table[item.position].target or "",
                actual=item.row.actual or "",
                outcome=_shown(item.outcome),
                achieved=_achieved(item, table, year),
                first=item.first.reason if item.first else "",
                points=exact(item.row.points),
                score=exact(item.row.score),
                deviation=item.row.deviation or "",
                improvement=item.row.improvement or "",
            )
            for item in joined_results(project, year)
        ),
        missing=tuple(row.name for row in table if row.name not in evaluated),
        notes=number_notes(result.notes).all,
    )


def _shown(outcome: TargetOutcome | None) -> TargetOutcome | None:
    """The outcome without a reason that the values beside it show."""
    if outcome is None or outcome.reason not in target.PLAIN_REASONS:
        return outcome
    return replace(outcome, parts=target.Reason())


def _achieved(item: JoinedResult, table: Sequence[Indicator], year: int) -> str:
    """What the picture draws of a row: numbers of one unit that were judged."""
    if item.position is None or item.outcome is None or item.outcome.key not in _DRAWN:
        return ""
    promised = target.parse(table[item.position].target, year)
    actual = target.parse(item.row.actual, year)
    whole, part = (_NUMBER.search(target.in_unit_of(one, promised)) for one in (promised, actual))
    if whole is None or part is None or not Decimal(whole[0]):
        return ""
    reached = percent.rounded(percent.percent(Decimal(part[0]), Decimal(whole[0])))
    return f"{reached:f} {item.outcome.key}"


def execution(result: Evaluation | None) -> str:
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
        item.outcome.key
        for project in evaluated
        for item in joined_results(project, year.year)
        if item.outcome
    )
    return ResultTotals(
        evaluated=len(evaluated),
        projects=len(year.projects) - withdrawn_of(year.projects),
        budget=money(budget),
        spent=money(spent),
        execution=share(spent, budget),
        outcomes=tuple(
            Count(str(key), label, judged[key]) for key, label in OUTCOMES.items() if judged[key]
        ),
    )
