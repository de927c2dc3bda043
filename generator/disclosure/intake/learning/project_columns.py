"""Tables with a project in each column: their heads are rows.

No form says that yet, so such a table is named and not read: read as the table of one project, it
would give the money and goals of all of them to a project without a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import column_meanings, field_labels, goal_cells
from disclosure.intake.learning.cell_map import CellMap, bare_text


def has_project_columns(sheet: CellMap) -> bool:
    """Whether several projects are named side by side, with money or goals below each name."""
    if not any(_is_of_targets(cell.text) for row in sheet.rows for cell in row):
        return False
    for number, row in enumerate(sheet.rows):
        names = _values(row) if _label(row) == "name" else []
        if len(names) > 1 and not any(bare_text(one)[0].isdigit() for one in names):
            return any(_are_below(names, below) for below in sheet.rows[number + 1 :])
    return False


def _is_of_targets(text: str) -> bool:
    return column_meanings.is_category(text) or goal_cells.is_label(text)


def _are_below(names: Sequence[FilledCell], row: Sequence[FilledCell]) -> bool:
    """Whether a row has an amount or a goal below each of some names."""
    values = _values(row)
    if [(one.column, one.columns) for one in values] != [
        (one.column, one.columns) for one in names
    ]:
        return False
    texts = [one.text for one in values]
    goals = _label(row) in {"goals", "term_goals"} and all(map(goal_cells.is_goal, texts))
    return goals or all(map(field_labels.is_amount, texts))


def _label(row: Sequence[FilledCell]) -> str | None:
    said = [cell.text for cell in row if bare_text(cell)]
    return field_labels.label(said[0]) if said else None


def _values(row: Sequence[FilledCell]) -> list[FilledCell]:
    """The cells beside the label of a row; none where it has no label, or some are labels too."""
    said = [cell for cell in row if bare_text(cell)]
    labels = [field_labels.is_label(cell.text) for cell in said]
    return said[1:] if labels[:1] == [True] and not any(labels[1:]) else []
