"""Which tables are read line by line: those of the form `hebei-project`, with a spending plan.

Its documents cut cells and rows in ways that no grid shows, so that it has a reader of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from disclosure.forms.grid import FilledCell, Grid
from disclosure.intake.formats import labels
from disclosure.intake.formats.labels import Head, Role
from disclosure.intake.formats.pieces import Piece, TablePiece
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding.target_tables import FoundTables

_ITS_OWN = {Role.DESCRIPTION, Role.BASIS}
_COLUMNS = (Role.LEVEL1, Role.LEVEL2, Role.LEVEL3, Role.DESCRIPTION, Role.VALUE, Role.BASIS)
#: Columns that it has not; a table with one of them is another form.
_OF_OTHERS = {*Role} - {*_COLUMNS, Role.SECTION}
_HEADS = {Head.CODE, Head.NAME, Head.BUDGET, Head.TOTAL, Head.FISCAL, Head.OTHER, Head.PURPOSE,
          Head.PLAN, Head.GOALS, Head.INDICATORS}  # fmt: skip
#: Heads of indicators of any form.
_OF_INDICATORS = {"level1", "level2", "level3", "target"}
_LABELS = {Head.CODE, Head.GOALS, Head.PURPOSE, Head.PLAN}
_OF_PROJECT = {Head.CODE, Head.NAME}
#: So many tables without targets make a document a whole budget.
_TABLES_OF_A_BOOK = 1


def is_hebei_form(grid: Grid) -> bool:
    """Whether a table has the heads of that form, and none that it has not."""
    roles = {labels.role(cell.text) for cell in grid.cells()}
    plan = any(labels.head(cell.text) is Head.PLAN for cell in grid.cells())
    if not (roles >= _ITS_OWN or (plan and bool(_ITS_OWN & roles))):
        return False
    others = roles & _OF_OTHERS or any(map(_is_in_another_order, grid.rows))
    return not (others or any(map(_is_row_of_another, _above_indicators(grid))))


def _above_indicators(grid: Grid) -> Iterator[Sequence[FilledCell]]:
    """The rows above the heads of indicators."""
    for row in grid.rows:
        if len({labels.role(cell.text) for cell in row} & {*_COLUMNS}) > 1:
            return
        yield row


def _is_row_of_another(row: Sequence[FilledCell]) -> bool:
    """Whether a row begins with a label that the form has not."""
    first = next((cell.text for cell in row if cell.text.strip()), "")
    known = labels.head(first) in _HEADS or labels.role(first) is not None
    return not known and field_labels.is_label(first) and not first.rstrip().endswith((":", "："))


def _is_in_another_order(row: Sequence[FilledCell]) -> bool:
    """Whether a row has heads of that form, but not one after the other as it has them."""
    places = [_COLUMNS.index(role) for cell in row if (role := labels.role(cell.text)) in _COLUMNS]
    return places != sorted(places)


def is_by_line(pieces: Sequence[Piece], found: FoundTables) -> bool:
    """Whether tables without heads of indicators are read line by line as well.

    They are parts of that form, or all that there is; in any other document they are not touched.
    """
    tables = [piece for piece in pieces if isinstance(piece, TablePiece)]
    if any(is_hebei_form(target.grid) for target in found.targets):
        return True
    if not all(table.drawn for table in tables):
        return True
    if any(_is_another(table.grid) for table in found.doubtful):
        return False
    named = found.doubtful and len(tables) > len(found.doubtful)
    return not (found.targets or named or _has_books(pieces))


def _is_another(grid: Grid) -> bool:
    """Whether a table has heads of indicators, but not those of that form, or other rows below."""
    heads = [
        row
        for row in grid.rows
        if len(_OF_INDICATORS.intersection(field_labels.column(cell.text) for cell in row)) > 1
    ]
    return bool(heads) and not is_hebei_form(grid)


def parts(pieces: Sequence[Piece], found: FoundTables) -> set[TablePiece]:
    """The tables without heads of indicators that belong to tables of that form.

    Each has a label of the form, or goes on where the page before ended, or is no table but the
    paragraphs of a worksheet. All tables may belong to it where there is no such form, or no line
    tells the cells apart.
    """
    others = {table for table, _ in found.others}
    own = {target.piece for target in found.targets if is_hebei_form(target.grid)}
    if not own or not all(table.drawn for table in others):
        return others
    made: set[TablePiece] = set()
    follows = False
    for piece in pieces:
        if not isinstance(piece, TablePiece):
            number = piece.page and labels.PAGE_NUMBER.fullmatch(piece.bare)
            follows = follows and bool(piece.edge or piece.out_of_flow or number or not piece.bare)
        elif piece in others and (follows or _has_labels(piece) or _is_text(piece)):
            made.add(piece)
            follows = True
        else:
            follows = piece in own
    return made


def parts_one(found: FoundTables) -> set[TablePiece]:
    """The worksheets that are paragraphs of a part one, whatever form the tables have."""
    return {table for table, _ in found.others if _is_text(table) and any(
        labels.PART_ONE.fullmatch(cell.bare) for cell in table.cells)}  # fmt: skip


def _has_labels(table: TablePiece, wanted: Collection[Head] = _LABELS) -> bool:
    """Whether a table has a label that no other table of a budget has, or one that is wanted."""
    return any(labels.head(cell.text.text) in wanted for cell in table.cells)


def _is_text(table: TablePiece) -> bool:
    """Whether what stands on a worksheet has one column only, as paragraphs have."""
    return table.sheet and all(sum(1 for cell in row if cell.bare) <= 1 for row in table.rows())


def _has_books(pieces: Sequence[Piece]) -> bool:
    """Whether a document without a table of targets has other tables."""
    tables = [piece for piece in pieces if isinstance(piece, TablePiece)]
    return len(tables) >= _TABLES_OF_A_BOOK and not any(
        _has_labels(table) and _has_labels(table, _OF_PROJECT) for table in tables
    )
