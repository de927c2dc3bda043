"""What is wrong with a form although each of its parts is well written.

Found by filling the form with samples: cells that lie on each other, and places without a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from disclosure.forms import paths
from disclosure.forms.filling import IS_SUM, fill
from disclosure.forms.form import Form, FormBlock, FormCell, Row
from disclosure.forms.grid import FilledCell
from disclosure.forms.values import Values

#: The way to a place in the form's file.
Way = tuple[str | int, ...]


class UnknownPath(Struct, frozen=True):
    """A field, a condition for merging or a need that is no field and no list."""

    way: Way
    path: str


class WrongRow(Struct, frozen=True):
    """A row whose cells lie on each other, or leave places free.

    Attributes:
        way: To the row; to all rows where it is not known which.
        row: Which row of the sample it is, from 1.
        label: The first words in it.
        columns: How many of the form's columns its cells and those above it take.
        overlaps: Whether two cells lie on one place.
        below: Whether a cell reaches below the last row.
    """

    way: Way
    row: int
    label: str
    columns: int
    overlaps: bool
    below: bool


def unknown_paths(form: Form) -> Iterator[UnknownPath]:
    """The fields that there are not, in the cells and in the lines around the table."""
    lines = (("title", form.title), *((("above", n), one) for n, one in enumerate(form.above)),
             *((("below", n), one) for n, one in enumerate(form.below)))  # fmt: skip
    for way, text in lines:
        line = FormCell(text=text)
        yield from _of_cell(line, way if isinstance(way, tuple) else (way,))
    yield from _of_rows(form.rows, ("rows",))
    for path in form.printed:
        if not paths.exists(path):
            yield UnknownPath(("printed", path), path)


def _of_rows(rows: Sequence[Row | FormBlock], way: Way) -> Iterator[UnknownPath]:
    for number, row in enumerate(rows):
        if isinstance(row, FormBlock):
            if row.needs and not (paths.exists(row.needs) or row.needs in paths.LISTS):
                yield UnknownPath((*way, number, "needs"), row.needs)
            yield from _of_rows(row.rows, (*way, number, "rows"))
            continue
        for place, cell in enumerate(row):
            yield from _of_cell(cell, (*way, number, place))


def _of_cell(cell: FormCell, way: Way) -> Iterator[UnknownPath]:
    for path in cell.fields:
        if not paths.exists(path):
            yield UnknownPath(way, path)
    for path in cell.merge:
        if not (paths.exists(path) or path in paths.LISTS):
            yield UnknownPath(way, path)


def wrong_rows(form: Form) -> Iterator[WrongRow]:
    """The rows of a sample that do not fill the table exactly; the first of each row of the form.

    A form that repeats cells side by side has as many columns as the sample needs.
    """
    grid = fill(form, _sample(form))
    taken: dict[tuple[int, int], int] = {}
    for cell in grid.cells():
        for down in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                taken[down, column] = taken.get((down, column), 0) + 1
    reported: set[Way] = set()
    for number, row in enumerate(grid.rows):
        columns = {column for at, column in taken if at == number}
        overlaps = any(taken[number, column] > 1 for column in columns)
        below = any(cell.row + cell.rows > len(grid.rows) for cell in row)
        if columns == set(range(form.columns)) and not overlaps and not below:
            continue
        way = _way_of(form, row)
        if way not in reported:
            reported.add(way)
            label = next((cell.text for cell in row if cell.text), "")
            yield WrongRow(way, number + 1, label, len(columns), overlaps, below)


def _way_of(form: Form, filled: Sequence[FilledCell]) -> Way:
    """Which row of the form a row of the grid is: the first with the same cells."""
    wanted = [cell.template for cell in filled]

    def search(rows: Sequence[Row | FormBlock], way: Way) -> Way | None:
        for number, row in enumerate(rows):
            if isinstance(row, FormBlock):
                found = search(row.rows, (*way, number, "rows"))
                if found:
                    return found
            elif [cell.text or "" for cell in row] == wanted:
                return (*way, number)
        return None

    return search(form.rows, ("rows",)) or ("rows",)


def _sample(form: Form) -> Values:
    """Something in every field that the form has, and three items in each list."""
    texts = {path: path for path in form.paths}
    return Values(
        texts,
        {name: _items(form, name) for name in form.lists}
        | ({"projects": _projects(form)} if "projects" in form.lists else {}),
    )


def _items(form: Form, name: str) -> tuple[Values, ...]:
    """Three items; the first two are alike in what may be merged."""
    number = 4 if name == "plan" else 3
    return tuple(
        Values({path: f"{path}{max(place, 1)}" for path in form.paths}) for place in range(number)
    )


def _projects(form: Form) -> tuple[Values, ...]:
    inner = {name: _items(form, name) for name in form.lists if name != "projects"}
    texts = {path: path for path in form.paths}
    return (
        Values(texts | {IS_SUM: "是"}, {"indicators": ()}),
        Values(texts, inner),
        Values(texts, inner),
    )
