"""The open data: complete, exact, the same in every format, and opened by other programs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import openpyxl
import pytest

from disclosure.config.site_project import load_project
from disclosure.exports.schema import TABLES, Type, table
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.as_csv import csv_file, plain
from disclosure.exports.writers.as_json import json_file, json_schema
from disclosure.exports.writers.as_parquet import parquet_file
from disclosure.exports.writers.as_sqlite import sqlite_file
from disclosure.exports.writers.as_xlsx import xlsx_file
from disclosure.exports.writers.bundle import bundle
from disclosure.exports.writers.spreadsheet import original
from disclosure.exports.writers.table_sheet import CUT, MAX_CELL_TEXT, length
from disclosure.pages.view import View
from disclosure.site import pipeline
from tests.support.opendata import ABOUT, FORMULAS, hostile_rows, rows
from tests.support.repository import ROOT, Run

ROOTS = (".", "examples")
PYTHON = {
    Type.TEXT: str,
    Type.DECIMAL: Decimal,
    Type.INTEGER: int,
    Type.DATE: date,
    Type.BOOLEAN: bool,
}


@pytest.mark.parametrize("root", ROOTS)
def test_every_cell_is_what_its_column_says(root: str) -> None:
    """Each value has the type of its column, is there where it must be, and is in its list."""
    for name, members in rows(root).items():
        for row in members:
            for column, value in zip(table(name).columns, row, strict=True):
                place = name, column.name, value
                if value is None:
                    assert not column.required, place
                    continue
                assert type(value) is PYTHON[column.type], place
                assert not column.values or value in column.values, place


@pytest.mark.parametrize("root", ROOTS)
def test_keys_are_keys(root: str) -> None:
    """No two rows of a table share a key, and every foreign key leads to a row."""
    found = rows(root)
    for one in TABLES:
        keys = [_pick(one.name, row, one.key) for row in found.get(one.name, ())]
        assert len(keys) == len(set(keys)), one.name
        for link in one.belongs:
            there = {_pick(link.table, row, link.references) for row in found.get(link.table, ())}
            here = {_pick(one.name, row, link.columns) for row in found.get(one.name, ())}
            assert here <= there, (one.name, link)


def _pick(name: str, row: tuple[Value, ...], columns: tuple[str, ...]) -> tuple[Value, ...]:
    places = [column.name for column in table(name).columns]
    return tuple(row[places.index(column)] for column in columns)


def test_amounts_are_as_printed() -> None:
    """150.00 is 150.00 in CSV, JSON and SQLite, and a decimal with two digits in Parquet."""
    found = rows(".")
    assert b",150.00,150.00,," in csv_file(table("projects"), found["projects"])
    assert b'"budget_total":"150.00"' in json_file(found, ABOUT)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(sqlite_file(found, ABOUT))
        query = "SELECT budget_total, typeof(budget_total) FROM projects WHERE number = 1"
        assert database.execute(query).fetchall() == [("150.00", "text")]


@pytest.mark.parametrize("root", ROOTS)
def test_the_json_fits_its_schema(root: str) -> None:
    """The whole and each page's own JSON are valid, and an amount as a number is not."""
    schema = json.loads(json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    whole = json.loads(json_file(rows(root), ABOUT))
    validator.validate(whole)
    whole["tables"]["projects"][0]["budget_total"] = 150.0
    assert not validator.is_valid(whole)


@pytest.mark.parametrize("root", ROOTS)
def test_the_csv_is_the_rows(root: str) -> None:
    """Read back with the rule undone, each file has the same cells; it begins with the mark."""
    found = rows(root)
    for one in TABLES:
        content = csv_file(one, found.get(one.name, ()))
        assert content.startswith(b"\xef\xbb\xbf")
        assert _cells(content) == [
            [column.name for column in one.columns],
            *([plain(value) for value in row] for row in found.get(one.name, ())),
        ]


def _cells(content: bytes) -> list[list[str]]:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [[original(cell) for cell in line] for line in lines]


def test_no_cell_of_a_csv_is_a_formula(project: Path) -> None:
    """Text that looks like a formula begins with an apostrophe, and comes back whole."""
    found = hostile_rows(project)
    content = csv_file(table("indicators"), found["indicators"])
    targets = [line[9] for line in csv.reader(io.StringIO(content.decode("utf-8-sig")))]
    first = targets[1 : 1 + len(FORMULAS)]
    assert [original(cell) for cell in first] == list(FORMULAS)
    assert not [
        cell for cell in first if cell[0] in "=+@＝" or (cell[0] == "-" and cell != "-5.00")
    ]


@pytest.mark.parametrize("root", ROOTS)
def test_the_database_is_the_rows(root: str) -> None:
    """SQLite finds the file whole, its keys kept, its cells those of the rows, and explained."""
    found = rows(root)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(sqlite_file(found, ABOUT))
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for one in TABLES:
            query = f"SELECT * FROM {one.name} ORDER BY rowid"  # noqa: S608 - our own name
            cells = database.execute(query).fetchall()
            assert cells == [_as_sqlite(row) for row in found.get(one.name, ())]
            keys = database.execute(f"PRAGMA foreign_key_list({one.name})").fetchall()
            assert {key[2] for key in keys} == {link.table for link in one.belongs}
        explained = database.execute("SELECT count(*) FROM dictionary").fetchone()
        assert explained == (sum(len(one.columns) for one in TABLES),)
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("PRAGMA foreign_keys = ON").connection.execute(
                "INSERT INTO units VALUES ('nobody', '1', 'x')"
            )


def _as_sqlite(row: tuple[Value, ...]) -> tuple[object, ...]:
    return tuple(str(one) if isinstance(one, Decimal | date) else one for one in row)


@pytest.mark.parametrize("root", ROOTS)
def test_duckdb_reads_the_parquet(root: str, tmp_path: Path) -> None:
    """Another program reads the same values with the same types: exact decimals, real dates."""
    found = rows(root)
    for one in TABLES:
        file = tmp_path / f"{one.name}.parquet"
        file.write_bytes(parquet_file(one, found.get(one.name, ())))
        with duckdb.connect() as database:
            read = database.execute("SELECT * FROM read_parquet(?)", [str(file)])
            kinds = [str(kind[1]) for kind in read.description or ()]
            assert read.fetchall() == list(found.get(one.name, ()))
        expected = {Type.DECIMAL: "DECIMAL", Type.DATE: "DATE", Type.BOOLEAN: "BOOLEAN"}
        for column, kind in zip(one.columns, kinds, strict=True):
            assert kind.startswith(expected.get(column.type, kind)), (column.name, kind)


def test_parquet_holds_any_amount(tmp_path: Path) -> None:
    """The largest and the finest amount of the format stand in one column, and a negative one."""
    amounts = [Decimal("9999999999999.99"), Decimal("-0.000001"), None]
    row = next(iter(rows(".")["projects"]))
    place = [column.name for column in table("projects").columns].index("budget_fiscal")
    made = [(*row[:place], amount, *row[place + 1 :]) for amount in amounts]
    file = tmp_path / "projects.parquet"
    file.write_bytes(parquet_file(table("projects"), made))
    with duckdb.connect() as database:
        query = "SELECT budget_fiscal FROM read_parquet(?)"
        read = database.execute(query, [str(file)]).fetchall()
    assert [value for (value,) in read] == amounts


@pytest.mark.parametrize("root", ROOTS)
def test_the_workbook_is_the_rows(root: str) -> None:
    """Openpyxl finds a sheet for each table with its cells; numbers show their printed digits."""
    found = rows(root)
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_file(found, ABOUT)))
    assert workbook.sheetnames == ["说明", *(table(name).title for name in found)]
    for name, members in found.items():
        sheet = workbook[table(name).title]
        for row, cells in zip(members, sheet.iter_rows(min_row=2), strict=True):
            for value, cell in zip(row, cells, strict=True):
                assert cell.data_type != "f"
                assert _shown(cell) == value, (name, cell.coordinate)


