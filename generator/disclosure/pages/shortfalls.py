"""The targets of a year that were missed, or whose difference the text does not judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.model.target import Outcome as Result
from disclosure.model.target import percent
from disclosure.pages.addresses import project_address
from disclosure.pages.changes import signed_number
from disclosure.pages.results import Delivered, TargetOutcome, delivered
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
        outcome: What that is, and how far.
        achieved: The percent achieved; "" where there is no such share.
        days: By how many days it is later; "" for numbers.
        first: What became of the target as first published, where that was another.
        deviation: The department's explanation.
    """

    link: Link
    indicator: str
    target: str
    actual: str
    outcome: TargetOutcome
    achieved: str
    days: str
    first: str
    deviation: str


def shortfalls(data: DepartmentData, year: DepartmentYear) -> tuple[Shortfall, ...]:
    """The missed first; in the order of the projects and of their evaluations."""
    found = sorted(_found(data, year), key=lambda row: _LISTED[Result(row.outcome.key)])
    return tuple(found)


def _found(data: DepartmentData, year: DepartmentYear) -> Iterator[Shortfall]:
    for project in year.projects:
        link = Link(project.current.name, project_address(data, year, project))
        for item in delivered(project, year.year):
            outcome = _worst(item)
            if outcome is None or outcome.key not in _LISTED:
                continue
            place = item.position
            promised = "" if place is None else project.current.indicators[place].target
            yield Shortfall(
                link=link,
                indicator=item.row.name,
                target=promised or (item.first.target if item.first else ""),
                actual=item.row.actual or "",
                outcome=outcome,
                achieved="" if outcome.achieved is None else percent.worded(outcome.achieved),
                days=signed_number(outcome.days) if outcome.days else "",
                first=item.first.said if item.first else "",
                deviation=item.row.deviation or "",
            )


def _worst(item: Delivered) -> TargetOutcome | None:
    """The outcome in force; where that was met or is missing, the one by the first promise."""
    if item.outcome and item.outcome.key in _LISTED:
        return item.outcome
    return item.first.outcome if item.first else item.outcome
