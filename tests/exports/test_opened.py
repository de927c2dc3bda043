"""The open data opened by the programs that people have: LibreOffice, and Frictionless."""

from __future__ import annotations

import csv
import subprocess
from decimal import Decimal
from pathlib import Path

import frictionless
import openpyxl
import pytest

from disclosure.exports.schema import table
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.as_csv import plain
from disclosure.exports.writers.as_xlsx import xlsx_file
from disclosure.exports.writers.bundle import bundle
from tests.support import office
from tests.support.opendata import ABOUT, hostile_rows, rows


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The data package of the invented district."""
    for path, content in bundle(rows("examples"), ABOUT, "all").items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def test_frictionless_finds_the_package_valid(package: Path) -> None:
    """Types, lists of values, keys and foreign keys of all tables hold for its own program."""
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])[:5]
    assert sum(task.stats.get("rows", 0) for task in report.tasks) > 4000


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("units", "990101-201,", "990101-299,", "foreign-key"),
        ("projects", ",150.00,", ",一百五十,", "type-error"),
        ("versions", ",original,", ",orginal,", "constraint-error"),
    ],
)
def test_frictionless_would_find_a_fault(
    package: Path, name: str, old: str, new: str, error: str
) -> None:
    """A row that belongs to nothing, a word for an amount and an unknown value are errors."""
    file = package / f"csv/{name}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert error in {found[0] for found in report.flatten(["type"])}


def test_sha256sum_agrees(package: Path) -> None:
    """The common program finds every file as the list says."""
    command = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    assert subprocess.run(command, cwd=package, check=False).returncode == 0


def shown(value: Value) -> str:
    """A value as a spreadsheet shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    return plain(value)


def test_libreoffice_shows_the_workbook_as_it_is(tmp_path: Path, project: Path) -> None:
    """Every cell of every sheet is shown as in the data, formulas as the text that they are."""
    office.need_office()
    found = hostile_rows(project)
    file = tmp_path / "data.xlsx"
    file.write_bytes(xlsx_file(found, ABOUT))
    sheets = office.sheets(file, tmp_path)
    assert sheets.keys() == {"说明", *(table(name).title for name in found)}
    for name, members in found.items():
        assert sheets[table(name).title][1:] == [[shown(value) for value in row] for row in members]


def test_libreoffice_opens_the_csv_without_a_formula(tmp_path: Path, project: Path) -> None:
    """Opened and saved as a workbook, no cell is computed, and every text is what was written."""
    office.need_office()
    found = hostile_rows(project)
    for path, content in bundle(found, ABOUT, "all", ("csv",)).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    file = tmp_path / "csv/indicators.csv"
    office.convert(file, "xlsx", tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "indicators.xlsx").active
    assert sheet is not None
    with file.open(encoding="utf-8-sig", newline="") as text:
        written = list(csv.reader(text))
    for line, cells in zip(written, sheet.iter_rows(), strict=True):
        for cell, there in zip(line, cells, strict=True):
            assert there.data_type in {"s", "n", "d", "b"}, there.coordinate
            if there.data_type == "s":
                assert there.value == cell
            elif there.data_type == "n" and there.value is not None:
                assert Decimal(str(there.value)) == Decimal(cell)
    targets = [cell.value for cell in next(sheet.iter_cols(min_col=10, max_col=10))]
    assert "'=1+1" in targets
