"""What differs between two versions of a project's target table, or between two years of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator import target
from generator.compare.words import similarity
from generator.model import Indicator, Project
from generator.target import Verdict

#: From here on two indicators without a common name are shown as "probably the same".
PROBABLE = 0.6

TEXT_FIELDS = ("name", "code", "unit", "purpose")
INDICATOR_FIELDS = ("level1", "level2", "level3", "description", "basis")
BUDGET_FIELDS = ("total", "fiscal", "other")


@dataclass(frozen=True, slots=True)
class TextChange:
    """A field whose text changed; `field` is its name in the model."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """An amount that changed, 万元; None where a side has none.

    `field` is a name of `Budget`, or a period of the spending plan such as `3月底`.
    """

    field: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator over two tables.

    Attributes:
        name: Its third level, the newer one where both tables have it.
        old: None when it was added.
        new: None when it was dropped.
        certain: False when the two were matched by likeness alone.
        fields: Every text but the target that changed.
        verdict: How the two targets compare; None when it was added or dropped.
    """

    name: str
    old: Indicator | None
    new: Indicator | None
    certain: bool
    fields: tuple[TextChange, ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ProjectDifference:
    """Everything that differs between two tables; empty tuples where nothing does.

    `indicators` lists every indicator of either side, changed or not, in the new table's
    order, followed by the dropped ones.
    """

    old: Project
    new: Project
    texts: tuple[TextChange, ...]
    budget: tuple[MoneyChange, ...]
    plan: tuple[MoneyChange, ...]
    indicators: tuple[IndicatorChange, ...]


def difference(old: Project, new: Project, old_year: int, new_year: int) -> ProjectDifference:
    """Compare two tables; the years give deadlines without one their meaning."""
    pairs = _pairs(old.indicators, new.indicators)
    return ProjectDifference(
        old=old,
        new=new,
        texts=(*_texts(old, new, TEXT_FIELDS), *_goals(old, new)),
        budget=tuple(_money(old.budget, new.budget)),
        plan=tuple(_plan(old, new)),
        indicators=tuple(
            _indicator(one, other, certain, (old_year, new_year)) for one, other, certain in pairs
        ),
    )


def _texts(old: object, new: object, fields: Sequence[str]) -> Iterator[TextChange]:
    for field in fields:
        before, after = getattr(old, field) or "", getattr(new, field) or ""
        if before != after:
            yield TextChange(field, before, after)


def _goals(old: Project, new: Project) -> Iterator[TextChange]:
    if old.goals != new.goals:
        yield TextChange("goals", "\n".join(old.goals), "\n".join(new.goals))


def _money(old: object, new: object) -> Iterator[MoneyChange]:
    for field in BUDGET_FIELDS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield MoneyChange(field, before, after)


def _plan(old: Project, new: Project) -> Iterator[MoneyChange]:
    for period in dict.fromkeys((*old.spending_plan, *new.spending_plan)):
        before, after = old.spending_plan.get(period), new.spending_plan.get(period)
        if before != after:
            yield MoneyChange(period, before, after)


Pair = tuple[Indicator | None, Indicator | None, bool]


def _pairs(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[Pair]:
    """Which indicators belong together: by place and name, by name alone, then by likeness."""
    partner: dict[int, tuple[int, bool]] = {}
    free = list(range(len(old)))
    for names in (
        lambda row: (row.level1, row.level2, row.level3),
        lambda row: row.level3,
    ):
        waiting: dict[object, list[int]] = {}
        for index in free:
            waiting.setdefault(names(old[index]), []).append(index)
        for position, row in enumerate(new):
            if position not in partner and waiting.get(names(row)):
                partner[position] = waiting[names(row)].pop(0), True
        free = [index for index in free if index not in {old_ for old_, _ in partner.values()}]
    for position, index in _likely(old, new, free, partner):
        partner[position] = index, False
    return _in_order(old, new, partner)


def _likely(
    old: Sequence[Indicator],
    new: Sequence[Indicator],
    free: list[int],
    partner: dict[int, tuple[int, bool]],
) -> Iterator[tuple[int, int]]:
    """The likeliest matches among the rest, within the same second level, best first."""
    candidates = sorted(
        (
            (-likeness(old[index], row), position, index)
            for position, row in enumerate(new)
            if position not in partner
            for index in free
            if _kind(old[index]) == _kind(row)
        ),
    )
    taken: set[tuple[str, int]] = set()
    for score, position, index in candidates:
        ends = {("new", position), ("old", index)}
        if -score >= PROBABLE and not ends & taken:
            taken |= ends
            yield position, index


def _kind(indicator: Indicator) -> str:
    """What must agree for two names to be one indicator; the older tree files cost under 产出."""
    return indicator.level2 or indicator.level1


def likeness(old: Indicator, new: Indicator) -> float:
    """How alike two indicators are in name and description, 0 to 1; the names weigh more."""
    names = similarity(old.level3, new.level3)
    descriptions = similarity(old.description or "", new.description or "")
    return max(names, (names + descriptions) / 2)


def _in_order(
    old: Sequence[Indicator], new: Sequence[Indicator], partner: dict[int, tuple[int, bool]]
) -> list[Pair]:
    pairs: list[Pair] = []
    for position, row in enumerate(new):
        index, certain = partner.get(position, (None, True))
        pairs.append((None if index is None else old[index], row, certain))
    matched = {index for index, _ in partner.values()}
    pairs += [(row, None, True) for index, row in enumerate(old) if index not in matched]
    return pairs


def _indicator(
    old: Indicator | None, new: Indicator | None, certain: bool, years: tuple[int, int]
) -> IndicatorChange:
    if new is None or old is None:
        (present,) = filter(None, (old, new))
        return IndicatorChange(present.level3, old, new, certain, (), None)
    fields = tuple(_texts(old, new, INDICATOR_FIELDS))
    verdict = target.compare(target.parse(old.target, years[0]), target.parse(new.target, years[1]))
    return IndicatorChange(new.level3, old, new, certain, fields, verdict)
