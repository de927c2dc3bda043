"""A self-evaluation beside the target table of its project.

What it repeats of the table is boilerplate. What it says otherwise, or beyond the results, has no
field of its own: a public note keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from disclosure.intake.formats.labels import Role
from disclosure.intake.formats.pieces import TextPiece
from disclosure.intake.understanding.indicators import is_category, target
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.read_form import IndicatorEntry, ReadForm
from disclosure.model.records import Project
from disclosure.model.target_table import Indicator
from disclosure.model.whitespace import squeezed

_TARGET = (Role.SIGN, Role.VALUE, Role.UNIT)
_MONEY: dict[str, tuple[str, Callable[[Project], Decimal | None]]] = {
    "total": ("预算数", lambda project: project.budget.total),
    "fiscal": ("其中：财政资金", lambda project: project.budget.fiscal),
    "other": ("其他资金", lambda project: project.budget.other),
}


#: What names the project: it stays with the form, because the code may be found by the name.
_REPEATED: dict[str, tuple[str, Callable[[Project], str]]] = {
    "name": ("项目名称", lambda project: project.name),
    "unit": ("预算单位", lambda project: project.unit or ""),
    "number": ("序号", lambda project: str(project.number)),
}
_RESULTS = {"budget": "全年预算数", "spent": "全年执行数", "score": "得分"}


def set_aside(form: ReadForm, ledger: Ledger) -> None:
    """What only a self-evaluation has a field for goes into a note of a target table."""
    for key, title in _RESULTS.items():
        if value := form.fields.pop(key, None):
            _note(form, ledger, (key,), (title, value), same=False)


def settle(form: ReadForm, ledger: Ledger, project: Project | None) -> None:
    """Compare what stands above the indicators with the project's table, if that is known."""
    for key, (title, known_text) in _REPEATED.items():
        if value := form.fields.get(key):
            same = project is not None and _same(value, known_text(project))
            _note(form, ledger, (key,), (title, value), same=same)
    ledger.move(form.at("plan_heading"), None)
    for key, value in form.adjustment.items():
        _note(form, ledger, ("adjustment", key), ("版本", value), same=False)
    form.adjustment = {}
    for key, (title, known) in _MONEY.items():
        if value := form.fields.pop(key, None):
            same = project is not None and _is_amount(value, known(project))
            _note(form, ledger, (key,), (title, value), same=same)
    if purpose := form.fields.pop("purpose", None):
        same = project is not None and _same(purpose, project.purpose)
        _note(form, ledger, ("purpose",), ("资金用途", purpose), same=same)
    goals = tuple(map(squeezed, project.goals)) if project else ()
    for at, goal in enumerate(form.goals):
        _note(form, ledger, ("goals", at), ("预期目标", goal), same=squeezed(goal) in goals)
    for period, value in form.plan.items():
        ledger.move(form.at("plan"), form.at("extras"))
        _note(form, ledger, ("plan", period), (period, value), same=False)
    form.goals, form.plan = [], {}


def _note(
    form: ReadForm,
    ledger: Ledger,
    way: tuple[str | int, ...],
    note: tuple[str, str],
    *,
    same: bool,
) -> None:
    """Leave out what the table says as well; anything else goes into a note."""
    ledger.move(form.at(*way), None if same else form.at("extras"))
    if not same:
        form.extras.append((note[0], "", note[1]))


def repeated(
    row: IndicatorEntry, project: Project | None
) -> Iterator[tuple[Role, TextPiece, bool]]:
    """The cells of a row that the results have no field for, and whether the table says the same.

    The levels are the form's own words, unless they are none that are known.
    """
    name = squeezed(row.say(Role.LEVEL3))
    rows = project.indicators if project else ()
    known = next((one for one in rows if squeezed(one.name) == name), None)
    for role in (Role.LEVEL1, Role.LEVEL2):
        for text in row.cells.get(role, ()):
            yield role, text, is_category(text.text)
    for role, value, field in _compared(row, known):
        for text in row.cells.get(role, ()):
            yield role, text, _same(value, field)


def _compared(
    row: IndicatorEntry, known: Indicator | None
) -> Iterator[tuple[Role, str, str | None]]:
    """What a row says in columns of the target table, and what the table says there."""
    value, _ = target(row)
    for role in _TARGET:
        yield role, value, known.target if known else None
    yield Role.DESCRIPTION, row.say(Role.DESCRIPTION), known.description if known else None
    yield Role.BASIS, row.say(Role.BASIS), known.basis if known else None


def _same(value: str, known: str | None) -> bool:
    return known is not None and squeezed(value) == squeezed(known)


def _is_amount(value: str, known: Decimal | None) -> bool:
    try:
        return known is not None and Decimal(value) == known
    except InvalidOperation:
        return False
