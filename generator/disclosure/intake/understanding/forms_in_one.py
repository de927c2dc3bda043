"""Forms of several projects that one table holds, with nothing between them.

Below the indicators of one, the rows begin again that say whose the next one is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.intake.formats.pieces import GridCell
from disclosure.intake.learning import field_labels

_HEADS = {"level1", "level2", "level3", "target", "actual"}
_FEWEST_HEADS = 2

Row = Sequence[GridCell]


def split_forms(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows of each form; a table of one form is left as it is."""
    begin, first, headed = 0, "", False
    for number, row in enumerate(rows):
        said = [cell for cell in row if cell.bare]
        states = len(said) > 1 and _states(said)
        again = states and (said[0].bare == first or _names(said[0]))
        if headed and again and not _covered(rows[:number], row[0].row):
            yield rows[begin:number]
            begin, first, headed = number, said[0].bare, False
        elif states and not (first or headed):
            first = said[0].bare
        headed = headed or sum(map(_heads, said)) >= _FEWEST_HEADS
    yield rows[begin:]


def _states(said: Row) -> bool:
    """Whether a row begins with a label and what it says."""
    labels = [field_labels.is_label(cell.text.text) for cell in said[:2]]
    return labels == [True, False]


def _names(cell: GridCell) -> bool:
    return field_labels.label(cell.text.text) in {"name", "code"}


def _heads(cell: GridCell) -> bool:
    return field_labels.column(cell.text.text) in _HEADS


def _covered(above: Sequence[Row], number: int) -> bool:
    """Whether a cell from above reaches into a row."""
    return any(cell.row + cell.rows > number for row in above for cell in row)
