"""Self-evaluations as rows of the open tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.row import Row, exact, note_rows, numbered_rows, row_of
from disclosure.model.dataset import ProjectYear
from disclosure.model.records import SelfEvaluation
from disclosure.model.target import percent
from disclosure.pages.results import Delivered, delivered

#: What the table holds of a row of the evaluation, as printed.
_EVALUATED = ("level3", "actual", "deviation", "improvement")


def result_rows(
    key: Mapping[str, Value], project: ProjectYear, result: SelfEvaluation, year: int
) -> dict[str, Sequence[Row]]:
    """The self-evaluation; each of its rows with the indicator that it speaks of."""
    row = row_of(
        "results",
        **key,
        published=result.published,
        budget=exact(result.budget),
        spent=exact(result.spent),
        score=exact(result.score),
    )
    rows: list[Mapping[str, Value]] = [
        {
            **{name: getattr(item.row, name) for name in _EVALUATED},
            "points": exact(item.row.points),
            "score": exact(item.row.score),
            "indicator": None if item.position is None else item.position + 1,
            "outcome": item.outcome.key if item.outcome else None,
            "outcome_reason": item.outcome.reason if item.outcome else None,
            **_distance(item),
        }
        for item in delivered(project, year)
    ]
    return {
        "results": (row,),
        "indicator_results": numbered_rows(key, "indicator_results", rows),
        "notes": tuple(note_rows(key, project.result_path or "", "result", result.notes)),
    }


def _distance(item: Delivered) -> dict[str, Value]:
    """How far the actual value is from its target, and from the target as first published."""
    outcome, first = item.outcome, item.first
    achieved = outcome.achieved if outcome else None
    return {
        "achieved_percent": None if achieved is None else percent.rounded(achieved),
        "days_late": outcome.days if outcome else None,
        "first_target": first.target if first else None,
        "first_outcome": first.outcome.key if first else None,
        "first_outcome_reason": first.said if first else None,
    }
