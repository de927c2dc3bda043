"""Words of extracted text, cut into the cells of a table of which only the columns are known.

Of all ways to cut the words into cells, the one is taken that goes best with what is known of such
text:

- A blank line parts cells; so does a gap, but for the one that extraction puts between figures
  and Chinese characters.
- A cell of several lines begins at the beginning of a line and ends with a blank line.
- First and second levels are merged, so a row may begin with the third; their names are known.
- Lines are as wide as their column allows, and none is wider.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from disclosure.intake.formats.joining import Line, is_wide, lines, width
from disclosure.intake.formats.labels import Role
from disclosure.intake.formats.pieces import TextPiece
from disclosure.model import indicator_levels as levels

_BLANK, _BREAK, _GAP = "\n\n", "\n", " "
_MAX_CELL = 60  # words
_EMPTY = {Role.LEVEL1: 0.3, Role.LEVEL2: 1.5, Role.LEVEL3: 14.0}
_UNBROKEN = re.compile(r"(?:[0-9A-Za-z.%]+|.)[，。；：、！？）》”’)]*")  # stays on one line
_FAIR_SHARE = 0.3
_NO_WAY = float("inf")
_SIGNS = "≥≤＞＜><＝=±≧≦"
_FIRSTS = frozenset({levels.OUTPUT, levels.BENEFIT, levels.SATISFACTION, levels.COST})
_SECONDS = frozenset(name for names in levels.TREE.values() for name in names)

#: How often which width is seen in which column, in Chinese characters.
Widths = Counter[tuple[int, float]]


class Word(Struct, frozen=True):
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


class TextColumn(Struct, frozen=True):
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


def text_of(found: Sequence[Word]) -> TextPiece:
    """Some words as the text of one cell."""
    place, page = (found[0].place, found[0].page) if found else ("", 0)
    return TextPiece(lines(_lines(found)), place, page)


def cut(found: Sequence[Word], columns: Sequence[TextColumn]) -> list[list[Sequence[Word]]]:
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
            for end in range(at + 1, min(len(found), at + _MAX_CELL) + 1):
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


def full_lines(row: Sequence[Sequence[Word]]) -> Iterator[tuple[int, float]]:
    """The width of each full line of a row: of every line in a cell but its last."""
    for at, cell in enumerate(row):
        for line in _lines(cell)[:-1]:
            yield at, round(width(line) * 2) / 2


def column_width(widths: Widths, column: int) -> float | None:
    """How wide a column is: the widest that a fair share of its full lines has, if it has some."""
    full = {wide: count for (at, wide), count in widths.items() if at == column}
    enough = sum(full.values()) * _FAIR_SHARE
    return max((wide for wide, count in full.items() if count >= enough), default=None)


def _lines(cell: Sequence[Word]) -> list[str]:
    """The lines of a cell as they were printed."""
    done: list[str] = []
    for word in cell:
        if done and word.before == _GAP:
            done[-1] += f" {word.text}"
        else:
            done.append(word.text)
    return done


def _cost(found: Sequence[Word], begin: int, end: int, column: TextColumn) -> float:
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


def _fit(cell: Sequence[Word], column: TextColumn) -> float:
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
