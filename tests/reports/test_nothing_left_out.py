"""Whatever a comparison page shows as another is in the open data and in every report."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from disclosure.compare import ComparedDepartment, ComparedYears, compared, comparison, side
from disclosure.exports.schema import table
from disclosure.exports.writers.rows import department_rows
from disclosure.exports.writers.spreadsheet import original
from disclosure.model.target import Change
from disclosure.pages.change_wording import ChangeLine, Differences, IndicatorLine
from disclosure.pages.comparison import ComparisonView, comparison_view
from disclosure.pages.formatting import ungrouped
from disclosure.reports.comparison_report import RENDERERS
from disclosure.site.department_analysis import analysed
from tests.support import datafolder as folder
from tests.support import district
from tests.support.compare_cases import CASES, load
from tests.support.repository import ROOT

COMMAND = ROOT / "tests/cases/command/compare/data"
FIRST = "按首次公开："


class Shown(NamedTuple):
    """A change as a page has it: of which indicator ("" for none), where, from what to what."""

    indicator: str
    field: str
    old: str
    new: str
    change: str


def every_pair() -> list[tuple[ComparedDepartment, ComparedYears]]:
    """Two years of a department: of the invented district, of the command's case, of all others."""
    departments = [*district.analysis().departments, *analysed(COMMAND).departments]
    departments += [compared(load(case)) for case in sorted(CASES.iterdir())]
    return [(one, pair) for one in departments for pair in one.years]


def of_page(view: ComparisonView) -> Iterator[Shown]:
    """Everything on the page that is another in the later year, or was as first published."""
    for row in view.rows:
        old, new = row.money.old if row.old else "", row.money.new if row.new else ""
        yield Shown("", "项目", old, new, row.kind)
    for detail in view.details:
        yield from of_table(detail.differences)
    yield from (of_indicator(one.line) for one in view.indicators)
    for one in view.first_indicators:
        shown = of_indicator(one.line)
        yield shown._replace(field="首次公开的指标值", change=FIRST + shown.change)
    yield from of_department(view)


def of_department(view: ComparisonView) -> Iterator[Shown]:
    """What became of the table of the whole department."""
    if view.table is None:
        return
    if view.table.only:
        yield Shown("", "部门整体绩效目标表", "", "", f"只有{view.table.only}公开了，不能比较")
    yield from of_table(view.table.differences)
    for task in view.table.tasks:
        name = f"年度主要任务：{task.name}"
        if task.key != "changed" or task.old != task.new:
            yield Shown("", name, task.old, task.new, task.state)
        yield from (of_line("", line, f"{name}，") for line in task.lines)


def of_table(found: Differences) -> Iterator[Shown]:
    """What differs in the fields of a table, and in its indicators."""
    yield from (of_line("", line) for line in found.lines)
    for item in found.indicators:
        if item.state.key != Change.SAME or item.old != item.new:
            yield of_indicator(item)
        yield from (of_line(item.name, line) for line in item.lines)


def of_indicator(line: IndicatorLine) -> Shown:
    """An indicator's target."""
    return Shown(line.name, "指标值", line.old, line.new, line.state.label)


def of_line(indicator: str, line: ChangeLine, before: str = "") -> Shown:
    """A field."""
    old, new = ("".join(piece.text for piece in side) for side in (line.old, line.new))
    return Shown(indicator, before + line.field, old, new, "改动")


def of_rows(rows: Iterable[Mapping[str, object]], names: Sequence[str]) -> set[Shown]:
    """The same of rows of data, whose columns have these names; a project's row has its money."""
    indicator, field, old, new, change, old_budget, new_budget = names
    found = set()
    for row in rows:
        sides = (old_budget, new_budget) if row[field] == "项目" else (old, new)
        columns = (indicator, field, *sides, change)
        found.add(Shown(*[format_(row.get(column)) for column in columns]))
    return found


