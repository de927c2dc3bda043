"""What holds of every comparison, whatever the tables say."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.compare import SuccessionKind, compared, marked, project_difference
from disclosure.compare.matching import likeness
from disclosure.compare.text_diff import similarity
from disclosure.model.dataset import DepartmentData
from disclosure.model.records import Project
from disclosure.model.target import Change
from disclosure.model.target_table import Indicator
from tests.support.tables import department, project

thorough = settings(max_examples=200, deadline=None, derandomize=True)

#: By year and code: a project's name, and what it says it continues.
Years = dict[int, dict[str, tuple[str, list[str] | None]]]

# Few enough codes and names that they are reused, swapped, merged and split all the time.
CODES = ["A", "B", "C", "D"]
STATEMENTS = st.one_of(st.none(), st.lists(st.sampled_from(CODES), max_size=3))
LISTS = st.dictionaries(
    st.sampled_from(CODES), st.tuples(st.sampled_from(["甲", "乙", "设备 购置"]), STATEMENTS)
)
DEPARTMENTS = st.dictionaries(st.integers(2020, 2025), LISTS, min_size=2)

TEXTS = st.one_of(st.text(), st.text(alphabet="完成年度招商，12 a3.5", max_size=60))
INDICATORS = st.builds(
    Indicator,
    level1=st.sampled_from(["产出指标", "成本指标"]),
    level2=st.sampled_from([None, "数量指标", "成本指标", "经济成本指标"]),
    level3=st.sampled_from(["培训人数", "教师培训人数", "指标1：培训人次", "★培训人数"]),
    description=st.sampled_from([None, "参加培训的人数", "参加培训的教师人数"]),
    target=st.sampled_from([None, "≥8人", "≥10人", "≤5万元", "优良"]),
)
TABLES = st.lists(INDICATORS, max_size=8).map(
    lambda rows: project(1, {"code": "A"}).model_copy(update={"indicators": tuple(rows)})
)


def build(years: Years) -> DepartmentData:
    """A department of such projects."""
    return department(
        {
            year: [
                [("", project(number, {"code": code, "name": name, "continues": continues}))]
                for number, (code, (name, continues)) in enumerate(projects.items(), 1)
            ]
            for year, projects in years.items()
        }
    )


@thorough
@given(DEPARTMENTS)
def test_every_project_stands_in_one_succession(years: Years) -> None:
    """Of two years each project stands in one succession, whose kind says how many were what."""
    for pair in compared(build(years)).years:
        found = [change.succession for change in pair.changes]
        old = Counter(project.current.code for each in found for project in each.old)
        new = Counter(project.current.code for each in found for project in each.new)
        assert old == Counter(project.current.code for project in pair.old.projects)
        assert new == Counter(project.current.code for project in pair.new.projects)
        for each in found:
            numbers = min(len(each.old), 2), min(len(each.new), 2)
            assert numbers == {
                SuccessionKind.NEW: (0, 1),
                SuccessionKind.ENDED: (1, 0),
                SuccessionKind.MERGED: (2, 1),
                SuccessionKind.SPLIT: (1, 2),
                SuccessionKind.REORGANISED: (2, 2),
            }.get(each.kind, (1, 1))


@thorough
@given(DEPARTMENTS)
def test_every_project_has_one_chain(years: Years) -> None:
    """Each project of each year is in one chain, once a year, and each chain has its own name."""
    result = compared(build(years))
    members = Counter(
        (member.year.year, member.project.current.code)
        for chain in result.chains
        for member in chain.members
    )
    assert members == Counter((year, code) for year, codes in years.items() for code in codes)
    assert len({chain.first_id for chain in result.chains}) == len(result.chains)
    for chain in result.chains:
        in_years = [member.year.year for member in chain.members]
        assert in_years == sorted(set(in_years))


@thorough
@given(DEPARTMENTS)
def test_a_later_year_changes_no_address(years: Years) -> None:
    """What a project's page through the years is called stays, whatever is published later."""
    newest = max(years)
    before = compared(build({year: years[year] for year in years if year < newest}))
    after = compared(build(years))
    for chain in before.chains:
        for member in chain.members:
            year, own = member.year.year, member.project.current.id
            assert after.chain_of(year, own).first_id == chain.first_id


@thorough
@given(TABLES, TABLES)
def test_every_indicator_is_compared_once(old: Project, new: Project) -> None:
    """Each row of both tables stands in one line: the new table's order, then what was dropped."""
    lines = project_difference(old, new, 2023, 2024).indicators
    assert tuple(line.new for line in lines if line.new) == new.indicators
    dropped = [line.old for line in lines if line.new is None]
    assert lines[len(new.indicators) :] == tuple(line for line in lines if line.new is None)
    assert Counter(line.old for line in lines if line.old) == Counter(old.indicators)
    assert dropped == [row for row in old.indicators if any(row is each for each in dropped)]


@thorough
@given(TABLES)
def test_a_table_does_not_differ_from_itself(table: Project) -> None:
    """Compared with itself a table has nothing but indicators that are certainly the same."""
    found = project_difference(table, table, 2024, 2024)
    assert (found.texts, found.budget, found.plan) == ((), (), ())
    for line in found.indicators:
        assert line.certain
        assert line.old == line.new
        assert line.verdict
        assert line.verdict.change is Change.SAME


@thorough
@given(INDICATORS, INDICATORS)
def test_likeness_is_a_share(old: Indicator, new: Indicator) -> None:
    """Likeness lies between 0 and 1, and nothing is more like a row than itself."""
    assert 0 <= likeness(old, new) <= 1 == likeness(new, new)


@thorough
@given(TEXTS, TEXTS)
def test_marks_lose_no_word(old: str, new: str) -> None:
    """Put together the pieces are the texts; what is not marked is the same on both sides."""
    before, after = marked(old, new)
    assert ["".join(piece.text for piece in side) for side in (before, after)] == [old, new]
    kept = ["".join(piece.text for piece in side if not piece.changed) for side in (before, after)]
    assert kept[0] == kept[1]
    assert any(piece.changed for piece in (*before, *after)) == (old != new)


def test_texts_that_repeat_themselves_are_compared_at_once() -> None:
    """Ten thousand characters of two kinds: the ends they share are found, the rest is marked."""
    old, new = "完成" + "一二" * 5_000 + "任务", "完成" + "二一" * 5_000 + "任务"
    before, after = marked(old, new)
    assert [piece.text for piece in before] == ["完成", "一二" * 5_000, "任务"]
    assert [piece.changed for piece in after] == [False, True, False]
    assert similarity(old, new) == 8 / 20_008
