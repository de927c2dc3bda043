"""A form and the grid of a table → what stands in the fields: the inverse of filling.

A form's rows are followed one after the other. A row matches by its words, white space apart, and
by the number of its cells; spans and columns are not compared, because a PDF cuts them otherwise.
Whether the filled form is the same grid is for the caller to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms import capturing, divided_goals
from disclosure.forms.filling import IS_SUM, PLACE
from disclosure.forms.form import Form, FormBlock, FormCell, Row
from disclosure.forms.grid import FilledCell, Grid
from disclosure.forms.matched_item import MatchedItem
from disclosure.forms.values import Values
from disclosure.model.fields import MONEY
from disclosure.model.whitespace import squeezed


class PlacedField(Struct, frozen=True):
    """A field that stands in a cell.

    Attributes:
        cell: The cell of the grid.
        path: The field.
        items: Which item of each list it belongs to, outermost first.
        text: What stands in the field, as printed.
    """

    cell: FilledCell
    path: str
    items: tuple[tuple[str, int], ...]
    text: str


class Matched(Struct, frozen=True):
    """What a table says in a form.

    Attributes:
        values: What stands in the fields.
        found: The cell that each field stands in, in reading order.
    """

    values: Values
    found: tuple[PlacedField, ...]


class _Open(Struct, eq=False):
    """A merged cell that rows below may share: the cell, and what its fields say."""

    cell: FilledCell
    texts: Mapping[str, str]
    item: MatchedItem


class _Matcher(Struct):
    """Follows a form's rows through the rows of a grid.

    Attributes:
        rows: The grid's rows.
        printed: What a form prints for which value, the other way round.
        fixed: What stands in some fields whatever the table says.
        found: The fields found so far.
        trail: How to take back what was found last.
        open: The cell found last for a form's cell that is merged.
    """

    rows: Sequence[Sequence[FilledCell]]
    printed: Mapping[str, Mapping[str, str]]
    fixed: Mapping[str, str]
    found: list[PlacedField] = field(default_factory=list)
    trail: list[tuple[dict[str, str], str]] = field(default_factory=list)
    open: dict[int, _Open] = field(default_factory=dict)

    def block(
        self, rows: Sequence[Row | FormBlock], at: int, item: MatchedItem, ends: Sequence[Row]
    ) -> int | None:
        """Where rows end that begin at a row of the grid; None where they are not there."""
        for number, row in enumerate(rows):
            if isinstance(row, FormBlock):
                after = self.repeated(row, at, item, [*_first(rows[number + 1 :]), *ends])
            else:
                after = self.row(row, at, item)
            if after is None:
                return None
            at = after
        return at

    def repeated(
        self, block: FormBlock, at: int, item: MatchedItem, ends: Sequence[Row]
    ) -> int | None:
        """Match a block: once, or as often as there are items."""
        if block.each is None:
            mark = self.mark()
            after = self.block(block.rows, at, item, ends)
            if after is None and block.needs:
                self.back(mark)
                return at
            return after
        items = item.lists.setdefault(block.each, [])
        while at < len(self.rows) and not any(self.is_at(row, at, item) for row in ends):
            one = MatchedItem(block.each, len(items), item)
            mark = self.mark()
            after = self.item(block.rows, at, one, ends)
            if after is None or after == at:
                self.back(mark)
                break
            items.append(one)
            at = after
        return at

    def item(
        self, rows: Sequence[Row | FormBlock], at: int, one: MatchedItem, ends: Sequence[Row]
    ) -> int | None:
        """Match the rows of one item; of those for projects or sums the first that fit."""
        choices = [row for row in rows if isinstance(row, FormBlock) and row.of]
        if not choices:
            return self.block(rows, at, one, ends)
        by_kind = {str(choice.of): choice for choice in choices}
        for kind, certain in (("project", False), ("sum", True), ("project", True)):
            mark = self.mark()
            one.texts, one.lists, one.apart = {}, {}, set()
            choice = by_kind.get(kind)
            after = self.block(choice.rows, at, one, ends) if choice else None
            if after is not None and after > at:
                if kind == "sum":
                    one.texts[IS_SUM] = "是"
                    one.lists.setdefault("indicators", [])
                if certain or one.has_own_indicators:  # one without them may be a sum
                    return after
            self.back(mark)
        return None

    def is_at(self, row: Row, at: int, item: MatchedItem) -> bool:
        """Whether a row of the form that has words stands at a row of the grid."""
        mark = self.mark()
        outer = item
        while outer.around is not None:
            outer = outer.around
        probe = MatchedItem("", 0, None, dict(outer.texts))
        matches = self.row(row, at, probe) is not None
        self.back(mark)
        return matches

    def mark(self) -> tuple[int, int, dict[int, _Open]]:
        return len(self.found), len(self.trail), dict(self.open)

    def back(self, mark: tuple[int, int, dict[int, _Open]]) -> None:
        """Take back all that was found since."""
        found, trail, self.open = mark
        del self.found[found:]
        while len(self.trail) > trail:
            texts, path = self.trail.pop()
            texts.pop(path, None)

    def row(self, row: Row, at: int, item: MatchedItem) -> int | None:
        """Match one row of the form with one of the grid."""
        if at >= len(self.rows):
            return None
        cells = self.rows[at]
        begun = [cell for cell in row if not self.is_shared(cell, at)]
        wide = next((cell for cell in begun if cell.each), None)
        if len(cells) < len(begun) or (wide is None and len(cells) > len(begun)):
            return None
        for cell in row:
            if self.is_shared(cell, at) and not self.share(cell, item):
                return None
        above = {id(cell): self.open.get(id(cell)) for cell in begun if cell.merge}
        if not self.cells(begun, cells, wide, item):
            return None
        self.set_apart(begun, above, at, item)
        return at + 1

    def cells(
        self,
        begun: Sequence[FormCell],
        cells: Sequence[FilledCell],
        wide: FormCell | None,
        item: MatchedItem,
    ) -> bool:
        """Match the cells that begin in a row; the wide one with as many as are left for it."""
        left = iter(cells)
        for cell in begun:
            number = len(cells) - len(begun) + 1 if cell is wide else 1
            for place in range(number):
                if not self.cell(cell, next(left), self.repeated_item(cell, place, number, item)):
                    return False
        return True

    def set_apart(
        self,
        begun: Sequence[FormCell],
        above: Mapping[int, _Open | None],
        at: int,
        item: MatchedItem,
    ) -> None:
        """Note which cells of a row begin although they could share the cell above."""
        for cell in begun:
            before, now = above.get(id(cell)), self.open.get(id(cell))
            if before is None or now is None or now.texts is before.texts:
                continue
            if before.cell.row + before.cell.rows == at:
                _set_apart(cell, before.item, item)

    def repeated_item(
        self, cell: FormCell, place: int, number: int, item: MatchedItem
    ) -> MatchedItem:
        """The item that a cell is for; some cells are repeated side by side."""
        if cell.each is None:
            return item
        items = item.lists.setdefault(cell.each, [])
        while len(items) < number:
            items.append(MatchedItem(cell.each, len(items), item))
        return items[place]

    def is_shared(self, cell: FormCell, at: int) -> bool:
        """Whether the cell above goes on in this row."""
        above = self.open.get(id(cell)) if cell.merge else None
        return above is not None and above.cell.row + above.cell.rows > at

    def share(self, cell: FormCell, item: MatchedItem) -> bool:
        """Take over what the cell above says; a cell of one item is not shared by the next."""
        above = self.open[id(cell)]
        if "projects" in cell.merge and _within(item, "projects") is not _within(
            above.item, "projects"
        ):
            return False
        return all(self.say(item, path, text) for path, text in above.texts.items())

    def cell(self, cell: FormCell, filled: FilledCell, item: MatchedItem) -> bool:
        """Match one cell: words as printed, or words around fields."""
        if cell.joined:
            return self.joined(cell, filled, item)
        above = self.open.get(id(cell))
        if above and cell.blank and self.is_blank(cell, filled, above, item):
            self.open[id(cell)] = _Open(filled, above.texts, item)
            return all(self.say(item, path, text) for path, text in above.texts.items())
        if (
            above
            and "projects" in cell.merge
            and not cell.blank
            and _within(above.item, "projects") is _within(item, "projects")
        ):
            return False  # a cell of each project begins another project
        texts = capturing.captured(cell.text or "", filled.text)
        if texts is None:
            return False
        plain_texts = {path: self.plain(path, text) for path, text in texts.items()}
        for path, text in plain_texts.items():
            if not self.say(item, path, text):
                return False
            if path != PLACE:
                owner = item.owner(path)
                self.found.append(PlacedField(filled, path, owner.places(), text))
        if cell.merge:
            self.open[id(cell)] = _Open(filled, plain_texts, item)
        return True

    def is_blank(self, cell: FormCell, filled: FilledCell, above: _Open, item: MatchedItem) -> bool:
        """Whether an empty cell says what the one above it says."""
        if filled.text.strip() or above.cell.row + above.cell.rows != filled.row:
            return False
        others = [path for path in cell.merge if path not in above.texts]
        return all(above.item.key(path) == item.key(path) for path in others)

    def joined(self, cell: FormCell, filled: FilledCell, item: MatchedItem) -> bool:
        """Match a cell that says all items of a list one after the other."""
        assert cell.joined is not None
        every = capturing.joined(cell.text or "", filled.text)
        if every is None:
            return False
        items = item.lists.setdefault(cell.joined, [])
        items.clear()
        for place, texts in enumerate(every):
            one = MatchedItem(cell.joined, place, item)
            items.append(one)
            for path, text in texts.items():
                if not self.say(one, path, self.plain(path, text)):
                    return False
                if path != PLACE:
                    value = self.plain(path, text)
                    self.found.append(PlacedField(filled, path, one.places(), value))
        return True

    def plain(self, path: str, text: str) -> str:
        """The value of a field that a form prints in its own way."""
        return self.printed.get(path, {}).get(text, text)

    def say(self, item: MatchedItem, path: str, text: str) -> bool:
        """Put a text into a field; whether that says nothing else already."""
        if path == PLACE:
            return text == str(item.place + 1)
        owner = item.owner(path)
        if owner.name == "parts" and path == "amount" and not _is_amount(text):
            return False  # the parts have ended; what stands below is a fact
        texts = owner.texts
        if path not in texts:
            texts[path] = text
            self.trail.append((texts, path))
            known = self.fixed.get(path)
            return known is None or squeezed(known) == squeezed(text)
        return squeezed(texts[path]) == squeezed(text)


def _is_amount(text: str) -> bool:
    """Whether a text is an amount, or none is given."""
    return not text.strip() or bool(re.fullmatch(MONEY, text.strip(), re.ASCII))


def _set_apart(cell: FormCell, above: MatchedItem, item: MatchedItem) -> None:
    """Note that a cell begins again although what it is merged by is the same as above."""
    keys = [item.key(path) for path in cell.merge]
    if None in keys or keys != [above.key(path, begun=True) for path in cell.merge]:
        return
    own = [path for path in cell.merge if path in cell.fields] or [*cell.merge]
    owner = item.owner(own[-1])
    owner.apart.add(own[-1])


def _within(item: MatchedItem | None, name: str) -> MatchedItem | None:
    """The item of a list that an item is or is in."""
    while item is not None and item.name != name:
        item = item.around
    return item


def _first(rows: Sequence[Row | FormBlock]) -> Iterator[Row]:
    """The first row with words of its own that may stand where a list ends."""
    for row in rows:
        if isinstance(row, FormBlock):
            yield from _first(row.rows) if row.each is None else ()
            if row.each is None and not row.needs:
                return
        else:
            if any(capturing.has_words(cell.text or "") for cell in row if not cell.merge):
                yield row
            return


def match(form: Form, grid: Grid, fixed: Mapping[str, str] | None = None) -> Matched | None:
    """What a table says in the fields of a form; None where the table has another form.

    Args:
        form: The form.
        grid: The table.
        fixed: What stands in some fields whatever the table says, such as the year; a table that
            says something else there does not match.
    """
    printed = {path: {text: value for value, text in known.items()}
               for path, known in form.printed.items()}  # fmt: skip
    matcher = _Matcher(grid.rows, printed, fixed or {})
    table = MatchedItem("", 0, None)
    if matcher.block(form.rows, 0, table, ()) != len(grid.rows):
        return None
    values = table.values()
    values = replace(values, texts={**(fixed or {}), **values.texts})
    if divided_goals.has_gap(values):
        return None
    return Matched(values, tuple(matcher.found))
