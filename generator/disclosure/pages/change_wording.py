"""How changes are worded: what became of projects, verdicts on targets, old text beside new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from disclosure.compare import (
    Basis,
    DiffPiece,
    IndicatorChange,
    MoneyChange,
    ProjectDifference,
    Succession,
    TextChange,
    marked,
)
from disclosure.compare.code_lists import STATES
from disclosure.model.fields import title_of, with_two_decimals
from disclosure.model.records import Project
from disclosure.model.target import Change, Reason, Verdict, band, percent
from disclosure.model.target_table import Budget, Indicator
from disclosure.pages.formatting import money, share
from disclosure.pages.view import Link

BASES = {
    Basis.DECLARED: "部门填报的承接关系",
    Basis.SAME_CODE: "项目编码相同",
    Basis.SAME_NAME: "项目名称相同",
}

#: For readers who cannot see colours, and for paper.
ARROWS: Mapping[Change, str] = {Change.STRICTER: "↑", Change.LOOSER: "↓"}


#: What a department may state of a change, beside the verdict and never instead of it.
NOT_A_LOWERING = "部门说明不属于降低要求"
#: Of such changes, where it stands beside the keys of states.
DISPUTED = "disputed"


class Count(Struct, frozen=True):
    """How often something happened: its key for filters, its name, the number.

    `explained` says how many of them have a public note, and of how many the department says in
    it that they are no lowering; nothing where none has. `address` is where they are listed; ""
    where that is not said.
    """

    key: str
    label: str
    number: int
    explained: tuple[Link, ...] = ()
    address: str = ""

    @property
    def explanation(self) -> str:
        """The same in words; "" where none has a note."""
        return "，".join(link.text for link in self.explained)


class State(Struct, frozen=True):
    """How an indicator's target changed, in words and with an arrow where there is a direction.

    Attributes:
        key: For filters and colours.
        label: The word.
        arrow: For readers who cannot see colours.
        reason: Why, in one clause.
        brief: The same without what `size` says, beside which it stands.
        listed: The same without what the note above a list says.
        size: The change in percent of the old number, with its sign; "" where there is none.
        days: By how many days a deadline moved, with its sign; "" where it did not.
        band: How far that is, for the colour.
        notes: The public notes on the indicator.
        disputed: The department says in a note that this is no lowering.
    """

    key: str
    label: str
    arrow: str
    reason: str
    brief: str = ""
    listed: str = ""
    size: str = ""
    days: str = ""
    band: str = ""
    notes: tuple[str, ...] = ()
    disputed: bool = False


class ChangeLine(Struct, frozen=True):
    """A field that changed: its name on the form, the old and the new text cut into pieces.

    Of an amount the digits are grouped by thousands, as pages show it.
    """

    field: str
    old: tuple[DiffPiece, ...]
    new: tuple[DiffPiece, ...]
    is_amount: bool = False


class IndicatorLine(Struct, frozen=True):
    """An indicator over two tables, as printed in each; "" where a table does not have it.

    `certain` is False where it is only likely that the two are one.
    """

    name: str
    state: State
    old: str
    new: str
    certain: bool
    lines: tuple[ChangeLine, ...]


class Differences(Struct, frozen=True):
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
    """A change of money in 万元 with its sign: `+5.00`, `−5.00`, `0.00`, written as sums are."""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{with_two_decimals(abs(amount)):,f}"


def growth(old: Decimal, new: Decimal) -> str:
    """The change in per cent of the old amount with its sign; "" from nothing."""
    if not old:
        return ""
    sign = "+" if new > old else "−" if new < old else ""
    return sign + share(abs(new - old), old)


def counts(
    counter: Counter[str], explained: Counter[str], disputed: Counter[str]
) -> tuple[Count, ...]:
    """The states that occurred, in their fixed order, and how many were explained."""
    return tuple(
        Count(str(key), label, counter[key], tuple(_explained(explained[key], disputed[key])))
        for key, label in STATES.items()
        if counter[key]
    )


def listed_at(
    items: Iterable[Count],
    place: Callable[[str], str],
    noted: Callable[[str], str] | None = None,
) -> tuple[Count, ...]:
    """The same, each with the address that `place` gives for its key.

    `noted` gives where those of a key stand that have a public note, and for `DISPUTED` those that
    are said to be no lowering; without it they stand among the others.
    """
    return tuple(
        replace(
            item,
            address=place(item.key),
            explained=tuple(
                replace(link, address=noted(key) if noted else place(item.key))
                for link, key in zip(item.explained, (item.key, DISPUTED), strict=False)
            ),
        )
        for item in items
    )


def _explained(explained: int, disputed: int) -> Iterator[Link]:
    """What is said of those that have a public note."""
    if explained:
        yield Link(f"其中{explained}项有公开注释", "")
    if disputed:
        yield Link(f"{disputed}项{NOT_A_LOWERING}", "")


def differences(difference: ProjectDifference) -> Differences:
    """Word everything that differs between two tables; what is the same is only counted."""
    shown, unchanged = indicator_lines(difference.indicators)
    lines = (
        *(text_line(title_of(Project, item.field), item) for item in difference.texts),
        *(amount_line(title_of(Budget, item.field), item) for item in difference.budget),
        *(amount_line(f"资金支出计划：{item.field}", item) for item in difference.plan),
    )
    return Differences(lines, shown, unchanged)


def indicator_lines(changes: Iterable[IndicatorChange]) -> tuple[tuple[IndicatorLine, ...], int]:
    """The indicators that changed, worded, and how many did not."""
    lines = [indicator_line(item) for item in changes]
    shown = tuple(line for line in lines if line.state.key != Change.SAME or line.lines)
    return shown, len(lines) - len(shown)


def text_line(title: str, change: TextChange) -> ChangeLine:
    """A text over two tables, its changed words marked."""
    old, new = marked(change.old, change.new)
    return ChangeLine(title, old, new)


def amount_line(title: str, change: MoneyChange) -> ChangeLine:
    """An amount changes as a whole: marking its digits one by one would say nothing."""
    old, new = money(change.old), money(change.new)
    return ChangeLine(
        f"{title}（万元）",
        (DiffPiece(old, changed=True),) if old else (),
        (DiffPiece(new, changed=True),) if new else (),
        is_amount=True,
    )


def indicator_line(change: IndicatorChange) -> IndicatorLine:
    """An indicator over two tables, worded."""
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
    notes = tuple(note.note for note in change.notes)
    key, verdict = change.state, change.verdict
    if verdict is None or change.old is None or change.new is None:
        return State(str(key), STATES[key], "", "", notes=notes, disputed=change.disputed)
    if change.old.target == change.new.target:
        verdict = replace(verdict, parts=Reason())
    return verdict_state(verdict, notes, disputed=change.disputed)


def verdict_state(
    verdict: Verdict, notes: tuple[str, ...] = (), *, disputed: bool = False
) -> State:
    """A verdict, worded."""
    measured = verdict.size is not None or verdict.days is not None
    return State(
        key=str(verdict.change),
        label=STATES[verdict.change],
        arrow=ARROWS.get(verdict.change, ""),
        reason=verdict.reason,
        brief=verdict.parts.unmeasured.bracketed,
        listed=verdict.parts.listed.bracketed,
        size="" if verdict.size is None else percent.signed(verdict.size),
        days=signed_number(verdict.days) if verdict.days else "",
        band=str(band(verdict.size, verdict.days)) if measured else "",
        notes=notes,
        disputed=disputed,
    )


def signed_number(number: int) -> str:
    """A whole number with its sign: `+15`, `−31`."""
    return f"{'+' if number > 0 else '−'}{abs(number)}"


def _indicator_texts(change: IndicatorChange) -> Iterator[ChangeLine]:
    for item in change.fields:
        yield text_line(title_of(Indicator, item.field), item)