def _shown(cell: Any) -> object:
    """A cell's value, a number with the digits that its format shows."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    digits = len(cell.number_format.partition(".")[2])
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits)) if digits else value


def test_no_cell_of_the_workbook_is_a_formula(project: Path) -> None:
    """What looks like a formula, a number or an error is text, unchanged, and stays text."""
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_file(hostile_rows(project), ABOUT)))
    cells = [row[9] for row in workbook["绩效指标"].iter_rows(min_row=2)][: len(FORMULAS)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert [cell.value for cell in cells] == list(FORMULAS)


def test_a_text_longer_than_a_cell_says_where_the_rest_is() -> None:
    """A spreadsheet holds so many characters and no more; the others are not lost silently."""
    # The second sign takes the room of two, and is not cut in two.
    half = (MAX_CELL_TEXT - len(CUT)) % 2
    for sign, longest in (("字", MAX_CELL_TEXT), ("𠀀", MAX_CELL_TEXT - half)):
        rows = {"safeguards": [("x", 2024, 1, sign * (MAX_CELL_TEXT + 1))]}
        workbook = openpyxl.load_workbook(io.BytesIO(xlsx_file(rows, ABOUT)))
        written = workbook["工作保障措施"]["D2"].value
        assert length(written) == longest
        assert written.removesuffix(CUT) == sign * (len(written) - len(CUT))
        assert written.endswith(CUT)


def test_an_amount_that_a_spreadsheet_cannot_hold_is_text() -> None:
    """More than 15 digits are written as text, so that the last ones are not made up."""
    row = list(rows(".")["projects"][0])
    place = [column.name for column in table("projects").columns].index("budget_total")
    row[place] = Decimal("9999999999999.123456")
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_file({"projects": [tuple(row)]}, ABOUT)))
    assert workbook["项目"].cell(2, place + 1).value == "9999999999999.123456"


def test_the_same_rows_give_the_same_bytes() -> None:
    """Every file of a bundle is made twice alike."""
    assert bundle(rows("."), ABOUT, "all") == bundle(rows("."), ABOUT, "all")


def test_the_checksums_are_those_of_the_files() -> None:
    """SHA256SUMS names every other file with its checksum."""
    files = bundle(rows("."), ABOUT, "2024")
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert dict(line.split("  ")[::-1] for line in lines) == {
        path: hashlib.sha256(content).hexdigest() for path, content in files.items()
    }


@pytest.fixture(scope="module")
def district() -> tuple[tuple[View, ...], dict[str, bytes]]:
    """The views of the invented district's pages, and the data files beside them."""
    project = load_project(ROOT / "examples")
    made = pipeline.generate(project.data, project.settings)
    return tuple(page.view for page in made.pages()), dict(made.data_files())


