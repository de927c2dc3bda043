"""What was published and what is missing: every count beside the few rows that it counts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from disclosure.config.settings import Settings
from disclosure.model.dataset import GitHistory
from disclosure.pages import coverage as coverage_pages
from disclosure.pages.coverage import MAX_LINES, CoverageIndexView, CoverageLine, CoverageYearView
from disclosure.pages.coverage_counts import Coverage, CoverageCounts, coverage
from disclosure.pages.pefa import CoveredMoney
from disclosure.pages.render import MarkdownFile
from disclosure.pages.view import Link, View
from disclosure.site.department_analysis import analysed
from tests.support import district
from tests.support.datacases import folder, project
from tests.support.repository import ROOT
from tests.support.views import all_views

TABLE = """goals: [改善出行]
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 路灯, target: ≥820盏, basis: 方案}
  - {level1: 产出指标, level2: 数量指标, level3: 公厕, target: 6座, basis: /}
  - {level1: 产出指标, level2: 时效指标, level3: 完工, target: 11月30日前}
  - {level1: 产出指标, level2: 成本指标, level3: 成本, target: 10~12万元, basis: 预算}
  - {level1: 效益指标, level2: 社会效益指标, level3: 出行, target: 明显改善, basis: 方案}
  - {level1: 满意度指标, level3: 满意度, target: ≥**%, basis: 问卷}
"""
RESULT = """schema: result/1
code: A1
indicators:
  - {level3: 路灯, actual: 800盏, deviation: 暴雨}
  - {level3: 公厕, actual: 5座}
  - {level3: 完工, actual: 11月20日}
  - {level3: 成本, actual: /}
"""
CALLED_OFF = "adjustment: {kind: withdrawal, date: 2024-05-01, reason: 取消}\n"
ADJUSTED = "adjustment: {kind: adjustment, date: 2024-06-01, reason: 调整}\n"


def tiny(root: Path) -> Path:
    """A table with a result, an adjusted one without, and one that was called off."""
    data = folder(
        root,
        {
            "A1": project("A1", TABLE),
            "A2": project("A2").replace("number: 1", "number: 2"),
            "A2@2024-06-01": project("A2", ADJUSTED).replace("number: 1", "number: 2"),
            "A3": project("A3", TABLE).replace("number: 1", "number: 3"),
            "A3@2024-05-01": project("A3", TABLE + CALLED_OFF).replace("number: 1", "number: 3"),
        },
    )
    (data / "a/2024/results").mkdir()
    (data / "a/2024/results/A1.yml").write_text(RESULT, "utf-8")
    return data


def views(data: Path) -> dict[str, View]:
    """The pages of a data folder by their addresses."""
    found = all_views(analysed(data), GitHistory(), Settings("网站"))
    return {view.address: view for view in found}


@cache
def examples() -> dict[str, View]:
    """The pages of the invented district."""
    return views(ROOT / "examples/data")


def year_page(found: dict[str, View], year: int) -> CoverageYearView:
    """The page of a year."""
    page = found[f"coverage/{year}/"]
    assert isinstance(page, CoverageYearView)
    return page


def fractions(line: CoverageLine) -> list[str]:
    """The shares of a line."""
    return [f"{one.fraction} {one.percent}".rstrip() for one in line.shares]


def of(department: str, year: int) -> Coverage:
    """The counts of a department's year of the district."""
    (found,) = (one for one in district.years(department) if one[1].year == year)
    return coverage(*found)


def test_a_few_rows_are_counted_by_hand(tmp_path: Path) -> None:
    """Placeholders say nothing, cost is no output, and what was called off counts in nothing."""
    page = year_page(views(tiny(tmp_path)), 2024)
    (line,) = page.lines
    # 820盏, 6座, 11月30日 and 10~12万元; of these all but 6座 say which way; `/` is no basis, and
    # the date has none; of the results `/` is none; 路灯 was missed for a reason, 公厕 differs.
    assert fractions(line) == ["4/6 66.7%", "3/6 50%", "4/6 66.7%", "3/6 50%", "1/2 50%"]
    assert (line.projects.text, line.tables.fraction, line.evaluated.fraction) == (
        "2",
        "1/2",
        "1/2",
    )
    assert line.adjustments.text == "1次"
    assert line.days.text == "没有写批复日期和公开日期"
    assert fractions(page.sum) == fractions(line)


def test_money_is_graded_by_what_its_projects_say(tmp_path: Path) -> None:
    """Half of the money has goal, output and outcome, and an output with a result: C and C."""
    (line,) = year_page(views(tiny(tmp_path)), 2024).lines
    half = "150.00/300.00"
    assert [one.fraction for one in line.planned.shares] == [half, half, half]
    assert [one.fraction for one in line.achieved.shares] == ["0.00/300.00", half, half]
    assert (line.planned.grade, line.achieved.grade) == ("C", "C")


