"""The data of the page of all targets: columns by year, texts in blocks."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import Counter
from typing import Any

import pytest

from disclosure.pages.coverage_counts import coverage
from disclosure.pages.target_rows import ProjectTargets, project_targets
from disclosure.site import target_files
from disclosure.site.department_analysis import Analysis
from disclosure.site.target_files import year_files
from tests.support import district
from tests.support.repository import ROOT


@pytest.fixture(scope="module")
def examples() -> Analysis:
    """The invented district."""
    return district.analysis()


def of_year(examples: Analysis, year: int) -> list[tuple[str, str, tuple[ProjectTargets, ...]]]:
    """Every department's targets of a year."""
    return [
        (one.data.department.id, found.department.name, project_targets(one, found))
        for one in examples.departments
        for found in one.data.years
        if found.year == year
    ]


#: Files by name.
Files = dict[str, Any]


def unpacked(content: bytes) -> Any:
    """What a file holds."""
    return json.loads(gzip.decompress(content))


def columns_of(content: bytes, rows: int) -> dict[str, Any]:
    """A column's values, and for each row the number of one, whose bytes stand plane by plane."""
    line, _, planes = gzip.decompress(content).partition(b"\n")
    numbers = [
        int.from_bytes(bytes(planes[row::rows]), "little") if rows else 0 for row in range(rows)
    ]
    return {"values": json.loads(line), "of": numbers}


