"""Sums of points and scores: in rows of their own, below the indicators or among the money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, HeadAbove

#: A head of the score of the whole evaluation; 自评得分 may be that of a row.
_TOTAL_SCORE = re.compile(r"(?:评价|自评|最终|综合|绩效)*(?:总得分|总分)")


def is_score_row(name: str) -> bool:
    """Whether a label is that of the sum of points and scores."""
    return bool(field_labels.SCORE_ROWS.match(name))


def of_only_score(
    sheet: CellMap, label: FilledCell | None, head: HeadAbove | None, cell: FilledCell, path: str
) -> str:
    """The field of the only number beside 自评得分, whichever column of the rows above it is in.

    Above money stands 自评总得分 in some forms, and the number in the row of all money.
    """
    if label is None or not path.startswith(("facts.", "funds.")):
        return path
    above = field_labels.core(head.text) if head is not None else ""
    if _TOTAL_SCORE.fullmatch(above) and field_labels.is_amount(cell.text):
        return "score"
    is_score = is_score_row(field_labels.core(label.text)) and "得分" in label.text
    of_points = field_labels.column(above) in {"points", "weight"}
    numbers = [one for one in sheet.rows[cell.row]
               if one.column > label.column and field_labels.is_amount(one.text)]  # fmt: skip
    return "score" if is_score and not of_points and numbers == [cell] else path


def head_above(name: str, cell: FilledCell, heads: Sequence[HeadAbove]) -> HeadAbove | None:
    """The head above a value in the row of a name; those of repeated rows stand above sums alone.

    A sum of points may be merged over columns that have none: what it covers says what it is.
    """
    is_score = is_score_row(name)
    is_sum = is_score or bool(field_labels.SUMS.fullmatch(name))
    end = cell.column + cell.columns
    allowed = [one for one in heads if is_sum or not one.of_region]
    above = next((one for one in allowed if one.left <= cell.column and end <= one.right), None)
    if above is not None or not is_score:
        return above
    covered = [
        one for one in allowed if one.of_region and cell.column < one.right and one.left < end
    ]
    scores = (one for one in covered if field_labels.column(one.text) == "score")
    return next(scores, None) or next(iter(covered), None)


def is_empty_sum(row: FilledCell | None, cell: FilledCell, head: HeadAbove | None) -> bool:
    """Whether a cell beside a sum of points, which its row begins with, is one that has none."""
    return (
        row is not None
        and is_score_row(field_labels.core(row.text))
        and not cell.text.strip()
        and (head is None or field_labels.fund(head.text) is None)
    )
