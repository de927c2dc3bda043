"""The life of a project through versions, years, splits, mergers and departments."""

from __future__ import annotations

import csv
import html
import io
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from disclosure.config.site_project import load_project
from disclosure.exports.forms import pdf
from disclosure.exports.writers.life_csv import HEADS, life_csv
from disclosure.model.dataset import GitHistory
from disclosure.pages.history import HistoryView
from disclosure.pages.render import MarkdownFile
from tests.support import district, papers
from tests.support.datafolder import adjustment, disclosure, project, result
from tests.support.moving_projects import MERGER, SPLIT, TWICE, files, pages, table
from tests.support.repository import ROOT
from tests.support.views import all_views

LIVES = ROOT / "tests/cases/lives"
#: The cases, each the page of a project of the examples; what its CSV says stands beside them.
CASE_PAGES = {
    "adjusted-and-evaluated": "990101-402/projects/99010122P00416210028Y/",
    "came-out-of-a-split": "990101-208/projects/99010125P00849510051W/",
    "was-split": "990101-208/projects/99010122P008152100445/",
    "merged": "990101-402/projects/99010124P004065100639/",
    "withdrawn": "990101-301/projects/99010122P00325910032Q/",
}


@cache
def examples() -> Mapping[str, HistoryView]:
    """The histories of the invented district, by their addresses."""
    config = load_project(ROOT / "examples")
    found = all_views(district.analysis(), GitHistory(), config.settings)
    return {view.address: view for view in found if isinstance(view, HistoryView)}


def rows(view: HistoryView) -> list[dict[str, str]]:
    """The lines of a life's CSV, by the heads."""
    return [*csv.DictReader(io.StringIO(life_csv(view).decode("utf-8-sig")))]


@pytest.mark.parametrize("name", CASE_PAGES)
def test_a_life_is_told_as_it_was_looked_at(name: str) -> None:
    """The CSV of a life is, byte for byte, the one beside the case."""
    expected = LIVES / f"{name}.csv"
    made = life_csv(examples()[CASE_PAGES[name]])
    if "UPDATE_CASES" in os.environ:
        expected.write_bytes(made)
    assert made == expected.read_bytes()


def test_every_life_case_is_used() -> None:
    """No expected file is left over."""
    assert {path.stem for path in LIVES.iterdir()} == CASE_PAGES.keys()


def test_everything_that_was_published_stands_in_a_life() -> None:
    """Each target of each version and each actual value is on its project's page and in the CSV."""
    for department in district.analysis().departments:
        for chain in department.chains:
            view = examples()[f"{department.data.department.id}/projects/{chain.first_id}/"]
            lines = rows(view)
            told = {
                (line["预算年度"], line["三级指标"], line["指标值"].removeprefix("'"))
                for line in lines
            }
            reached = {(line["预算年度"], line["三级指标"], line["实际完成值"]) for line in lines}
            shown = {
                (year.year.text[:4], step.target)
                for indicator in view.indicators
                for year in indicator.years
                for step in year.steps
            }
            delivered = {
                (year.year.text[:4], year.actual)
                for indicator in view.indicators
                for year in indicator.years
            }
            for member in chain.whole:
                at = str(member.year.year)
                for version in member.project.versions:
                    for row in version.project.indicators:
                        assert (at, row.level3, row.target or "") in told
                        assert view.is_short or (at, row.target or "") in shown
                for item in member.project.result.indicators if member.project.result else ():
                    assert (at, item.level3, item.actual or "") in reached
                    assert (at, item.actual or "") in delivered


def test_only_a_page_without_a_history_says_so() -> None:
    """One table and nothing else is all that a page calls short, and only such has no document."""
    views = [*examples().values()]
    assert [view.is_short for view in views] == [len(view.events) == 1 for view in views]
    assert {view.is_short for view in views} == {True, False}
    assert {len(view.years) for view in views if not view.is_short} >= {1, 4}


def test_events_stand_in_order_of_time() -> None:
    """What has a date never stands before what happened earlier, whatever year it is about."""
    for view in examples().values():
        days = [event.date for event in view.events]
        assert days == sorted(days)


def test_what_has_no_date_gets_none(tmp_path: Path) -> None:
    """A table without a date opens its year, an evaluation without one closes it."""
    data = files(
        {"a-1/2023": {"A": table("A", "市场建设")}, "a-1/2024": {"A": table("A", "市场建设")}}
    )
    data |= {f"a-1/{year}/disclosure.yml": disclosure(year) for year in (2023, 2024)}
    data["a-1/2023/results/A.yml"] = result("A")
    found = pages(tmp_path, data)["a-1/projects/A/"].events
    assert [(event.year, event.label, event.date) for event in found] == [
        (2023, "首次公开", ""),
        (2023, "自评公开", ""),
        (2024, "首次公开", ""),
    ]


