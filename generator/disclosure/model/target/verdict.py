"""Types of a comparison of two targets and of a judgement of a result, with their distances.

The rules, each with its reason, are in `docs/decisions/0011-verdicts.md`.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Change(StrEnum):
    """What became of a target from the old value to the new one.

    `STRICTER` and `LOOSER` follow from the printed signs. `LOWER` and `HIGHER` are numbers whose
    text has no direction, `MOVED` days without one; `RECAST` is another sort of value, and
    `REVERSED` a rate that turned round.
    """

    STRICTER = "stricter"
    LOOSER = "looser"
    LOWER = "lower"
    HIGHER = "higher"
    MOVED = "moved"
    RECAST = "recast"
    REVERSED = "reversed"
    SAME = "same"
    REWORDED = "reworded"
    NOT_COMPARABLE = "not-comparable"


#: What a number lacks that could be a floor or a ceiling; after whose it is.
UNSIGNED = "没有≥或≤"
_UNSIGNED = {f"{whose}{UNSIGNED}" for whose in ("原文", "原来", "现在")}


class Reason(Struct, frozen=True):
    """Why a change or an outcome is what it is, in clauses of Chinese.

    A page that has columns of percent and of days leaves out what they say.

    Attributes:
        difference: How the two values differ.
        measure: The same in percent or in days, as the size or the distance has it.
        also: What else differs.
        why: What the text does not decide, and what else is to be said; a clause each.
    """

    difference: str = ""
    measure: str = ""
    also: str = ""
    why: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return "；".join(filter(None, (self._differing, *self.why)))

    @property
    def bracketed(self) -> str:
        """All of it, with the last part in brackets."""
        said, why = self._differing, "；".join(self.why)
        return f"{said}（{why}）" if said and why else said or why

    @property
    def unmeasured(self) -> Reason:
        """What is said beside the size or the distance."""
        return replace(self, measure="")

    @property
    def listed(self) -> Reason:
        """What a row of a list says that has columns of them, and a note on missing signs."""
        left = tuple(one for one in self.why if one not in _UNSIGNED)
        return replace(self, measure="", why=left)

    @property
    def _differing(self) -> str:
        return "，".join(filter(None, (self.difference, self.measure, self.also)))


class Verdict(Struct, frozen=True):
    """A change, why, and how large it is.

    Attributes:
        change: Which way.
        parts: Why.
        size: (new − old) in percent of the old number, signed; None where there is none.
        days: By how many days a deadline moved, later is positive; None where it did not.
    """

    change: Change
    parts: Reason
    size: Decimal | None = None
    days: int | None = None

    @property
    def reason(self) -> str:
        """Why, in one clause of Chinese."""
        return self.parts.bracketed


class Outcome(StrEnum):
    """What became of a target; `DIFFERS` where the text does not decide what a difference means."""

    MET = "met"
    NOT_MET = "not-met"
    DIFFERS = "differs"
    NOT_COMPARABLE = "not-comparable"


class Band(StrEnum):
    """How far a value is from another, for colours and for nothing else."""

    NEAR = "near"
    MIDDLE = "middle"
    FAR = "far"


#: What is near and what is in the middle, in percent; the same shares of a year, in days.
_NEAR, _MIDDLE = Decimal(5), Decimal(20)
_NEAR_DAYS, _MIDDLE_DAYS = 18, 73


def band(percent: Decimal | None, days: int | None = None) -> Band:
    """How far something is that is off by so much; far where that cannot be measured."""
    if percent is None and days is None:
        return Band.FAR
    if percent is not None:
        near, middle = abs(percent) <= _NEAR, abs(percent) <= _MIDDLE
    else:
        near, middle = abs(days or 0) <= _NEAR_DAYS, abs(days or 0) <= _MIDDLE_DAYS
    return Band.NEAR if near else Band.MIDDLE if middle else Band.FAR


class Distance(Struct, frozen=True):
    """How far an actual value is from its target.

    Attributes:
        achieved: The actual value in percent of the target; None where there is no such share.
        off: By how many percent of the target it is off, without a sign; None where there is
            no such share.
        days: By how many days it is later (or earlier, negative); None for numbers.
    """

    achieved: Decimal | None = None
    off: Decimal | None = None
    days: int | None = None

    @property
    def band(self) -> Band:
        """How far that is."""
        return band(self.off, self.days)


class Judgement(Struct, frozen=True):
    """An outcome, why, and the distance; None where there is none."""

    outcome: Outcome
    parts: Reason
    distance: Distance | None = None

    @property
    def reason(self) -> str:
        """Why, in Chinese."""
        return self.parts.text
