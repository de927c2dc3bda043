"""Rows of a project's money that stand in the columns of its indicators, below these."""

from __future__ import annotations

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels, value_fields
from disclosure.intake.learning.cell_map import MONEY_UNITS, CellMap, RepeatedRows, bare_text

_AMOUNTS = frozenset({"initial", "budget", "spent"})


def begin(sheet: CellMap, region: RepeatedRows, row: int) -> bool:
    """Whether rows of money begin with a row, below one that is of an indicator."""
    return (
        row > region.first
        and _is_of_money(sheet, region, row)
        and not _is_of_money(sheet, region, row - 1)
    )


def _is_of_money(sheet: CellMap, region: RepeatedRows, row: int) -> bool:
    """Whether a row in the columns of the indicators names kinds of money and their amounts.

    A level may be called so as well, but nothing but amounts and other labels stands beside it.
    """
    leaves = region.leaves
    if region.each == "projects" or field_labels.column(leaves[0].head) != "level1":
        return False
    first, *others = (sheet.at(row, leaf.left) for leaf in leaves)
    said = [cell for cell in others if cell is not None and bare_text(cell)]
    if first is None or not said or not (_names(first) or value_fields.is_about_money(first)):
        return False
    return any(map(_names, (first, *said))) and all(map(_may_stand_beside, said))


def _names(cell: FilledCell) -> bool:
    """Whether a cell is the label of an amount of money."""
    return field_labels.is_money_label(cell.text) or field_labels.fund(cell.text) in _AMOUNTS


def _may_stand_beside(cell: FilledCell) -> bool:
    is_level = (field_labels.column(cell.text) or "").startswith("level")
    is_label = field_labels.is_label(cell.text) and not is_level
    return bare_text(cell) in MONEY_UNITS or is_label or field_labels.is_amount(cell.text)
