"""The targets of a year that were missed, or whose difference the text does not judge.

Beside them whatever the department gave a reason for, missed or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disclosure.compare import Delivered, TargetOutcome, delivered
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.target import Outcome as Result
from disclosure.model.target import percent
from disclosure.model.target_table import IndicatorResult
from disclosure.pages.addresses import project_address
from disclosure.pages.changes import signed_number
from disclosure.pages.formatting import money
from disclosure.pages.view import Link

_LISTED = {Result.NOT_MET: 0, Result.DIFFERS: 1}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A target beside what was delivered, as printed.

    Attributes:
        link: To the project.
        indicator: The target's name.
        target: As printed.
        actual: As printed.
        outcome: What that is, and how far; None without an actual value.
        achieved: The percent achieved; "" where there is no such share.
        days: By how many days it is later; "" for numbers.
        first: What became of the target as first published, where that was another.
        deviation: The department's explanation.
        improvement: What it means to do about it.
        department: Whose.
        budget: The project's, in 万元.
    """

    link: Link
    indicator: str
    target: str
    actual: str
    outcome: TargetOutcome | None
    achieved: str
    days: str
    first: str
    deviation: str
    improvement: str
    department: str
    budget: str

    @property
    def missed(self) -> bool:
        """Whether it was missed, or differs without a sign that tells what was meant."""
        return _is_miss(self.outcome)

    @property
    def explained(self) -> bool:
        """Whether the department says why."""
        return bool(self.deviation or self.improvement)


def shortfalls(data: DepartmentData, year: DepartmentYear) -> tuple[Shortfall, ...]:
    """The missed first; in the order of the projects and of their evaluations."""
    return missed_first(one for one in evaluated_rows(data, year) if one.missed)


def missed_first(rows: Iterable[Shortfall]) -> tuple[Shortfall, ...]:
    """What was missed, then what differs without a sign, then the rest."""
    last = len(_LISTED)
    order = {str(key): place for key, place in _LISTED.items()}
    return tuple(
        sorted(rows, key=lambda row: order.get(row.outcome.key if row.outcome else "", last))
    )


def evaluated_rows(data: DepartmentData, year: DepartmentYear) -> Iterator[Shortfall]:
    """The rows of evaluations that were missed or give a reason, in their order."""
    for project in year.projects:
        link = Link(project.current.name, project_address(data, year, project))
        for item in delivered(project, year.year):
            row = _row(project, year.department.name, link, item)
            if row.missed or row.explained:
                yield row


def deviates(item: Delivered) -> bool:
    """Whether a row of an evaluation was missed, or differs without a sign."""
    return _is_miss(_worst(item))


def explains(row: IndicatorResult) -> bool:
    """Whether the department says why, or what it means to do about it."""
    return bool(row.deviation or row.improvement)


def _is_miss(outcome: TargetOutcome | None) -> bool:
    return outcome is not None and outcome.key in _LISTED


def _row(project: ProjectYear, department: str, link: Link, item: Delivered) -> Shortfall:
    outcome, place = _worst(item), item.position
    promised = "" if place is None else project.current.indicators[place].target
    achieved = outcome.achieved if outcome else None
    return Shortfall(
        link=link,
        indicator=item.row.name,
        target=promised or (item.first.target if item.first else ""),
        actual=item.row.actual or "",
        outcome=outcome,
        achieved="" if achieved is None else percent.worded(achieved),
        days=signed_number(outcome.days) if outcome and outcome.days else "",
        first=item.first.reason if item.first else "",
        deviation=item.row.deviation or "",
        improvement=item.row.improvement or "",
        department=department,
        budget=money(project.current.budget.counted),
    )


def _worst(item: Delivered) -> TargetOutcome | None:
    """The outcome in force; where that was met or is missing, the one by the first promise."""
    if item.outcome and item.outcome.key in _LISTED:
        return item.outcome
    return item.first.outcome if item.first else item.outcome
