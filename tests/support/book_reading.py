"""Takes a printed book in and compares what comes out with the book."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from disclosure import reading
from disclosure.forms.filling import fill, fill_lines
from disclosure.forms.form import Form
from disclosure.forms.grid import Grid
from disclosure.forms.values import Values
from disclosure.intake import importing
from disclosure.intake.formats import reader
from disclosure.intake.formats.labels import Role
from disclosure.intake.understanding.interpreting import Interpreted, interpret
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.model.dataset import DepartmentData
from disclosure.model.departments import Unit
from disclosure.model.whitespace import squeezed
from tests.support import fidelity
from tests.support.books import YEAR, Book, PrintedForm

BY_LINE = "hebei-project"
NAME = "示例市示例局"
#: What is compared of a row of indicators, as far as its form prints it.
ROW = ("level1", "level2", "level3", "target", "sign", "value", "unit", "weight", "points",
       "score", "actual", "deviation", "basis", "description")  # fmt: skip
Rows = list[tuple[str, ...]]


def seeds(few: Sequence[int]) -> Sequence[int]:
    """The seeds to try: a few, or as many as are asked for."""
    many = int(os.environ.get("BOOKS", "0"))
    return range(many) if many else few


def begun(data: Path) -> DepartmentData:
    """The department whose books these are."""
    fidelity.begin(data / "990101-101", YEAR, [])
    (known,) = reading.read(data).dataset.departments
    unit = Unit(code="101001", name="示例局本级")
    return replace(known, department=known.department.model_copy(update={"units": (unit,)}))


def assert_same(made: Book, file: Path, department: DepartmentData) -> None:
    """The document says what the book says: each text and row, each project, and nothing else."""
    interpreted = interpret(reader.document(file, lambda _: None), department, YEAR)
    taken = importing.import_documents([interpreted], department, YEAR, file.parent / "none")
    assert isinstance(taken, importing.ImportResult)
    assert [one.description for one in taken.accounts[0].unplaced] == []
    assert (interpreted.unread, interpreted.ledger.document.remarks) == ((), ())
    assert [*_read(interpreted)] == [*_printed(made.targets)]
    written = [one for one in made.targets if one.form.id != BY_LINE]
    assert [*map(_texts, interpreted.tables)] == [
        (_bare(one.grid), sorted(map(squeezed, (*one.lines, *one.below)))) for one in written
    ]


def _printed(targets: Sequence[PrintedForm]) -> Iterator[tuple[list[str], Rows]]:
    """The projects and the rows of each table of a book; those read line by line come last."""
    for target in sorted(targets, key=lambda one: one.form.id == BY_LINE):
        yield _of(target.form, target.values)


def _read(interpreted: Interpreted) -> Iterator[tuple[list[str], Rows]]:
    for table in interpreted.tables:
        yield _of(table.form, table.values)
    for form in interpreted.forms:
        texts = [{role.value: row.say(role) for role in Role} for row in form.rows]
        named = [{**one, "target": one["value"], "value": ""} for one in texts]
        rows = [tuple(squeezed(one.get(path, "")) for path in ROW) for one in named]
        yield [squeezed(form.fields["name"])], _told(rows)


def _of(form: Form, values: Values) -> tuple[list[str], Rows]:
    """The projects and the rows of a table, as far as its cells print them."""
    printed = form.model_dump_json(include={"rows"})
    items = values.lists.get("projects", (values,))
    named = "{name}" in printed and not form.kind.startswith("department")
    names = [squeezed(item.texts.get("name", "")) for item in items] if named else []
    rows = [row.texts for item in items for row in item.lists.get("indicators", ())]
    return names, _told([
        tuple(squeezed(row.get(path, "")) if f"{{{path}}}" in printed else "" for path in ROW)
        for row in rows
    ])  # fmt: skip


def _told(rows: Rows) -> Rows:
    """The rows; of a category's empty ones the first, as a page may end between any of them."""
    return [row for at, row in enumerate(rows) if any(row[2:]) or row not in rows[:at]]


def _texts(table: ReadTable) -> tuple[list[str], list[str]]:
    """All that a form prints, filled with what was read: in its cells, and around them."""
    known = {"year": str(YEAR), "department": NAME}
    values = replace(table.values, texts={**known, **table.values.texts})
    around = fill_lines(table.form, values)
    lines = (table.title or around.title, *around.above, *around.below)
    return _bare(fill(table.form, values)), sorted(filter(None, map(squeezed, lines)))


def _bare(grid: Grid) -> list[str]:
    return sorted(squeezed(cell.text) for cell in grid.cells() if cell.text.strip())
