"""Self-evaluations joined to target tables: each actual value, its target, the outcome."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare.changed_targets import ChangedTarget, changed_targets
from disclosure.compare.code_lists import OUTCOMES
from disclosure.compare.once_per_project import once_per_project
from disclosure.model import target
from disclosure.model.dataset import ProjectYear
from disclosure.model.target_table import Indicator, IndicatorResult
from disclosure.model.whitespace import squeezed


class TargetOutcome(Struct, frozen=True):
    """Whether a target was met, as far as the printed values can tell, and why.

    Attributes:
        key: For filters and colours.
        label: The word.
        parts: Why, and how far the actual value is from the target.
        band: How far that is, for the colour; "" where nothing was missed.
        achieved: The actual value in percent of the target; None where there is no such share.
        days: By how many days it is later; None for numbers.
    """

    key: str
    label: str
    parts: target.Reason
    band: str = ""
    achieved: Decimal | None = None
    days: int | None = None

    @property
    def reason(self) -> str:
        """Why, in one line; "" where a page says no more than the label."""
        return self.parts.text


class FirstOutcome(Struct, frozen=True):
    """What became of the target as it was first published, where that is no longer in force.

    Attributes:
        target: As first published.
        outcome: By that.
        reason: Both outcomes in one line.
    """

    target: str
    outcome: TargetOutcome
    reason: str


class JoinedResult(Struct, frozen=True):
    """A row of the self-evaluation, and which indicator of the table it speaks of.

    `position` is None where several indicators have the row's name and it is not clear which
    one is meant; `outcome` is None without an indicator or without an actual value. `first` is
    None where the target is what was first published.
    """

    row: IndicatorResult
    position: int | None
    outcome: TargetOutcome | None
    first: FirstOutcome | None = None


@once_per_project
def joined_results(project: ProjectYear, year: int) -> tuple[JoinedResult, ...]:
    """The self-evaluation's rows in their order; nothing without one."""
    if project.result is None:
        return ()
    table = project.current.indicators
    rows = project.result.indicators
    changed = changed_targets(project, year)
    found = []
    for row, place in zip(rows, indicator_places(table, rows), strict=True):
        outcome = None
        if place is not None and row.actual:
            outcome = _judged(table[place].target, row, year)
        meant = None if place is None else table[place]
        first = _first(changed, meant, row, year) if changed else None
        found.append(JoinedResult(row, place, outcome, first))
    return tuple(found)


def indicator_places(
    table: Sequence[Indicator], rows: Sequence[IndicatorResult]
) -> tuple[int | None, ...]:
    """Which indicator of the table each row of an evaluation speaks of; None where it is not clear.

    Rows of one name belong to the indicators of that name in their order, if all are there; first
    those of the same levels, where the evaluation prints them.
    """
    found: dict[int, int] = {}
    for key in (_leveled_name, _name):
        taken = set(found.values())
        waiting = _grouped(table, key, (at for at in range(len(table)) if at not in taken))
        left = [at for at in range(len(rows)) if at not in found]
        for name, ats in _grouped(rows, key, left).items():
            if len(ats) == len(waiting.get(name, ())):
                found |= dict(zip(ats, waiting[name], strict=True))
    return tuple(found.get(at) for at in range(len(rows)))


_Row = Indicator | IndicatorResult


def _name(row: _Row) -> str:
    return row.name


def _leveled_name(row: _Row) -> tuple[str, ...]:
    return (squeezed(row.level1 or ""), squeezed(row.level2 or ""), row.name)


def _grouped(
    rows: Sequence[_Row], key: Callable[[_Row], Hashable], ats: Iterable[int]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for at in ats:
        groups.setdefault(key(rows[at]), []).append(at)
    return groups


def _judged(promised: str | None, row: IndicatorResult, year: int) -> TargetOutcome:
    """The outcome, and how many points the department took off itself."""
    found, lost = _judge(promised, row.actual or "", year), _lost(row)
    if lost and found.key in {target.Outcome.NOT_MET, target.Outcome.DIFFERS}:
        return replace(found, parts=replace(found.parts, why=(*found.parts.why, lost)))
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
        judgement.parts,
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
