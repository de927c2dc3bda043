"""How changes are worded: fates of projects, verdicts on targets, old text beside new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.compare import (
    ADDED,
    DROPPED,
    Basis,
    IndicatorChange,
    MoneyChange,
    Piece,
    ProjectDifference,
    Succession,
    TextChange,
    marked,
)
from disclosure.model.records import Budget, Indicator, Project
from disclosure.model.target import Change
from disclosure.pages.formatting import money, share
from disclosure.pages.words import STATES

BASES = {
    Basis.DECLARED: "部门填报的承接关系",
    Basis.SAME_CODE: "项目编码相同",
    Basis.SAME_NAME: "项目名称相同",
}

#: For readers who cannot see colours, and for paper.
ARROWS = {Change.STRICTER: "↑", Change.LOOSER: "↓"}


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened: its key for filters, its name, the number."""

    key: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class State:
    """How an indicator's target changed, in words and with an arrow where there is a direction."""

    key: str
    label: str
    arrow: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A field that changed: its name on the form, the old and the new text cut into pieces."""

    field: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator over two tables, as printed in each; "" where a table does not have it.

    `certain` is False where it is only likely that the two are one.
    """

    name: str
    state: State
    old: str
    new: str
    certain: bool
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two tables, ready to be shown; `unchanged` counts indicators."""

    lines: tuple[ChangeLine, ...]
    indicators: tuple[IndicatorLine, ...]
    unchanged: int

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lines or self.indicators)


def evidence(succession: Succession) -> str:
    """What ties the projects of two years together, in words; "" when nothing does."""
    return "、".join(dict.fromkeys(BASES[link.basis] for link in succession.links))


def signed(amount: Decimal) -> str:
    """A change of money in 万元 with its sign: `+5.00`, `−5.00`, `0.00`."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{abs(amount):f}"


def growth(old: Decimal, new: Decimal) -> str:
    """The change in per cent of the old amount with its sign; "" from nothing."""
    if not old:
        return ""
    sign = "+" if new > old else "−" if new < old else ""
    return sign + share(abs(new - old), old)


def counts(counter: Counter[str]) -> tuple[Count, ...]:
    """The states that occurred, in their fixed order."""
    return tuple(
        Count(str(key), label, counter[key]) for key, label in STATES.items() if counter[key]
    )


def differences(difference: ProjectDifference) -> Differences:
    """Word everything that differs between two tables; what is the same is only counted."""
    indicators = [_indicator(item) for item in difference.indicators]
    shown = [line for line in indicators if line.state.key != Change.SAME or line.lines]
    lines = (
        *(_text(Project.model_fields[item.field].title, item) for item in difference.texts),
        *(_money(Budget.model_fields[item.field].title, item) for item in difference.budget),
        *(_money(f"资金支出计划：{item.field}", item) for item in difference.plan),
    )
    return Differences(lines, tuple(shown), len(indicators) - len(shown))


def _text(title: str | None, change: TextChange) -> ChangeLine:
    old, new = marked(change.old, change.new)
    return ChangeLine(title or change.field, old, new)


def _money(title: str | None, change: MoneyChange) -> ChangeLine:
    """An amount changes as a whole: marking its digits one by one would say nothing."""
    old, new = money(change.old), money(change.new)
    return ChangeLine(
        f"{title or change.field}（万元）",
        (Piece(old, changed=True),) if old else (),
        (Piece(new, changed=True),) if new else (),
    )


def _indicator(change: IndicatorChange) -> IndicatorLine:
    return IndicatorLine(
        name=change.name,
        state=state(change),
        old=(change.old.target or "") if change.old else "",
        new=(change.new.target or "") if change.new else "",
        certain=change.certain,
        lines=tuple(_indicator_texts(change)),
    )


def state(change: IndicatorChange) -> State:
    """How the indicator's target changed; no reason where both say the same words."""
    if change.old is None or change.new is None or change.verdict is None:
        key = DROPPED if change.new is None else ADDED
        return State(key, STATES[key], "", "")
    verdict = change.verdict
    reason = "" if change.old.target == change.new.target else verdict.reason
    arrow = ARROWS.get(verdict.change, "")
    return State(str(verdict.change), STATES[verdict.change], arrow, reason)


def _indicator_texts(change: IndicatorChange) -> Iterator[ChangeLine]:
    for item in change.fields:
        yield _text(Indicator.model_fields[item.field].title, item)
