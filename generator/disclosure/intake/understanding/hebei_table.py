"""The form `hebei-project`, row by row: labels and values above, the indicators below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from msgspec import Struct, field

from disclosure.forms.record_values import PLAN_HEADING
from disclosure.intake.formats import labels
from disclosure.intake.formats.labels import Head, Role
from disclosure.intake.formats.pieces import GridCell, TablePiece, TextPiece
from disclosure.intake.understanding import indicators
from disclosure.intake.understanding.indicators import Columns
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.read_form import NOTHING, ReadForm, points
from disclosure.model.whitespace import squeezed

_GOAL_NUMBER = re.compile(rf"(?:^|(?<=[\n。；;]))\s*{labels.ITEM}")
_DIGITS = re.compile(r"[0-9]+")
_MONEY_FIELDS = {Head.TOTAL: "total", Head.FISCAL: "fiscal", Head.OTHER: "other"}
_EVALUATED = {Head.YEAR_BUDGET: "budget", Head.SPENT: "spent"}
_BESIDE = {Head.FIRST_BUDGET, Head.RATE, Head.POINTS, Head.SCORE}


class SectionLabel(Struct):
    """A label at the left that stands for several rows: 预算规模及资金用途, 资金支出计划.

    Attributes:
        head: Which one, or None when there is none.
        row: The row in which it stands.
        until: The row before which it ends.
        above: Labels that stand as heads above the next rows, by column.
        periods: The periods of the spending plan, by column.
    """

    head: Head | None = None
    row: int = -1
    until: int = 0
    above: dict[int, tuple[Head, str]] = field(default_factory=dict)
    periods: dict[int, TextPiece] = field(default_factory=dict)


class HebeiFormReader(Struct):
    """Reads the tables of the form `hebei-project`, one after the other.

    Attributes:
        ledger: The accounts.
        line: Reads a text that stands alone in its row as a line of running text.
        unit: Puts the name of a unit or department into a form.
        start: Begins a new form, as a second 项目编码 does.
        form: The form that is being read.
        columns: The columns of its indicators, from their heads on.
        before: Those of the table before, which this one may continue.
        second_heads: The row that was taken as a part of the heads above it.
    """

    ledger: Ledger
    line: Callable[[TextPiece], bool]
    unit: Callable[[ReadForm, TextPiece, Head], None]
    start: Callable[[], ReadForm]
    form: ReadForm | None = None
    columns: Columns | None = None
    before: Columns | None = None
    second_heads: Sequence[GridCell] | None = None
    section: SectionLabel = field(default_factory=SectionLabel)

    def begin(self, form: ReadForm) -> None:
        """Go on with another form."""
        self.form = form
        self.columns = self.before = None
        self.section = SectionLabel()

    def read(self, table: TablePiece) -> None:
        """Read a table; whatever is not understood stays unplaced."""
        self.section = SectionLabel()
        self.before, self.columns = self.columns or self.before, None
        if self.before is not None:
            self.before.spans = {role: (text, 0) for role, (text, _) in self.before.spans.items()}
        first = table.paged
        every = map(self._without_marks, table.rows())
        rows = [row for row in every if any(cell.bare for cell in row)]
        for row, below in zip_longest(rows, rows[1:], fillvalue=()):
            if row is self.second_heads:
                continue
            if self.columns is None and self.before is not None and self._goes_on(row):
                self.columns = self.before if self.before.width == table.width else None
            if not self._heads(row, below, table.width) and self._row(row, first=first):
                first = False

    def _without_marks(self, row: Sequence[GridCell]) -> Sequence[GridCell]:
        """The cells of a row without the marks that refer to notes."""
        for cell in row:
            if cell.text.mark:
                self.ledger.mark_boilerplate(cell.text)
        return tuple(cell for cell in row if not cell.text.mark)

    def _goes_on(self, row: Sequence[GridCell]) -> bool:
        """Whether the first row of a table without heads is one more row of indicators."""
        known = any(labels.head(cell.text.text) or labels.role(cell.text.text) for cell in row)
        return not known and not self._is_line(row)

    def _row(self, row: Sequence[GridCell], *, first: bool) -> bool:
        """Read one row; whether it was a row of indicators."""
        if self.columns is not None and not self._ends_indicators(row):
            assert self.form is not None
            indicators.take_row(self.form, self.columns, row, first=first)
            return True
        if not ((self._is_line(row) or self._stands_alone(row)) and self._lines(row)):
            self._head_row(row)
        return False

    def _heads(self, row: Sequence[GridCell], below: Sequence[GridCell], width: int) -> bool:
        """Take a row of column heads, or two, also those that a page repeats."""
        found = indicators.heads(row, below, width)
        if found is None:
            return False
        self._form()
        columns, two = found
        if self.columns is None and self.before is not None:
            columns.spans = self.before.spans
        self.columns = columns
        self.second_heads = below if two else None
        for cell in (*row, *(below if two else ())):
            self.ledger.mark_boilerplate(cell.text)
        return True

    def _ends_indicators(self, row: Sequence[GridCell]) -> bool:
        """Whether a row below the indicators is none of them: a sum, or the next form."""
        filled = [cell for cell in row if cell.bare]
        first = labels.head(filled[0].text.text)
        ends = first in {Head.TOTAL_SCORE, Head.CODE, Head.NAME} or self._is_line(row)
        if ends and first is not Head.TOTAL_SCORE:
            self.columns = None
        return ends

    def _is_line(self, row: Sequence[GridCell]) -> bool:
        """Whether a row of a sheet holds running text: a title, a unit, no labels."""
        filled = [cell for cell in row if cell.bare]
        if self.section.head is not None and row[0].row < self.section.until:
            return False
        patterns = (labels.TITLE, labels.UNIT_LINE, labels.MONEY_LINE, labels.YEAR_LINE,
                    labels.PART, labels.PART_ONE, labels.PART_TWO,
                    labels.VERSION_LINE)  # fmt: skip
        return all(any(known.fullmatch(cell.bare) for known in patterns) for cell in filled)

    def _lines(self, row: Sequence[GridCell]) -> bool:
        """Read each cell of a row as a line; whether all were known."""
        known = [self.line(cell.text) for cell in row if cell.bare]
        return all(known)

    def _stands_alone(self, row: Sequence[GridCell]) -> bool:
        """Whether a row is one paragraph: a single cell, neither label nor part of a section."""
        filled = [cell for cell in row if cell.bare]
        within = self.section.head is not None and row[0].row < self.section.until
        return len(filled) == 1 and not within and labels.head(filled[0].text.text) is None

    def _form(self) -> ReadForm:
        if self.form is None:
            self.form = self.start()
        return self.form

    def _head_row(self, row: Sequence[GridCell]) -> None:
        """Read a row of labels and values."""
        if row[0].row >= self.section.until:
            self.section = SectionLabel()
        if self._are_heads_above(row):
            return
        pending: tuple[Head, str] | None = None
        for cell in row:
            head = labels.head(cell.text.text) if cell.bare else None
            if head is not None and not self._takes_any(pending):
                pending = self._label(head, cell)
            elif cell.bare:
                self._value(pending, cell)
                pending = pending if pending and self._is_total(pending[0]) else None

    @staticmethod
    def _is_total(head: Head) -> bool:
        return head is Head.TOTAL_SCORE or head in _MONEY_FIELDS

    @staticmethod
    def _takes_any(pending: tuple[Head, str] | None) -> bool:
        """Whether what looks like a label is the value that a label waits for."""
        return pending is not None and pending[0] in {Head.NAME, Head.PURPOSE}

    def _label(self, head: Head, cell: GridCell) -> tuple[Head, str]:
        """Take a label: it is boilerplate, and may begin a section or a new form."""
        form = self._form()
        repeated = head is Head.CODE and "code" in form.fields
        repeated = repeated or (head is Head.NAME and "name" in form.fields and bool(form.rows))
        if repeated:
            self.begin(self.start())
            form = self._form()
        if head is Head.PLAN:
            self._plan_heading(form, cell.text)
        self.ledger.mark_boilerplate(cell.text)
        unit = labels.money_unit(cell.text.text)
        if unit and head is not Head.PLAN:
            form.money = unit
        sectional = {Head.BUDGET, Head.PLAN, Head.GOALS}
        if head in sectional:
            self.section = SectionLabel(head, cell.row, cell.row + cell.rows)
        return head, labels.bare(cell.text.text)

    def _plan_heading(self, form: ReadForm, text: TextPiece) -> None:
        """The head of the spending plan; one that claims no unit is what any form has."""
        if text.bare == PLAN_HEADING:
            form.fields.setdefault("plan_heading", PLAN_HEADING)
        else:
            form.set(self.ledger, "plan_heading", text, text.bare)

    def _are_heads_above(self, row: Sequence[GridCell]) -> bool:
        """Take a row of labels that stand above their values, side by side."""
        found = [labels.head(cell.text.text) for cell in row]
        left = 1 if found[0] in {Head.BUDGET, Head.GOALS, Head.PLAN} else 0
        inner = [head for head in found[left:] if head is not None]
        filled = [cell for cell in row[left:] if cell.bare]
        adjacent = any(one and other for one, other in zip(found[left:], found[left + 1 :],
                                                         strict=False))  # fmt: skip
        if len(inner) < 2 or len(inner) != len(filled) or not adjacent:
            return False
        if left:
            self._label(found[0] or Head.BUDGET, row[0])
        for cell, head in zip(row[left:], found[left:], strict=True):
            if head is not None:
                self.section.above[cell.column] = head, labels.bare(cell.text.text)
                self.ledger.mark_boilerplate(cell.text)
        return True

    def _value(self, pending: tuple[Head, str] | None, cell: GridCell) -> None:
        """Put what stands beside or below a label where it belongs."""
        above = self.section.above.get(cell.column)
        section = self.section.head
        if above is not None:
            self._below(above, pending, cell)
        elif pending and pending[0] is Head.TOTAL_SCORE:
            self._total_score(cell)
        elif section is Head.PLAN:
            self._plan(cell)
        elif pending is None or pending[0] is Head.BUDGET:
            if section is Head.BUDGET:
                self._form().set(self.ledger, "purpose", cell.text)
            elif section is Head.GOALS:
                self._goals(cell.text)
        else:
            self._beside(pending, cell)

    def _beside(self, pending: tuple[Head, str], cell: GridCell) -> None:
        head, form, text = pending[0], self._form(), cell.text
        if head in _MONEY_FIELDS:
            form.set_money(self.ledger, _MONEY_FIELDS[head], text)
        elif head in _EVALUATED:
            form.set_money(self.ledger, _EVALUATED[head], text)
        elif head is Head.CODE:
            form.set(self.ledger, "code", text, text.bare)
        elif head in {Head.NAME, Head.PURPOSE}:
            form.set(self.ledger, head.value, text)
        elif head in {Head.UNIT, Head.DEPARTMENT}:
            self.unit(form, text, head)
        elif head is Head.GOALS:
            self._goals(text)
        elif head in _BESIDE or head is Head.ACTUAL_GOALS:
            form.keep(self.ledger, pending[1], "", text)

    def _below(
        self, above: tuple[Head, str], pending: tuple[Head, str] | None, cell: GridCell
    ) -> None:
        """A value below its label: in a self-evaluation a matrix of sources and amounts."""
        head, name = above
        source = pending[1] if pending else ""
        total = pending is None or pending[0] in {Head.TOTAL, Head.BUDGET}
        if head in _EVALUATED and total:
            self._form().set_money(self.ledger, _EVALUATED[head], cell.text)
        elif head is Head.GOALS:
            self._goals(cell.text)
        elif set(cell.bare) <= set("-—–－/／"):
            self.ledger.mark_boilerplate(cell.text)
        elif head in _MONEY_FIELDS:
            self._form().set_money(self.ledger, _MONEY_FIELDS[head], cell.text)
        else:
            self._form().keep(self.ledger, name, source, cell.text)

    def _plan(self, cell: GridCell) -> None:
        """A period of the spending plan, or the amount below or beside it.

        Beside the head of the plan, whatever is no amount is a period.
        """
        periods = self.section.periods
        no_word = labels.MONEY.fullmatch(cell.bare) or set(cell.bare) <= NOTHING
        same_row = cell.row == self.section.row and not no_word
        if labels.PERIOD.fullmatch(cell.bare) or same_row:
            periods[cell.column] = cell.text
            self._form().periods.append(cell.text)
            self.section.until = max(self.section.until, cell.row + 2)
        elif cell.column in periods:
            self._form().set_plan(self.ledger, periods[cell.column], cell.text)
        else:
            left = [at for at in periods if at < cell.column]
            if left and labels.MONEY.fullmatch(cell.bare):
                self._form().set_plan(self.ledger, periods[max(left)], cell.text)

    def _goals(self, text: TextPiece) -> None:
        """The goals, one for each number that is printed before them."""
        form = self._form()
        starts = _numbered(text) or _in_order(_GOAL_NUMBER.finditer(text.text))
        if not starts:
            form.goals.append(text.text.strip())
            self.ledger.place(text, text.text, form.at("goals", len(form.goals) - 1))
            return
        before = text.text[: starts[0].start()]
        pieces = [("", before)] if squeezed(before) else []
        ends = [*(found.start() for found in starts[1:]), len(text.text)]
        pieces += [
            (found.group(), text.text[found.end() : end])
            for found, end in zip(starts, ends, strict=True)
        ]
        for number, goal in pieces:
            self.ledger.mark_boilerplate(text, number)
            if squeezed(goal):
                form.goals.append(goal.strip())
                self.ledger.place(text, goal, form.at("goals", len(form.goals) - 1))

    def _total_score(self, cell: GridCell) -> None:
        """The sum of points, which is 100 on every form, or of scores."""
        role = self.columns.of(cell) if self.columns else None
        if role is Role.SCORE:
            score = points(cell.bare)
            self._form().set(self.ledger, "score", cell.text, score)
            self.ledger.mark_boilerplate(cell.text, cell.bare.removeprefix(score))
        else:
            self._form().keep(self.ledger, "总分分值", "", cell.text)


def _numbered(text: TextPiece) -> list[re.Match[str]]:
    """The numbers that the format itself sets before the lines of a text."""
    found: list[re.Match[str]] = []
    for number in text.numbers:
        begin = re.compile(rf"^{re.escape(number)}", re.MULTILINE)
        if match := begin.search(text.text, found[-1].end() if found else 0):
            found.append(match)
    return found


def _in_order(found: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The numbers that count 1, 2, 3; any other figure is a part of the text."""
    numbers: list[re.Match[str]] = []
    for each in found:
        if int(_DIGITS.findall(each.group())[0]) == len(numbers) + 1:
            numbers.append(each)
    return numbers