def format_(value: object) -> str:
    """A value of a row as pages print it."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value or "")


OPEN_DATA = ("indicator", "field", "old", "new", "change", "previous_budget", "budget")
REPORT = (
    *("三级指标", "栏目", "原内容", "现内容", "变化"),
    *("前一年度预算数（万元）", "后一年度预算数（万元）"),
)  # fmt: skip


def expected(department: ComparedDepartment, pair: ComparedYears) -> set[Shown]:
    """What the page shows, its amounts without commas, as data have them."""
    return {
        one._replace(old=ungrouped(one.old), new=ungrouped(one.new)) if is_money(one) else one
        for one in of_page(comparison_view(department, pair))
    }


def is_money(one: Shown) -> bool:
    """Whether what stands beside each other are amounts."""
    task = one.field.startswith("年度主要任务：") and one.change != "改动"
    return task or one.field == "项目" or one.field.endswith("（万元）")


def test_the_open_data_leave_out_nothing() -> None:
    """Each change on a comparison's page is a row of `changes` or of `department_changes`."""
    seen = 0
    for department, pair in every_pair():
        year = department_rows(department).years[pair.new.year].changes
        rows = [
            dict(zip((column.name for column in table(name).columns), row, strict=True))
            for name in ("changes", "department_changes")
            for row in year.get(name, ())
        ]
        wanted = expected(department, pair)
        assert not wanted - of_rows(rows, OPEN_DATA)
        seen += len(wanted)
    assert seen > 500


def test_the_csv_report_leaves_out_nothing() -> None:
    """Each change on a comparison's page is a line of it."""
    for department, pair in every_pair():
        years = pair.old.year, pair.new.year
        text = RENDERERS["csv"](comparison([side(department)], *years))
        lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        head, *rest = ([original(cell) for cell in line] for line in lines)
        rows = [dict(zip(head, line, strict=True)) for line in rest]
        assert not expected(department, pair) - of_rows(rows, REPORT)


def test_the_text_report_leaves_out_nothing() -> None:
    """The words of each change on a comparison's page are in it, whatever its lines."""
    for department, pair in every_pair():
        years = pair.old.year, pair.new.year
        report = bare(RENDERERS["text"](comparison([side(department)], *years)))
        for one in of_page(comparison_view(department, pair)):
            if one.field == "项目":
                continue
            change = one.change.removeprefix("改动").removeprefix(FIRST)
            words = (one.indicator, one.old, one.new, change)
            assert all(bare(word) in report for word in words), one


def test_the_json_report_leaves_out_nothing() -> None:
    """The old and the new of each change on a comparison's page are among its values."""
    for department, pair in every_pair():
        years = pair.old.year, pair.new.year
        values = {*leaves(json.loads(RENDERERS["json"](comparison([side(department)], *years))))}
        for one in expected(department, pair):
            words = (one.indicator, one.old, one.new)
            assert all(word in values for word in words if word), one


def leaves(value: object) -> Iterator[str]:
    """Every text in a JSON document."""
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_table_of_one_year_is_told_of(year: int, tmp_path: Path) -> None:
    """Only one of two years has a table of the whole department: each report says which."""
    table = "department_table:\n  goals: [稳步推进]\n"
    files = {"a-1/department.yml": folder.department()}
    for each in (2023, 2024):
        more = table if each == year else ""
        files[f"a-1/{each}/disclosure.yml"] = folder.disclosure(each, more)
        files[f"a-1/{each}/projects/A1.yml"] = folder.project("A1")
    (department,) = analysed(folder.write(tmp_path, files)).departments
    (pair,) = department.years
    said = f"只有{year}年公开了，不能比较"
    assert Shown("", "部门整体绩效目标表", "", "", said) in expected(department, pair)
    assert said in str(department_rows(department).years[2024].changes["department_changes"])
    years = comparison([side(department)], 2023, 2024)
    made = {name: render(years) for name, render in RENDERERS.items()}
    assert said in made["csv"]
    assert said in made["text"]
    assert f'"department_table_only_in": {year}' in made["json"]


def bare(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s", "", text)