def test_a_source_in_another_department_is_shown(tmp_path: Path) -> None:
    """What a merged project came from stands on its page, with its money and its targets."""
    view = pages(tmp_path, MERGER)["c-3/projects/C24/"]
    assert [(line.relation, line.department, line.name) for line in view.relatives] == [
        ("来源项目", "甲局", "市场建设"),
        ("来源项目", "乙局", "市场管理"),
    ]
    assert [line.budget.text for line in view.relatives] == ["150.00", "150.00"]
    assert [one.title for one in view.relatives_targets] == [
        "2023年：市场建设（甲局）",
        "2023年：市场管理（乙局）",
    ]
    assert view.relatives_targets[0].rows[0].steps[0].target == "≥20公里"
    assert view.events[-1].details == (
        "由“市场建设”、“市场管理”合并而来，由甲局、乙局转来（依据：部门填报的承接关系）",
    )
    assert not view.is_short


def test_heirs_in_two_departments_are_shown(tmp_path: Path) -> None:
    """A project that was split leads to each part, and each part to it, but not to the other."""
    made = pages(tmp_path, SPLIT)
    whole = made["a-1/projects/A23/"]
    assert [(line.relation, line.name) for line in whole.relatives] == [
        ("去向项目", "市场建设"),
        ("去向项目", "市场管理"),
    ]
    for address in ("a-1/projects/A24/", "b-2/projects/B24/"):
        part = made[address]
        assert [(line.relation, line.name) for line in part.relatives] == [("来源项目", "市场建设")]
        assert [line.history.address for line in part.relatives] == ["a-1/projects/A23/"]
        assert [year.project for year in part.indicators[0].years] == ["市场建设", ""]


def test_sources_of_sources_are_followed(tmp_path: Path) -> None:
    """Through two splits in two years the first project is still there, its targets where near."""
    data = files(
        {
            "a-1/2022": {"A22": table("A22", "综合管理")},
            "a-1/2023": {
                "A23": table("A23", "甲类管理", "A22"),
                "B23": table("B23", "乙类管理", "A22", number=2),
            },
            "b-2/2024": {
                "C24": table("C24", "甲类巡查", "A23"),
                "D24": table("D24", "甲类养护", "A23", number=2),
            },
        }
    )
    view = pages(tmp_path, data)["b-2/projects/C24/"]
    assert [line.name for line in view.relatives] == ["综合管理", "甲类管理"]
    assert [one.title for one in view.relatives_targets] == ["2023年：甲类管理（甲局）"]
    assert [event.name for event in view.events] == ["综合管理", "甲类管理", "甲类巡查"]
    assert [year.project for year in view.indicators[0].years] == ["综合管理", "甲类管理", ""]


def test_a_moved_project_is_no_source_of_itself(tmp_path: Path) -> None:
    """What goes through three departments as one project has no relatives, and all its years."""
    view = pages(tmp_path, TWICE)["b-2/projects/B23/"]
    assert view.relatives == ()
    assert view.summary == "2022年至2024年，3个年度，公开后没有改动，还没有公开自评。"


WITHIN = """indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 清淤长度, target: ≥20公里}
  - {level1: 产出指标, level2: 时效指标, level3: 完工时间, target: 10月31日前}
"""
CHANGED = """indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 清淤长度, target: ≥18公里}
"""
AGAIN = """indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 清淤长度, target: ≥18000米}
"""
DONE = """indicators:
  - {level3: 清淤长度, actual: 18.5公里, deviation: 汛期停工}
  - {level3: 完工时间, actual: 11月20日}
"""


