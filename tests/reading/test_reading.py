"""Reading the data folder: one case, one folder, its whole report pinned.

`UPDATE_CASES=1` writes the reports; read each of them then as a clerk would.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disclosure.config import rules as config_rules
from disclosure.forms.files import SCHEMAS
from disclosure.model.dataset import Dataset
from disclosure.model.diagnostics import Diagnostic, in_reading_order
from disclosure.reading import read, rules
from disclosure.reading.source import is_hidden
from disclosure.reading.validation import PATTERNS
from disclosure.reports.finding_report import RENDERERS
from tests.support.datacases import DEPARTMENT, DISCLOSURE, MADE, folder, project
from tests.support.reports import assert_report

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases" / "reading"
COMMITTED = sorted(data.parent.name for data in CASES.glob("*/data"))


@pytest.mark.parametrize("case", COMMITTED)
def test_case(case: str) -> None:
    """The report on the case's data folder is, word for word, the expected one."""
    assert_report(CASES / case, read(CASES / case / "data").diagnostics)


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_made_case(make: Callable[[Path], Path], tmp_path: Path) -> None:
    """The same for folders that git cannot hold."""
    assert_report(CASES / make.__name__.replace("_", "-"), read(make(tmp_path)).diagnostics)


def test_unreadable_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may not be opened is a finding, and the files beside it are still read."""
    data = folder(tmp_path, {"A1": project("A1"), "A2": project("A3")})
    (data / "b").mkdir()
    opened, scanned = open, os.scandir

    def open_but_one(file: str | Path, *arguments: Any, **options: Any) -> object:
        if str(file).endswith("A1.yml"):
            raise PermissionError(13, "denied")
        return opened(file, *arguments, **options)

    def scan_but_one(path: Path) -> object:
        if path.name == "b":
            raise PermissionError(13, "denied")
        return scanned(path)

    # A test that runs as root may open everything, so that chmod would prove nothing.
    monkeypatch.setattr("builtins.open", open_but_one)
    monkeypatch.setattr(os, "scandir", scan_but_one)
    diagnostics = read(data).diagnostics
    monkeypatch.undo()
    assert_report(CASES / "unreadable", diagnostics)


def test_every_rule_has_a_case() -> None:
    """Each code is unique and stands in at least one expected report."""
    codes = [rule.code for rule in (*rules.RULES, *config_rules.RULES)]
    assert len(set(codes)) == len(codes)
    folders = (CASES, CASES.with_name("handwritten"), CASES.with_name("government"))
    expected = (path for folder in folders for path in folder.glob("*/expected.txt"))
    reports = "".join(path.read_text("utf-8") for path in expected)
    assert sorted(set(re.findall(r"(?:错误|警告|提示) (R\d+) ", reports))) == sorted(codes)


# ---- What is read


def test_the_real_data_is_read_without_a_finding() -> None:
    """The 2024 disclosure is complete, typed and in its order."""
    reading = read(ROOT / "data")
    assert not reading.diagnostics
    department = reading.dataset.departments[0]
    assert department.path == "130803-322/department.yml"
    year = department.years[0]
    assert (year.year, year.path) == (2024, "130803-322/2024/disclosure.yml")
    assert [str(entry.current.budget.total) for entry in year.projects] == [
        "150.00",
        "6.00",
        "3.00",
    ]
    assert [len(entry.current.indicators) for entry in year.projects] == [8, 7, 7]


def test_text_stays_what_it_says() -> None:
    """Nothing is taken for a number, a truth value or a time; absent is absent."""
    year = read(CASES / "valid" / "data").dataset.departments[0].years[0]
    first, second = (version.project for version in year.projects[0].versions)
    assert first.goals == ("完成招商引资工作任务；\n做好开放外联。", "NO", "12:30", "=", "0132")
    assert [row.target for row in first.indicators] == [">=8次", "1.10"]
    assert [row.level2 for row in first.indicators] == [None, None]
    assert first.indicators[0].basis == "见附件"
    assert first.indicators[1].level3 == "1_000"
    assert {name: str(money) for name, money in first.spending_plan.items()} == {
        "3月底": "36.00",
        "12月底": "150.00",
    }
    assert first.continues == ()
    assert first.adjustment is None
    assert second.adjustment is not None
    assert str(second.budget.total) == "120.00"
    assert second == year.projects[0].current
    assert year.projects[0].result_path == "130803-322/2024/results/13080324P00514210001L.yml"


def names(dataset: Dataset) -> list[str]:
    """The paths of everything in a dataset."""
    return [
        path
        for department in dataset.departments
        for path in (
            department.path,
            *(year.path for year in department.years),
            *(
                version.path
                for year in department.years
                for entry in year.projects
                for version in entry.versions
            ),
        )
    ]


def test_years_come_newest_first_and_projects_by_number(tmp_path: Path) -> None:
    """The order of the dataset is not that of the file names."""
    last = project("A1").replace("number: 1", "number: 10")
    data = folder(tmp_path, {"A1": last, "A2": project("A2").replace("number: 1", "number: 9")})
    older = data / "a" / "2023"
    older.mkdir()
    (older / "disclosure.yml").write_text(DISCLOSURE.replace("2024", "2023"), "utf-8")
    assert names(read(data).dataset) == [
        "a/department.yml",
        "a/2024/disclosure.yml",
        "a/2023/disclosure.yml",
        "a/2024/projects/A2.yml",
        "a/2024/projects/A1.yml",
    ]


@pytest.mark.parametrize(
    ("broken", "left"),
    [
        ("a/department.yml", []),
        ("a/2024/disclosure.yml", ["a/department.yml"]),
        (
            "a/2024/projects/A1.yml",
            ["a/department.yml", "a/2024/disclosure.yml", "a/2024/projects/A2.yml"],
        ),
    ],
)
def test_a_bad_file_is_left_out(broken: str, left: list[str], tmp_path: Path) -> None:
    """A file with an error takes out what stands below it, and nothing else."""
    good = project("A2").replace("number: 1", "number: 2")
    data = folder(tmp_path, {"A1": project("A1"), "A2": good})
    (data / broken).write_text("schema: [", "utf-8")
    reading = read(data)
    assert names(reading.dataset) == left
    assert {found.span.path for found in reading.diagnostics} == {f"data/{broken}"}


def test_a_warning_keeps_the_file(tmp_path: Path) -> None:
    """Only an error leaves a file out of the dataset."""
    reading = read(folder(tmp_path, {"A1": project("A1", "purpose: 见附件 #3\n")}))
    assert [found.code for found in reading.diagnostics] == ["R213"]
    assert "a/2024/projects/A1.yml" in names(reading.dataset)


def test_the_data_folder_may_be_named_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings begin with the folder's own name, also when it is the current folder."""
    data = folder(tmp_path, {"A1": project("A2")}).rename(tmp_path / "数据")
    paths = {found.span.path for found in read(data).diagnostics}
    assert paths == {"数据/a/2024/projects/A1.yml"}
    monkeypatch.chdir(data)
    assert {found.span.path for found in read(Path()).diagnostics} == paths


