"""The table of indicators: which column is which, and what each row says.

Heads may take two rows, cells may be merged in either direction, and a page may cut the table
between two rows or within one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from disclosure.intake.formats import labels
from disclosure.intake.formats.labels import Role
from disclosure.intake.formats.pieces import GridCell, TextPiece
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.read_form import NOTHING, IndicatorEntry, ReadForm
from disclosure.model import indicator_levels as levels
from disclosure.model.whitespace import squeezed

_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_NAMELESS = "指标0123456789一二三四五六七八九十:：.．…、★☆*·"


class Columns(Struct):
    """The columns of one indicator table and what is going on in them.

    Attributes:
        roles: The role of each column, by its number.
        heads: The printed head of each column.
        width: How many columns the grid has.
        spans: For each role the merged cell from above and the row before which it ends.
    """

    roles: dict[int, Role] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)
    width: int = 0
    spans: dict[Role, tuple[TextPiece, int]] = field(default_factory=dict)

    def head_of(self, cell: GridCell) -> str:
        """The printed head of the first column that a cell covers and that has one."""
        covered = range(cell.column, _end(cell))
        return next((self.heads[at] for at in covered if at in self.heads), "")

    def of(self, cell: GridCell) -> Role | None:
        """The role of a cell: the third level if it covers that, else its first column's."""
        covered = [self.roles.get(at) for at in range(cell.column, _end(cell))]
        if Role.LEVEL3 in covered:
            return Role.LEVEL3
        return next((role for role in covered if role), None)


def heads(
    row: Sequence[GridCell], below: Sequence[GridCell], width: int
) -> tuple[Columns, bool] | None:
    """The columns that a row of heads announces, and whether the row below is a part of it.

    A second row says more exactly what a head above it covers: 绩效指标 above the three levels,
    指标值 above sign, value and unit. None when it is no row of heads.
    """
    filled = [cell for cell in below if cell.bare]
    first = [cell for cell in row if cell.bare]
    are_heads = all(labels.role(cell.text.text) or cell.rows > 1 for cell in first)
    if are_heads and filled and all(labels.role(cell.text.text) for cell in filled):
        covered = {at for cell in filled for at in range(cell.column, _end(cell))}
        above = [cell for cell in row if not covered & set(range(cell.column, _end(cell)))]
        if columns := _columns(sorted([*above, *filled], key=lambda cell: cell.column), width):
            return columns, True
    columns = _columns(row, width)
    return (columns, False) if columns else None


def _columns(row: Sequence[GridCell], width: int) -> Columns | None:
    found = [(cell, labels.role(cell.text.text)) for cell in row if cell.bare]
    roles = {role for _, role in found if role}
    if Role.LEVEL3 not in roles or not roles & {Role.LEVEL1, Role.VALUE, Role.ACTUAL}:
        return None
    columns = Columns(width=width)
    for cell, role in found:
        _add(columns, cell, role or Role.EXTRA)
    return columns


def _end(cell: GridCell) -> int:
    return cell.column + cell.columns


def _add(columns: Columns, cell: GridCell, role: Role) -> None:
    known = {role for at, role in columns.roles.items() if not _within(cell, at)}
    if role in known and role is not Role.EXTRA:
        role = Role.BASIS if role is Role.VALUE and Role.BASIS not in known else Role.EXTRA
    for at in range(cell.column, _end(cell)):
        columns.roles[at] = role
        columns.heads[at] = labels.bare(cell.text.text)


def _within(cell: GridCell, at: int) -> bool:
    return cell.column <= at < _end(cell)


