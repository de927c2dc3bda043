"""How much of what a department should publish is there: counts of one year, all of them exact.

A project that was called off counts in nothing; tables are those in force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from disclosure.compare import joined_results
from disclosure.forms.library import form_of
from disclosure.model import target
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.fields import Record
from disclosure.model.target import Kind, Target
from disclosure.model.target_table import Indicator
from disclosure.pages.pefa import CoveredMoney, achieved_money, filled, planned_money
from disclosure.pages.shortfalls import deviates, explains
from disclosure.pages.sums import added

#: Values that say from where to where without a sign.
_TWO_ENDS = {Kind.RANGE, Kind.TOLERANCE, Kind.PERIOD}


class CoverageCounts(Struct, frozen=True):
    """What can be added up over departments.

    Attributes:
        projects: Projects in force.
        tables: Those whose table names an indicator.
        adjustments: Later versions of their tables.
        evaluated: Projects with a self-evaluation.
        targets: Indicators of the tables.
        numbers: Those with a number or a date.
        signs: Those that say which way they bind, or both ends.
        basis_asked: Those whose form has a column for the basis.
        bases: Those with a basis.
        results: Those of which an evaluation tells the actual value.
        deviations: Rows of evaluations that were missed or differ.
        explained: Those with a reason or an improvement.
    """

    projects: int = 0
    tables: int = 0
    adjustments: int = 0
    evaluated: int = 0
    targets: int = 0
    numbers: int = 0
    signs: int = 0
    basis_asked: int = 0
    bases: int = 0
    results: int = 0
    deviations: int = 0
    explained: int = 0


class Coverage(Struct, frozen=True):
    """A department's year.

    Attributes:
        counts: What was counted.
        approved: When its budget was approved; None where that is not known.
        published: When its targets were published.
        planned: Money by what its projects say they are to achieve.
        achieved: Money by what they say they achieved.
    """

    counts: CoverageCounts
    approved: date | None
    published: date | None
    planned: CoveredMoney
    achieved: CoveredMoney

    @property
    def days(self) -> int | None:
        """From approval to publication; None where one of the days is not known."""
        if self.approved is None or self.published is None:
            return None
        return (self.published - self.approved).days


def coverage(data: DepartmentData, year: DepartmentYear) -> Coverage:
    """What there is of a department's year."""
    kept = [project for project in year.projects if not project.withdrawn]
    return Coverage(
        counts=added(
            CoverageCounts, (_of_project(project, year.year, data.forms) for project in kept)
        ),
        approved=year.disclosure.approved,
        published=year.disclosure.published,
        planned=planned_money(year),
        achieved=achieved_money(year),
    )


def clearness(project: ProjectYear, year: int, forms: Mapping[str, Record]) -> dict[int, str]:
    """How clear each row of a project's table is, by its identity: words such as `number no-sign`.

    A row has no word about a basis where its form does not ask for one.
    """
    rows = project.current.indicators
    delivered_rows = {
        item.position for item in joined_results(project, year) if filled(item.row.actual, year)
    }
    has_column = "basis" in form_of(project.current.form, "project", forms).paths
    found = {}
    for position, row in enumerate(rows):
        read = target.parse(row.target, year)
        facts = {
            "number": _measurable(read),
            "sign": _binds(read),
            "result": position in delivered_rows,
        }
        if has_column or row.basis:
            facts["basis"] = _founded(row, year)
        words = (name if is_true else f"no-{name}" for name, is_true in facts.items())
        found[id(row)] = " ".join(words)
    return found


def _of_project(project: ProjectYear, year: int, forms: Mapping[str, Record]) -> CoverageCounts:
    words = Counter(
        word for row in clearness(project, year, forms).values() for word in row.split()
    )
    deviations = [item for item in joined_results(project, year) if deviates(item)]
    rows = project.current.indicators
    return CoverageCounts(
        projects=1,
        tables=bool(rows),
        adjustments=len(project.versions) - 1,
        evaluated=project.result is not None,
        targets=len(rows),
        numbers=words["number"],
        signs=words["sign"],
        basis_asked=words["basis"] + words["no-basis"],
        bases=words["basis"],
        results=words["result"],
        deviations=len(deviations),
        explained=sum(explains(item.row) for item in deviations),
    )


def _measurable(read: Target) -> bool:
    return read.low is not None or read.deadline is not None


def _binds(read: Target) -> bool:
    return read.sign is not None or read.kind in _TWO_ENDS


def _founded(row: Indicator, year: int) -> bool:
    return filled(row.basis, year)
