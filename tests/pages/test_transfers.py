"""Projects that go from one department to another are followed on the pages and in the data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import astuple

from disclosure.compare import ComparedDepartment, summed, sums
from disclosure.engine.cache import Cache
from disclosure.exports.writers.rows import department_rows
from disclosure.pages.view import Link
from disclosure.site import pipeline
from disclosure.site.department_analysis import Analysis, analysed
from tests.support.datafolder import adjustment, write
from tests.support.moving_projects import MERGER, SETTINGS, SPLIT, TWICE, files, table
from tests.support.views import all_views

MOVED = files(
    {
        "a-1/2023": {"A23": table("A23", "市场建设"), "A23X": table("A23X", "扶贫", number=2)},
        "a-1/2024": {"A24X": table("A24X", "扶贫", "A23X")},
        "b-2/2023": {"B23": table("B23", "外贸服务")},
        "b-2/2024": {
            "B24": table("B24", "市场建设", "A23", times=25),
            "B24X": table("B24X", "外贸服务", "B23", number=2),
        },
    },
    {"b-2/department.yml": "succeeds:\n  - {department: a-1, since: 2024, note: 划入市场}\n"},
)
FIRST_YEAR = files(
    {
        "a-1/2023": {"A23": table("A23", "市场建设")},
        "b-2/2024": {
            "B24": table("B24", "市场建设", "A23", times=25),
            "B24X": table("B24X", "外贸服务", number=2),
        },
    }
)
AND_BACK = files(
    {
        "a-1/2022": {"R22": table("R22", "市场建设")},
        "b-2/2023": {"B23": table("B23", "市场建设", "R22", times=25)},
        "a-1/2024": {"R22": table("R22", "市场建设", "B23", times=18)},
    }
)
#: a-1 is divided between b-2 and c-3; who has 宣传 and who has 培训 is not to be told.
DIVIDED = files(
    {
        "a-1/2023": {
            "A23": table("A23", "市场建设"),
            "A23X": table("A23X", "外贸服务", number=2),
            "A23Y": table("A23Y", "宣传", number=3),
            "A23Z": table("A23Z", "培训", number=4),
            "A23W": table("A23W", "扶贫", number=5),
        },
        "a-1/2024": {"A24W": table("A24W", "扶贫")},
        "b-2/2024": {
            "B24": table("B24", "市场建设", times=25),
            "B24Y": table("B24Y", "宣传", number=2),
            "B24W": table("B24W", "扶贫", number=3),
        },
        "c-3/2024": {
            "A23X": table("A23X", "外贸促进"),
            "C24Y": table("C24Y", "宣传", number=2),
        },
    },
    {
        "b-2/department.yml": "succeeds:\n  - {department: a-1, since: 2024}\n",
        "c-3/department.yml": "succeeds:\n  - {department: a-1, since: 2024}\n",
    },
)
ADJUSTED = {
    **MOVED,
    "a-1/2023/projects/A23@2023-06-30.yml": table("A23", "市场建设", times=22)
    + adjustment("adjustment", "2023-06-30"),
    "b-2/2024/projects/B24@2024-06-30.yml": table("B24", "市场建设", "A23", times=30)
    + adjustment("adjustment", "2024-06-30"),
}


def analysis(tmp_path: Path, data: Mapping[str, str]) -> Analysis:
    """The data, of which nothing is wrong but what the rules hint at."""
    found = analysed(write(tmp_path, data))
    assert not [one for one in found.diagnostics if one.code[0] in "RL"]
    return found


def pages(found: Analysis) -> dict[str, Any]:
    """All pages by their address."""
    return {view.address: view for view in all_views(found, found.history, SETTINGS)}


def succession_kinds(one: ComparedDepartment) -> list[tuple[int, int, dict[str, int]]]:
    """Of each pair of years, newest first, how many successions of each kind."""
    return [
        (pair.old.year, pair.new.year, {str(k): v for k, v in pair.kind_counts.items()})
        for pair in one.years
    ]


def test_a_moved_project_goes_on(tmp_path: Path) -> None:
    """It is neither new nor ended, and all pages of both departments lead to each other."""
    found = analysis(tmp_path, MOVED)
    first, second = found.departments
    assert succession_kinds(first) == [(2023, 2024, {"transferred": 1, "continued": 1})]
    assert succession_kinds(second) == [(2023, 2024, {"continued": 2})]
    made = pages(found)
    here = made["b-2/2024/B24/"]
    assert here.predecessor.kind == "延续，由甲局转来"
    assert [link.address for link in here.predecessor.links] == ["a-1/2023/A23/"]
    assert (here.readings[0].before, here.readings[0].state.label) == ("≥20公里", "要求提高")
    assert [(line.text, line.links[0].address) for line in here.transfers] == [
        ("由甲局转来", "a-1/2023/A23/")
    ]
    there = made["a-1/2023/A23/"]
    assert [(line.text, line.links[0].address) for line in there.transfers] == [
        ("转到乙局", "b-2/2024/B24/")
    ]
    for address in ("a-1/projects/A23/", "b-2/projects/B24/"):
        lines = made[address].years
        assert [line.link.address for line in lines] == ["b-2/2024/B24/", "a-1/2023/A23/"]
        assert lines[0].origin.transferred == "延续，由甲局转来"
        assert lines[1].successor.transferred == "转到乙局"
        shown = made[address].indicators[0].years
        assert [year.steps[-1].target for year in shown] == ["≥20公里", "≥25公里"]


def test_projects_of_a_succeeded_department_go_on(tmp_path: Path) -> None:
    """Those with its code or name go on there, but none that may be of two or stays."""
    found = analysis(tmp_path, DIVIDED)
    first, second, third = found.departments
    assert succession_kinds(first) == [(2023, 2024, {"transferred": 2, "ended": 2, "continued": 1})]
    assert succession_kinds(second) == [(2023, 2024, {"continued": 1})]
    assert succession_kinds(third) == [(2023, 2024, {"renamed": 1})]
    made = pages(found)
    assert made["b-2/2024/B24/"].predecessor.kind == "延续，由甲局转来"
    assert made["b-2/2024/B24/"].readings[0].before == "≥20公里"
    assert made["c-3/2024/A23X/"].predecessor.kind == "更名，由甲局转来"
    assert not made["b-2/2024/B24Y/"].transfers


def test_comparisons_tell_of_it(tmp_path: Path) -> None:
    """Both departments' comparisons say from where to where; sums of all count it once."""
    made = pages(analysis(tmp_path, MOVED))
    ours, theirs = made["b-2/compare/2023-2024/"], made["a-1/compare/2023-2024/"]
    assert [(row.kind, row.transferred) for row in ours.rows] == [
        ("延续", "由甲局转来"),
        ("延续", ""),
    ]
    assert ours.rows[0].old[0].text == "市场建设（甲局，2023年）"
    assert {(row.kind, row.transferred) for row in theirs.rows} == {
        ("延续", ""),
        ("转出", "转到乙局"),
    }
    every = made["compare/2023-2024/"].totals
    assert (every.money.old, every.money.new, every.projects) == ("450.00", "450.00", (3, 3))
    assert [(one.label, one.number) for one in every.succession_kinds] == [("延续", 3), ("转出", 1)]
    assert made["b-2/"].successions[0].department.address == "a-1/"
    assert made["a-1/"].successions[0].text == "2024年起承接本部门职责的部门："


