"""A form and what stands in its fields → the grid of the table, cell by cell as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from disclosure.forms import templates
from disclosure.forms.form import Form, FormBlock, FormCell, Row
from disclosure.forms.grid import FilledCell, Grid
from disclosure.forms.values import Values

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The items around a row, outermost first: name of the list, place in it, the item."""

    items: tuple[tuple[str, int, Values], ...]

    def within(self, name: str, place: int, item: Values) -> _Scope:
        return _Scope((*self.items, (name, place, item)))

    def text(self, path: str) -> str:
        """A field's text, from the innermost item that has it."""
        found = (item.texts[path] for *_, item in reversed(self.items) if path in item.texts)
        return next(found, "")

    def list(self, name: str) -> tuple[Values, ...]:
        """A list's items, from the innermost item that has it."""
        found = (item.lists[name] for *_, item in reversed(self.items) if name in item.lists)
        return next(found, ())

    def places(self) -> tuple[tuple[str, int], ...]:
        """Which item of each list this is; the table itself is no item of a list."""
        return tuple((name, place) for name, place, _ in self.items[1:])

    def key(self, path: str) -> _Key | None:
        """What must be equal for two rows to share a cell merged by `path`.

        A field's text counts within the item around the one it belongs to; the name of a list
        stands for the item itself. None where the cell is never shared: a field that is empty or
        whose cell begins anew.
        """
        for depth in range(len(self.items) - 1, -1, -1):
            name, place, item = self.items[depth]
            around = tuple(one for _, one, _ in self.items[:depth])
            if name == path:
                return (*around, place)
            if path in item.texts:
                apart = path in item.apart or not item.texts[path]
                return None if apart else (*around, item.texts[path])
        return None


@dataclass(slots=True)
class _Open:
    """A merged cell that rows below may share: where it is, and what they must have in common."""

    row: int
    at: int
    key: tuple[_Key, ...]


@dataclass(slots=True)
class _Filler:
    """Writes a form's rows one after the other.

    Attributes:
        rows: The cells written so far.
        open: The merged cells of a form's row, by the cell's identity in the form.
    """

    rows: list[list[FilledCell]] = field(default_factory=list)
    open: dict[int, _Open] = field(default_factory=dict)

    def block(self, rows: Sequence[Row | FormBlock], scope: _Scope) -> None:
        """Write rows; a cell that takes the whole block reaches to the last of them."""
        begun = len(self.rows)
        whole: list[tuple[int, int]] = []
        for row in rows:
            if isinstance(row, FormBlock):
                self.repeated(row, scope)
                continue
            self.row(row, scope)
            whole += [(len(self.rows) - 1, at) for at in self.tall(row)]
        for number, at in whole:
            assert number >= begun
            cell = self.rows[number][at]
            self.rows[number][at] = replace(cell, rows=len(self.rows) - number)

    def repeated(self, block: FormBlock, scope: _Scope) -> None:
        """Write a block once, or once for each item of its list."""
        if block.each is None:
            self.block(block.rows, scope)
            return
        for place, item in enumerate(scope.list(block.each)):
            self.block(block.rows, scope.within(block.each, place, item))

    def tall(self, row: Row) -> Iterator[int]:
        """Which cells of the row just written take the whole block."""
        written = {cell.template: at for at, cell in enumerate(self.rows[-1])}
        for cell in row:
            if cell.rows == "block" and (cell.text or "") in written:
                yield written[cell.text or ""]

    def row(self, row: Row, scope: _Scope) -> None:
        """Write one row; a cell that shares the one above it makes that one taller."""
        cells: list[FilledCell] = []
        number = len(self.rows)
        self.rows.append(cells)
        for cell in row:
            if not self.is_shared(cell, scope, number):
                cells += self.written(cell, scope, number)
                if cell.merge:
                    self.remember(cell, scope, number, len(cells) - 1)

    def is_shared(self, cell: FormCell, scope: _Scope, number: int) -> bool:
        """Whether the cell above goes on, in which case it is made taller."""
        above = self.open.get(id(cell))
        keys = self.keys(cell, scope)
        if not cell.merge or above is None or keys is None or above.key != keys:
            return False
        shared = self.rows[above.row][above.at]
        self.rows[above.row][above.at] = replace(shared, rows=number - above.row + 1)
        return True

    def remember(self, cell: FormCell, scope: _Scope, number: int, at: int) -> None:
        keys = self.keys(cell, scope)
        if keys is None:
            self.open.pop(id(cell), None)
        else:
            self.open[id(cell)] = _Open(number, at, keys)

    @staticmethod
    def keys(cell: FormCell, scope: _Scope) -> tuple[_Key, ...] | None:
        keys = [scope.key(path) for path in cell.merge]
        return None if None in keys else tuple(key for key in keys if key is not None)

    def written(self, cell: FormCell, scope: _Scope, number: int) -> Iterable[FilledCell]:
        """The cell, or as many as it is repeated side by side; columns follow later."""
        rows = 1 if cell.rows == "block" else cell.rows
        template = cell.text or ""
        made = FilledCell("", number, 0, rows, cell.columns, cell.fields, template, scope.places())
        if cell.each is None:
            return [replace(made, text=templates.filled(template, scope.text))]
        items = scope.list(cell.each) or (Values(),)
        scopes = [scope.within(cell.each, place, item) for place, item in enumerate(items)]
        return [
            replace(
                made,
                text=templates.filled(template, one.text),
                columns=columns,
                items=one.places(),
            )
            for one, columns in zip(scopes, _shared_out(cell.columns, len(items)), strict=True)
        ]


def _shared_out(columns: int, number: int) -> list[int]:
    """Columns for cells side by side, as many for each; the last one takes what is left over."""
    each = max(columns // number, 1)
    return [*[each] * (number - 1), max(columns - each * (number - 1), 1)]


def fill(form: Form, values: Values) -> Grid:
    """The table of a form with what stands in its fields.

    A list that a form repeats side by side more often than it has columns makes the table wider.
    """
    filler = _Filler()
    filler.block(form.rows, _Scope((("", 0, values),)))
    return _placed(filler.rows)


def _placed(rows: Sequence[Sequence[FilledCell]]) -> Grid:
    """The cells in the columns that are free in their rows, as in a table of a page."""
    taken: set[tuple[int, int]] = set()
    placed: list[tuple[FilledCell, ...]] = []
    width = 0
    for number, row in enumerate(rows):
        column = 0
        cells: list[FilledCell] = []
        for cell in row:
            while (number, column) in taken:
                column += 1
            cells.append(replace(cell, column=column))
            taken |= {
                (number + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
            column += cell.columns
        width = max(width, column)
        placed.append(tuple(cells))
    return Grid(width, tuple(placed))