@pytest.mark.parametrize(
    ("full", "partial", "some", "grade"),
    [
        ("75.00", "75.00", "75.00", "A"),
        ("74.99", "75.00", "75.00", "B"),
        ("0.00", "74.99", "74.99", "C"),
        ("0.00", "0.00", "50.00", "C"),
        ("49.99", "49.99", "49.99", "D"),
    ],
)
def test_grades_begin_exactly_where_pefa_says(
    full: str, partial: str, some: str, grade: str
) -> None:
    """Most is 75 percent by value, the majority 50."""
    amounts = [Decimal(one) for one in (full, partial, some)]
    assert CoveredMoney(Decimal("100.00"), *amounts).grade == grade
    assert CoveredMoney(Decimal(0), *amounts).grade == "无"


def test_a_department_of_the_district_is_counted_by_hand() -> None:
    """The water authority's two projects of 2024; its form has no column for the basis."""
    found = of(district.WATER, 2024)
    assert found.counts == CoverageCounts(
        projects=2,
        tables=2,
        evaluated=2,
        targets=9,
        numbers=8,  # all but 达到Ⅳ类
        signs=6,  # nor 12处 and 100%
        results=9,
        deviations=4,  # 11处, 24.5公里, 12月18日, 12个
        explained=4,
    )
    assert (found.approved, found.published, found.days) == (
        date(2024, 1, 30),
        date(2024, 2, 18),
        19,
    )
    assert (found.planned.grade, found.achieved.full) == ("A", Decimal("1140.00"))


def test_what_is_missing_says_so() -> None:
    """No evaluation, no column, no department: each in words, and never as 0 %."""
    page = year_page(examples(), 2024)
    culture = next(line for line in page.lines if "文化" in line.link.text)
    assert (culture.evaluated.fraction, culture.evaluated.missing) == ("0/4", "没有公开自评")
    assert [one.fraction for one in culture.shares[2:]] == ["无", "0/16", "无"]
    # Others have published evaluations of the year, so it is due.
    assert (culture.achieved.grade, culture.achieved.missing) == ("D", "没有公开自评")
    assert {line.achieved.grade for line in year_page(examples(), 2025).lines} == {"无"}
    assert [one.address for one in year_page(examples(), 2023).absent] == [
        f"{district.CULTURE}/",
        f"{district.WATER}/",
    ]


def test_the_index_adds_up_the_years() -> None:
    """Newest first, each as its own page says, and with the number of departments."""
    index = examples()["coverage/"]
    assert isinstance(index, CoverageIndexView)
    assert [line.link.text for line in index.lines] == ["2025年", "2024年", "2023年", "2022年"]
    assert index.lines == tuple(year_page(examples(), year).sum for year in range(2025, 2021, -1))
    assert index.lines[2].departments == (
        Link("5个", "coverage/2023/#published"),
        Link("另有2个没有公开", "coverage/2023/#absent"),
    )


def test_departments_stand_in_the_order_of_their_codes() -> None:
    """Nobody is ranked: neither by shares nor by grades."""
    lines = year_page(examples(), 2024).lines
    codes = [line.link.address.split("/")[0].rpartition("-")[2] for line in lines]
    assert codes == sorted(codes)
    text = MarkdownFile(year_page(examples(), 2024)).text
    assert "data-sortable" not in text


def test_every_share_leads_to_its_cases() -> None:
    """A department's to its year, all departments' to the lists of the year."""
    found = examples()
    page = year_page(found, 2024)
    for line in (*page.lines, page.sum):
        shares = (line.tables, line.evaluated, *line.shares)
        linked = [one for one in (*shares, *line.planned.shares) if one.percent]
        assert {re.split("[?#]", one.address)[0] for one in linked} <= found.keys()
    assert page.sum.shares[4].address == "years/2024/missed/"
    assert page.sum.adjustments.address == "years/2024/adjusted/"


def test_a_full_page_is_less_than_500_kb() -> None:
    """With the longest rows of the district, a page would hold as many as it may."""
    text = MarkdownFile(year_page(examples(), 2024)).text
    bodies = [part.partition("</tbody>")[0] for part in text.split("<tbody>")[1:]]
    longest = [max(len(row.encode()) for row in body.splitlines()) for body in bodies]
    assert len(longest) == 4
    assert sum(longest) * MAX_LINES < 500_000


def test_a_year_of_many_departments_is_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every department stands on one page, and every page has the sum of all and the way."""
    whole = year_page(examples(), 2024)
    monkeypatch.setattr(coverage_pages, "MAX_LINES", 3)
    found = views(ROOT / "examples/data")
    addresses = ["coverage/2024/", "coverage/2024/2/", "coverage/2024/3/"]
    pages = [found[address] for address in addresses]
    assert [len(page.lines) for page in pages if isinstance(page, CoverageYearView)] == [3, 3, 1]
    assert [
        line for page in pages if isinstance(page, CoverageYearView) for line in page.lines
    ] == [*whole.lines]
    for page in pages:
        assert isinstance(page, CoverageYearView)
        assert [one.address for one in page.parts] == addresses
        assert page.sum == whole.sum
