"""Forms that nobody here has met, each close to one that ships and unlike it all the same.

`tests/cases/siblings/<form>.yml` is an invented table: its title, the lines around it, its rows as
texts or `[text, rows, columns]`; `says` are lines that the drafts of it have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure import reading
from disclosure.forms.filling import fill, fill_lines
from disclosure.intake import importing
from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import interpret
from disclosure.model.whitespace import squeezed
from tests.support import documents, fidelity
from tests.support.documents import Wide
from tests.support.repository import ROOT

CASES = ROOT / "tests/cases/siblings"
NAMES = sorted(file.stem for file in CASES.glob("*.yml"))
#: A cell: its text, the rows and the columns that it takes.
Cell = tuple[str, int, int]


def cells(case: Mapping[str, Any]) -> list[list[Cell]]:
    """The printed cells, row by row."""
    return [
        [(one, 1, 1) if isinstance(one, str) else (one[0], one[1], one[2]) for one in row]
        for row in case["rows"]
    ]


def with_covered(rows: Sequence[Sequence[Cell]]) -> Iterator[list[Wide | None]]:
    """The rows with None for each place that a cell of a row above covers."""
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        made: list[Wide | None] = []
        column = 0
        left = list(row)
        while left or (number, column) in covered:
            if (number, column) in covered:
                made.append(None)
                column += 1
                continue
            text, tall, wide = left.pop(0)
            made.append(Wide(text, wide, tall))
            covered |= {
                (number + down, column + at) for down in range(1, tall) for at in range(wide)
            }
            column += wide
        yield made


def document(file: Path, case: Mapping[str, Any]) -> Path:
    """The table as a document."""
    table = [*with_covered(cells(case))]
    pieces = [case["title"], *case["above"], table, *case["below"]]
    make = documents.simple_word if file.suffix == ".docx" else documents.simple_workbook
    return make(file, pieces)


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_printed_as_it_was_printed(name: str, format_: str, tmp_path: Path) -> None:
    """Every cell with its spans, every line around it, and what it says; nothing is left over."""
    case = yaml.load((CASES / f"{name}.yml").read_text("utf-8"), yaml.CSafeLoader)
    is_evaluation = case["kind"] == "evaluation"
    data = tmp_path / "data"
    folder = data / str(fidelity.DEPARTMENT["id"])
    fidelity.begin(folder, 2026, ["市政设施养护"] if is_evaluation else [])
    (known,) = reading.read(data).dataset.departments
    read = reader.document(document(tmp_path / f"a.{format_}", case), lambda _: None)
    found = interpret(read, known, 2026)
    made = importing.import_documents([found], known, 2026, folder / "2026")
    assert isinstance(made, importing.ImportResult), made
    assert [one.remarks for one in made.accounts] == [()]
    assert [one.part for one in found.ledger.unplaced()] == []
    importing.write(folder / "2026", made.outcomes)
    importing.write_forms(data, made.forms)
    again = reading.read(data)
    assert [one for one in again.diagnostics if one.severity.name == "ERROR"] == []
    (department,) = again.dataset.departments
    tables = fidelity.tables(department.department, department.years[0], again.dataset.forms)
    ((values, form),) = [one for one in tables if (one[1].kind == "project") <= (not is_evaluation)]
    assert form.kind == case["kind"]
    grid = fill(form, values)
    assert [[(one.text, one.rows, one.columns) for one in row] for row in grid.rows] == cells(case)
    lines = fill_lines(form, values)
    around = (lines.title, *lines.above, *lines.below)
    assert [*map(squeezed, around)] == [
        squeezed(line) for line in (case["title"], *case["above"], *case["below"])
    ]
    text = "\n".join(one.text for one in made.outcomes)
    assert [line for line in case["says"] if line not in text] == []
    assert "公开文件另列" not in text
