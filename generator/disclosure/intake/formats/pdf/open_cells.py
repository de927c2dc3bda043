"""Cells that a page cuts: their lines run on to where the table ends, and nothing closes them.

A spreadsheet program prints a merged cell over two pages without a line at the break. The missing
line is put in where the lines between the columns end together with the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table

_NEAR = 2.0  # points
_INSIDE = 3.0  # points: where a line still stands that ends with the table


def tables(page: Page) -> list[Table]:
    """The tables of a page, with the cells that a page break leaves open closed."""
    finder = page.debug_tablefinder()
    lines = [line for table in finder.tables for line in _missing(table, finder.edges)]
    if not lines:
        return list(finder.tables)
    return list(page.find_tables({"explicit_horizontal_lines": lines}))


def _missing(table: Table, edges: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Lines at the top and the bottom of a table where cells are open there."""
    top = min(cell[1] for cell in table.cells)
    bottom = max(cell[3] for cell in table.cells)
    for y, inner, side in ((top, top + _INSIDE, 1), (bottom, bottom - _INSIDE, 3)):
        xs = sorted(
            edge["x0"]
            for edge in edges
            if edge["orientation"] == "v"
            and edge["top"] <= inner <= edge["bottom"]
            and _reaches(edge, y)
        )
        closed = [(cell[0], cell[2]) for cell in table.cells if abs(cell[side] - y) < _NEAR]
        for left, right in _gaps(xs, closed):
            yield {"x0": left, "x1": right, "top": y, "bottom": y, "width": right - left,
                   "height": 0, "orientation": "h", "object_type": "line"}  # fmt: skip


def _reaches(edge: Any, y: float) -> bool:
    """Whether a line ends with the table, or goes beyond."""
    return bool(edge["top"] <= y + _NEAR and edge["bottom"] >= y - _NEAR)


def _gaps(
    xs: Sequence[float], closed: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    """The columns that no cell closes."""
    for left, right in itertools.pairwise(xs):
        middle = (left + right) / 2
        if right - left > _NEAR and not any(one <= middle <= other for one, other in closed):
            yield left, right
