"""Cells that a page cuts: their lines run on to where the page ends, and nothing closes them.

A spreadsheet program prints a merged cell over two pages without a line at the break, a browser a
whole row. The missing line is put in where the lines between the columns end together. What a
browser does not find room for in such a cell it prints below the end of the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from pdfplumber.page import Page
from pdfplumber.table import Table

from disclosure.intake.formats.pdf.glyphs import Char

_NEAR = 2.0  # points
_INSIDE = 3.0  # points: where a line still stands that ends with the table
_MIN_LINES = 3  # lines side by side that make a row of a table
_TALL = 300.0  # points: only a row that fills its page is so tall and has no line across

Edge = Any
Box = tuple[float, float, float, float]


class PageTable(Struct, frozen=True):
    """A table of a page.

    Attributes:
        cells: Its cells: (left, top, right, bottom) in points.
        open: The left and right side of each cell that nothing closes at the bottom.
    """

    cells: tuple[Box, ...]
    open: tuple[tuple[float, float], ...] = ()


def tables(page: Page) -> tuple[list[PageTable], list[Box]]:
    """The tables of a page, with the cells that a page break leaves open closed; single boxes."""
    finder = page.debug_tablefinder()
    lines = [line for table in finder.tables for line in _missing(table, finder.edges)]
    lines += _rows_alone(finder.tables, finder.edges)
    sides = [line for table in finder.tables for line in _sides(table, finder.edges)]
    taken = {cell for table in finder.tables for cell in table.cells}
    boxes = [box for box in finder.cells if box not in taken and box[3] - box[1] < _TALL]
    if not (lines or sides):
        return [PageTable(tuple(table.cells)) for table in finder.tables], boxes
    added = {"explicit_horizontal_lines": lines, "explicit_vertical_lines": sides}
    return [
        PageTable(tuple(table.cells), tuple(_open(table, lines)))
        for table in page.find_tables(added)
    ], boxes


def _open(table: Table, lines: Sequence[Edge]) -> Iterator[tuple[float, float]]:
    """The sides of the cells at the bottom of a table that only a line put in closes."""
    for left, _, right, bottom in table.cells:
        middle = (left + right) / 2
        if abs(bottom - table.bbox[3]) < _NEAR and any(
            abs(line["top"] - bottom) < _NEAR and line["x0"] <= middle <= line["x1"]
            for line in lines
        ):
            yield left, right


def below(
    chars: Iterable[Char], end: float, open_: Sequence[tuple[float, float]]
) -> Iterator[Char]:
    """What goes on below the end of a table: each line is next to the one before, in its column.

    Args:
        chars: The glyphs of the page.
        end: Where the table ends, or the line of text that its end cuts.
        open_: The sides of the cells that are open there.
    """
    reached = end
    for top, line in _ending_together((char for char in chars if char["bottom"] > end), "top"):
        inside = all(any(left <= char["x0"] and char["x1"] <= right for left, right in open_)
                     for char in line)  # fmt: skip
        if top - reached > line[0]["size"] or not inside:
            return
        reached = max(char["bottom"] for char in line)
        yield from line


def _missing(table: Table, edges: Sequence[Edge]) -> Iterator[dict[str, Any]]:
    """Lines at the top and the bottom of a table where cells are open there, or beyond."""
    _, top, _, bottom = table.bbox
    upright = [edge for edge in edges if edge["orientation"] == "v"
               and edge["top"] <= bottom + _NEAR and edge["bottom"] >= top - _NEAR]  # fmt: skip
    above = [edge for edge in upright if edge["top"] < top - _NEAR]
    below = [edge for edge in upright if edge["bottom"] > bottom + _NEAR]
    for beyond, end in ((above, "top"), (below, "bottom")):
        for y, group in _ending_together(beyond, end):
            for one, other in itertools.pairwise(sorted(edge["x0"] for edge in group)):
                yield _line(one, other, y)
    for y, inner, side in ((top, top + _INSIDE, 1), (bottom, bottom - _INSIDE, 3)):
        xs = sorted(
            edge["x0"]
            for edge in upright
            if edge["top"] <= inner <= edge["bottom"] and _reaches(edge, y)
        )
        closed = [(cell[0], cell[2]) for cell in table.cells if abs(cell[side] - y) < _NEAR]
        yield from (_line(one, other, y) for one, other in _gaps(xs, closed)
                    if not _go_on(one, other, above if side == 1 else below))  # fmt: skip


def _sides(table: Table, edges: Sequence[Edge]) -> Iterator[dict[str, Any]]:
    """Lines at the left and right of a table where none is drawn beside some of its rows.

    The lines above and below such rows end where that side is, which is drawn beside others.
    """
    left, top, right, bottom = table.bbox
    flat = [edge for edge in edges if edge["orientation"] == "h"
            and top - _NEAR < edge["top"] < bottom + _NEAR
            and edge["x0"] < right - _NEAR and edge["x1"] > left + _NEAR]  # fmt: skip
    if not flat:
        return
    sides = (min(edge["x0"] for edge in flat), "x0"), (max(edge["x1"] for edge in flat), "x1")
    for x, end in sides:
        drawn = [edge for edge in edges if edge["orientation"] == "v"
                 and abs(edge["x0"] - x) < _NEAR
                 and edge["top"] < bottom and edge["bottom"] > top]  # fmt: skip
        ending = (edge for edge in flat if abs(edge[end] - x) < _NEAR)
        ys = [y for y, _ in _ending_together(ending, "top")]
        gaps = [(one, other) for one, other in itertools.pairwise(ys) if not any(
            edge["top"] <= (one + other) / 2 <= edge["bottom"] for edge in drawn)]  # fmt: skip
        yield from (
            _upright(x, one, other) for one, other in gaps if drawn and len(ys) >= _MIN_LINES
        )


def _upright(x: float, top: float, bottom: float) -> dict[str, Any]:
    return {"x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0,
            "height": bottom - top, "orientation": "v", "object_type": "line"}  # fmt: skip


def _rows_alone(found: Sequence[Table], edges: Sequence[Edge]) -> Iterator[dict[str, Any]]:
    """Lines that close a row which is all that a page has of its table."""
    boxes = [table.bbox for table in found]
    alone = [edge for edge in edges if edge["orientation"] == "v"
             and not any(_touches(edge, box) for box in boxes)]  # fmt: skip
    flat = [edge for edge in edges if edge["orientation"] == "h"]
    for end, other in (("top", "bottom"), ("bottom", "top")):
        for y, group in _ending_together(alone, end):
            xs = sorted(edge["x0"] for edge in group)
            closed = [
                (edge["x0"], edge["x1"], edge["top"])
                for edge in flat
                if edge["x0"] < xs[-1] and edge["x1"] > xs[0]
                and any(abs(edge["top"] - one[other]) < _NEAR for one in group)
            ]  # fmt: skip
            if len(group) >= _MIN_LINES and closed:
                yield _line(xs[0], xs[-1], y)
                beside = _gaps(xs, [(left, right) for left, right, _ in closed])
                yield from (_line(*sides, closed[0][2]) for sides in beside)
    yield from _open_rows(alone, flat)


def _open_rows(upright: Sequence[Edge], flat: Sequence[Edge]) -> Iterator[dict[str, Any]]:
    """Lines around rows of which the page prints neither the beginning nor the end.

    Either one row fills the page, or the rest of a row stands above the beginning of the next.
    """
    for top, group in _ending_together(upright, "top"):
        for bottom, sides in _ending_together(group, "bottom"):
            left, right = (end(edge["x0"] for edge in sides) for end in (min, max))
            across = [edge["top"] for edge in flat if top <= edge["top"] <= bottom
                      and edge["x0"] < right - _NEAR and edge["x1"] > left + _NEAR]  # fmt: skip
            ended = any(min(y - top, bottom - y) < _NEAR for y in across)
            if len(sides) >= _MIN_LINES and not ended and (across or bottom - top > _TALL):
                yield from (_line(left, right, top), _line(left, right, bottom))


def _ending_together(edges: Iterable[Edge], end: str) -> Iterator[tuple[float, list[Edge]]]:
    """Lines that end at the same height, where that is."""
    group: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: float(edge[end])):
        if group and edge[end] - group[0][end] > _NEAR:
            yield group[0][end], group
            group = []
        group.append(edge)
    if group:
        yield group[0][end], group


def _touches(edge: Edge, box: Box) -> bool:
    left, top, right, bottom = box
    in_reach = left - _NEAR <= edge["x0"] <= right + _NEAR
    return bool(in_reach and edge["top"] <= bottom + _NEAR and edge["bottom"] >= top - _NEAR)


def _go_on(left: float, right: float, beyond: Sequence[Edge]) -> bool:
    """Whether both lines beside a column run on beyond the table."""
    return all(any(abs(edge["x0"] - x) < _NEAR for edge in beyond) for x in (left, right))


def _line(left: float, right: float, y: float) -> dict[str, Any]:
    return {"x0": left, "x1": right, "top": y, "bottom": y, "width": right - left,
            "height": 0, "orientation": "h", "object_type": "line"}  # fmt: skip


def _reaches(edge: Edge, y: float) -> bool:
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
