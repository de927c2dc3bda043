"""Columns of the whole term beside those of the year."""

from __future__ import annotations

from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows

#: What heads above columns are about that say whether of the year or of the whole term.
_TIMES = {"goals", "term_goals", "term_target"}


def columns_of_term(sheet: CellMap, region: RepeatedRows) -> set[Leaf]:
    """The columns of the whole term, where those of the year stand beside them.

    Such a table has the same heads twice; what stands above them says which half is which.
    """
    columns_ = [field_labels.column(leaf.head) for leaf in region.leaves]
    targets = [at for at, column in enumerate(columns_) if column == "target"]
    if len(targets) != 2:
        return set()
    leaves = [leaf for leaf in region.leaves if field_labels.column(leaf.head) != "level1"]
    behind = leaves.index(region.leaves[targets[0]]) + 1
    halves = leaves[:behind], leaves[behind:]
    times = [
        next(filter(None, (_time(sheet, region, leaf) for leaf in half)), "") for half in halves
    ]
    return {
        leaf for half, time, other in zip(halves, times, reversed(times), strict=True)
        if time.startswith("term_") and not other.startswith("term_")
        for leaf in half
    }  # fmt: skip


def _time(sheet: CellMap, region: RepeatedRows, leaf: Leaf) -> str:
    """What the nearest head above a column that names a time is about; "" where none does."""
    above = dict.fromkeys(
        cell.text for row in range(region.first - 1, -1, -1)
        if (cell := sheet.at(row, leaf.left)) and cell.column + cell.columns >= leaf.right
    )  # fmt: skip
    named = (field_labels.label(text) or field_labels.column(text) for text in above)
    return next((path for path in named if path in _TIMES), "")