def test_a_department_without_a_year_before(tmp_path: Path) -> None:
    """What it took over is compared; its other projects are not called new."""
    found = analysis(tmp_path, FIRST_YEAR)
    made = pages(found)
    page = made["b-2/compare/2023-2024/"]
    assert page.taken_over
    assert page.old.address == "years/2023/"
    assert (page.totals.money.old, page.totals.money.new) == ("150.00", "150.00")
    assert [row.transferred for row in page.rows] == ["由甲局转来"]
    assert made["b-2/2024/B24X/"].predecessor is None
    assert made["compare/"].all[0].link.address == "compare/2023-2024/"


def test_a_merger_of_two_departments(tmp_path: Path) -> None:
    """Each of the two leads to the third, which tells of both."""
    found = analysis(tmp_path, MERGER)
    assert succession_kinds(found.departments[2]) == [(2023, 2024, {"merged": 1})]
    made = pages(found)
    assert made["c-3/2024/C24/"].predecessor.kind == "合并，由甲局、乙局转来"
    for address in ("a-1/2023/A23/", "b-2/2023/B23/"):
        assert made[address].transfers[0].links[0].address == "c-3/2024/C24/"


def test_a_split_over_two_departments(tmp_path: Path) -> None:
    """It is one split on both sides, and one in the sums over both."""
    found = analysis(tmp_path, SPLIT)
    first, second = found.departments
    assert succession_kinds(first) == succession_kinds(second) == [(2023, 2024, {"split": 1})]
    whole = summed([sums(pair) for one in (first, second) for pair in one.years])
    assert (dict(whole.succession_kinds), whole.projects) == ({"split": 1}, (1, 2))
    assert [str(amount) for amount in whole.budgets] == ["150.00", "300.00"]
    made = pages(found)
    assert made["a-1/compare/2023-2024/"].rows[0].transferred == "部分转到乙局"
    assert made["b-2/2024/B24/"].predecessor.kind == "拆分，由甲局转来"


def test_a_project_that_moved_twice(tmp_path: Path) -> None:
    """All three departments' pages of its history show all three years."""
    made = pages(analysis(tmp_path, TWICE))
    for address in ("a-1/projects/A22/", "b-2/projects/B23/", "c-3/projects/C24/"):
        page = made[address]
        shown = page.indicators[0].years
        assert [year.year.address for year in shown] == [
            "a-1/2022/A22/",
            "b-2/2023/B23/",
            "c-3/2024/C24/",
        ]
        states = [year.state and year.state.key for year in shown]
        assert states == [None, "stricter", "looser"]
    assert [line.text for line in made["b-2/2023/B23/"].transfers] == ["由甲局转来", "转到丙局"]


