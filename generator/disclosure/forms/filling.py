"""A form and what stands in its fields → the grid of the table, cell by cell as printed.

A page is filled for every project of a site, so a form is taken apart once, and each cell of the
grid is made once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms import templates
from disclosure.forms.form import Form, FormBlock, FormCell, Row
from disclosure.forms.grid import FilledCell, Grid, Role
from disclosure.forms.roles import roles
from disclosure.forms.templates import TemplatePart
from disclosure.forms.values import Values

_Key = tuple[object, ...]

#: The field that says which item of its list an item is, counted from 1; it is no value.
PLACE = "place"
#: The text that makes an item of a list of projects a sum.
IS_SUM = "is_sum"

#: How many forms are held taken apart.
_MAX_FORMS = 200


class _Scope(Struct, frozen=True):
    """An item of a list and those around it; the table itself is the outermost.

    Attributes:
        item: The item.
        place: Which of its list it is, from 0.
        name: The list.
        around: The item that has the list; None for the table itself.
        places: Which item of each list this is, outermost first.
        printed: How the form prints what stands in some fields.
    """

    item: Values
    place: int
    name: str
    around: _Scope | None
    places: tuple[tuple[str, int], ...]
    printed: Mapping[str, Mapping[str, str]]

    def within(self, name: str) -> Iterator[_Scope]:
        """The items of a list, from the innermost item that has it."""
        for place, item in enumerate(self.list(name)):
            yield _Scope(item, place, name, self, (*self.places, (name, place)), self.printed)

    def text(self, path: str) -> str:
        """A field's text as the form prints it, from the innermost item that has it."""
        if path == PLACE:
            return str(self.place + 1)
        scope: _Scope | None = self
        while scope is not None:
            text = scope.item.texts.get(path)
            if text is not None:
                return self.printed[path].get(text, text) if path in self.printed else text
            scope = scope.around
        return ""

    def list(self, name: str) -> tuple[Values, ...]:
        """A list's items, from the innermost item that has it."""
        scope: _Scope | None = self
        while scope is not None:
            if name in scope.item.lists:
                return scope.item.lists[name]
            scope = scope.around
        return ()

    def key(self, path: str, *, empty: bool, begun: bool = False) -> _Key | None:
        """What must be equal for two rows to share a cell merged by `path`.

        A field's text counts within the item around the one it belongs to; the name of a list
        stands for the item itself. None where the cell is never shared: a field that is empty or
        whose cell begins again.

        Args:
            path: The field or list.
            empty: Whether empty fields are equal to each other.
            begun: Whether it is the key of a cell that goes on below, which may itself have begun
                again.
        """
        scope: _Scope | None = self
        while scope is not None:
            if scope.name == path:
                return scope.places
            text = scope.item.texts.get(path)
            if text is not None:
                apart = not text or (path in scope.item.apart and not begun)
                if empty and not text:
                    break
                return None if apart else (*scope.places[:-1], text)
            scope = scope.around
        return (*self.places[:-1], "") if empty else None

    def with_empty_row(self) -> _Scope:
        """A project or sum without indicators: it is printed beside one empty row of them."""
        lists = {**self.item.lists, "indicators": (Values(),)}
        return replace(self, item=replace(self.item, lists=lists))

    def has(self, block: FormBlock) -> bool:
        """Whether rows are printed here: what they need is there, and they are for such an item."""
        if block.needs and not (self.text(block.needs) or self.list(block.needs)):
            return False
        return block.of is None or (block.of == "sum") == bool(self.text(IS_SUM))