def test_every_step_of_a_year_is_told(tmp_path: Path) -> None:
    """A target changed twice, and one dropped, show each value with its document and the result."""
    data = files({"a-1/2024": {"A": project("A", more=WITHIN)}})
    for day, more, number in (("2024-05-01", CHANGED, 1), ("2024-08-01", AGAIN, 2)):
        text = adjustment("adjustment", day, more=f"  document: 甲财〔2024〕{number}号\n")
        data[f"a-1/2024/projects/A@{day}.yml"] = project("A", more=more + text)
    data["a-1/2024/results/A.yml"] = result("A", "2025-03-01") + DONE
    view = pages(tmp_path, data)["a-1/projects/A/"]
    length, day = view.indicators
    assert [(step.date, step.document, step.target) for step in length.years[0].steps] == [
        ("", "", "≥20公里"),
        ("2024-05-01", "甲财〔2024〕1号", "≥18公里"),
        ("2024-08-01", "甲财〔2024〕2号", "≥18000米"),
    ]
    assert length.years[0].deviation == "汛期停工"
    assert [step.target for step in day.years[0].steps] == ["10月31日前", "（取消了这项指标）"]
    assert day.years[0].actual == "11月20日"
    assert day.years[0].first == "按首次公开的10月31日：未按期，晚20天；调整后取消了这项指标"
    assert [event.label for event in view.events] == [
        "首次公开",
        "预算调整",
        "预算调整",
        "自评公开",
    ]
    assert view.events[1].details == ("原因：预算调整", "改动2项绩效指标")


def test_the_target_that_an_evaluation_states_stands_beside_it(tmp_path: Path) -> None:
    """Where it is not the one in force the page says so; the CSV has it in any case."""
    data = files({"a-1/2024": {"A": project("A", more=WITHIN)}})
    told = DONE.replace("actual: 18.5公里", "target: ≥18公里, actual: 18.5公里")
    told = told.replace("actual: 11月20日", "target: 10月31日 前, actual: 11月20日")
    data["a-1/2024/results/A.yml"] = result("A", "2025-03-01") + told
    view = pages(tmp_path, data)["a-1/projects/A/"]
    assert [one.years[0].stated for one in view.indicators] == ["≥18公里", ""]
    written = [line["自评表上的指标值"] for line in rows(view) if line["实际完成值"]]
    assert written == ["≥18公里", "10月31日 前"]
    assert "自评表上的指标值：≥18公里" in html.unescape(MarkdownFile(view).text)


def test_a_picture_has_one_unit(tmp_path: Path) -> None:
    """Metres and kilometres of several years stand on one scale; words and dates on none."""
    values = {2022: "≥20公里", 2023: "≥18500米", 2024: "约19公里", 2025: "全面完成"}
    data = files(
        {
            f"a-1/{year}": {"A": project("A", more=WITHIN.replace("≥20公里", value))}
            for year, value in values.items()
        }
    )
    length, day = pages(tmp_path, data)["a-1/projects/A/"].indicators
    assert [year.points.target for year in length.years] == ["20公里", "18.5公里", "19公里", ""]
    assert length.is_drawn
    assert not day.is_drawn


def test_a_withdrawn_year_says_so(tmp_path: Path) -> None:
    """The event and the amount say that the project was called off, and no picture has it."""
    years = ("a-1/2022", "a-1/2023", "a-1/2024")
    data = files({year: {"A": table("A", "市场建设")} for year in years})
    text = adjustment("withdrawal", "2024-05-01")
    data["a-1/2024/projects/A@2024-05-01.yml"] = table("A", "市场建设") + text
    view = pages(tmp_path, data)["a-1/projects/A/"]
    assert (view.events[-1].label, view.events[-1].mark) == ("撤销", "已撤销")
    assert [year.points.target for year in view.indicators[0].years] == ["20公里", "20公里", ""]


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """A cell that a spreadsheet would compute gets a sign in front, as in all CSV files."""
    data = files({"a-1/2024": {"A": project("A", more=WITHIN.replace("≥20公里", "'=1+1'"))}})
    lines = rows(pages(tmp_path, data)["a-1/projects/A/"])
    assert lines[1]["指标值"] == "'=1+1"
    assert [*lines[0]] == [*HEADS]


def test_the_document_says_what_the_page_says(tmp_path: Path) -> None:
    """The PDF has every event, every amount, every target and every result of the page."""
    papers.need_poppler()
    view = examples()[CASE_PAGES["merged"]]
    made = tmp_path / "life.pdf"
    made.write_bytes(pdf.Typesetter().pdf(view))
    text = papers.plain("".join(papers.pages(made)))
    wanted = [
        *(word for event in view.events for word in (event.date, event.budget, *event.details)),
        *(line.budget.text for line in view.years),
        *(line.budget.text for line in view.relatives),
        *(
            word
            for indicator in view.indicators
            for year in indicator.years
            for word in (*(step.target for step in year.steps), year.actual)
        ),
        *(row.name for one in view.relatives_targets for row in one.rows),
    ]
    assert [word for word in wanted if papers.plain(word) not in text] == []
