"""Self-evaluations beside targets, where names alone do not tell which target is meant."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from disclosure.compare import indicator_places, joined_results
from disclosure.model.dataset import ProjectVersion, ProjectYear
from disclosure.model.evaluations import SelfEvaluation
from disclosure.model.fields import Amount
from disclosure.model.records import Adjustment, Project
from disclosure.model.target import judge, parse
from disclosure.model.target_table import Budget, Indicator, IndicatorResult
from disclosure.pages.results import result_table


def project(targets: list[str], actuals: list[str]) -> ProjectYear:
    """A project whose indicators and results all have the same name."""
    table = Project(
        schema_="project/1",
        code="A1",
        name="甲",
        unit="1",
        number=1,
        budget=Budget(total=Amount("1")),
        indicator_rows=tuple(
            Indicator(level1="产出指标", level3="培训", target=x) for x in targets
        ),
    )
    rows = tuple(IndicatorResult(level3="培训", actual=actual) for actual in actuals)
    result = SelfEvaluation(schema_="result/1", code="A1", indicator_rows=rows)
    return ProjectYear((ProjectVersion(table, "A1.yml"),), result, "A1.yml")


def adjusted(first: str | None, now: str | None, kind: str = "adjustment") -> ProjectYear:
    """A project whose one target was changed after it was published; None where there is none."""
    (original,) = project([first] if first else [], []).versions
    facts = {"kind": kind, "date": date(2024, 9, 1), "reason": "调整"}
    change = Adjustment.model_validate(facts)
    (later,) = project([now] if now else [], []).versions
    table = later.project.model_copy(update={"adjustment": change})
    return ProjectYear((original, ProjectVersion(table, "A1@2024-09-01.yml")))


@pytest.mark.parametrize(
    ("first", "now", "kind", "actual", "reason"),
    [
        (
            *("11月15日前", "11月30日前", "adjustment", "11月27日"),
            "按首次公开的11月15日：未按期，晚12天；按调整后的11月30日：已按期",
        ),
        (
            *("≥9500人次", "≥950人次", "correction", "972人次"),
            "按首次公开的“≥9500人次”：未达到，少8528人次，完成10.2%；按更正后的“≥950人次”：已达到",
        ),
        (
            *("≥5个", None, "adjustment", "3个"),
            "按首次公开的“≥5个”：未达到，少2个，完成60%；调整后取消了这项指标",
        ),
        (
            *("120个", "100个", "adjustment", "104个"),
            (
                "按首次公开的“120个”：有差异，少16个，完成86.7%；原文没有≥或≤；"
                "按调整后的“100个”：有差异，多4个，完成104%；原文没有≥或≤"
            ),
        ),
        (None, "≥5个", "adjustment", "3个", None),
        ("≥90%", "不低于90%", "adjustment", "95%", None),
    ],
)
def test_a_moved_target_is_judged_by_what_was_first_published_too(
    first: str | None, now: str | None, kind: str, actual: str, reason: str | None
) -> None:
    """Both outcomes stand together; a target that was only written otherwise was not moved."""
    row = IndicatorResult(level3="培训", actual=actual)
    result = SelfEvaluation(schema_="result/1", code="A1", indicator_rows=(row,))
    (found,) = joined_results(replace(adjusted(first, now, kind), result=result), 2024)
    assert (found.first.reason if found.first else None) == reason


@pytest.mark.parametrize(
    ("target", "actual", "points", "score", "reason"),
    [
        ("0起", "1起", "15", "0", "目标是0起，实际1起；自评扣15分"),
        ("120个", "104个", "10", "8", "少16个，完成86.7%；原文没有≥或≤；自评扣2分"),
        ("≥95%", "94.6%", "10", "9.50", "少0.4个百分点，完成99.6%；自评扣0.5分"),
        ("≥95%", "94.6%", "10", "10", "少0.4个百分点，完成99.6%"),
        ("≥95%", "96%", "10", "9", "实际完成值达到目标"),
    ],
)
def test_the_departments_own_points_stand_beside_a_miss(
    target: str, actual: str, points: str, score: str, reason: str
) -> None:
    """What the department took off itself is said where something is missing."""
    row = IndicatorResult(level3="培训", actual=actual, points=Amount(points), score=Amount(score))
    result = SelfEvaluation(schema_="result/1", code="A1", indicator_rows=(row,))
    (found,) = joined_results(replace(project([target], []), result=result), 2024)
    assert found.outcome
    assert found.outcome.reason == reason


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        ("≥95%", "96%", ""),
        ("95%", "95%", ""),
        ("≥95%", "94.6%", "少0.4个百分点，完成99.6%"),
        ("增长5%以下", "下降2%", "实际完成值达到目标，方向相反：实际下降2%"),
    ],
)
def test_a_reason_is_not_said_that_the_values_show(target: str, actual: str, reason: str) -> None:
    """That a target was reached or is the same stands beside it; everything else is said."""
    table = result_table(project([target], [actual]), 2024)
    assert table
    assert [row.outcome.reason for row in table.rows if row.outcome] == [reason]


def judged(targets: list[str], actuals: list[str]) -> list[tuple[int | None, str | None]]:
    """The indicator that each result speaks of, and what became of it."""
    found = joined_results(project(targets, actuals), 2024)
    return [(item.position, item.outcome.key if item.outcome else None) for item in found]


def test_results_of_one_name_belong_to_its_indicators_in_order() -> None:
    """Two indicators and two results of one name are paired as they stand."""
    assert judged(["≥8次", "≥3次"], ["5次", "5次"]) == [(0, "not-met"), (1, "met")]


@pytest.mark.parametrize(
    ("levels", "meant"),
    [
        (("产出指标", "效益指标"), (0, 1)),
        (("效益指标", "产出指标"), (1, 0)),
        (("效益指标",), (1,)),
        (("产出指标", "产出指标"), (0, 1)),
        (("产出 指标", None), (0, 1)),
    ],
)
def test_results_of_one_name_belong_to_the_indicators_of_their_levels(
    levels: tuple[str | None, ...], meant: tuple[int | None, ...]
) -> None:
    """An evaluation that prints levels may list its rows in another order, or leave some out."""
    table = [Indicator(level1=one, level3="培训") for one in ("产出指标", "效益指标")]
    rows = [IndicatorResult(level1=one, level3="培训") for one in levels]
    assert indicator_places(table, rows) == meant


def test_a_result_that_may_mean_either_indicator_is_not_judged() -> None:
    """One result beside two indicators of its name: no guess which is meant."""
    assert judged(["≥8次", "≥3次"], ["5次"]) == [(None, None)]


def test_a_second_result_for_one_indicator_is_not_judged() -> None:
    """Two results beside one indicator contradict each other, so neither is taken."""
    assert judged(["≥3次"], ["5次", "2次"]) == [(None, None), (None, None)]


def test_a_column_in_which_no_result_says_anything_is_left_out() -> None:
    """The table beside the printed one has no empty columns, and no picture of nothing."""
    rows = (IndicatorResult(level3="培训", actual="8次", points=Amount("10")),)
    result = SelfEvaluation(schema_="result/1", code="A1", indicator_rows=rows)
    found = result_table(replace(project([], []), result=result), 2024)
    assert found
    assert (sorted(found.columns), found.drawn) == (["actual", "points"], False)
    found = result_table(replace(project(["≥9次"], []), result=result), 2024)
    assert found
    assert (sorted(found.columns), found.drawn) == (["actual", "outcome", "points", "target"], True)


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("120个", "104个", "少16个"),
        ("≥120个", "104个", "少16个"),
        ("120", "104个", "目标没有写单位；按同一单位，少16个"),
        ("约120个", "104个", "少16个；目标写“约”，没有写明幅度"),
        ("6月30日", "7月3日", "原文没有写“前”"),
        ("6月30日前", "7月3日", ""),
        ("≥120个、≥2期", "104个、2期", "第1项少16个，完成86.7%"),  # the column says of which
    ],
)
def test_a_list_says_once_what_its_columns_and_its_note_say(
    target: str, actual: str, said: str
) -> None:
    """The percent and the days have columns, the missing sign has a note above the list."""
    judgement = judge(parse(target, 2024), parse(actual, 2024))
    assert judgement.parts.listed.text == said