class _Cell:
    """A form's cell, taken apart."""

    __slots__ = ("blank", "columns", "each", "empty", "fields", "joined", "joins", "merge", "only",
                 "parts", "reach", "role", "rows", "template")  # fmt: skip

    def __init__(self, cell: FormCell, role: Role) -> None:
        self.role = role
        self.template = cell.text or ""
        self.parts: tuple[TemplatePart, ...] = templates.parts(self.template)
        self.fields = cell.fields
        self.reach = cell.rows if isinstance(cell.rows, str) else ""
        self.rows = 1 if isinstance(cell.rows, str) else cell.rows
        self.columns, self.merge, self.blank = cell.columns, cell.merge, cell.blank
        self.empty = cell.empty is not None
        self.each, self.joined = cell.each, cell.joined
        self.joins = templates.only_joins(self.template)
        #: The one field that it is, or its words; both "" where it is more than that.
        only = self.parts[0] if len(self.parts) == 1 and not self.joined else None
        self.only = only or (TemplatePart() if not self.parts else None)

    def text(self, scope: _Scope) -> str:
        """What stands in it; some forms write a cell once for each item of a list."""
        if self.only is not None:
            return scope.text(self.only.field) if self.only.field else self.only.words
        if self.joined is None:
            return self._filled(scope)
        return "".join(map(self._filled, scope.within(self.joined))).lstrip("\n")

    def _filled(self, scope: _Scope) -> str:
        if self.joins and not any(map(scope.text, self.fields)):
            return ""
        return "".join(scope.text(part.field) if part.field else part.words for part in self.parts)


class _Block(Struct, frozen=True):
    """A form's block, taken apart."""

    block: FormBlock
    rows: tuple[tuple[_Cell, ...] | _Block, ...]


def _taken_apart(rows: Sequence[Row | FormBlock]) -> tuple[tuple[_Cell, ...] | _Block, ...]:
    return tuple(
        _Block(row, _taken_apart(row.rows))
        if isinstance(row, FormBlock)
        else tuple(map(_Cell, row, roles(row)))
        for row in rows
    )


_Rows = tuple[tuple[_Cell, ...] | _Block, ...]
#: Forms taken apart, each beside the form itself, whose identity would else be another's.
_held: dict[int, tuple[Form, _Rows]] = {}


def _rows_of(form: Form) -> _Rows:
    held = _held.get(id(form))
    if held is None:
        if len(_held) >= _MAX_FORMS:
            _held.clear()
        held = _held[id(form)] = form, _taken_apart(form.rows)
    return held[1]


class _Filler(Struct):
    """Writes a form's rows one after the other.

    Attributes:
        rows: The cells written so far.
        open: The cell written last for a form's cell that is merged, with what must be equal.
    """

    rows: list[list[FilledCell]] = field(default_factory=list)
    open: dict[_Cell, tuple[FilledCell, tuple[_Key | None, ...]]] = field(default_factory=dict)

    def block(self, rows: _Rows, scope: _Scope) -> list[FilledCell]:
        """Write rows; a cell that takes the whole block reaches to the last of them.

        Returns:
            The cells that reach to the end of the block around this one.
        """
        whole: list[FilledCell] = []
        outer: list[FilledCell] = []
        for row in rows:
            if isinstance(row, _Block):
                whole += self.repeated(row, scope)
            else:
                self.row(row, scope, whole, outer)
        for cell in whole:
            cell.rows = len(self.rows) - cell.row
        return outer

    def repeated(self, block: _Block, scope: _Scope) -> list[FilledCell]:
        """Write a block once, or once for each item of its list."""
        if not scope.has(block.block):
            return []
        if block.block.each is None:
            return self.block(block.rows, scope)
        outer: list[FilledCell] = []
        for item in scope.within(block.block.each):
            before = len(self.rows)
            outer += self.block(block.rows, item)
            if len(self.rows) == before and item.name == "projects":
                outer += self.block(block.rows, item.with_empty_row())
        return outer

    def row(
        self,
        row: tuple[_Cell, ...],
        scope: _Scope,
        whole: list[FilledCell],
        outer: list[FilledCell],
    ) -> None:
        """Write one row; a cell that shares the one above makes it taller, or is blank."""
        cells: list[FilledCell] = []
        number = len(self.rows)
        self.rows.append(cells)
        for cell in row:
            if cell.merge and self.is_shared(cell, scope, number):
                above, keys = self.open[cell]
                if cell.blank:
                    empty = replace(above, text="", row=number, items=scope.places)
                    cells.append(empty)
                    self.open[cell] = empty, keys
                else:
                    above.rows += 1
                continue
            if cell.each is not None:
                cells += _side_by_side(cell, scope, number)
                continue
            made = _made(cell, scope, number, cell.columns)
            cells.append(made)
            if cell.merge:
                keys = tuple(scope.key(path, empty=cell.empty, begun=True) for path in cell.merge)
                self.open[cell] = made, keys
            elif cell.reach:
                (whole if cell.reach == "block" else outer).append(made)

    def is_shared(self, cell: _Cell, scope: _Scope, number: int) -> bool:
        """Whether the cell above goes on."""
        above = self.open.get(cell)
        if above is None:
            return False
        made, keys = above
        if made.row + made.rows != number:
            return False
        for path, key in zip(cell.merge, keys, strict=True):
            if key is None or key != scope.key(path, empty=cell.empty):
                return False
        return True


