"""The invented district: results, the whole of it, what `examples/README.md` says of its files."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from disclosure.compare import joined_results
from disclosure.model.target import Change, Outcome
from tests.support.district import (
    CULTURE,
    EDUCATION,
    EXAMPLES,
    HEALTH,
    TRANSPORT,
    WATER,
    departments,
    district,
    outcome,
    own_form_years,
    project,
    years,
)

# ---- Results


def test_a_project_that_met_everything() -> None:
    """Whatever can be judged was reached."""
    found = joined_results(project(EDUCATION, 2022, "城乡义务教育学校公用经费补助"), 2022)
    keys = {item.outcome.key for item in found if item.outcome}
    assert keys <= {Outcome.MET, Outcome.NOT_COMPARABLE}
    assert Outcome.MET in keys


def test_some_of_an_at_least_target_is_missed() -> None:
    """Less than promised, if not nothing; in another unit as well (≥0.23公里, 152米)."""
    assert outcome(EDUCATION, 2023, "校舍维修改造项目", "维修改造校舍面积") == Outcome.NOT_MET
    assert outcome(TRANSPORT, 2023, "农村公路危桥改造", "改造桥梁延米") == Outcome.NOT_MET


def test_an_exceeded_limit_and_a_missed_deadline_are_not_met() -> None:
    """There is no part of an upper bound or of a day."""
    name = "校舍维修改造项目"
    assert outcome(EDUCATION, 2023, name, "单位面积维修成本") == Outcome.NOT_MET
    assert outcome(EDUCATION, 2023, name, "工程完工时间") == Outcome.NOT_MET
    assert outcome(TRANSPORT, 2024, "公路超限超载治理", "车辆超限率") == Outcome.NOT_MET


def test_a_self_evaluation_may_leave_indicators_out() -> None:
    """Two indicators have no actual value, and there is no total score."""
    found = project(TRANSPORT, 2022, "农村公路灾毁保险")
    assert found.result
    assert len(found.current.indicators) - len(found.result.indicators) == 2
    assert found.result.score is None


def test_a_self_evaluation_may_come_without_points() -> None:
    """Actual values alone are a result."""
    found = project(HEALTH, 2024, "适龄妇女“两癌”免费筛查")
    assert found.result
    assert {row.points for row in found.result.indicators} == {None}
    assert all(row.actual for row in found.result.indicators)


def test_a_project_may_have_no_results() -> None:
    """Nothing was published, so nothing is judged."""
    found = project(TRANSPORT, 2023, "农村公路灾毁保险")
    assert found.result is None
    assert joined_results(found, 2023) == ()


# ---- The district as a whole


def test_subordinate_units_publish_their_own_projects() -> None:
    """Five units of one department and two of another have projects in every year."""
    for department, number in ((EDUCATION, 5), (TRANSPORT, 2)):
        data = district()[department].data
        units = {unit.code for unit in data.department.units}
        assert len(units) == number
        used = [{each.current.unit for each in year.projects} for year in data.years]
        assert set.union(*used) == units


def test_there_is_enough_of_it_and_all_of_it_is_marked() -> None:
    """Five departments, four years, 8 to 10 projects each; no name could be taken for real."""
    assert [year.year for _, year in own_form_years()] == [2025, 2024, 2023, 2022] * 5
    assert all(8 <= len(year.projects) <= 10 for _, year in own_form_years())
    for department in (each.department for each in departments()):
        names = [department.name, *(unit.name for unit in department.units)]
        assert all("（虚构示例）" in name for name in names)


def test_the_money_adds_up() -> None:
    """Total = fiscal + other; the plan never falls and ends at the total; nobody spent more."""
    for _, year in own_form_years():
        for each in year.projects:
            for version in each.versions:
                budget, plan = version.project.budget, [*version.project.spending_plan.values()]
                assert budget.total == (budget.fiscal or 0) + (budget.other or 0)
                assert plan == sorted(plan)
                assert plan[-1] == budget.total
            if each.result and each.result.budget is not None:
                assert each.result.budget == each.current.budget.total
                assert (each.result.spent or 0) <= each.result.budget


def test_the_scores_add_up() -> None:
    """Indicators have 90 points together; the score is theirs and ten for the money spent."""
    scored = 0
    for _, year in own_form_years():
        for result in (each.result for each in year.projects if each.result):
            if result.score is None or result.spent is None or result.budget is None:
                continue
            scored += 1
            assert sum(row.points or 0 for row in result.indicators) == 90
            reached = sum(row.score or 0 for row in result.indicators)
            score = reached + 10 * result.spent / result.budget
            assert result.score == score.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert scored > 50


def test_other_forms_are_shown() -> None:
    """A list in 元 without codes; tables with weights, tasks and the department's evaluation."""
    listed = [each.current for _, year in years(CULTURE) for each in year.projects]
    assert {(one.form, one.money, one.code) for one in listed} == {("jilin-list", "元", None)}
    tables = [year.disclosure.department_table for _, year in years(WATER)]
    assert all(table is not None and table.form and table.tasks for table in tables)
    evaluations = [year.result for _, year in years(WATER) if year.result]
    assert [one.form for one in evaluations] == ["department-evaluation"]
    weighed = [row for _, year in years(WATER) for each in year.projects
               for row in each.current.indicators]  # fmt: skip
    assert all(row.weight is not None for row in weighed)


