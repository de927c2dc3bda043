"""得分与分值或总分不符

检查什么：自评结果里，每个指标和预算执行的得分是否超过它的分值；总分是否少于各指标得分之和，或多得超过
了预算执行率可得的分（100 分减去各指标的分值）。自评表写明预算执行的分值和得分，且各项分值合计正好
100 分的，总分应等于各项得分之和。自评没有列全指标、有的指标没有得分的，不检查总分。

为什么：得分是公众判断项目好坏的依据。得分高于分值、总分对不上，说明有一个数字录错或算错。

例子：分值 10 分，得分 12 分；各指标得分之和 85 分、分值之和 90 分，总分却写 98 分（最多 95 分）。

怎么改：对照自评表改正。公开文件本身如此的，请在自评结果的 notes 里写 rule: C408 和说明。

出处：项目支出绩效自评表“分值”“得分”“总分”三栏的关系。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.advice import or_accept
from disclosure.checks.evaluated import evaluated
from disclosure.checks.subject import FieldPath, ResultSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.evaluations import Evaluation
from disclosure.model.fields import amount_in
from disclosure.model.records import CheckSettings
from disclosure.model.target_table import IndicatorResult, named_rows

RULE = Rule("C408", Severity.WARNING, "得分与分值或总分不符")
_FULL = Decimal(100)
#: Printed totals are rounded, to one place at the coarsest.
_ROUNDING = Decimal("0.05")
#: What earns points: its score's place, its name, score, points.
_Scored = tuple[FieldPath, str, Decimal, Decimal]


def check(subject: ResultSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare each score with its points, and the total with the scores."""
    hint = "请对照自评表核对得分和分值。" + or_accept(RULE)
    for field, name, score, points in (*_indicators(subject.result), *_funds(subject.result)):
        if score > points:
            message = f"“{name}”得 {score} 分，超过分值 {points} 分。"
            yield subject.remark(RULE, field, message, hint)
    rows = evaluated(subject.project.current, subject.result)
    yield from _total(subject, [row.result for row in rows])


def _indicators(result: Evaluation) -> Iterator[_Scored]:
    for position, row in named_rows(result.indicator_rows):
        if row.score is not None and row.points is not None:
            yield ("indicators", position, "score"), row.name, row.score, row.points


def _funds(result: Evaluation) -> Iterator[_Scored]:
    """What the rows of money earn, which is for the execution of the budget."""
    for position, row in enumerate(result.funds):
        score, points = (
            amount_in((text or "").strip().removesuffix("分"), "万元")
            for text in (row.score, row.points)
        )
        if score is not None and points is not None:
            yield ("funds", position, "score"), row.name, score, points


def _total(subject: ResultSubject, results: list[IndicatorResult | None]) -> Iterator[Remark]:
    """Compare the total with what the scores leave room for."""
    total = subject.result.score
    scored = [
        (row.score, row.points)
        for row in results
        if row and row.score is not None and row.points is not None
    ]
    if total is None or len(scored) != len(results):
        return
    scores = sum((score for score, _ in scored), Decimal(0))
    left = _FULL - sum(points for _, points in scored)
    said = f"总分 {total} 分，而各指标得分之和为 {scores} 分，"
    least, most = scores, scores + max(Decimal(0), left)
    execution = [*_funds(subject.result)]
    if execution and sum(points for _, _, _, points in execution) == left:
        least = most = scores + sum(score for _, _, score, _ in execution)
        said += f"加上预算执行的 {most - scores} 分是 {most} 分。"
    else:
        said += f"预算执行率最多再得 {most - scores} 分。"
    if not least - _ROUNDING <= total <= most + _ROUNDING:
        hint = "请对照自评表核对总分和各项得分。" + or_accept(RULE)
        yield subject.remark(RULE, ("score",), said, hint)