def _made(cell: _Cell, scope: _Scope, number: int, columns: int) -> FilledCell:
    """A cell of the grid; which column it is in follows later."""
    return FilledCell(
        cell.text(scope),
        number,
        0,
        cell.rows,
        columns,
        cell.fields,
        cell.template,
        scope.places,
        cell.role,
    )


def _side_by_side(cell: _Cell, scope: _Scope, number: int) -> Iterator[FilledCell]:
    """A cell repeated for each item of a list; one empty cell where the list has none."""
    assert cell.each is not None
    scopes = [*scope.within(cell.each)]
    if not scopes:
        empty = ((cell.each, 0),)
        scopes = [_Scope(Values(), 0, cell.each, None, (*scope.places, *empty), scope.printed)]
    for one, columns in zip(scopes, _shared_out(cell.columns, len(scopes)), strict=True):
        yield _made(cell, one, number, columns)


def _shared_out(columns: int, number: int) -> list[int]:
    """Columns for cells side by side, as many for each; the last one takes what is left over."""
    each = max(columns // number, 1)
    return [*[each] * (number - 1), max(columns - each * (number - 1), 1)]


def fill(form: Form, values: Values) -> Grid:
    """The table of a form with what stands in its fields.

    A list that a form repeats side by side more often than it has columns makes the table wider.
    """
    filler = _Filler()
    filler.block(_rows_of(form), _table(form, values))
    return _placed(filler.rows)


def _table(form: Form, values: Values) -> _Scope:
    return _Scope(values, 0, "", None, (), form.printed)


class Lines(Struct, frozen=True):
    """What a form prints around its table: title, lines above, lines below; "" without a title.

    Attributes:
        above_fields: The fields in each of the lines above.
    """

    title: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    above_fields: tuple[tuple[str, ...], ...] = ()


def fill_lines(form: Form, values: Values) -> Lines:
    """The lines around the table; a line is left out where nothing stands in any of its fields."""
    scope = _table(form, values)

    def filled(template: str) -> str:
        fields = templates.fields(template)
        has_text = not fields or any(map(scope.text, fields))
        return templates.filled(template, scope.text) if has_text else ""

    above = [(text, line) for line in form.above if (text := filled(line))]
    return Lines(
        filled(form.title or ""),
        tuple(text for text, _ in above),
        tuple(filter(None, map(filled, form.below))),
        tuple(templates.fields(line) for _, line in above),
    )


def _placed(rows: Sequence[Sequence[FilledCell]]) -> Grid:
    """The cells in the columns that are free in their rows, as in a table of a page."""
    taken: list[int] = []  # of each column, the first row in which it is free again
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(taken) and taken[column] > number:
                column += 1
            cell.column = column
            end, below = column + cell.columns, number + cell.rows
            if end > len(taken):
                taken += [0] * (end - len(taken))
            taken[column:end] = [below] * cell.columns
            column = end
    return Grid(len(taken), tuple(map(tuple, rows)))
