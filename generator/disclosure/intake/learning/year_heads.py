"""Heads that say the year of the document: 2026年预算, 2026年目标值, 2026年 below 预算金额."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from disclosure.intake.learning import field_labels, value_fields
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text
from disclosure.model.whitespace import squeezed

#: What a head begins with that says a year.
_YEAR = re.compile(r"上年|前年|去年|(?:19|20)[0-9]{2}年")


def of_region(sheet: CellMap, region: RepeatedRows, year: str) -> list[Leaf]:
    """The columns of repeated rows, those of the document's year as such."""
    leaves = [_of_other_year(leaf, region.leaves, year) for leaf in region.leaves]
    return [_of_year_alone(sheet, region, _of_this_year(leaf, year), year) for leaf in leaves]


def _of_other_year(leaf: Leaf, leaves: Sequence[Leaf], year: str) -> Leaf:
    """A column below the head of another year, where the same one stands below the document's."""
    own = re.compile(rf"{year or '本年'}年?度?.*|本年度?.*|当年.*")
    parent = squeezed(leaf.parent)
    same = (one for one in leaves if squeezed(one.head) == squeezed(leaf.head))
    is_own = any(own.fullmatch(squeezed(one.parent)) for one in same)
    is_other = bool(_YEAR.match(parent)) and not own.fullmatch(parent)
    return replace(leaf, head=f"{parent}{squeezed(leaf.head)}") if is_other and is_own else leaf


def _of_year_alone(sheet: CellMap, region: RepeatedRows, leaf: Leaf, year: str) -> Leaf:
    """A column of a list that is headed by the year alone, as one of money if it holds amounts."""
    is_year = bool(year) and squeezed(leaf.head).removesuffix("度") == f"{year}年"
    if not is_year or region.each != "projects":
        return leaf
    said = [cell for cell in sheet.column_cells(region, leaf) if bare_text(cell)]
    money = bool(said) and all(cell and field_labels.is_amount(cell.text) for cell in said)
    return replace(leaf, head="本年预算") if money else leaf


def _of_this_year(leaf: Leaf, year: str) -> Leaf:
    """A column whose head says the year of the document, as one whose head says 本年."""
    head = squeezed(leaf.head)
    if not year or not head.startswith(f"{year}年") or _is_known(head):
        return leaf
    rest = head.removeprefix(f"{year}年").removeprefix("度")
    said = f"本年{rest}" if rest else leaf.parent
    return replace(leaf, head=said) if _is_known(said) else leaf


def _is_known(head: str) -> bool:
    name = field_labels.bare(head)
    known = field_labels.column(head) or field_labels.label(head)
    return bool(known) or value_fields.is_all_money(name)