def test_hidden_characters_are_those_of_unicode() -> None:
    """The written-out class is what the Unicode database calls control, format or separator."""
    for code in range(0x110000):
        char = chr(code)
        category = unicodedata.category(char)
        hidden = category in {"Cc", "Cf", "Zl", "Zp", "Cs"} and char not in "\t\n\r"
        hidden |= char == "\ufffd" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
        if category != "Cn" or hidden:
            assert is_hidden(char) == hidden, hex(code)


def patterns(schema: object) -> Iterator[str]:
    """Every pattern of a core schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for part in schema.values():
            yield from patterns(part)
    elif isinstance(schema, (list, tuple)):
        for part in schema:
            yield from patterns(part)


def test_every_pattern_is_explained() -> None:
    """No regular expression of the model lacks words for it, and no words are left over."""
    found = {
        text for model in SCHEMAS.values() for text in patterns(model.__pydantic_core_schema__)
    }
    assert found == set(PATTERNS)


# ---- Whatever stands in the files

PLACES = (
    "a/department.yml",
    "a/2024/disclosure.yml",
    "a/2024/projects/A1.yml",
    "a/2024/projects/A1@2024-06-30.yml",
    "a/2024/results/A1.yml",
)
SLIPS = (
    *"：:\t\u3000\n\r\"'{}[],，>|!`%@~\\招\0\x85\u2028\u202e\ufeff\U0001fffe",
    *(": ", "  ", ">8", "|2\n", "&a ", "*a", "!!str ", "#x", " #x", "- ", "? ", "<<: "),
    *("---\n", "...\n", '"\\u202e"'),
)
REAL = project(
    "A1",
    "spending_plan:\n  3月底: 36.00\ngoals:\n  - 完成任务\nindicators:\n"
    "  - level1: 产出指标\n    level3: 活动数量\n    target: ≥8次\n"
    "adjustment: {kind: adjustment, date: 2024-06-30, reason: 年中}\n"
    "notes:\n  - {at: budget, note: 说明}\n",
)


@st.composite
def slipped(draw: st.DrawFn) -> bytes:
    """A good file after some slips of the hand: parts lost, parts overwritten."""
    text = draw(st.sampled_from([REAL, DEPARTMENT, DISCLOSURE]))
    for _ in range(draw(st.integers(1, 4))):
        at, lost = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(SLIPS)) + text[at + lost :]
    return text.encode()


def assert_inside(found: Diagnostic, content: bytes) -> None:
    """The place is a line of the file, and lies within it."""
    span = found.span
    if span.line == 0:
        return
    assert 1 <= span.column <= len(span.excerpt) + 1
    assert span.length >= 1
    assert span.column - 1 + span.length <= max(len(span.excerpt), span.column)
    if found.code != "R107":
        lines = re.split(r"\r\n|\r|\n", content.decode().removeprefix("\ufeff"))
        assert lines[span.line - 1] == span.excerpt


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(PLACES), content=st.one_of(st.binary(), slipped()))
@example(place=PLACES[2], content=b"a: [")
@example(place=PLACES[2], content=b"a: >")
@example(place=PLACES[2], content=b"\r")
@example(place=PLACES[2], content=b'"')
def test_reading_never_raises(
    place: str, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a file holds: findings, in order, each inside its file, and printable."""
    data = folder(tmp_path_factory.mktemp("any"), {"A1": project("A1")})
    (data / place).parent.mkdir(exist_ok=True)
    (data / place).write_bytes(content)
    diagnostics = read(data).diagnostics
    assert diagnostics == in_reading_order(diagnostics)
    for found in diagnostics:
        path = data.parent / found.span.path
        assert_inside(found, path.read_bytes() if path.is_file() else b"")
    for render in RENDERERS.values():
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", render(diagnostics))
