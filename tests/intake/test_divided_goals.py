"""Goals in several cells: the drafts print the table that was read, cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure import reading
from disclosure.forms.filling import fill
from disclosure.forms.grid import Grid
from disclosure.intake import importing
from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import interpret
from tests.support import fidelity
from tests.support.described_documents import described, made

KIND = "divided-goals"


@pytest.mark.parametrize("name", described(KIND))
def test_the_data_print_the_table(name: str, tmp_path: Path) -> None:
    """Every cell stands where it stood, in as many rows and columns, with the same text."""
    data = tmp_path / "data"
    folder = data / str(fidelity.DEPARTMENT["id"])
    fidelity.begin(folder, 2026, ())
    (department,) = reading.read(data).dataset.departments
    document = reader.document(made(tmp_path, name, described(KIND)[name]), lambda _: None)
    found = interpret(document, department, 2026)
    taken = importing.import_documents([found], department, 2026, folder / "2026")
    assert isinstance(taken, importing.ImportResult)
    importing.write_forms(data, taken.forms)
    importing.write(folder / "2026", taken.outcomes)
    dataset = reading.read(data).dataset
    (read,) = dataset.departments
    tables = fidelity.tables(read.department, read.years[0], dataset.forms)
    printed = [cells(fill(form, values)) for values, form in tables]
    wanted = [cells(fill(table.form, table.values)) for table in found.tables]
    assert all(table.is_exact for table in found.tables)
    assert all(grid in printed for grid in wanted)


def cells(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    """The cells of a table, with their places."""
    return [(one.text, one.row, one.column, one.rows, one.columns) for one in grid.cells()]
