"""The fields of the main tasks of a department, by the heads above them."""

from __future__ import annotations

from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import Leaf


def field_of(leaf: Leaf, at: int, *, named: bool) -> str:
    """The field of a column; the first one is the task's name where no head says which is.

    Args:
        leaf: The column.
        at: Which one it is, from 0.
        named: Whether a head says which column names the tasks.
    """
    path = field_labels.task(leaf.head)
    if path == "budget.total" and field_labels.task(leaf.parent) == "budget.total":
        path = field_labels.label(leaf.head) or path
    if path is None and at == 0 and not named:
        return "name"
    return path or f"other.{field_labels.field_name(leaf.head)}"
