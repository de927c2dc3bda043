"""A table over several pages as one: heads repeated by a page dropped, what it cut put together.

Only what lies next to each other is joined: the last table of a page and the first of the next,
with nothing between but running heads and page numbers, or the title printed once more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.intake.formats import labels
from disclosure.intake.formats.pieces import Document, GridCell, Piece, TablePiece, TextPiece
from disclosure.intake.learning import field_labels, regions
from disclosure.intake.learning.cell_map import CellMap
from disclosure.intake.understanding import (
    cut_tables,
    forms_in_parts,
    hebei_form,
    page_borders,
    printed_again,
    side_labels,
    table_lines,
    target_table,
)
from disclosure.intake.understanding.page_borders import Rows

_WITH_MARGIN = 2  # cells of a row with a title, if there is a margin before it
_MIN_WIDE = 4  # columns that a title beside a margin takes, and more
_MAX_HEADS = 12  # rows in which a repeated head is looked for
#: What stands in the heads of indicators, of which a page may cut any.
_OF_HEADS = re.compile(r"[级指标值]|绩效|支出计划|目标")
_ROWS_OF_NAMES = {"name", "code", "department"}


class _Joined(Struct, frozen=True):
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
    whole = [part for piece in document.pieces for part in _without_repeats(piece, repeated)]
    pages = forms_in_parts.put_together([*_pieces(whole, repeated, doubtful)])
    pieces = tuple(part for piece in pages for part in _with_label_once(piece, repeated))
    return replace(document, pieces=pieces, remarks=(*document.remarks, *doubtful)), tuple(repeated)


def _pieces(
    pieces: Sequence[Piece], repeated: list[TextPiece], doubtful: list[str]
) -> Iterator[Piece]:
    heads = {piece for piece in pieces if isinstance(piece, TablePiece) and _has_heads(piece)}
    at = 0
    while at < len(pieces):
        joined_, end = _run(pieces, at, heads)
        if joined_ is None:
            yield from pieces[at:end]
        else:
            repeated += joined_.repeated
            doubtful += joined_.doubtful
            yield joined_.table
            yield from joined_.repeated
        at = end


def _without_repeats(piece: Piece, repeated: list[TextPiece]) -> Iterator[Piece]:
    """A list that prints title and heads again between its rows without them; and these."""
    if not isinstance(piece, TablePiece) or not (parts := [*printed_again.parts(piece)]):
        yield piece
        return
    (table, _), *others = parts
    again: list[TextPiece] = []
    for below, above in others:
        made = _join(table, below, (), (), turned=False)
        if made is None:
            yield piece
            return
        table = made.table
        again += [text for text in (*above, *made.repeated) if text.bare]
    repeated += again
    yield replace(table, sheet=piece.sheet)
    yield from again


def _with_label_once(piece: Piece, repeated: list[TextPiece]) -> Iterator[Piece]:
    """A table that prints the label of its indicators beside each first level with it once."""
    if not isinstance(piece, TablePiece):
        yield piece
        return
    table, again = side_labels.once(piece)
    repeated += (apart := [replace(text, edge=True) for text in again])
    yield table
    yield from apart


def _has_heads(table: TablePiece) -> bool:
    """Whether a page may hold heads of indicators, or a part of them."""
    return any(_OF_HEADS.search(cell.bare) for cell in table.cells)


def _may_be_target(
    first: TablePiece, pieces: Sequence[Piece], titles: Sequence[str], heads: Collection[Piece]
) -> bool:
    """Whether the table that pieces begin with, or what may go on with it overleaf, has heads."""
    for piece in pieces:
        if isinstance(piece, TextPiece):
            if not (_is_page_edge(piece, titles) or side_labels.is_part(piece)):
                return False
        elif piece in heads:
            return True
        elif not page_borders.ends_alike(first, piece):
            return False
    return False


def _run(pieces: Sequence[Piece], at: int, heads: Collection[Piece]) -> tuple[_Joined | None, int]:
    """A table with all that goes on overleaf, the texts between as well; where the rest begins.

    Where that is no table of targets, None; and each page of it begins none either, but the last.
    """
    first, titles = pieces[at], [*_above(pieces, at)]
    if not isinstance(first, TablePiece) or not _may_be_target(first, pieces[at:], titles, heads):
        return None, at + 1
    run = _Run(first, {first.width}, at, at + 1)
    run.extend(pieces, titles)
    if run.table is first:
        doubtful = run.doubtful if _is_target(first, run.widths) else []
        return _Joined(first, (), tuple(doubtful)) if doubtful else None, at + 1
    if not _is_target(run.table, run.widths):
        if _is_target(first, set()):
            where = first.cells[-1].text.place
            doubt = f"{where}以后的表不能确定从哪里接上，请对照原文核对。"
            return _Joined(first, (), (doubt,)), at + 1
        parts = (one for one in pieces[at + 1 : run.last] if isinstance(one, TablePiece))
        return None, at + 1 if any(_is_target(one, set()) for one in parts) else run.last
    return _Joined(run.table, tuple(run.others), tuple(run.doubtful)), run.end


class _Run(Struct):
    """A table as it grows page by page.

    Attributes:
        table: The table so far.
        widths: How many columns its pages have.
        last: Where its last page stands among the pieces.
        end: Where the rest of them begins.
        others: The texts between its pages, and those printed once more.
        doubtful: What to say of rows that may be the rest of others.
    """

    table: TablePiece
    widths: set[int]
    last: int
    end: int
    others: list[TextPiece] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)

    def extend(self, pieces: Sequence[Piece], titles: Sequence[str]) -> None:
        """Add all that goes on overleaf."""
        first = self.table
        reached = _page(page_borders.rows(first), last=True)
        while (following := _following(pieces, self.end)) is not None:
            number, between = following
            below = pieces[number]
            assert isinstance(below, TablePiece)
            turned = reached > 0 and _page(page_borders.rows(below)) == reached + 1
            made = _join(self.table, below, between, titles, turned=turned)
            if made is None:
                self.doubtful += _not_joined(below, between) if turned else ()
                break
            reached = _page(page_borders.rows(below), last=True)
            self.others += [replace(text, edge=True) for text in (*between, *made.repeated)]
            self.table, self.last, self.end = made.table, number, number + 1
            self.widths.add(below.width)
            self.doubtful += made.doubtful
            self._complete(pieces, reached)
        if self.table is not first:
            self.table = replace(self.table, last_page=reached)

    def _complete(self, pieces: Sequence[Piece], reached: int) -> None:
        """Add what stands beside the table and belongs to the label at its left."""
        while self.end < len(pieces) and (
            longer := side_labels.completed(self.table, pieces[self.end], reached)
        ):
            self.table, self.end = longer, self.end + 1


def _not_joined(below: TablePiece, between: Sequence[TextPiece]) -> Iterator[str]:
    """What to say of a table that begins a page without a title and may go on another."""
    right = page_borders.rows(below)
    begins = _is_title(right[0]) or (_begins(right) and not _is_head(right[0]))
    if not begins and all(_is_loose(text) for text in between):
        where = below.cells[0].text.place
        yield f"{where}起的表可能接着上一页的表，没有接在一起，请对照原文核对。"


def _is_loose(text: TextPiece) -> bool:
    """Whether a text begins nothing: it is at the edge of a page, or fell out of a table."""
    begins = table_lines.is_line(text.text) or table_lines.is_heading(text.text)
    return _is_page_edge(text, ()) or not begins


def _is_target(table: TablePiece, widths: set[int]) -> bool:
    """Whether it is read as one table; line by line only where all pages have the same columns."""
    grid = target_table.grid_of(table)
    if hebei_form.is_hebei_form(grid):
        return len(widths) > 1
    return bool(regions.repeated_rows(CellMap(grid)))


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
    heads = _repeated_heads(left, right) or printed_again.repeated_form_rows(left, right)
    title_only = len(left) == 1 and _is_title(left[0])
    titled = repeats_title and not printed_again.are_more_rows(left, right)
    if not heads and (titled or not turned or (_begins(right) and not title_only)):
        return None
    kept, repeated = _below_heads(right, heads)
    if not kept:
        return _Joined(_table(left, borders, above), repeated)
    together, again, doubtful = cut_tables.together(left, kept, heads)
    return _Joined(_table(together, borders, above), (*repeated, *again), doubtful)


def _below_heads(rows: Rows, heads: int) -> tuple[list[list[GridCell]], tuple[TextPiece, ...]]:
    """The rows below heads, with the rest of labels that stand beside both; the texts of heads."""
    kept = [[*row] for row in rows if row[0].row >= heads]
    of_heads = [cell for row in rows for cell in row if cell.row < heads]
    beside = [cell for cell in of_heads if cell.row + cell.rows > heads]
    if kept and beside:
        lower = (replace(cell, row=heads, rows=cell.row + cell.rows - heads) for cell in beside)
        kept[0] = sorted([*kept[0], *lower], key=lambda cell: cell.column)
    texts = (cell.text for cell in of_heads if cell not in beside or not kept)
    return kept, tuple(texts)


def _is_page_edge(text: TextPiece, titles: Sequence[str]) -> bool:
    """Whether a text between two tables is only what each page prints."""
    if printed_again.is_title(text.bare, titles) or _is_number(text) or text.out_of_flow:
        return True
    return text.edge and not table_lines.is_title(text.text)


def _is_number(text: TextPiece) -> bool:
    return bool(text.edge or text.page) and bool(labels.PAGE_NUMBER.fullmatch(text.bare))


def _repeated_heads(left: Rows, right: Rows) -> int:
    """How many rows of the second table are heads of the first, printed once more."""
    left, right = _without_blank_top(left), _without_blank_top(right)
    if not right:
        return 0
    heads = [_without_labels(right[0]), *right[1:]]
    for begin, row in enumerate(left[:_MAX_HEADS]):
        own = _without_labels(row)
        if not _is_head(row) or not printed_again.repeats(own, heads[0]):
            continue
        number = 0
        while (
            number < len(right)
            and begin + number < len(left)
            and printed_again.repeats(left[begin + number] if number else own, heads[number])
        ):
            number += 1
        if printed_again.is_of_another(right, number):
            return 0
        return right[number][0].row if number < len(right) else right[-1][0].row + 1
    return 0


def _without_blank_top(rows: Rows) -> Rows:
    """The rows from the first that says something, as the title above the heads does."""
    first = next((at for at, row in enumerate(rows) if any(cell.bare for cell in row)), len(rows))
    return rows[first:]


def _without_labels(row: Sequence[GridCell]) -> Sequence[GridCell]:
    """A row of heads without the labels that stand left of it and of the rows below."""
    height = max((cell.rows for cell in row if field_labels.column(cell.text.text)), default=0)
    return [cell for cell in row if not height or cell.rows <= height]


def _is_head(row: Sequence[GridCell]) -> bool:
    """Whether a row is a head of columns, or the title of the table."""
    filled = [cell for cell in row if cell.bare]
    known = [cell for cell in filled if field_labels.is_label(cell.text.text)]
    return (len(known) > 1 and len(known) * 2 >= len(filled)) or _is_title(row)


def _is_title(row: Sequence[GridCell]) -> bool:
    """Whether a row is a title; beside a narrow margin it has an empty cell before it."""
    said = [cell for cell in row if cell.bare]
    wide = len(row) == 1 or (len(row) == _WITH_MARGIN and row[-1].columns > _MIN_WIDE)
    return (
        wide and len(said) == 1 and said[0] is row[-1] and table_lines.is_title(said[0].text.text)
    )


def _page(rows: Rows, *, last: bool = False) -> int:
    pages = [cell.text.page for row in rows for cell in row if cell.text.page]
    return (max(pages) if last else min(pages)) if pages else 0


def _begins(rows: Rows) -> bool:
    """Whether a table begins with a title or a name, as one of its own does; rows may be blank."""
    said = ([cell for cell in row if cell.bare] for row in rows)
    first = next((cells for cells in said if cells), None)
    if first is None:
        return False
    return _is_title(first) or field_labels.label(first[0].text.text) in _ROWS_OF_NAMES


def _table(rows: Rows, borders: tuple[float, ...], like: TablePiece) -> TablePiece:
    cells = tuple(cell for row in rows for cell in row)
    width = len(borders) - 1 if borders else like.width
    return replace(like, cells=cells, width=width, borders=borders)
