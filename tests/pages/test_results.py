"""Self-evaluations beside targets, where names alone do not tell which target is meant."""

from __future__ import annotations

from decimal import Decimal

from disclosure.model.dataset import ProjectVersion, ProjectYear
from disclosure.model.records import Budget, Indicator, IndicatorResult, Project, SelfEvaluation
from disclosure.pages.results import delivered


def project(targets: list[str], actuals: list[str]) -> ProjectYear:
    """A project whose indicators and results all have the same name."""
    table = Project(
        schema_="project/1",
        code="A1",
        name="甲",
        unit="1",
        number=1,
        budget=Budget(total=Decimal(1)),
        indicators=tuple(Indicator(level1="产出指标", level3="培训", target=x) for x in targets),
    )
    rows = tuple(IndicatorResult(level3="培训", actual=actual) for actual in actuals)
    result = SelfEvaluation(schema_="result/1", code="A1", indicators=rows)
    return ProjectYear((ProjectVersion(table, "A1.yml"),), result, "A1.yml")


def judged(targets: list[str], actuals: list[str]) -> list[tuple[int | None, str | None]]:
    """The indicator that each result speaks of, and what became of it."""
    found = delivered(project(targets, actuals), 2024)
    return [(item.position, item.outcome.key if item.outcome else None) for item in found]


def test_results_of_one_name_belong_to_its_indicators_in_order() -> None:
    """Two indicators and two results of one name are paired as they stand."""
    assert judged(["≥8次", "≥3次"], ["5次", "5次"]) == [(0, "not-met"), (1, "met")]


def test_a_result_that_may_mean_either_indicator_is_not_judged() -> None:
    """One result beside two indicators of its name: no guess which is meant."""
    assert judged(["≥8次", "≥3次"], ["5次"]) == [(None, None)]


def test_a_second_result_for_one_indicator_is_not_judged() -> None:
    """Two results beside one indicator contradict each other, so neither is taken."""
    assert judged(["≥3次"], ["5次", "2次"]) == [(None, None), (None, None)]