# ---- The tables of examples/README.md


def rows(section: str) -> list[tuple[str, str, str]]:
    """Case, file and detail of each row of a section's table."""
    text = (EXAMPLES / "README.md").read_text("utf-8")
    table = text.split(f"### {section}\n")[1].split("###")[0]
    cells = (line.strip("|").split("|") for line in table.splitlines() if ".yml" in line)
    return [(case.strip(), file.strip(" `"), detail.strip()) for case, file, detail in cells]


SECTIONS = re.findall(r"^### (.+)$", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_file_that_the_table_names_exists(section: str) -> None:
    """Each row leads to a file."""
    assert rows(section)
    for _, file, _ in rows(section):
        assert (EXAMPLES / "data" / file).is_file(), file


VERDICTS = {
    "Stricter": Change.STRICTER,
    "Looser": Change.LOOSER,
    "Deadline earlier": Change.STRICTER,
    "Deadline later": Change.LOOSER,
    "Same, written otherwise": Change.SAME,
    "Lower, no sign": Change.LOWER,
    "Higher, no sign": Change.HIGHER,
    "Not comparable": Change.NOT_COMPARABLE,
    "in fact stricter": Change.STRICTER,
    "in fact looser": Change.LOOSER,
    "the same": Change.SAME,
    "in fact higher": Change.HIGHER,
}
ARROWS = [
    (case, file, *match)
    for case, file, detail in rows("Indicators from one year to the next")
    if case in VERDICTS or case == "Unit changed"
    for match in re.findall(r"([^\s，]+) ([^\s→]+)→([^\s，]+)(?: \(([^,)]*)[^)]*\))?", detail)
]


@pytest.mark.parametrize(("case", "file", "level3", "old", "new", "fact"), ARROWS)
def test_every_verdict_that_the_table_states_is_reached(
    case: str, file: str, level3: str, old: str, new: str, fact: str
) -> None:
    """Each `old→new` of the table stands in the data, and compares as the row says."""
    department, year, _, name = Path(file).parts
    found = district()[department].change_to(int(year), Path(name).stem)
    assert found
    assert found.difference
    (item,) = (item for item in found.difference.indicators if item.name == level3)
    assert item.old
    assert item.new
    assert item.verdict
    assert (item.old.target or "").startswith(old)
    assert item.new.target == new
    assert item.verdict.change == VERDICTS[fact if case == "Unit changed" else case]
