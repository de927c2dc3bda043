"""Self-evaluations joined to target tables: each actual value, its target, the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from disclosure.compare.changed_targets import ChangedTarget, changed_targets
from disclosure.compare.code_lists import OUTCOMES
from disclosure.model import target
from disclosure.model.dataset import ProjectYear
from disclosure.model.target_table import Indicator, IndicatorResult


@dataclass(frozen=True, slots=True)
class TargetOutcome:
    """Whether a target was met, as far as the printed values can tell, and why.

    Attributes:
        key: For filters and colours.
        label: The word.
        reason: Why, and how far the actual value is from the target.
        band: How far that is, for the colour; "" where nothing was missed.
        achieved: The actual value in percent of the target; None where there is no such share.
        days: By how many days it is later; None for numbers.
    """

    key: str
    label: str
    reason: str
    band: str = ""
    achieved: Decimal | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class FirstOutcome:
    """What became of the target as it was first published, where that is no longer in force.

    Attributes:
        target: As first published.
        outcome: By that.
        reason: Both outcomes in one line.
    """

    target: str
    outcome: TargetOutcome
    reason: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A row of the self-evaluation, and which indicator of the table it speaks of.

    `position` is None where several indicators have the row's name and it is not clear which
    one is meant; `outcome` is None without an indicator or without an actual value. `first` is
    None where the target is what was first published.
    """

    row: IndicatorResult
    position: int | None
    outcome: TargetOutcome | None
    first: FirstOutcome | None = None


def delivered(project: ProjectYear, year: int) -> tuple[Delivered, ...]:
    """The self-evaluation's rows in their order; nothing without one."""
    if project.result is None:
        return ()
    table = project.current.indicators
    promised: dict[str, list[int]] = {}
    for position, indicator in enumerate(table):
        promised.setdefault(indicator.name, []).append(position)
    rows = Counter(row.name for row in project.result.indicators)
    # Rows of one name belong to the indicators of that name in their order, if all are there.
    waiting = {name: iter(places) for name, places in promised.items() if rows[name] == len(places)}
    changed = changed_targets(project, year)
    found = []
    for row in project.result.indicators:
        place = next(waiting[row.name]) if row.name in waiting else None
        outcome = None
        if place is not None and row.actual:
            outcome = _judged(table[place].target, row, year)
        meant = None if place is None else table[place]
        first = _first(changed, meant, row, year) if changed else None
        found.append(Delivered(row, place, outcome, first))
    return tuple(found)


def _judged(promised: str | None, row: IndicatorResult, year: int) -> TargetOutcome:
    """The outcome, and how many points the department took off itself."""
    found, lost = _judge(promised, row.actual or "", year), _lost(row)
    if lost and found.key in {target.Outcome.NOT_MET, target.Outcome.DIFFERS}:
        return replace(found, reason=f"{found.reason}；{lost}")
    return found


def _lost(row: IndicatorResult) -> str:
    if row.points is None or row.score is None or row.score >= row.points:
        return ""
    lost = f"{row.points - row.score:f}"
    return f"自评扣{lost.rstrip('0').rstrip('.') if '.' in lost else lost}分"


@lru_cache(maxsize=4096)  # a result stands on several pages
def _judge(promised: str | None, actual: str, year: int) -> TargetOutcome:
    judgement = target.judge(target.parse(promised, year), target.parse(actual, year))
    distance = judgement.distance
    missed = judgement.outcome is target.Outcome.NOT_MET
    return TargetOutcome(
        str(judgement.outcome),
        OUTCOMES[judgement.outcome],
        judgement.reason,
        band=str(distance.band) if missed and distance else "",
        achieved=distance.achieved if distance else None,
        days=distance.days if distance else None,
    )


def _first(
    changed: Sequence[ChangedTarget], indicator: Indicator | None, row: IndicatorResult, year: int
) -> FirstOutcome | None:
    """By what was first published, beside what is in force now.

    A row without an indicator in force may speak of one that was dropped.
    """
    if indicator is None:
        found = (one for one in changed if one.current is None and one.name == row.name)
    else:
        found = (one for one in changed if one.current is indicator)
    item = next(found, None)
    if item is None or item.first is None or not row.actual:
        return None
    first = _judge(item.first.target, row.actual, year)
    reason = f"按首次公开的{_kept(item.first.target, first, year)}"
    kind = item.by[-1].adjustment
    after = "更正后" if kind and kind.kind == "correction" else "调整后"
    if item.current is None:
        reason += f"；{after}取消了这项指标"
    else:
        now = _judge(item.current.target, row.actual, year)
        reason += f"；按{after}的{_kept(item.current.target, now, year)}"
    return FirstOutcome(item.first.target or "", first, reason)


def _kept(printed: str | None, outcome: TargetOutcome, year: int) -> str:
    """`11月15日：未按期，晚11天`: a target and what became of it."""
    read = target.parse(printed, year)
    label = outcome.label
    if read.deadline is not None and read.start is None:
        label = {"met": "已按期", "not-met": "未按期"}.get(outcome.key, label)
    why = "" if outcome.key == target.Outcome.MET else f"，{outcome.reason}"
    return f"{target.shown(read)}：{label}{why}"
