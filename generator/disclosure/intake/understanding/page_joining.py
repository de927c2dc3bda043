"""A table over several pages as one: heads repeated by a page dropped, what it cut put together.

Only what lies next to each other is joined: the last table of a page and the first of the next,
with nothing between but running heads and page numbers, or the title printed once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from disclosure.intake.formats import joining, labels
from disclosure.intake.formats.pieces import Document, GridCell, Piece, TablePiece, TextPiece
from disclosure.intake.learning import field_labels, regions
from disclosure.intake.learning.cell_map import CellMap
from disclosure.intake.understanding import (
    cut_rows,
    page_borders,
    printed_again,
    seed_form,
    side_labels,
    target_table,
    target_tables,
)
from disclosure.intake.understanding.cut_rows import Cut, LastRow, Place
from disclosure.intake.understanding.page_borders import Rows
from disclosure.model.whitespace import squeezed

_MAX_HEADS = 12  # rows in which a repeated head is looked for
_NEARLY_ALL = 0.8  # of the rows of a table
#: What to say where it is not certain how a page was cut.
_DOUBTS = {
    Cut.LIKELY: "可能是上一页最后一行没有印完的部分，已经接在一起，请对照原文核对。",
    Cut.UNLIKELY: "可能是上一页最后一行没有印完的部分，没有接在一起，请对照原文核对。",
}
_ROWS_OF_NAMES = {"name", "code", "department"}


@dataclass(frozen=True, slots=True)
class _Joined:
    """Two tables as one.

    Attributes:
        table: The table.
        repeated: The texts of the heads that were printed once more.
        doubtful: What to say of rows that may be the rest of others, and of tables.
    """

    table: TablePiece
    repeated: tuple[TextPiece, ...]
    doubtful: tuple[str, ...] = ()


def joined(document: Document) -> tuple[Document, tuple[TextPiece, ...]]:
    """The document with each table of targets in one piece, unless it is read line by line.

    Returns:
        The document, and the heads and titles in it that pages print once more.
    """
    repeated: list[TextPiece] = []
    doubtful: list[str] = []
    pieces = tuple(_pieces(document.pieces, repeated, doubtful))
    return replace(document, pieces=pieces, remarks=(*document.remarks, *doubtful)), tuple(repeated)


def _pieces(
    pieces: Sequence[Piece], repeated: list[TextPiece], doubtful: list[str]
) -> Iterator[Piece]:
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        found = _run(pieces, at) if isinstance(piece, TablePiece) else None
        if found is None:
            yield piece
            at += 1
            continue
        joined_, at = found
        repeated += joined_.repeated
        doubtful += joined_.doubtful
        yield joined_.table
        yield from joined_.repeated


def _run(pieces: Sequence[Piece], at: int) -> tuple[_Joined, int] | None:
    """A table with all that goes on overleaf, the texts between as well; where the rest begins."""
    first = pieces[at]
    assert isinstance(first, TablePiece)
    table, others, end = first, list[TextPiece](), at + 1
    doubtful: list[str] = []
    widths = {first.width}
    reached = _page(page_borders.rows(first), last=True)
    while (following := _following(pieces, end)) is not None:
        number, between = following
        below = pieces[number]
        assert isinstance(below, TablePiece)
        turned = reached > 0 and _page(page_borders.rows(below)) == reached + 1
        made = _join(table, below, between, [*_above(pieces, at)], turned=turned)
        if made is None:
            doubtful += _not_joined(below, between) if turned else ()
            break
        reached = _page(page_borders.rows(below), last=True)
        again = [replace(text, edge=True) for text in (*between, *made.repeated)]
        table, others, end = made.table, [*others, *again], number + 1
        widths.add(below.width)
        doubtful += made.doubtful
        while end < len(pieces) and (longer := side_labels.completed(table, pieces[end], reached)):
            table, end = longer, end + 1
    if table is not first and not _is_target(table, widths) and _is_target(first, set()):
        where = first.cells[-1].text.place
        return _Joined(first, (), (f"{where}以后的表不能确定从哪里接上，请对照原文核对。",)), at + 1
    if not _is_target(table, widths) or not (others or doubtful or table is not first):
        return None
    return _Joined(replace(table, last_page=reached), tuple(others), tuple(doubtful)), end


def _not_joined(below: TablePiece, between: Sequence[TextPiece]) -> Iterator[str]:
    """What to say of a table that begins a page without a title and may go on another."""
    right = page_borders.rows(below)
    begins = _is_title(right[0]) or (_begins(right) and not _is_head(right[0]))
    if not begins and all(_is_loose(text) for text in between):
        where = below.cells[0].text.place
        yield f"{where}起的表可能接着上一页的表，没有接在一起，请对照原文核对。"


def _is_loose(text: TextPiece) -> bool:
    """Whether a text begins nothing: it is at the edge of a page, or fell out of a table."""
    begins = target_tables.is_line(text.text) or target_tables.is_heading(text.text)
    return _is_page_edge(text, ()) or not begins


def _is_target(table: TablePiece, widths: set[int]) -> bool:
    """Whether it is read as one table; line by line only where all pages have the same columns."""
    grid = target_table.grid_of(table)
    if seed_form.is_seed(grid):
        return len(widths) > 1
    return bool(regions.find(CellMap(grid)))


def _following(pieces: Sequence[Piece], at: int) -> tuple[int, list[TextPiece]] | None:
    """The next table, and the texts before it."""
    between: list[TextPiece] = []
    for number in range(at, len(pieces)):
        piece = pieces[number]
        if isinstance(piece, TablePiece):
            return number, between
        between.append(piece)
    return None


def _above(pieces: Sequence[Piece], at: int) -> Iterator[str]:
    """What stands right above a table."""
    for piece in reversed(pieces[max(at - 6, 0) : at]):
        if isinstance(piece, TablePiece):
            return
        yield piece.bare


def _join(
    above: TablePiece,
    below: TablePiece,
    between: Sequence[TextPiece],
    titles: Sequence[str],
    *,
    turned: bool,
) -> _Joined | None:
    """Two tables as one; None where the second is a table of its own."""
    others = [text for text in between if not _is_page_edge(text, titles)]
    repeats_title = any(
        printed_again.is_title(text.bare, titles) and not _is_number(text) for text in between
    )
    if others or not page_borders.same_place(above, below):
        return None
    left, right, borders = page_borders.aligned(above, below)
    heads = _repeated_heads(left, right) or printed_again.form(left, right)
    title_only = len(left) == 1 and _is_title(left[0])
    if not heads and (repeats_title or not turned or (_begins(right) and not title_only)):
        return None
    kept = [row for row in right if row[0].row >= heads]
    repeated = tuple(cell.text for row in right for cell in row if cell.row < heads)
    if not kept:
        return _Joined(_table(left, borders, above), repeated)
    together, again, doubtful = _together(left, kept, heads)
    return _Joined(_table(together, borders, above), (*repeated, *again), doubtful)


def _is_page_edge(text: TextPiece, titles: Sequence[str]) -> bool:
    """Whether a text between two tables is only what each page prints."""
    if printed_again.is_title(text.bare, titles) or _is_number(text) or text.out_of_flow:
        return True
    return text.edge and not target_tables.is_title(text.text)


def _is_number(text: TextPiece) -> bool:
    return bool(text.edge or text.page) and bool(labels.PAGE_NUMBER.fullmatch(text.bare))


def _repeated_heads(left: Rows, right: Rows) -> int:
    """How many rows of the second table are heads of the first, printed once more."""
    for begin, row in enumerate(left[:_MAX_HEADS]):
        if not _is_head(row) or not _repeats(row, right[0]):
            continue
        number = 0
        while (
            number < len(right)
            and begin + number < len(left)
            and _repeats(left[begin + number], right[number])
        ):
            number += 1
        if printed_again.is_of_another(right, number):
            return 0
        return right[number][0].row if number < len(right) else right[-1][0].row + 1
    return 0


def _is_head(row: Sequence[GridCell]) -> bool:
    """Whether a row is a head of columns, or the title of the table."""
    filled = [cell for cell in row if cell.bare]
    known = [cell for cell in filled if field_labels.is_label(cell.text.text)]
    return (len(known) > 1 and len(known) * 2 >= len(filled)) or _is_title(row)


def _is_title(row: Sequence[GridCell]) -> bool:
    return len(row) == 1 and target_tables.is_title(row[0].text.text)


def _repeats(row: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    """Whether a row says the same as another; one of its labels may lack its end.

    A program leaves out the last line of a head that it repeats where the page has no room.
    """
    different = [pair for pair in zip(row, below, strict=False) if pair[0].bare != pair[1].bare]
    return len(row) == len(below) and (
        not different or (len(different) == 1 and _lacks_its_end(*different[0]))
    )


def _lacks_its_end(whole: GridCell, part: GridCell) -> bool:
    """Whether a cell is a label of which another prints the beginning; a name may begin another."""
    begins = len(part.bare) * 2 > len(whole.bare) and whole.bare.startswith(part.bare)
    return begins and field_labels.is_label(whole.text.text)


def _page(rows: Rows, *, last: bool = False) -> int:
    pages = [cell.text.page for row in rows for cell in row if cell.text.page]
    return (max(pages) if last else min(pages)) if pages else 0


def _begins(rows: Rows) -> bool:
    """Whether a table begins with a title or a name, as one of its own does."""
    first = [cell for cell in rows[0] if cell.bare]
    if not first:
        return False
    return _is_title(rows[0]) or field_labels.label(first[0].text.text) in _ROWS_OF_NAMES


def _together(
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
    again = printed_again.of_project(left, last.cells, right) if heads and not is_rest else {}
    blank = {*again} if printed_again.leaves_blank(left, right) else set[GridCell]()
    goes_on |= {cell: above for cell, above in again.items() if cell not in blank}
    shift = end - heads - (1 if is_rest else 0)
    longer = {above: _longer(above, cell, shift, again=cell in again)
              for cell, above in goes_on.items()}  # fmt: skip
    lines = max(cell.row + cell.rows for row in right for cell in row) - right[0][0].row
    begins = min(cell.column for cell in right[0])
    for above in last.cells.values():  # no line was drawn beside what goes on
        if above.column + above.columns <= begins:
            longer[above] = replace(above, rows=above.rows + lines - is_rest)
    made = [[longer.get(cell, cell) for cell in row] for row in left]
    for row in right:
        kept = [printed_again.emptied(cell) if cell in blank else cell
                for cell in row if cell not in goes_on]  # fmt: skip
        moved = [replace(cell, row=cell.row + shift) for cell in kept]
        if moved:
            made.append(moved)
    where = next((cell.text.place for cell in right[0] if cell.bare), "")
    doubtful = (f"{where}{_DOUBTS[cut]}",) if cut in _DOUBTS else ()
    return made, tuple(cell.text for cell in again), doubtful


def _last_row(left: Rows, right: Rows, end: int) -> LastRow:
    """The last row of a page, with what the table tells of its columns."""
    cells = {cut_rows.place(cell): cell for row in left for cell in row
             if cell.row + cell.rows == end}  # fmt: skip
    heads = [cell.column for cell in cells.values() if _heads_column(cell)]
    if len(heads) > 1:  # the page ends with the heads of columns, and no row was begun
        cells = cut_rows.below_heads(cells, heads, right[0])
    tall = {cut_rows.place(cell) for row in (*left, *right) for cell in row
            if cell.rows > _height_of_heads(row) and cell.bare}  # fmt: skip
    tall |= {cut_rows.place(cell) for cell in right[0] if cell.rows > 1}
    merged = {(cell.row, cell.rows) for at, cell in cells.items() if at in tall and cell.rows > 1}
    tall |= {at for at, cell in cells.items() if (cell.row, cell.rows) in merged}
    texts: dict[Place, list[str]] = {}
    for cell in (cell for row in (*left, *right[1:]) for cell in row):
        texts.setdefault(cut_rows.place(cell), []).append(cell.bare)
    filled = {place for place, lines in texts.items()
              if sum(map(bool, lines)) >= len(lines) * _NEARLY_ALL}  # fmt: skip
    paged = any(cell.free_characters is not None for row in (*left, *right) for cell in row)
    return LastRow(cells, tall, filled, _keys(left), paged)


def _height_of_heads(row: Sequence[GridCell]) -> int:
    """How many rows the heads of columns take that begin in a row; 1 where none does."""
    heads = [cell.rows for cell in row if _heads_column(cell)]
    return max(heads) if len(heads) > 1 else 1


def _heads_column(cell: GridCell) -> bool:
    """Whether a cell is the head of a column of indicators or tasks."""
    text = cell.text.text
    return bool(field_labels.column(text) or field_labels.task(text))


def _longer(above: GridCell, cell: GridCell, shift: int, *, again: bool) -> GridCell:
    """A cell with what of it stands overleaf, unless that is what it says already."""
    text = above.text
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
    if above.ended or any(cut_rows.begins_another(*pair) for pair in left):
        return False  # of another category or project
    alone = not left and above.ended is False and above.rows > 1 and not cell.bare
    if not alone and any(cut_rows.is_another(*pair) for pair in pairs):
        return False
    if tall and cell.bare:
        return _text_goes_on(above, cell, both)
    return tall or (not cell.bare and cut_rows.is_category(above.bare))


def _text_goes_on(
    above: GridCell, cell: GridCell, row: Sequence[tuple[GridCell, GridCell]]
) -> bool:
    """The same for a cell with a text, by its neighbours above and below the break."""
    if not above.bare:
        return above.rows > 1 or cell.rows > 1
    if cut_rows.breaks_a_name(above, cell):
        return True
    if cut_rows.is_category(cell.bare) or field_labels.is_label(cell.text.text):
        return False
    return cut_rows.may_go_on(above, cell) and any(
        one.row == above.row and ((not other.bare and other.rows == cell.rows)
                                  or cut_rows.breaks_a_name(one, other))
        for one, other in row
    )  # fmt: skip


def _keys(rows: Rows) -> set[int]:
    """The columns of the names of projects and indicators, and of values."""
    return {
        cell.column
        for row in rows
        for cell in row
        if field_labels.column(cell.text.text) in {"level3", "target"}
        or field_labels.label(cell.text.text) in {"name", "code"}
    }


def _table(rows: Rows, borders: tuple[float, ...], like: TablePiece) -> TablePiece:
    cells = tuple(cell for row in rows for cell in row)
    width = len(borders) - 1 if borders else like.width
    return replace(like, cells=cells, width=width, borders=borders)
