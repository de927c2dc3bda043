"""Lists of targets with heads and nothing below them: they are empty, and stand for nothing."""

from __future__ import annotations

from disclosure.forms import templates
from disclosure.forms.form import Form, FormCell
from disclosure.forms.grid import Grid
from disclosure.intake.learning import Printed, field_labels, indicator_rows
from disclosure.intake.learning.cell_map import CellMap
from disclosure.model.whitespace import squeezed

_MAX_HEAD = 20  # a longer text is no head
_MIN_KNOWN = 3


def is_blank(grid: Grid) -> bool:
    """Whether a table has no more than the heads of indicators, and of what they are of."""
    heads = indicator_rows.heads_from(CellMap(grid), 0)
    if heads is None:
        return False
    said = [cell for cell in grid.cells() if cell.text.strip()]
    known = [cell for cell in said if field_labels.is_label(cell.text)]
    return len(known) >= _MIN_KNOWN and all(
        cell.row < heads[1]
        and len(squeezed(cell.text)) <= _MAX_HEAD
        and not field_labels.is_amount(cell.text)
        and (cell in known or not any(map(str.isdigit, cell.text)))
        for cell in said
    )


def blank_form(printed: Printed) -> Form:
    """The form of such a table, which says nothing but its heads."""
    rows = tuple(
        tuple(
            FormCell(
                text=templates.literal(cell.text) or None, rows=cell.rows, columns=cell.columns
            )
            for cell in row
        )
        for row in printed.grid.rows
    )
    return Form.model_validate(
        {
            "schema": "form/1",
            "id": "blank",
            "name": squeezed(printed.title) or "项目绩效目标一览表",
            "kind": "projects",
            "columns": printed.grid.columns,
            "rows": rows,
        }
    )
