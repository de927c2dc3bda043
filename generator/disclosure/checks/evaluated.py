"""The rows of a target table beside what the self-evaluation says of each."""

from __future__ import annotations

from msgspec import Struct

from disclosure.compare import indicator_places
from disclosure.model.evaluations import Evaluation
from disclosure.model.records import Project
from disclosure.model.target_table import Indicator, IndicatorResult, named_rows


class Evaluated(Struct, frozen=True):
    """An indicator and its result; without one, `result` and `position` are None.

    `position` is where the result stands in the self-evaluation, from 0.
    """

    indicator: Indicator
    result: IndicatorResult | None
    position: int | None


def evaluated(project: Project, evaluation: Evaluation) -> list[Evaluated]:
    """Each row of the table with its result, if it is clear which that is.

    Where the table was published without indicators, the evaluation's own rows are all there are.
    """
    numbered_rows = named_rows(evaluation.indicator_rows)
    if not project.indicator_rows:
        return [
            Evaluated(
                Indicator(level1=one.level1, level3=one.level3, target=one.target), one, position
            )
            for position, one in numbered_rows
        ]
    places = indicator_places(project.indicators, [row for _, row in numbered_rows])
    found = {
        place: (row, position)
        for place, (position, row) in zip(places, numbered_rows, strict=True)
        if place is not None
    }
    return [
        Evaluated(indicator, *found.get(at, (None, None)))
        for at, indicator in enumerate(project.indicators)
    ]
