"""How many targets of a year were met, and by how far the others were missed."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from disclosure.compare import TargetOutcome, joined_results
from disclosure.model.dataset import DepartmentYear
from disclosure.model.target import Band, Outcome


class OutcomeSums(Struct, frozen=True):
    """The evaluated targets of a year: how many were met, and how far the others are off.

    Attributes:
        met: By the target in force.
        near: Missed by little; `Band` says how much that is.
        middle: Missed by more.
        far: Missed by a lot, or by what cannot be measured.
        differs: Different where the text does not say what a difference is worth.
        unknown: Those that cannot be judged.
    """

    met: int = 0
    near: int = 0
    middle: int = 0
    far: int = 0
    differs: int = 0
    unknown: int = 0

    @property
    def missed(self) -> int:
        """All that were missed, by however much."""
        return self.near + self.middle + self.far

    @property
    def total(self) -> int:
        """All that an evaluation speaks of."""
        return self.met + self.missed + self.differs + self.unknown


def outcome_sums(year: DepartmentYear) -> OutcomeSums:
    """The targets of a department's year."""
    found = Counter(
        _counted(item.outcome)
        for project in year.projects
        for item in joined_results(project, year.year)
        if item.outcome
    )
    return OutcomeSums(**found)


def _counted(outcome: TargetOutcome) -> str:
    """The name under which an outcome is counted."""
    if outcome.key == Outcome.NOT_MET:
        return outcome.band or str(Band.FAR)
    return {Outcome.MET: "met", Outcome.DIFFERS: "differs"}.get(Outcome(outcome.key), "unknown")