def take_row(form: ReadForm, columns: Columns, cells: Sequence[GridCell], *, first: bool) -> None:
    """Add a row of the grid to the form.

    Args:
        form: Where it goes.
        columns: The columns; what is merged over several rows is remembered there.
        cells: The cells that begin in this row.
        first: Whether a page was turned just before, so that cells may go on from there.
    """
    row = IndicatorEntry()
    number = cells[0].row
    for cell in cells:
        role = columns.of(cell)
        if role is None or (not cell.bare and role not in _LEVELS):
            continue
        if first and role in _LEVELS:
            _go_on(columns, role, cell)
        if cell.bare:
            row.cells.setdefault(role, []).append(cell.text)
            row.heads[cell.text] = columns.head_of(cell)
        if cell.rows > 1:
            columns.spans[role] = cell.text, number + cell.rows
        elif role in _LEVELS and not (first and not cell.bare):
            columns.spans.pop(role, None)
    if first and form.rows and _is_rest(row, form.rows[-1]):
        _append_rest(form.rows[-1], row)
        return
    for role, (text, until) in columns.spans.items():
        if number < until and role not in row.cells:
            row.cells[role] = [text]
    form.rows.append(row)


def _go_on(columns: Columns, role: Role, cell: GridCell) -> None:
    """A level's cell at the top of a page: without text, it goes on from the page before."""
    if not cell.bare and role in columns.spans:
        columns.spans[role] = columns.spans[role][0], cell.row + cell.rows


def _is_rest(row: IndicatorEntry, above: IndicatorEntry) -> bool:
    """Whether a row holds only what did not fit on the page before.

    A row of its own has a name and a value; what is left of a row lacks one of them.
    """
    filled = {role for role, texts in row.cells.items() if any(text.bare for text in texts)}
    whole = Role.LEVEL3 in filled and bool(filled & {Role.VALUE, Role.ACTUAL})
    return bool(filled) and not whole and all(above.say(role) for role in filled)


def _append_rest(above: IndicatorEntry, row: IndicatorEntry) -> None:
    for role, texts in row.cells.items():
        above.cells.setdefault(role, []).extend(texts)


def is_empty(row: IndicatorEntry) -> bool:
    """Whether a row is only printed by the form: a category, or a name to be filled in."""
    nothing_but_levels = row.says_only(*_LEVELS, Role.LEVEL3, Role.SECTION)
    return nothing_but_levels and not row.say(Role.LEVEL3).strip(_NAMELESS)


def is_category(text: str) -> bool:
    """Whether a form prints this itself in the first two columns."""
    return levels.first_level(text) is not None or squeezed(text).endswith("指标")


def target(row: IndicatorEntry) -> tuple[str, list[TextPiece]]:
    """The value as printed, put together from sign, value and unit; and cells that repeat it."""
    sign, value, unit = (row.say(role) for role in (Role.SIGN, Role.VALUE, Role.UNIT))
    repeated: list[TextPiece] = []
    if is_kind(sign):
        sign = ""
    if unit and set(unit) <= NOTHING:
        repeated, unit = row.cells.get(Role.UNIT, []), ""
    if sign and set(sign) <= NOTHING:
        repeated, sign = [*repeated, *row.cells.get(Role.SIGN, ())], ""
    if unit and (value.endswith(unit) or not value):
        repeated = [*repeated, *row.cells[Role.UNIT]] if value else repeated
        unit = "" if value else unit
    if sign and value.startswith(sign):
        repeated, sign = [*repeated, *row.cells[Role.SIGN]], ""
    return sign + value + unit, repeated


def is_kind(sign: str) -> bool:
    """Whether a column of signs says only of what kind the value is: 定性, 定量."""
    return sign.startswith(("定", "正", "反"))


def inherit(form: ReadForm, ledger: Ledger) -> None:
    """Give a row without a first level that of the row above: the form merges or repeats it."""
    level1: list[TextPiece] = []
    for row in form.rows:
        if row.say(Role.LEVEL1):
            level1 = row.cells[Role.LEVEL1]
        elif level1 and not is_empty(row):
            row.cells[Role.LEVEL1] = level1
        if row.cells.get(Role.SECTION):
            for text in row.cells[Role.SECTION]:
                ledger.mark_boilerplate(text)
