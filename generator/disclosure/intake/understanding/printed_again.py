"""What a list or a form prints once more where it goes on: title, heads, and whose the rows are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from disclosure.intake.formats.pieces import GridCell, TablePiece, TextPiece
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding.cut_rows import Place, place
from disclosure.model import indicator_levels as levels

_CONTINUED = re.compile(r"[（(](?:续表?|接上[表页])[0-9]*[)）]$|^续表?[：:]?|续表$")
#: The same where a line says nothing else.
_GOES_ON = re.compile(r"[（(]?(?:续(?:上?[表页])?|接上[表页])[0-9]*[)）]?[：:]?")
_PART = re.compile(
    rf"{_CONTINUED.pattern}|[（(](?:[一二三四五六七八九十]+|[0-9]{{1,2}})[0-9]*[)）]$|续$"
)
#: Characters of a part of a text that is certainly one.
_MIN_PART = 10
_MIN_HEADS = 2
_INDICATORS = {"level1", "level2", "level3", "target"}

Rows = Sequence[Sequence[GridCell]]


def title(text: str) -> str:
    """A title without what says which part of its table follows: `（续表）`, `（二）`."""
    return _PART.sub("", text)


def is_title(text: str, titles: Collection[str]) -> bool:
    """Whether a text is one of some titles, whichever part of its table it announces.

    It may also say no more than that a table goes on.
    """
    return bool(_GOES_ON.fullmatch(text)) or title(text) in {title(one) for one in titles if one}


def repeated_form_rows(left: Rows, right: Rows) -> int:
    """How many rows a table prints once more down to the heads of its indicators; 0 for none.

    A table whose first indicator stands in the other as well is printed twice, and no part of it.
    """
    number = 0
    while number < min(len(left), len(right)) and _texts(left[number]) == _texts(right[number]):
        number += 1
    heads = [at for at in range(number) if len(_heads([left[at]])) > 1]
    if not heads or heads[-1] + 1 >= len(right):
        return 0
    following = _texts(right[heads[-1] + 1])
    again = any(_texts(row) == following for row in left)
    return 0 if again else right[heads[-1] + 1][0].row


def repeats(row: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    """Whether a row says the same as another; some of its labels may lack their end.

    A program leaves out the last line of heads that it repeats where the page has no room.
    """
    different = [pair for pair in zip(row, below, strict=False) if pair[0].bare != pair[1].bare]
    return (
        len(row) == len(below)
        and (not different or len(different) < len(row))
        and all(_lacks_its_end(*pair) for pair in different)
    )


def _lacks_its_end(whole: GridCell, part: GridCell) -> bool:
    """Whether a cell is a label of which another prints the beginning; a name may begin another."""
    begins = len(part.bare) * 2 > len(whole.bare) and whole.bare.startswith(part.bare)
    return begins and any(field_labels.is_label(cell.text.text) for cell in (whole, part))


def parts(table: TablePiece) -> Iterator[tuple[TablePiece, list[TextPiece]]]:
    """The parts of a list that begin with its heads, each with the texts of a title above them.

    Nothing where the heads stand in it once.
    """
    rows = [*table.rows()]
    first = next((at for at, row in enumerate(rows) if len(_heads([row])) > 1), None)
    if first is None:
        return
    begins = [at for at in range(first + 1, len(rows)) if _texts(rows[at]) == _texts(rows[first])]
    listed = any(field_labels.is_name_of_project(cell.text.text) for cell in rows[first])
    if not (listed or all(_goes_on(rows[at - 1]) for at in begins) or _are_rows(rows[first:])):
        return
    begun, above = 0, 0
    for begin in [*begins, len(rows)] if begins else ():
        titled = begin - _same_above(rows, first, begin) if begin < len(rows) else begin
        yield _part(table, rows[begun:titled]), [c.text for row in rows[above:begun] for c in row]
        begun, above = begin, titled


def are_more_rows(left: Rows, right: Rows) -> bool:
    """Whether a table below a title printed again has no more than indicators of another one.

    They stand in the columns of those, begin with a category, and none of them is named there.
    """
    if len(_heads(left)) < _MIN_HEADS or _heads(right) or any(map(_names_a_project, right)):
        return False
    places = {place(cell) for row in left for cell in row}
    columns = {cell.column for row in left for cell in row
               if field_labels.column(cell.text.text) == "level3"}  # fmt: skip
    named = [{text for column in columns for text in _said(rows, column)} for rows in (left, right)]
    begins = any(levels.plain(cell.text.text) in levels.TREE for cell in right[0])
    inside = all(place(cell) in places for row in right for cell in row)
    return begins and inside and bool(named[1]) and not named[0] & named[1]


def _are_rows(rows: Rows) -> bool:
    """Whether all that stands from heads on is one list of indicators, with these heads between.

    Where first levels begin again or an indicator is named once more, other indicators begin.
    """
    heads, *others = rows
    places = [place(cell) for cell in heads]
    indicators = [row for row in others if row and _texts(row) != _texts(heads)]
    if any(cell.rows > 1 for cell in heads) or any(
        not {place(cell) for cell in row}.issubset(places)
        or field_labels.is_time_label(row[0].text.text)
        for row in indicators
    ):
        return False
    names = [cell.column for cell in heads if field_labels.column(cell.text.text) == "level3"]
    first = [text for text, _ in groupby(_said(indicators, heads[0].column))]
    named = [text for column in names for text in _said(indicators, column)]
    return bool(names) and all(len({*said}) == len(said) for said in (first, named))


def _said(rows: Rows, column: int) -> list[str]:
    """What stands in a column."""
    return [cell.bare for row in rows for cell in row if cell.column == column and cell.bare]


def _same_above(rows: Rows, first: int, again: int) -> int:
    """How many rows above heads that are printed again say what stands above the first."""
    number = 0
    while number < first and _texts(rows[first - 1 - number]) == _texts(rows[again - 1 - number]):
        number += 1
    return number or _goes_on(rows[again - 1])


def _goes_on(row: Sequence[GridCell]) -> bool:
    """Whether a row only says that a table goes on: its title with `（续表）`."""
    said = [cell.bare for cell in row if cell.bare]
    return len(said) == 1 and bool(_CONTINUED.search(said[0]))


def _part(table: TablePiece, rows: Rows) -> TablePiece:
    top = rows[0][0].row
    cells = tuple(replace(cell, row=cell.row - top) for row in rows for cell in row)
    return replace(table, cells=cells, sheet=False)


def is_of_another(right: Rows, number: int) -> bool:
    """Whether a table of which some rows repeat a former one's is another project's.

    It says whose it is where it repeats no heads of indicators; two projects may share a name.
    """
    heads = any(len(_heads([row])) > 1 for row in right[:number])
    return not heads and any(map(_names_a_project, right[: number + 1]))


def of_project(
    left: Rows, cells: Mapping[Place, GridCell], right: Rows
) -> dict[GridCell, GridCell]:
    """The cells that say once more whose the rows are, each with the one above that says it.

    Args:
        left: The rows of the table so far.
        cells: The cells that reach down to its end, by their place.
        right: The rows that follow, without heads.
    """
    row = right[0]
    begins = min(_heads(left), default=0)
    names = _names(left)
    here = [cell for cell in row if cell.column < begins]
    pairs = {cell: above for cell in here if (above := cells.get(place(cell)))}
    named = any(cell.bare and cell.column in names for cell in here) or _is_merged(pairs)
    if len(pairs) < len(here) or not named:
        return {}
    if any(_in_every_row(rows, column) for column in names for rows in (left, right)):
        return {}  # as every row does
    said = {cell: above.bare or _last_said(left, cell.column) for cell, above in pairs.items()}
    if not all(_is_same(text, cell.bare) for cell, text in said.items()):
        return {}
    return pairs | _levels(left, cells, right)


def _is_same(text: str, again: str) -> bool:
    """Whether a cell says what another said; a low cell shows a part of a long text."""
    part, whole = sorted((text, again), key=len)
    return again in {"", text} or (len(part) >= _MIN_PART and part in whole)


def _is_merged(pairs: Mapping[GridCell, GridCell]) -> bool:
    """Whether several cells that are merged over rows say what those above them say."""
    said = [(cell, above) for cell, above in pairs.items() if cell.bare or above.bare]
    return len(said) > 1 and all(cell.bare == above.bare and above.rows > 1 for cell, above in said)


def _levels(left: Rows, cells: Mapping[Place, GridCell], right: Rows) -> dict[GridCell, GridCell]:
    """The categories of the first row that are said once more beside a project that goes on."""
    columns = [cell.column for row in left for cell in row
               if field_labels.column(cell.text.text) in {"level1", "level2"}]  # fmt: skip
    found: dict[GridCell, GridCell] = {}
    for cell in right[0]:
        if cell.column in columns:
            above = cells.get(place(cell))
            every = any(_in_every_row(rows, cell.column) for rows in (left, right))
            if above is None or every or above.bare != cell.bare or not cell.bare:
                break
            found[cell] = above
    return found


def leaves_blank(*tables: Rows) -> bool:
    """Whether a list says once whose the rows are and leaves the cells below that empty.

    A sum is nobody's: it names no indicator.
    """
    columns, heads = _names(tables[0]), _heads(tables[0])
    rows = [row for rows in tables for row in rows
            if any(cell.bare and cell.column in heads for cell in row)]  # fmt: skip
    return any(not cell.bare and cell.rows == 1 for row in rows
               for cell in row if cell.column in columns)  # fmt: skip


def emptied(cell: GridCell) -> GridCell:
    """The same cell without its text."""
    return replace(cell, text=replace(cell.text, text=""))


def _names(rows: Rows) -> set[int]:
    """The columns of the names and codes of projects."""
    return {
        cell.column
        for row in rows
        for cell in row
        if field_labels.is_name_of_project(cell.text.text)
    }


def _names_a_project(row: Sequence[GridCell]) -> bool:
    """Whether a row begins with a project's name or code beside its label, as no list's head."""
    filled = [cell.text.text for cell in row if cell.bare]
    named = len(filled) > 1 and field_labels.label(filled[0]) in {"name", "code"}
    return named and not field_labels.is_label(filled[1])


def _last_said(rows: Rows, column: int) -> str:
    """The last text in a column."""
    return next(
        (
            cell.bare
            for row in reversed(rows)
            for cell in row
            if cell.column == column and cell.bare
        ),
        "",
    )


def _in_every_row(rows: Rows, column: int) -> bool:
    """Whether a list says in each of its rows whose it is, without merged cells."""
    said = [cell.bare for row in rows for cell in row if cell.column == column]
    return any(one and one == other for one, other in pairwise(said))


def _heads(rows: Rows) -> list[int]:
    """The columns in which heads of indicators stand."""
    return [
        cell.column
        for row in rows
        for cell in row
        if field_labels.column(cell.text.text) in _INDICATORS
    ]


def _texts(row: Sequence[GridCell]) -> list[str]:
    return [title(cell.bare) if len(row) == 1 else cell.bare for cell in row]
