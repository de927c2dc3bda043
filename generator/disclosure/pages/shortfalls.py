"""The targets of a year that were missed, or whose difference the text does not judge.

Beside them whatever the department gave a reason for, missed or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import JoinedResult, TargetOutcome, joined_results
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.target import Band, Reason, percent
from disclosure.model.target import Outcome as Result
from disclosure.model.target_table import IndicatorResult
from disclosure.pages.addresses import project_address
from disclosure.pages.change_wording import signed_number
from disclosure.pages.filtered_rows import DISTANCE, OUTCOME, FilteredRows, filtered_rows
from disclosure.pages.formatting import money
from disclosure.pages.view import Link

_LISTED = {Result.NOT_MET: 0, Result.DIFFERS: 1}

#: By how far a target was missed, as `Band` says it, in words.
DISTANCES: Mapping[str, str] = {
    Band.NEAR: "差5%或18天以内",
    Band.MIDDLE: "差20%或73天以内",
    Band.FAR: "差得更多",
}


class Shortfall(Struct, frozen=True):
    """A target beside what was delivered, as printed.

    Attributes:
        link: To the project.
        indicator: The target's name.
        target: As printed.
        actual: As printed.
        outcome: What that is, and how far, less what `achieved`, `days` and `first` say; None
            without an actual value.
        in_force: Whether that is so by the target in force, and not only by the first one.
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
    in_force: bool
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
    def key(self) -> str:
        """The outcome for filters, so that as many are shown as are counted: those in force."""
        if self.outcome is None:
            return ""
        return self.outcome.key if self.in_force else f"first-{self.outcome.key}"

    @property
    def distance(self) -> str:
        """By how far a target in force was missed, for filters; "" where none was."""
        missed = self.outcome is not None and self.key == Result.NOT_MET
        return (self.outcome.band or str(Band.FAR)) if self.outcome and missed else ""

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


def shortfalls_by_part(
    places: Sequence[str], parts: Sequence[Sequence[Shortfall]], targets: Callable[[str], str]
) -> tuple[FilteredRows, ...]:
    """Where the rows are that numbers of missed targets lead to; `targets` lists an outcome's."""
    outcomes = [[(row.key, row.outcome.label if row.outcome else "") for row in of] for of in parts]
    distances = [[(row.distance, DISTANCES.get(row.distance, "")) for row in of] for of in parts]
    return (
        *filtered_rows(
            OUTCOME, places, outcomes, lambda key: targets(key) if key in _LISTED else ""
        ),
        *filtered_rows(DISTANCE, places, distances),
    )


def evaluated_rows(data: DepartmentData, year: DepartmentYear) -> Iterator[Shortfall]:
    """The rows of evaluations that were missed or give a reason, in their order."""
    for project in year.projects:
        link = Link(project.current.name, project_address(data, year, project))
        for item in joined_results(project, year.year):
            row = _row(project, year.department.name, link, item)
            if row.missed or row.explained:
                yield row


def deviates(item: JoinedResult) -> bool:
    """Whether a row of an evaluation was missed, or differs without a sign."""
    return _is_miss(_worst(item))


def explains(row: IndicatorResult) -> bool:
    """Whether the department says why, or what it means to do about it."""
    return bool(row.deviation or row.improvement)


def _is_miss(outcome: TargetOutcome | None) -> bool:
    return outcome is not None and outcome.key in _LISTED


def _row(project: ProjectYear, department: str, link: Link, item: JoinedResult) -> Shortfall:
    outcome, place = _worst(item), item.position
    in_force = outcome is None or outcome is item.outcome
    promised = "" if place is None else project.current.indicators[place].target
    achieved = percent.worded(outcome.achieved) if outcome and outcome.achieved is not None else ""
    return Shortfall(
        link=link,
        indicator=item.row.name,
        target=promised or (item.first.target if item.first else ""),
        actual=item.row.actual or "",
        outcome=_said_once(outcome) if in_force else _by_first(outcome),
        in_force=in_force,
        achieved=achieved,
        days=signed_number(outcome.days) if outcome and outcome.days else "",
        first=item.first.reason if item.first else "",
        deviation=item.row.deviation or "",
        improvement=item.row.improvement or "",
        department=department,
        budget=money(project.current.budget.counted),
    )


def _by_first(outcome: TargetOutcome | None) -> TargetOutcome | None:
    """What was missed only by the target as first published says so; `first` says how."""
    return outcome and replace(outcome, label=f"按首次公开{outcome.label}", parts=Reason())


def _said_once(outcome: TargetOutcome | None) -> TargetOutcome | None:
    """The outcome without what columns say, the share and the days, and the note above a list."""
    return outcome and replace(outcome, parts=outcome.parts.listed)


def _worst(item: JoinedResult) -> TargetOutcome | None:
    """The outcome in force; where that is no miss, the one by the first promise if it is one."""
    first = item.first.outcome if item.first else None
    if _is_miss(item.outcome) or (item.outcome and not _is_miss(first)):
        return item.outcome
    return first or item.outcome
