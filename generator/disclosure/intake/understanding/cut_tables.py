"""The rows of a table on two pages as one, with the cells that the page cut as one cell each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from disclosure.intake.formats import joining
from disclosure.intake.formats.pieces import GridCell, TextPiece
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding import cut_rows, printed_again
from disclosure.intake.understanding.cut_rows import Cut, LastRow, Place
from disclosure.intake.understanding.page_borders import Rows
from disclosure.model.whitespace import squeezed

_NEARLY_ALL = 0.8  # of the rows of a table
#: What to say where it is not certain how a page was cut.
_DOUBTS = {
    Cut.LIKELY: "可能是上一页最后一行没有印完的部分，已经接在一起，请对照原文核对。",
    Cut.UNLIKELY: "可能是上一页最后一行没有印完的部分，没有接在一起，请对照原文核对。",
}


def together(
    left: Rows, right: Rows, heads: int
) -> tuple[Rows, tuple[TextPiece, ...], tuple[str, ...]]:
    """The rows of both, with the cells that the page cut as one cell each.

    Returns:
        The rows, the texts that are printed once more, and what is in doubt.
    """
    end = max(cell.row + cell.rows for row in left for cell in row)
    last = _last_row(left, right, end)
    cut = last.cut(right[0])
    is_rest = cut.is_rest
    goes_on = {cell: last.cells[cut_rows.place(cell)] for cell in right[0]
               if cut_rows.place(cell) in last.cells
               and (is_rest or _goes_on(cell, last, right[0]))}  # fmt: skip
    goes_on |= _around(right[0], last, goes_on)
    again = printed_again.of_project(left, last.cells, right) if heads and not is_rest else {}
    blank = {*again} if printed_again.leaves_blank(left, right) else set[GridCell]()
    goes_on |= {cell: above for cell, above in again.items() if cell not in blank}
    shift = end - heads - (1 if is_rest else 0)
    said = again | {cell: above for cell, above in goes_on.items()
                    if last.says_label_again(above, cell)}  # fmt: skip
    longer = {above: _longer(above, cell, shift, again=cell in said)
              for cell, above in goes_on.items()}  # fmt: skip
    begins = min(cell.column for cell in right[0])
    for above in last.cells.values():  # no line was drawn beside what goes on
        if above.column + above.columns <= begins:
            lines = _lines_beside(above, right)
            longer[above] = replace(above, rows=above.rows + lines - is_rest)
    made = [[longer.get(cell, cell) for cell in row] for row in left]
    made += _lowered(right, goes_on, blank, shift)
    where = next((cell.text.place for cell in right[0] if cell.bare), "")
    doubtful = (f"{where}{_DOUBTS[cut]}",) if cut in _DOUBTS else ()
    repeated = ((cell if cell in blank else min(cell, above, key=_length)).text
                for cell, above in said.items())  # fmt: skip
    return made, tuple(repeated), doubtful


def _lowered(
    rows: Rows, goes_on: Collection[GridCell], blank: Collection[GridCell], by: int
) -> Iterator[list[GridCell]]:
    """The rows overleaf so many rows lower, without what goes on and without texts said again."""
    for row in rows:
        kept = [printed_again.emptied(cell) if cell in blank else cell
                for cell in row if cell not in goes_on]  # fmt: skip
        if kept:
            yield [replace(cell, row=cell.row + by) for cell in kept]


def _lines_beside(above: GridCell, rows: Rows) -> int:
    """How many rows overleaf go on beside a cell: up to the first that begins below it."""
    every = [cell for row in rows for cell in row]
    end = max(cell.row + cell.rows for cell in every)
    below = (cell.row for cell in every if cell.column < above.column + above.columns
             and above.column < cell.column + cell.columns)  # fmt: skip
    return min(below, default=end) - every[0].row


def _last_row(left: Rows, right: Rows, end: int) -> LastRow:
    """The last row of a page, with what the table tells of its columns."""
    cells = {cut_rows.place(cell): cell for row in left for cell in row
             if cell.row + cell.rows == end}  # fmt: skip
    heads = [cell.column for cell in cells.values() if _heads_column(cell)]
    if len(heads) > 1:  # the page ends with the heads of columns, and no row was begun
        cells = cut_rows.below_heads(cells, heads, right[0])
    tall = {cut_rows.place(cell) for row in (*left, *right) for cell in row
            if cell.rows > 1 and cell.rows > _height_of_heads(row) and cell.bare}  # fmt: skip
    tall |= {cut_rows.place(cell) for cell in right[0] if cell.rows > 1}
    merged = {(cell.row, cell.rows) for at, cell in cells.items() if at in tall and cell.rows > 1}
    tall |= {at for at, cell in cells.items() if (cell.row, cell.rows) in merged}
    texts: dict[Place, list[str]] = {}
    for cell in (cell for row in (*left, *right[1:]) for cell in row):
        texts.setdefault(cut_rows.place(cell), []).append(cell.bare)
    filled = {place for place, lines in texts.items()
              if sum(map(bool, lines)) >= len(lines) * _NEARLY_ALL}  # fmt: skip
    paged = any(cell.free_characters is not None for row in (*left, *right) for cell in row)
    rows_of_heads = {cell.row for row in left for cell in row if _heads_column(cell)}
    return LastRow(cells, tall, filled, _keys(left), paged, rows_of_heads)


def _height_of_heads(row: Sequence[GridCell]) -> int:
    """How many rows the heads of columns take that begin in a row; 1 where none does."""
    heads = [cell.rows for cell in row if _heads_column(cell)]
    return max(heads) if len(heads) > 1 else 1


def _heads_column(cell: GridCell) -> bool:
    """Whether a cell is the head of a column of indicators or tasks."""
    text = cell.text.text
    return bool(field_labels.column(text) or field_labels.task(text))


def _length(cell: GridCell) -> int:
    return len(cell.bare)


def _longer(above: GridCell, cell: GridCell, shift: int, *, again: bool) -> GridCell:
    """A cell with what of it stands overleaf, unless that is what it says already."""
    text = max(above, cell, key=_length).text if again else above.text
    if cell.bare and not again:
        parts = [part for part in (text.text, cell.text.text) if squeezed(part)]
        read = (*text.recognised, *cell.text.recognised)
        text = replace(text, text=joining.rejoined(parts), recognised=read)
    rows = max(cell.row + shift + cell.rows - above.row, above.rows)
    free = cell.free_characters if cell.bare else above.free_characters
    return replace(above, text=text, rows=rows, free_characters=free, ended=cell.ended)


def _goes_on(cell: GridCell, last: LastRow, row: Sequence[GridCell]) -> bool:
    """Whether a cell of the first row overleaf is the rest of a merged one above it."""
    at = cut_rows.place(cell)
    above, tall = last.cells[at], at in last.tall
    both = [(one, other) for other in row if (one := last.cells.get(cut_rows.place(other)))]
    left = [pair for pair in both if pair[1].column < cell.column
            and (not tall or cut_rows.place(pair[1]) in last.tall)]  # fmt: skip
    pairs = [(one, other) for one, other in both if cut_rows.place(other) in last.tall
              and (one.row, other.rows) == (above.row, cell.rows)]  # fmt: skip
    if len(above.bare) == 1 and cut_rows.breaks_a_name(above, cell):
        return True  # no word has one character
    blank = not cell.bare and cut_rows.is_category(above.bare)  # which each indicator has
    if (above.ended and not blank) or any(
        cut_rows.begins_another(*pair) and not last.says_label_again(*pair) for pair in left
    ):
        return False  # of another category or project
    merged = above.ended is False and above.rows > 1
    alone = not left and merged and not (above.bare and cell.bare)
    if not alone and any(cut_rows.is_another(*pair) for pair in pairs):
        return False
    if last.says_label_again(above, cell):
        return True
    if tall and cell.bare:
        return _text_goes_on(above, cell, both)
    return tall or (not cell.bare and cut_rows.is_category(above.bare))


def _around(
    row: Sequence[GridCell], last: LastRow, goes_on: Mapping[GridCell, GridCell]
) -> dict[GridCell, GridCell]:
    """Blank cells left of one that goes on, whose labels hold it, though a line ends them."""
    found: dict[GridCell, GridCell] = {}
    for cell, beside in zip(row[-2::-1], row[:0:-1], strict=True):
        above, held = last.cells.get(cut_rows.place(cell)), found.get(beside, goes_on.get(beside))
        if cell in goes_on or cell.bare or above is None or held is None:
            continue
        if above.rows > 1 and above.row <= held.row and cell.rows >= beside.rows:
            found[cell] = above
    return found


def _text_goes_on(
    above: GridCell, cell: GridCell, row: Sequence[tuple[GridCell, GridCell]]
) -> bool:
    """The same for a cell with a text, by its neighbours above and below the break."""
    if not above.bare:
        return above.rows > 1 or cell.rows > 1
    if cut_rows.are_numbers(above, cell):
        return False
    if cut_rows.breaks_a_name(above, cell):
        return True
    if cut_rows.is_category(cell.bare) or field_labels.is_label(cell.text.text):
        return False
    if _has_one_amount(above, cell, row) and cut_rows.is_unfinished(above, cell):
        return True
    return cut_rows.may_go_on(above, cell) and any(
        one.row == above.row and ((not other.bare and other.rows == cell.rows)
                                  or cut_rows.breaks_a_name(one, other))
        for one, other in row
    )  # fmt: skip


def _has_one_amount(
    above: GridCell, cell: GridCell, row: Sequence[tuple[GridCell, GridCell]]
) -> bool:
    """Whether what stands beside both is said once, amounts too, so that they are of one project.

    No line ends the first, and a project of its own would have an amount of its own.
    """
    beside = [(one.bare, other.bare) for one, other in row
              if other is not cell and (one.row, other.rows) == (above.row, cell.rows)]  # fmt: skip
    amounts = [pair for pair in beside if any(map(field_labels.is_amount, pair))]
    return above.ended is False and bool(amounts) and not any(map(all, beside))


def _keys(rows: Rows) -> set[int]:
    """The columns of the names of projects and indicators, and of values."""
    return {
        cell.column
        for row in rows
        for cell in row
        if field_labels.column(cell.text.text) in {"level3", "target"}
        or field_labels.label(cell.text.text) in {"name", "code"}
    }
