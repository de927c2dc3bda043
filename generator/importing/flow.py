"""The cells of a form in extracted text, where only their order, line breaks and gaps are left.

Labels are found because they are known. The rows of indicators are found by weighing: of all ways
to cut the words into cells, the one that goes best with what is known of such text is taken.

- A blank line parts cells; so does a gap, but for the one that extraction puts between figures
  and Chinese characters.
- A cell of several lines begins at the beginning of a line and ends with a blank line.
- First and second levels are merged, so a row may begin with the third; their names are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.checks import levels
from generator.importing import labels
from generator.importing.joining import Line, is_wide, lines, width
from generator.importing.labels import Head, Role
from generator.importing.pieces import Cell, Table, Text

_BLANK, _BREAK, _GAP = "\n\n", "\n", " "
_LONGEST_LABEL = 6  # words
_LONGEST_CELL = 60  # words
_EMPTY = {Role.LEVEL1: 0.3, Role.LEVEL2: 1.5, Role.LEVEL3: 14.0}
_UNBROKEN = re.compile(r"(?:[0-9A-Za-z.%]+|.)[，。；：、！？）》”’)]*")  # stays on one line
_FAIR_SHARE = 0.3
_ROUNDS = 2
_NO_WAY = float("inf")
_SIGNS = "≥≤＞＜><＝=±≧≦"
_FIRSTS = frozenset({levels.OUTPUT, levels.BENEFIT, levels.SATISFACTION, levels.COST})
_SECONDS = frozenset(name for names in levels.TREE.values() for name in names)


#: How often which width is seen in which column, in Chinese characters.
_Widths = Counter[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two gaps.

    Attributes:
        text: Its characters.
        before: What parts it from the word before: a blank line, a line break, or a gap.
        place: The line it stands in, in Chinese.
        page: The page, from 1.
    """

    text: str
    before: str
    place: str
    page: int


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the indicator table; how many Chinese characters wide, if that is known."""

    role: Role
    width: float | None = None


def words(found: Sequence[Line]) -> list[Word]:
    """The words of some lines."""
    done: list[Word] = []
    before = _BLANK
    for line in found:
        parts = line.text.split()
        if not parts:
            before = _BLANK
        for part in parts:
            done.append(Word(part, before, line.place, line.page))
            before = _GAP
        if parts:
            before = _BREAK
    return done


def text_of(found: Sequence[Word]) -> Text:
    """Some words as the text of one cell."""
    parts: list[str] = []
    for word in found:
        if parts and word.before == _GAP:
            parts[-1] += f" {word.text}"
        else:
            parts.append(word.text)
    place, page = (found[0].place, found[0].page) if found else ("", 0)
    return Text(lines(parts), place, page)


@dataclass(frozen=True, slots=True)
class _Form:
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


def tables(forms: Sequence[Sequence[Line]]) -> list[tuple[int, Table] | None]:
    """Each form's table, and how many lines stand above it; None where no label is known.

    The forms of a document have columns of the same widths, so a first cut of all of them shows
    how wide each column is, and a second one knows it.
    """
    found = [_form(form) for form in forms]
    widths: dict[tuple[Role, ...], _Widths] = {}
    for _ in range(_ROUNDS):
        widths = _measured(list(filter(None, found)), widths)
    return [(one.above, _table(one, widths[one.roles])) if one else None for one in found]


def _measured(
    forms: Sequence[_Form], known: Mapping[tuple[Role, ...], _Widths]
) -> dict[tuple[Role, ...], _Widths]:
    """The widths of the full lines when the forms are cut by the widths that are known."""
    widths: dict[tuple[Role, ...], _Widths] = {}
    for form in forms:
        counts = widths.setdefault(form.roles, Counter())
        for row in _cut(form.below, _columns(form, known.get(form.roles, Counter()))):
            counts.update(_full_lines(row))
    return widths


def _columns(form: _Form, widths: _Widths) -> list[_Column]:
    return [_Column(role, _width(widths, at)) for at, role in enumerate(form.roles)]


def _form(found: Sequence[Line]) -> _Form | None:
    for above, line in enumerate(found):
        first = line.text.split()[:1]
        if first and (labels.head(line.text) or labels.head(first[0])):
            every = words(found[above:])
            begins, heads, rest = _column_heads(every)
            return _Form(above, every[:begins], heads, every[rest:])
    return None


def _table(form: _Form, widths: _Widths) -> Table:
    grid = _Rows()
    _upper(grid, form.upper)
    if form.heads:
        grid.add([text_of(part) for part in form.heads])
        for row in _cut(form.below, _columns(form, widths)):
            grid.add([text_of(part) for part in row])
    return grid.table()


def _full_lines(row: Sequence[Sequence[Word]]) -> Iterator[tuple[int, float]]:
    """The width of each full line of a row: of every line in a cell but its last."""
    for at, cell in enumerate(row):
        for line in _lines(cell)[:-1]:
            yield at, round(width(line) * 2) / 2


def _width(widths: _Widths, column: int) -> float | None:
    """How wide a column is: the widest that a fair share of its full lines has, if it has some."""
    full = {wide: count for (at, wide), count in widths.items() if at == column}
    enough = sum(full.values()) * _FAIR_SHARE
    return max((wide for wide, count in full.items() if count >= enough), default=None)


@dataclass
class _Rows:
    """Collects rows of texts to a grid.

    Attributes:
        cells: What there is so far.
        number: The row that comes next.
        budget: The label of the budget, its amounts with their labels, and its purpose.
    """

    cells: list[Cell] = field(default_factory=list)
    number: int = 0
    budget: tuple[Text, list[Text], list[Text]] | None = None

    def add(self, texts: Sequence[Text], column: int = 0) -> None:
        """Add a row without merged cells."""
        for at, text in enumerate(texts, column):
            self.cells.append(Cell(text, self.number, at))
        self.number += 1

    def close_budget(self) -> None:
        """Add the budget as it stands on the form: its label beside both its rows."""
        if self.budget is not None:
            name, amounts, purpose = self.budget
            self.cells.append(Cell(name, self.number, 0, rows=2))
            self.add(amounts, 1)
            self.add(purpose, 1)
            self.budget = None

    def table(self) -> Table:
        """The grid."""
        self.close_budget()
        return Table(tuple(self.cells), max((cell.column for cell in self.cells), default=0) + 1)


def _label(found: Sequence[Word], at: int) -> tuple[Head, int] | None:
    """The label that begins at a word, the longest, and the word after it."""
    for end in range(min(len(found), at + _LONGEST_LABEL), at, -1):
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
            ends = range(min(len(found), at + _LONGEST_LABEL), at, -1)
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


def _money(budget: tuple[Text, list[Text], list[Text]], name: Text, value: Sequence[Word]) -> None:
    """An amount; what follows it is the purpose, which has no label of its own."""
    _, amounts, purpose = budget
    end = 1 if value and labels.MONEY.fullmatch(value[0].text) else 0
    amounts += [name, text_of(value[:end])]
    if value[end:]:
        purpose.append(text_of(value[end:]))


def _plan(grid: _Rows, name: Text, value: Sequence[Word]) -> None:
    """The periods of the spending plan, and below them the amounts."""
    periods: list[Text] = []
    at = 0
    while at < len(value):
        ends = (end for end in range(min(len(value), at + 3), at, -1)
                if labels.PERIOD.fullmatch("".join(word.text for word in value[at:end])))  # fmt: skip
        end = next(ends, at)
        if end == at:
            break
        periods.append(text_of(value[at:end]))
        at = end
    blank = Text("", name.place, name.page)
    grid.add([name, *periods])
    grid.add([blank, *(text_of([word]) for word in value[at:])])


def _lines(cell: Sequence[Word]) -> list[str]:
    """The lines of a cell as they were printed."""
    done: list[str] = []
    for word in cell:
        if done and word.before == _GAP:
            done[-1] += f" {word.text}"
        else:
            done.append(word.text)
    return done


def _cut(found: Sequence[Word], columns: Sequence[_Column]) -> list[list[Sequence[Word]]]:
    """The cheapest cut, found step by step: for each word and column the best way there."""
    count, roles = len(columns), [column.role for column in columns]
    best = [[_NO_WAY] * (count + 1) for _ in range(len(found) + 1)]
    back: dict[tuple[int, int], int] = {}
    best[0][0] = 0.0
    for at in range(len(found) + 1):
        _leave_empty(best, back, at, roles)
        for number, column in enumerate(columns):
            if best[at][number] == _NO_WAY:
                continue
            for end in range(at + 1, min(len(found), at + _LONGEST_CELL) + 1):
                if end - at > 1 and found[end - 1].before == _BLANK:
                    break  # no cell goes on behind a blank line
                cost = best[at][number] + _cost(found, at, end, column)
                if cost < best[end][number + 1]:
                    best[end][number + 1], back[end, number + 1] = cost, at
    return list(_rows(found, back, count))


def _leave_empty(
    best: list[list[float]], back: dict[tuple[int, int], int], at: int, roles: Sequence[Role]
) -> None:
    """Consider cells without a word, and that a row may end and another begin."""
    count = len(roles)
    for _ in range(2):
        for column in range(count):
            cost = best[at][column] + _EMPTY.get(roles[column], 6.0)
            if cost < best[at][column + 1]:
                best[at][column + 1], back[at, column + 1] = cost, at
        if best[at][count] < best[at][0]:
            best[at][0], back[at, 0] = best[at][count], at


def _rows(
    found: Sequence[Word], back: dict[tuple[int, int], int], count: int
) -> Iterator[list[Sequence[Word]]]:
    """The cells of the best way, from its end to its beginning and then turned around."""
    at, column = len(found), count
    rows: list[list[Sequence[Word]]] = [[]]
    while (at, column) in back:
        begin = back[at, column]
        if column == 0:
            rows.append([])
            column = count
            continue
        rows[-1].append(found[begin:at])
        at, column = begin, column - 1
    for row in reversed(rows):
        if row:
            yield row[::-1]


def _cost(found: Sequence[Word], begin: int, end: int, column: _Column) -> float:
    """How badly the words from `begin` to `end` go together as one cell."""
    cost = _parting(found, begin)
    several = False
    for at in range(begin + 1, end):
        if found[at].before == _BREAK:
            several = True
            cost += 0.3
        else:
            cost += 0.5 if _is_put_in(found, at) else 8.0
    ends = end == len(found) or found[end].before == _BLANK
    if several:
        cost += 6.0 if found[begin].before == _GAP else 0.0
    if (several or found[begin].before == _BREAK) and not ends:
        cost += 4.0  # more right below it
    if column.role is Role.LEVEL1 and found[begin].before != _BLANK:
        cost += 2.0
    return cost + _fit(found[begin:end], column) + _names(found[begin:end], column.role)


def _fit(cell: Sequence[Word], column: _Column) -> float:
    """How badly the lines of a cell fill their column: none is wider, and none leaves room.

    A line leaves room if what the next one begins with would still have fitted.
    """
    if column.width is None:
        return 0.0
    found = _lines(cell)
    cost = sum(3.0 for line in found if width(line) > column.width + 0.6)
    for line, following in pairwise(found):
        begins = _UNBROKEN.match(following)
        needs = width(line) + width(begins.group() if begins else following[0])
        cost += 3.0 if needs <= column.width else 0.0
    return cost


def _parting(found: Sequence[Word], at: int) -> float:
    """How unlikely it is that a cell begins at a word."""
    before = found[at].before
    if before == _BREAK:
        return 1.0
    return 1.5 if before == _GAP and _is_put_in(found, at) else 0.0


def _is_put_in(found: Sequence[Word], at: int) -> bool:
    """Whether the gap before a word is one that extraction puts in: a figure beside Chinese."""
    left, right = found[at - 1].text[-1], found[at].text[0]
    return is_wide(left) != is_wide(right)


def _names(cell: Sequence[Word], role: Role) -> float:
    """How unlikely what is known is in this column: a level's name, a value with its sign."""
    known = levels.plain("".join(word.text for word in cell))
    if role is Role.LEVEL1:
        return 0.0 if known in _FIRSTS else 12.0
    if role not in {Role.LEVEL2, Role.VALUE} and cell[0].text[0] in _SIGNS:
        return 3.0
    if role is not Role.LEVEL2:
        return 8.0 if known in _FIRSTS or known in _SECONDS else 0.0
    if known in _SECONDS:
        return 0.0
    return 3.0 if known + "指标" in _SECONDS else 9.0