def test_a_project_that_came_back(tmp_path: Path) -> None:
    """It has two histories in the department that had it twice, each with all three years."""
    site = pipeline.generate(write(tmp_path, AND_BACK), SETTINGS)
    beside = dict(site.data_files())
    made = pages(analysed(tmp_path / "data"))
    for address in ("a-1/projects/R22/", "a-1/projects/R22-2024/", "b-2/projects/B23/"):
        assert [year.year.address for year in made[address].indicators[0].years] == [
            "a-1/2022/R22/",
            "b-2/2023/B23/",
            "a-1/2024/R22/",
        ]
        name = address.strip("/").replace("/", "-")
        tables = json.loads(beside[f"{address}{name}.json"])["tables"]
        assert len(tables["projects"]) == 3


@pytest.mark.parametrize("data", [MOVED, FIRST_YEAR, MERGER, SPLIT, TWICE, AND_BACK, ADJUSTED])
def test_no_link_leads_nowhere(tmp_path: Path, data: Mapping[str, str]) -> None:
    """Every page and file that a department's page links to is there."""
    site = pipeline.generate(write(tmp_path, data), SETTINGS)
    there = {page.view.address for page in site.pages()} | {path for path, _ in site.data_files()}
    there |= {address for group in site.groups for address, _ in group.sources()}
    for group in site.groups:
        for page in group.pages():
            wanted = set(_links(page.view)) - {"guide/"}
            assert {address.partition("#")[0] for address in wanted} <= there


def _links(value: object) -> Iterator[str]:
    """The addresses of all links in a view."""
    if isinstance(value, Link):
        yield value.address
    elif isinstance(value, tuple):
        yield from (address for one in value for address in _links(one))
    elif isinstance(value, Struct):
        yield from _links(astuple(value))


def test_versions_in_force_are_compared(tmp_path: Path) -> None:
    """Of a project that was adjusted in both departments, the versions in force are compared."""
    reading = pages(analysis(tmp_path, ADJUSTED))["b-2/2024/B24/"].readings[0]
    assert (reading.before, reading.target) == ("≥22公里", "≥30公里")


def test_the_open_data_tell_of_it(tmp_path: Path) -> None:
    """Rows name the departments on both sides, and the departments that one succeeded."""
    _, second = analysis(tmp_path, MOVED).departments
    rows = department_rows(second)
    year = rows.years[2024]
    of_b24, of_b24x = (
        year.projects[code].versions["original"]["predecessors"][0] for code in ("B24", "B24X")
    )
    assert of_b24[-3:] == ("a-1", 2023, "B24")
    assert of_b24x[-3:] == ("b-2", 2023, "B24X")
    assert rows.who["department_successions"] == (("b-2", 1, "a-1", 2024, "划入市场"),)
    change = year.changes["changes"][0]
    assert "由甲局转来；部门填报的承接关系" in change
    assert change[-7:-3] == ("a-1", "b-2", "甲局", "乙局")


def test_the_data_beside_a_history_are_those_of_the_page(tmp_path: Path) -> None:
    """The years in the other department are among them."""
    site = pipeline.generate(write(tmp_path, MOVED), SETTINGS)
    beside = dict(site.data_files())
    found = json.loads(beside["b-2/projects/B24/b-2-projects-B24.json"])
    assert {(one["department_id"], one["code"]) for one in found["tables"]["projects"]} == {
        ("a-1", "A23"),
        ("b-2", "B24"),
    }


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("a-1/2023/projects/A23.yml", "≥20公里", "≥24公里"),
        ("a-1/2023/projects/A23.yml", "market", "market"),
        ("a-1/department.yml", "甲局", "甲一局"),
        ("b-2/department.yml", "划入市场", "划入市场建设"),
        ("b-2/2024/projects/B24.yml", "continues: [A23]", "continues: []"),
    ],
)
def test_what_was_cached_is_not_shown_when_the_other_department_changed(
    tmp_path: Path, path: str, old: str, new: str
) -> None:
    """With a cache the pages after a change are those of a fresh build, and so are the keys."""
    data, cache = write(tmp_path, MOVED), Cache(tmp_path / "cache")
    before = pipeline.generate(data, SETTINGS, cache=cache)
    assert_same(before, pipeline.generate(data, SETTINGS))
    kept = {key: tuple(group.inputs()) for key, group in enumerate(before.groups)}
    file = data / path
    changed = file.read_text("utf-8").replace(old, new)
    is_changed = changed != file.read_text("utf-8")
    file.write_text(changed, "utf-8")
    after = pipeline.generate(data, SETTINGS, cache=cache)
    assert_same(after, pipeline.generate(data, SETTINGS))
    again = {key: tuple(group.inputs()) for key, group in enumerate(after.groups)}
    assert all((kept[key] != again[key]) == is_changed for key in kept)
    assert len({*again.values()}) == len(again)


def assert_same(one: pipeline.Site, other: pipeline.Site) -> None:
    """Both have the same pages and data."""
    assert [(page.path, page.text) for page in one.pages()] == [
        (page.path, page.text) for page in other.pages()
    ]
    assert dict(one.data_files()) == dict(other.data_files())