def test_every_page_has_its_own_data(
    district: tuple[tuple[View, ...], dict[str, bytes]],
) -> None:
    """Beside each page of a project, a year or a comparison stand its JSON and its CSV.

    The schema is held against one page of each kind in each department: that takes longest.
    """
    views, files = district
    schema = jsonschema.Draft202012Validator(json.loads(json_schema()))
    kinds = {"project", "disclosure", "comparison", "comparison_all", "history"}
    valid = set()
    for view in views:
        assert (view.extract is not None) == (view.kind in kinds), view.address
        if view.extract is None:
            continue
        as_csv, as_json = (files[link.address] for link in view.extract.links)
        assert all(link.address.startswith(view.address) for link in view.extract.links)
        data = json.loads(as_json)
        alike = view.kind, view.address.partition("/")[0]
        if alike not in valid:
            schema.validate(data)
            valid.add(alike)
        assert data["title"] == view.title
        listed = data["tables"][view.extract.table]
        columns = [column.name for column in table(view.extract.table).columns]
        lines = _cells(as_csv)
        assert lines[0] == columns
        assert 1 < len(lines) <= len(listed) + 1, view.address
        texts = [[_text(row[name]) for name in columns] for row in listed]
        assert all(line in texts for line in lines[1:])


def _text(value: object) -> str:
    """A value of the JSON as the CSV writes it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_a_version_has_its_own_data(
    district: tuple[tuple[View, ...], dict[str, bytes]],
) -> None:
    """An earlier version's CSV holds that version's rows; the current page's JSON holds all."""
    _, files = district
    here = "990101-402/2024/99010124P00458110031X/"
    name = here.strip("/").replace("/", "-")
    earlier = _cells(files[f"{here}2024-06-28/{name}-2024-06-28.csv"])
    current = _cells(files[f"{here}{name}.csv"])
    whole = json.loads(files[f"{here}{name}.json"])["tables"]
    assert {line[3] for line in earlier[1:]} == {"2024-06-28"}
    assert {line[3] for line in current[1:]} == {"2024-11-05"}
    assert {row["version"] for row in whole["indicators"]} == {
        "original",
        "2024-06-28",
        "2024-11-05",
    }


@pytest.mark.parametrize(
    ("output_format", "names"),
    [
        ("csv", {"csv/projects.csv", "csv/changes.csv", "SHA256SUMS"}),
        ("json", {"budget-targets-all.json", "open-data.schema.json"}),
        ("tables", {"budget-targets-all.xlsx"}),
        ("sqlite", {"budget-targets-all.sqlite"}),
        ("parquet", {"parquet/projects.parquet"}),
        ("datapackage", {"datapackage.json", "csv/units.csv"}),
        (None, {"datapackage.json", "budget-targets-all.xlsx", "parquet/units.parquet"}),
    ],
)
def test_the_command_writes_what_is_asked_for(
    run: Run, tmp_path: Path, output_format: str | None, names: set[str]
) -> None:
    """Each format gives its files; without one all are written."""
    options = ["--format", output_format] if output_format else []
    code, output, errors = run("export", *options, tmp_path / "out")
    assert code == 0, errors
    written = {
        path.relative_to(tmp_path / "out").as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert names <= written
    assert f"已写入 {len(written)} 个文件" in output


def test_one_department_and_one_year(run: Run, tmp_path: Path) -> None:
    """The options leave the rest out, and the name of the file says so."""
    options = ("--format", "json", "--department", "990101-402", "--year", "2024")
    code, _, errors = run("-C", ROOT / "examples", "export", *options, tmp_path / "out")
    assert code == 0, errors
    content = (tmp_path / "out/budget-targets-990101-402-2024.json").read_bytes()
    tables = json.loads(content)["tables"]
    assert {(row["department_id"], row["year"]) for row in tables["projects"]} == {
        ("990101-402", 2024)
    }
    code, _, errors = run("export", "--format", "json", "--year", "1999", tmp_path / "none")
    assert code == 2
    assert "没有符合条件" in errors
    assert not (tmp_path / "none").exists()
