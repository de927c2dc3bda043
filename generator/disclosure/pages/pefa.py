"""How complete performance information is, by the measure of PEFA PI-8.1 and PI-8.2.

Source: PEFA Secretariat, *Framework for assessing public financial management* (2016), indicator
PI-8 "Performance information for service delivery", and section 2.1.4 for the words of quantity:
"most" is 75 percent or more by value, "majority" 50 percent or more.

8.1 Performance plans: A needs objectives, indicators, outputs and outcomes for most, B objectives,
indicators, and outputs or outcomes for most, C a framework of indicators of outputs or outcomes
for the majority. 8.2 Performance achieved: A needs outputs and outcomes for most, B one of them for
most, C the activities performed for the majority. D is less than C.

What is measured here differs from an assessment, and the page says so:

- PEFA asks for all programmes of a ministry and weighs ministries by their spending on service
  delivery. Here each project is asked by itself and weighs its budget in force; all projects of
  the data count, withdrawn ones and those without an amount do not.
- An output is an indicator under 产出指标, an outcome one under 效益指标; cost and satisfaction are
  neither. It counts when its target, or its actual value, is filled in, be it in words.
- For C in 8.1 only the framework of indicators is looked for, since no program can tell activities
  in a text; for C in 8.2 any published self-evaluation counts.
- A year for which, and after which, no department has published an evaluation is not graded in
  8.2: whether it is over, the data do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from disclosure.compare import joined_results
from disclosure.model import target
from disclosure.model.dataset import DepartmentYear, ProjectYear, total
from disclosure.model.indicator_levels import BENEFIT, OUTPUT, first_level
from disclosure.model.target import Kind
from disclosure.model.target_table import Indicator

MOST = Decimal(75)
MAJORITY = Decimal(50)
#: What is said instead of a grade.
NONE = "无"

_BOTH = {OUTPUT, BENEFIT}
#: Second levels that some forms have under 产出指标 or 效益指标 without being either.
_NEITHER = ("成本", "满意")


class CoveredMoney(Struct, frozen=True):
    """Budgets in force, in 万元, of the projects that say so much.

    Attributes:
        whole: Of all projects.
        full: Of those with what a grade A asks for.
        partial: Of those with what B asks for; A is more than that.
        some: Of those with what C asks for.
    """

    whole: Decimal = Decimal("0.00")
    full: Decimal = Decimal("0.00")
    partial: Decimal = Decimal("0.00")
    some: Decimal = Decimal("0.00")

    @property
    def grade(self) -> str:
        """A to D; `NONE` without money."""
        if self.whole <= 0:
            return NONE
        if self._reaches(self.full, MOST):
            return "A"
        if self._reaches(self.partial, MOST):
            return "B"
        return "C" if self._reaches(self.some, MAJORITY) else "D"

    def _reaches(self, part: Decimal, percent: Decimal) -> bool:
        return part * 100 >= self.whole * percent


def planned_money(year: DepartmentYear) -> CoveredMoney:
    """8.1: money whose projects say what they are to achieve."""
    return _money([(project, _planned(project, year.year)) for project in _counted(year)])


def achieved_money(year: DepartmentYear) -> CoveredMoney:
    """8.2: money whose projects say what they achieved."""
    return _money([(project, _achieved(project, year.year)) for project in _counted(year)])


def filled(text: str | None, year: int) -> bool:
    """Whether a cell says anything: neither empty nor a placeholder such as `/` or `≥**%`."""
    return target.parse(text, year).kind not in {Kind.EMPTY, Kind.PLACEHOLDER}


def _counted(year: DepartmentYear) -> list[ProjectYear]:
    return [project for project in year.projects if not project.withdrawn]


def _planned(project: ProjectYear, year: int) -> int:
    """3, 2 and 1 for what A, B and C ask of a project; 0 for less."""
    table = project.current
    kinds = {_kind(row) for row in table.indicators if filled(row.target, year)} & _BOTH
    if not kinds:
        return 0
    if not (table.goals or table.term_goals):
        return 1
    return 3 if kinds == _BOTH else 2


def _achieved(project: ProjectYear, year: int) -> int:
    """The same for what was achieved."""
    if project.result is None:
        return 0
    table = project.current.indicators
    kinds = {
        _kind(table[item.position])
        for item in joined_results(project, year)
        if item.position is not None and filled(item.row.actual, year)
    } & _BOTH
    return 3 if kinds == _BOTH else 2 if kinds else 1


def _kind(row: Indicator) -> str | None:
    """产出指标, 效益指标, or another first level; None for what is neither or not understood."""
    if any(word in (row.level2 or "") for word in _NEITHER):
        return None
    return first_level(row.level1 or row.level2 or "")


def _money(found: Sequence[tuple[ProjectYear, int]]) -> CoveredMoney:
    def of(least: int) -> Decimal:
        return total(one.current.budget.counted for one, level in found if level >= least)

    return CoveredMoney(whole=of(0), full=of(3), partial=of(2), some=of(1))
