"""What differs between two versions of a project's target table, or between two years of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from disclosure.compare.matching import Pair, pairs
from disclosure.model import target
from disclosure.model.notes import NOT_LOWERED, Note
from disclosure.model.records import Project
from disclosure.model.target import Change, Verdict
from disclosure.model.target_table import Budget, Indicator

MONTH = re.compile(r"([0-9]{1,2})月")

TEXT_FIELDS = ("name", "code", "unit", "purpose")
INDICATOR_FIELDS = (
    *("level1", "level2", "level3", "description", "basis"),
    *("weight", "direction", "kind", "term_target"),
)
BUDGET_FIELDS = ("total", "fiscal", "other", "term_total")
#: Before the name of what only the form has a name for, such as `facts.联系人`.
FACTS, OTHER, PARTS = "facts", "other", "parts"
#: Before the name of an indicator of the whole term, whose targets are compared as text.
TERM_ROWS = "term_indicators"

ADDED, DROPPED = "added", "dropped"
#: What makes a target easier, with or without a sign that says so, or takes it away.
LOWERED_STATES = frozenset({str(Change.LOOSER), str(Change.LOWER), DROPPED})


class TextChange(Struct, frozen=True):
    """A field whose text changed.

    `field` is its name in the model, or `facts.` or `other.` and the printed name.
    """

    field: str
    old: str
    new: str


class MoneyChange(Struct, frozen=True):
    """An amount that changed, 万元; None where a side has none.

    `field` is a name of `Budget`, `parts.` and a printed name, or a period of the spending plan
    such as `3月底`.
    """

    field: str
    old: Decimal | None
    new: Decimal | None


class IndicatorChange(Struct, frozen=True):
    """One indicator over two tables.

    Attributes:
        name: Its third level, the newer one where both tables have it.
        old: None when it was added.
        new: None when it was dropped.
        certain: False when the two were matched by likeness, or by a name that is not unique.
        fields: Every text but the target that changed.
        verdict: How the two targets compare; None when it was added or dropped.
        notes: The public notes on the indicator in the newer table.
    """

    name: str
    old: Indicator | None
    new: Indicator | None
    certain: bool
    fields: tuple[TextChange, ...]
    verdict: Verdict | None
    notes: tuple[Note, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything of it is another."""
        return self.state != Change.SAME or bool(self.fields)

    @property
    def state(self) -> str:
        """What became of it: a value of `Change`, `ADDED` or `DROPPED`."""
        if self.verdict is not None:
            return self.verdict.change
        return DROPPED if self.new is None else ADDED

    @property
    def disputed(self) -> bool:
        """Whether it was lowered and the department states in a note that it was not."""
        return self.state in LOWERED_STATES and any(note.says == NOT_LOWERED for note in self.notes)


class ProjectDifference(Struct, frozen=True):
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


def project_difference(
    old: Project, new: Project, old_year: int, new_year: int
) -> ProjectDifference:
    """Compare two tables; the years give deadlines without one their meaning."""
    return ProjectDifference(
        old=old,
        new=new,
        texts=(
            *text_changes(old, new, TEXT_FIELDS),
            *_lists(old, new, "goals"),
            *_lists(old, new, "term_goals"),
            *entries_changed(
                TERM_ROWS, _by_name(old.term_indicators), _by_name(new.term_indicators)
            ),
            *entries_changed(FACTS, old.facts, new.facts),
        ),
        budget=tuple(money_changes(old.budget, new.budget)),
        plan=tuple(_plan(old, new)),
        indicators=tuple(
            indicator_change(pair, old_year, new_year, _noted(new.notes, pair))
            for pair in pairs(old.indicators, new.indicators)
        ),
    )


def text_changes(old: object, new: object, fields: Sequence[str]) -> Iterator[TextChange]:
    """The fields of two records whose texts differ."""
    for field in fields:
        before, after = getattr(old, field) or "", getattr(new, field) or ""
        if before != after:
            yield TextChange(field, before, after)


def _lists(old: Project, new: Project, field: str) -> Iterator[TextChange]:
    before, after = getattr(old, field), getattr(new, field)
    if before != after:
        yield TextChange(field, "\n".join(before), "\n".join(after))


def entries_changed(
    field: str, old: Mapping[str, str | None], new: Mapping[str, str | None]
) -> Iterator[TextChange]:
    """What only the form has a name for, compared as text; an empty cell is like none."""
    for name in {**new, **old}:
        before, after = old.get(name) or "", new.get(name) or ""
        if before != after:
            yield TextChange(f"{field}.{name}", before, after)


def _by_name(rows: Sequence[Indicator]) -> Mapping[str, str | None]:
    """The targets of the whole term by their names; those of one name stand together.

    What is called alike in the year is told apart by what stands behind the name.
    """
    found: dict[str, str | None] = {}
    for row in rows:
        if row.level3 is not None:
            name = f"{row.name}（实施期）"
            said = (found.get(name), row.target)
            found[name] = "；".join(filter(None, said)) or None
    return found


def money_changes(old: Budget, new: Budget) -> Iterator[MoneyChange]:
    """The amounts of two budgets that differ."""
    for field in BUDGET_FIELDS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield MoneyChange(field, before, after)
    for name in {**new.parts, **old.parts}:
        part, other = old.parts.get(name), new.parts.get(name)
        if part != other:
            yield MoneyChange(f"{PARTS}.{name}", part, other)


def _month(period: str) -> int:
    """Where a period stands in the year (10 for `10月底`); one without a month comes last."""
    month = MONTH.match(period)
    return int(month[1]) if month else 13


def _plan(old: Project, new: Project) -> Iterator[MoneyChange]:
    for period in sorted({**old.spending_plan, **new.spending_plan}, key=_month):
        before, after = old.spending_plan.get(period), new.spending_plan.get(period)
        if before != after:
            yield MoneyChange(period, before, after)


def _noted(notes: Sequence[Note], pair: Pair) -> tuple[Note, ...]:
    row = pair.new or pair.old
    return notes_on(notes, row) if notes and row else ()


def notes_on(notes: Sequence[Note], row: Indicator) -> tuple[Note, ...]:
    """The public notes that name the indicator."""
    return tuple(note for note in notes if note.at == row.level3)


def indicator_change(
    pair: Pair, old_year: int, new_year: int, notes: tuple[Note, ...] = ()
) -> IndicatorChange:
    """What became of one indicator."""
    old, new, certain = pair.old, pair.new, pair.certain
    if new is None or old is None:
        (present,) = filter(None, (old, new))
        return IndicatorChange(present.name, old, new, certain, (), None, notes)
    fields = (
        *text_changes(old, new, INDICATOR_FIELDS),
        *entries_changed(OTHER, old.other, new.other),
    )
    verdict = target.compare(target.parse(old.target, old_year), target.parse(new.target, new_year))
    return IndicatorChange(new.name, old, new, certain, fields, verdict, notes)
