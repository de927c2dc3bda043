"""The rows of a target table beside what the self-evaluation says of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from disclosure.model.evaluations import Evaluation
from disclosure.model.records import Project
from disclosure.model.target_table import Indicator, IndicatorResult, numbered


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An indicator and its result; without one, `result` and `position` are None.

    `position` is where the result stands in the self-evaluation, from 0.
    """

    indicator: Indicator
    result: IndicatorResult | None
    position: int | None


def evaluated(project: Project, evaluation: Evaluation) -> list[Evaluated]:
    """Each row of the table with its result, found by the name of the third level.

    The n-th row of a name that several rows have belongs to the n-th result of that name. Where the
    table was published without indicators, the evaluation's own rows are all there are.
    """
    if not project.indicator_rows:
        return [
            Evaluated(
                Indicator(level1=one.level1, level3=one.level3, target=one.target), one, position
            )
            for position, one in numbered(evaluation.indicator_rows)
        ]
    results: dict[tuple[str, int], tuple[int, IndicatorResult]] = {}
    seen: Counter[str] = Counter()
    for position, result in numbered(evaluation.indicator_rows):
        results[result.name, seen[result.name]] = (position, result)
        seen[result.name] += 1
    rows: list[Evaluated] = []
    met: Counter[str] = Counter()
    for indicator in project.indicators:
        name = indicator.name
        found_at, found = results.get((name, met[name]), (None, None))
        rows.append(Evaluated(indicator, found, found_at))
        met[name] += 1
    return rows
