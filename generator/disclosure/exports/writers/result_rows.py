"""Self-evaluations as rows of the open tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosure.compare import JoinedResult, joined_results
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.form_rows import (
    FilePart,
    amount,
    cell_rows,
    evaluation_rows,
    form_values,
    fund_parts,
    indicator_parts,
    not_merged,
)
from disclosure.exports.writers.row import Row, exact, note_rows, numbered_rows, row_of
from disclosure.model.dataset import ProjectYear
from disclosure.model.evaluations import Evaluation
from disclosure.model.target import percent
from disclosure.model.target_table import IndicatorResult, named_rows

#: What the table holds of a row of the evaluation, as printed.
_EVALUATED = ("level1", "level2", "level3", "actual", "deviation", "improvement")


def result_rows(
    key: Mapping[str, Value], project: ProjectYear, result: Evaluation, year: int
) -> Iterator[Mapping[str, Sequence[Row]]]:
    """The self-evaluation; each of its rows with the indicator that it speaks of."""
    path = project.result_path or ""
    row = row_of(
        "results",
        **key,
        **form_values(result),
        name=result.name,
        published=result.published,
        **amount("budget", result.budget),
        **amount("spent", result.spent),
        score=exact(result.score),
    )
    values = indicator_result_values(project, year)
    yield {
        "results": (row,),
        "indicator_results": numbered_rows(key, "indicator_results", values),
        "notes": tuple(note_rows(key, path, "result", result.notes)),
    }
    yield evaluation_rows(key, path, result)
    parts = [
        FilePart("result", 0, result.facts),
        *fund_parts(result),
        *indicator_parts(result.indicator_rows, "indicator_result"),
    ]
    yield cell_rows(key, path, result.money, parts)


def indicator_result_values(project: ProjectYear, year: int) -> Iterator[Mapping[str, Value]]:
    """Every row of the evaluation, with what became of its target where it names one."""
    rows = project.result.indicator_rows if project.result else ()
    places = [place for place, _ in named_rows(project.current.indicator_rows)]
    named = iter(joined_results(project, year))
    for row in rows:
        item = next(named) if row.level3 is not None else JoinedResult(row, None, None)
        yield {
            **{name: getattr(row, name) for name in _EVALUATED},
            **_points(row),
            "stated_target": row.target,
            "not_merged": not_merged(row),
            "indicator": None if item.position is None else places[item.position] + 1,
            "outcome": item.outcome.key if item.outcome else None,
            "outcome_reason": item.outcome.reason if item.outcome else None,
            **_distance(item),
        }


def _points(row: IndicatorResult) -> dict[str, Value]:
    return {"points": exact(row.points), "score": exact(row.score)}


def _distance(item: JoinedResult) -> dict[str, Value]:
    """How far the actual value is from its target, and from the target as first published."""
    outcome, first = item.outcome, item.first
    achieved = outcome.achieved if outcome else None
    return {
        "achieved_percent": None if achieved is None else percent.rounded(achieved),
        "days_late": outcome.days if outcome else None,
        "first_target": first.target if first else None,
        "first_outcome": first.outcome.key if first else None,
        "first_outcome_reason": first.reason if first else None,
    }