def money_of(content: bytes, projects: int) -> dict[str, Any]:
    """The amounts, which stand once for each project, with how many rows that has."""
    line, _, planes = gzip.decompress(content).partition(b"\n")
    values = json.loads(line)
    end = projects * max(1, -(-len(values).bit_length() // 8))
    numbers, lengths = (
        [int.from_bytes(bytes(part[at::projects]), "little") for at in range(projects)]
        for part in (planes[:end], planes[end:])
    )
    of = [number for number, length in zip(numbers, lengths, strict=True) for _ in range(length)]
    return {"values": values, "of": of}


def first_of(content: bytes) -> tuple[list[int], Any]:
    """The first rows of an order, and the lines of some."""
    line, _, planes = gzip.decompress(content).partition(b"\n")
    told = json.loads(line)
    count = told["rows"]
    first = [int.from_bytes(bytes(planes[at::count]), "little") for at in range(count)]
    return first, told["lines"]


def read(path: str, content: bytes, facts: Any) -> Any:
    """What a file holds, by its name."""
    if path.endswith(".words") and not path.endswith("names.words"):
        return gzip.decompress(content).decode()
    if path.endswith("money.column"):
        return money_of(content, facts["projects"])
    if path.endswith(".column"):
        return columns_of(content, facts["total"])
    if path.endswith(".valued"):
        return gzip.decompress(content)
    return first_of(content) if path.endswith(".first") else unpacked(content)


def made(departments: list[tuple[str, str, tuple[ProjectTargets, ...]]]) -> tuple[Any, Files]:
    """The facts of 2024, and the other files by their names in the folder that the facts name."""
    packed = dict(year_files(2024, departments))
    facts = unpacked(packed.pop("targets/2024.facts"))
    files = {path: read(path, content, facts) for path, content in packed.items()}
    folder = facts["folder"]
    assert all(path.startswith(folder) for path in files)
    return facts, {path.removeprefix(folder): content for path, content in files.items()}


def column(files: Files, name: str) -> list[Any]:
    """A column's value in each row."""
    found = files[f"{name}.column"]
    return [found["values"][number] for number in found["of"]]


def test_facts_columns_and_lines_say_what_the_rows_say(
    examples: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row by row, over blocks that begin in the middle of a project."""
    monkeypatch.setattr(target_files, "BLOCK", 7)
    monkeypatch.setattr(target_files, "CHUNK", 3)
    departments = of_year(examples, 2024)
    facts, files = made(departments)
    lines = [
        (name, project, row)
        for _, name, own in departments
        for project in own
        for row in project.rows
    ]
    number = -(-len(lines) // 7)
    assert {path for path in files if path.endswith(".block")} == {
        f"{at}.block" for at in range(number)
    }
    chunks = [files[f"{at}.chunk"] for at in range(-(-number // 3))]
    assert [block for chunk in chunks for block in chunk] == [
        files[f"{at}.block"] for at in range(number)
    ]
    assert sum(rows for _, _, rows in facts["departments"]) == facts["total"] == len(lines)
    assert column(files, "change") == [row.change for _, _, row in lines]
    assert column(files, "version") == [row.version for _, _, row in lines]
    assert column(files, "money") == [
        None if project.budget is None else float(project.budget) for _, project, _ in lines
    ]
    for at, (name, project, row) in enumerate(lines):
        block = files[f"{at // 7}.block"]
        budget = "" if project.budget is None else f"{project.budget:f}"
        shown = block["projects"][block["project"][at % 7]]
        assert shown == [project.name, project.address, name, budget]
        for part in ("indicator", "kind", "version", "old", "target", "change", "actual"):
            assert block[part][at % 7] == getattr(row, part)
        assert block["outcome"][at % 7] == (row.outcome.key if row.outcome else "")


def test_the_first_view_comes_with_the_facts(examples: Analysis) -> None:
    """The largest changes of what is in force, so that they need no other file."""
    facts, files = made(of_year(examples, 2024))
    versions, sizes = column(files, "version"), column(files, "size")
    current = [size for version, size in zip(versions, sizes, strict=True) if not version]
    assert facts["current"] == len(current)
    largest = sorted((size for size in current if size is not None), reverse=True)
    first = facts["first"]
    assert [abs(size) for size in first["size"]] == largest[: target_files.PAGE_SIZE]
    assert len(first["indicator"]) == target_files.PAGE_SIZE


@pytest.mark.parametrize(
    ("name", "value"),
    [("change", "looser"), ("outcome", "met"), ("moved", "1"), ("version", ""), ("version", "all")],
)
def test_what_a_choice_shows_first_is_prepared(
    examples: Analysis, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """In each order the lines, and how many there are, that the columns give."""
    monkeypatch.setattr(target_files, "PAGE_SIZE", 4)
    facts, files = made(of_year(examples, 2024))
    versions, chosen = column(files, "version"), column(files, name)
    fitting = [
        row
        for row in range(facts["total"])
        if value == "all" or (chosen[row] == value and not versions[row])
    ]
    blocks = [files[f"{at}.block"] for at in range(-(-facts["total"] // target_files.BLOCK))]
    indicators = [text for block in blocks for text in block["indicator"]]
    for order in ("size", "achieved", "money", "order"):
        numbers = files[f"{order}.column"]["of"] if order != "order" else range(facts["total"])
        file = files[f"{order}-{name}.views"]
        count, places = file["views"][value]
        assert count == len(fitting) > 4
        assert file["whole"]
        expected = sorted(fitting, key=lambda row: (numbers[row], row))[:4]
        assert [file["lines"]["indicator"][at] for at in places] == [
            indicators[row] for row in expected
        ]


def test_the_first_rows_of_an_order_are_those_of_its_column(
    examples: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as stand apart, in the order of all, and which rows have no value and come last."""
    monkeypatch.setattr(target_files, "TOP_ROWS", 300)
    monkeypatch.setattr(target_files, "MAX_FIRST_LINES", 30)
    facts, files = made(of_year(examples, 2024))
    blocks = [files[f"{at}.block"] for at in range(-(-facts["total"] // target_files.BLOCK))]
    indicators = [text for block in blocks for text in block["indicator"]]
    for order in ("size", "achieved", "money"):
        numbers = files[f"{order}.column"]["of"]
        first, lines = files[f"{order}.first"]
        assert first == sorted(range(facts["total"]), key=numbers.__getitem__)[:300]
        assert lines["indicator"] == [indicators[row] for row in first[:30]]
        assert [*map(bool, files[f"{order}.valued"])] == [
            value is not None for value in column(files, order)
        ]
    assert "order.first" not in files


def test_words_are_searched_in_all_that_a_row_shows(
    examples: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each text ends, and is without width and case; the names stand once for each project."""
    monkeypatch.setattr(target_files, "BLOCK", 7)
    monkeypatch.setattr(target_files, "CHUNK", 3)
    departments = of_year(examples, 2024)
    _, files = made(departments)
    projects = [project for _, _, own in departments for project in own]
    names = files["names.words"]
    assert names["lengths"] == [len(project.rows) for project in projects]
    assert names["text"].split("\0") == [*(folded(one.name) for one in projects), ""]
    rows = [row for project in projects for row in project.rows]
    texts = [text for at in range(-(-len(rows) // 21)) for text in files[f"{at}.words"].split("\0")]
    shown = [folded(f"{one.indicator}\n{one.old}\n{one.target}\n{one.actual}") for one in rows]
    assert [text for text in texts if text] == shown


def folded(text: str) -> str:
    """A text as it is compared."""
    return unicodedata.normalize("NFKC", text).lower()


def test_values_beyond_the_commonest_are_not_prepared(
    examples: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many kinds a document names; the file then says that it is not whole."""
    monkeypatch.setattr(target_files, "MAX_PREPARED", 2)
    _, files = made(of_year(examples, 2024))
    file = files["size-kind.views"]
    assert len(file["views"]) == 2 < len(files["kind.column"]["values"])
    assert not file["whole"]


def test_the_first_view_stays_as_small_however_many_rows_there_are(examples: Analysis) -> None:
    """Ten times the rows add no more to what every visitor loads than the names of departments."""
    departments = of_year(examples, 2024)
    many = [(f"{id_}-{copy}", name, own) for copy in range(10) for id_, name, own in departments]
    few_bytes, many_bytes = (
        len(gzip.decompress(dict(year_files(2024, found))["targets/2024.facts"]))
        for found in (departments, many)
    )
    assert many_bytes - few_bytes < 100 * (len(many) - len(departments))


def test_the_columns_of_a_row_take_few_bytes(examples: Analysis) -> None:
    """So that filters over 56,000 rows load no more than 300 KB beside the page itself."""
    files = dict(year_files(2024, of_year(examples, 2024)))
    rows = unpacked(files["targets/2024.facts"])["total"]
    columns = [content for path, content in files.items() if path.endswith(".column")]
    assert sum(map(len, columns)) < 5 * rows


def test_rows_tell_of_versions_changes_and_outcomes(examples: Analysis) -> None:
    """A target that was changed in mid-year: as first published, and as in force."""
    (project,) = (
        project
        for _, _, own in of_year(examples, 2024)
        for project in own
        if project.address == "990101-402/2024/99010124P00458110031X/"
    )
    found = [row for row in project.rows if row.indicator == "新改建农村公路里程"]
    assert [(row.version, row.old, row.target, row.change, row.moved) for row in found] == [
        ("首次公开", "≥42公里", "≥35公里", "looser", True),
        ("预算调整 2024-06-28", "", "≥39.8公里", "", True),
        ("", "≥42公里", "≥39.8公里", "looser", True),
    ]
    assert [row.outcome and row.outcome.key for row in found] == ["met", None, "met"]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_rows_say_what_coverage_counts(examples: Analysis, year: int) -> None:
    """A number of the coverage leads to as many targets, department by department."""
    for one in examples.departments:
        for found in one.data.years:
            if found.year != year:
                continue
            counts = coverage(one.data, found).counts
            rows = [row for project in project_targets(one, found) for row in project.rows]
            said = Counter(word for row in rows for word in row.clear.split())
            assert said["number"] == counts.numbers
            assert said["no-sign"] == counts.targets - counts.signs
            assert (said["basis"], said["no-basis"]) == (
                counts.bases,
                counts.basis_asked - counts.bases,
            )
            assert said["result"] == counts.results


def test_percentages_are_those_of_the_pages(examples: Analysis) -> None:
    """Rounded as the pages round, so that a miss never reads 100."""
    _, files = made(of_year(examples, 2024))
    achieved, outcomes = column(files, "achieved"), column(files, "outcome")
    missed = [
        share for share, outcome in zip(achieved, outcomes, strict=True) if outcome == "not-met"
    ]
    assert len([share for share in achieved if share is not None]) > 20
    assert 100 not in missed
    assert 43.8 in column(files, "size")
    blocks = [block for path, block in files.items() if path.endswith(".block")]
    assert -43.8 in [size for block in blocks for size in block["size"]]


def test_the_page_shows_as_many_lines_as_the_build_prepared() -> None:
    """The script and the program agree on how many lines a first view has."""
    script = (ROOT / "generator/disclosure/plugin/theme/assets/finder-prepared.js").read_text(
        "utf-8"
    )
    assert f"export const PAGE_SIZE = {target_files.PAGE_SIZE};" in script
