"""The cells of a form in extracted text, where only their order, line breaks and gaps are left.

Labels are found because they are known; how the rows of indicators are found stands in `cutting`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from disclosure.intake.formats import labels
from disclosure.intake.formats.joining import Line
from disclosure.intake.formats.labels import Head, Role
from disclosure.intake.formats.pieces import GridCell, TablePiece, TextPiece
from disclosure.intake.formats.text import cutting
from disclosure.intake.formats.text.cutting import TextColumn, Widths, Word, text_of

_MAX_LABEL = 6  # words
_ROUNDS = 2
#: The columns that no other form has: with them texts were laid out in an order that is known.
_KNOWN_ORDER = {Role.DESCRIPTION, Role.BASIS}
_OF_INDICATORS = {Role.LEVEL1, Role.LEVEL2, Role.LEVEL3, Role.VALUE, Role.ACTUAL}
_BEGINS = {Head.CODE, Head.NAME, Head.UNIT, Head.DEPARTMENT}


class _Form(Struct, frozen=True):
    """One form's lines, looked at.

    Attributes:
        above: How many lines stand above its first label.
        upper: The words of its labels and values.
        heads: The words of each column head of its indicators.
        below: The words of its indicators.
    """

    above: int
    upper: Sequence[Word]
    heads: Sequence[Sequence[Word]]
    below: Sequence[Word]

    @property
    def roles(self) -> tuple[Role, ...]:
        """What its columns hold."""
        return tuple(labels.role(text_of(part).text) or Role.EXTRA for part in self.heads)


def tables(forms: Sequence[Sequence[Line]]) -> list[tuple[int, TablePiece] | None]:
    """Each form's table, and how many lines stand above it; None where its rows are not certain.

    The forms of a document have columns of the same widths, so a first cut of all of them shows
    how wide each column is, and a second one knows it.
    """
    found = [_form(form) for form in forms]
    widths: dict[tuple[Role, ...], Widths] = {}
    for _ in range(_ROUNDS):
        widths = _measured(list(filter(None, found)), widths)
    return [(one.above, _table(one, widths[one.roles])) if one else None for one in found]


def begins_torn(found: Sequence[Line]) -> bool:
    """Whether a table of targets begins at a line: a label, or the head of its indicators."""
    first = _roles(found[:1])
    if len(first) > 1:
        return True
    first_label = labels.head(found[0].text.split()[0]) if found[0].text.split() else None
    return (bool(first) or first_label in _BEGINS) and len(_roles(found) & _OF_INDICATORS) > 1


def _roles(found: Sequence[Line]) -> set[Role]:
    """The columns of indicators that words of some lines announce."""
    return {role for line in found for word in line.text.split() if (role := labels.role(word))}


def _measured(
    forms: Sequence[_Form], known: Mapping[tuple[Role, ...], Widths]
) -> dict[tuple[Role, ...], Widths]:
    """The widths of the full lines when the forms are cut by the widths that are known."""
    widths: dict[tuple[Role, ...], Widths] = {}
    for form in forms:
        counts = widths.setdefault(form.roles, Counter())
        for row in cutting.cut(form.below, _columns(form, known.get(form.roles, Counter()))):
            counts.update(cutting.full_lines(row))
    return widths


def _columns(form: _Form, widths: Widths) -> list[TextColumn]:
    return [
        TextColumn(role, cutting.column_width(widths, at)) for at, role in enumerate(form.roles)
    ]


def _form(found: Sequence[Line]) -> _Form | None:
    for above, line in enumerate(found):
        first = line.text.split()[:1]
        if first and (labels.head(line.text) or labels.head(first[0])):
            every = cutting.words(found[above:])
            begins, heads, rest = _column_heads(every)
            form = _Form(above, every[:begins], heads, every[rest:])
            return form if _KNOWN_ORDER & {*form.roles} else None
    return None


def _table(form: _Form, widths: Widths) -> TablePiece:
    grid = _Rows()
    _upper(grid, form.upper)
    if form.heads:
        grid.add([text_of(part) for part in form.heads])
        for row in cutting.cut(form.below, _columns(form, widths)):
            grid.add([text_of(part) for part in row])
    return grid.table()


class _Rows(Struct):
    """Collects rows of texts to a grid.

    Attributes:
        cells: What there is so far.
        number: The row that comes next.
        budget: The label of the budget, its amounts with their labels, and its purpose.
    """

    cells: list[GridCell] = field(default_factory=list)
    number: int = 0
    budget: tuple[TextPiece, list[TextPiece], list[TextPiece]] | None = None

    def add(self, texts: Sequence[TextPiece], column: int = 0) -> None:
        """Add a row without merged cells."""
        for at, text in enumerate(texts, column):
            self.cells.append(GridCell(text, self.number, at))
        self.number += 1

    def close_budget(self) -> None:
        """Add the budget as it stands on the form: its label beside both its rows."""
        if self.budget is not None:
            name, amounts, purpose = self.budget
            self.cells.append(GridCell(name, self.number, 0, rows=2))
            self.add(amounts, 1)
            self.add(purpose, 1)
            self.budget = None

    def table(self) -> TablePiece:
        """The grid."""
        self.close_budget()
        width = max((cell.column for cell in self.cells), default=0) + 1
        return TablePiece(tuple(self.cells), width, drawn=False)


def _label(found: Sequence[Word], at: int) -> tuple[Head, int] | None:
    """The label that begins at a word, the longest, and the word after it."""
    for end in range(min(len(found), at + _MAX_LABEL), at, -1):
        head = labels.head("".join(word.text for word in found[at:end]))
        if head is not None:
            return head, end
    return None


def _column_heads(found: Sequence[Word]) -> tuple[int, list[Sequence[Word]], int]:
    """Where the heads of the indicators begin, the words of each, and the word after them."""
    for begin, word in enumerate(found):
        if not labels.role(word.text):
            continue
        parts: list[Sequence[Word]] = []
        at = begin
        while True:
            ends = range(min(len(found), at + _MAX_LABEL), at, -1)
            end = next((end for end in ends if labels.role("".join(
                word.text for word in found[at:end]))), at)  # fmt: skip
            if end == at:
                break
            parts.append(found[at:end])
            at = end
        roles = {labels.role(text_of(part).text) for part in parts}
        if {Role.LEVEL3, Role.VALUE} <= roles:
            return begin, parts, at
    return len(found), [], len(found)


def _upper(grid: _Rows, found: Sequence[Word]) -> None:
    """The labels and values above the indicators, each label in a row of its own."""
    at = 0
    while at < len(found):
        label = _label(found, at)
        if label is None:
            grid.add([text_of(found[at : at + 1])])
            at += 1
            continue
        head, end = label
        stop = next((to for to in range(end, len(found)) if _label(found, to)), len(found))
        name, value = text_of(found[at:end]), found[end:stop]
        if head is Head.BUDGET and not value:
            grid.budget = name, [], []
        elif head in {Head.TOTAL, Head.FISCAL, Head.OTHER} and grid.budget:
            _money(grid.budget, name, value)
        else:
            grid.close_budget()
            if head is Head.PLAN:
                _plan(grid, name, value)
            else:
                grid.add([name, text_of(value)])
        at = stop


def _money(
    budget: tuple[TextPiece, list[TextPiece], list[TextPiece]],
    name: TextPiece,
    value: Sequence[Word],
) -> None:
    """An amount; what follows it is the purpose, which has no label of its own."""
    _, amounts, purpose = budget
    end = 1 if value and labels.MONEY.fullmatch(value[0].text) else 0
    amounts += [name, text_of(value[:end])]
    if value[end:]:
        purpose.append(text_of(value[end:]))


def _plan(grid: _Rows, name: TextPiece, value: Sequence[Word]) -> None:
    """The periods of the spending plan, and below them the amounts."""
    periods: list[TextPiece] = []
    at = 0
    while at < len(value):
        ends = range(min(len(value), at + 3), at, -1)
        end = next((end for end in ends if labels.PERIOD.fullmatch("".join(
            word.text for word in value[at:end]))), at)  # fmt: skip
        if end == at:
            break
        periods.append(text_of(value[at:end]))
        at = end
    blank = TextPiece("", name.place, name.page)
    grid.add([name, *periods])
    grid.add([blank, *(text_of([word]) for word in value[at:])])
