"""The last step of reading a form: each cell is accounted for, each name compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from disclosure.intake.formats import labels
from disclosure.intake.formats.labels import Role
from disclosure.intake.formats.pieces import TextPiece
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding import evaluations, indicators
from disclosure.intake.understanding.indicators import is_category, is_empty, is_kind, target
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.read_form import IndicatorEntry, ReadForm, points
from disclosure.model.records import Project
from disclosure.model.whitespace import squeezed

#: The roles whose text goes into a field of its own, by the kind of form.
_TARGETS = {
    Role.LEVEL1: "level1",
    Role.LEVEL2: "level2",
    Role.LEVEL3: "level3",
    Role.DESCRIPTION: "description",
    Role.BASIS: "basis",
}
_RESULTS = {
    Role.LEVEL3: "level3",
    Role.ACTUAL: "actual",
    Role.POINTS: "points",
    Role.SCORE: "score",
    Role.DEVIATION: "deviation",
    Role.IMPROVEMENT: "improvement",
}


def finished(
    forms: Iterable[ReadForm], ledger: Ledger, projects: Sequence[Project]
) -> tuple[list[ReadForm], set[TextPiece]]:
    """Forms without those that are no more than a head or a title; the texts of these.

    A head was taken for the project's name, or nothing stands below a title, as in the contents.
    """
    kept: list[ReadForm] = []
    texts: set[TextPiece] = set()
    for form in forms:
        is_title = not form.says_something
        finish(form, ledger, projects)
        name = form.fields.get("name", "")
        named = not field_labels.is_label(name) or name.endswith((":", "："))  # a name may end so
        if named and not is_title:
            kept.append(form)
            continue
        texts |= {one.text for one in ledger.placed if one.where[:2] == form.at()}
        ledger.withdraw(form.at())
    moved = ((number, form) for number, form in enumerate(kept) if number != form.number)
    for number, form in moved:
        for where in {one.where for one in ledger.placed if one.where[:2] == form.at()}:
            ledger.move(where, ("form", number, *where[2:]))
        form.number = number
    return kept, texts


def finish(form: ReadForm, ledger: Ledger, projects: Iterable[Project]) -> None:
    """Give every cell of the rows its place, and compare the title with the project's name.

    Args:
        form: What was read.
        ledger: The accounts.
        projects: The projects of the year that are known already.
    """
    form.evaluation = form.evaluation or any(Role.ACTUAL in row.cells for row in form.rows)
    _titles(form, ledger)
    project = next(filter(form.is_of, projects), None)
    if form.evaluation:
        evaluations.settle(form, ledger, project)
    else:
        evaluations.set_aside(form, ledger)
    indicators.inherit(form, ledger)
    for period in form.periods:
        if period.bare not in form.plan and labels.PERIOD.fullmatch(period.bare):
            ledger.mark_boilerplate(period)  # a head above an empty cell
    form.rows, rows = [], form.rows
    for row in rows:
        if is_empty(row):
            _mark_empty_row(row, ledger)
            continue
        _place_row(form, row, ledger, project)
        form.rows.append(row)


def _mark_empty_row(row: IndicatorEntry, ledger: Ledger) -> None:
    """A row that only the form printed is boilerplate; other words in it stay unplaced."""
    for role, texts in row.cells.items():
        for text in texts:
            if role in {Role.LEVEL3, Role.SECTION} or is_category(text.text):
                ledger.mark_boilerplate(text)


def _titles(form: ReadForm, ledger: Ledger) -> None:
    """The name in the title is the project's: the same as in the form, or all there is."""
    for text, name in form.titles:
        known = form.fields.get("name")
        if known is None:
            form.set(ledger, "name", text, name)
        elif squeezed(known) in {name, name.removesuffix("项目"), f"{name}项目"}:
            ledger.mark_boilerplate(text, name)


def _place_row(
    form: ReadForm, row: IndicatorEntry, ledger: Ledger, project: Project | None
) -> None:
    """Place the cells of one row, under its position among the rows that say something."""
    at = len(form.rows)
    fields: Mapping[Role, str] = _RESULTS if form.evaluation else _TARGETS
    for role, key in fields.items():
        for text in row.cells.get(role, ()):
            _place(ledger, form, text, (at, key))
    if form.evaluation:
        for role, text, same in evaluations.repeated(row, project):
            if same:
                ledger.mark_boilerplate(text)
            else:
                _keep(form, row, ledger, text, role)
    else:
        _target(form, row, ledger, at)
    for role, texts in row.cells.items():
        for text in texts:
            if role in {Role.POINTS, Role.EXTRA, Role.SCORE, Role.ACTUAL} and role not in fields:
                _keep(form, row, ledger, text, role)


def _target(form: ReadForm, row: IndicatorEntry, ledger: Ledger, at: int) -> None:
    """Place sign, value and unit as one value."""
    _, repeated = target(row)
    _mark_all_boilerplate(ledger, repeated)
    for role in (Role.SIGN, Role.VALUE, Role.UNIT):
        for text in row.cells.get(role, ()):
            if role is Role.SIGN and is_kind(text.bare):
                _keep(form, row, ledger, text, role)
            elif text not in repeated:
                _place(ledger, form, text, (at, "target"))


def _keep(form: ReadForm, row: IndicatorEntry, ledger: Ledger, text: TextPiece, role: Role) -> None:
    if ledger.is_open(text):
        what = row.heads.get(text) or role.value
        form.keep(ledger, what, row.say(Role.LEVEL3), text)


def _place(ledger: Ledger, form: ReadForm, text: TextPiece, field: tuple[int, str]) -> None:
    """Place a cell that may stand in several rows; it is counted where it stood first."""
    if not ledger.is_open(text):
        return
    value = points(text.bare) if field[1] in {"points", "score"} else text.text
    ledger.place(text, value, form.at("indicators", *field))
    ledger.mark_boilerplate(text)  # the unit of points


def _mark_all_boilerplate(ledger: Ledger, texts: object) -> None:
    assert isinstance(texts, (list, tuple))
    for text in texts:
        ledger.mark_boilerplate(text)
