"""PDF: the tables by their ruled lines, everything else as lines of running text.

pdfplumber finds the cells; which character stands in which of them is found here, once for all
cells of a table. Every character of a page goes into exactly one piece.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import BinaryIO

import pdfplumber
import pypdfium2
from msgspec import Struct
from msgspec.structs import replace
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from disclosure.intake import rules
from disclosure.intake.formats import joining, scans
from disclosure.intake.formats.joining import Line
from disclosure.intake.formats.pdf import (
    boxed_rows,
    glyphs,
    open_cells,
    overflow,
    page_text,
    painted_page,
    turning,
    unrelated_pages,
)
from disclosure.intake.formats.pdf.glyphs import Char
from disclosure.intake.formats.pdf.listed import PageNotes
from disclosure.intake.formats.pdf.painting import Paint
from disclosure.intake.formats.pdf.paragraphs import EDGE, with_paragraphs
from disclosure.intake.formats.pdf.scanned import Scanned
from disclosure.intake.formats.pdf.second_reading import SecondReading
from disclosure.intake.formats.pieces import (
    GridCell,
    PageRemark,
    Piece,
    ReaderRemark,
    Say,
    TablePiece,
    TextPiece,
)
from disclosure.intake.rules import UnreadableError
from disclosure.model.whitespace import squeezed

MAX_PAGES = 2_000
_SNAP = 2.0  # points; borders nearer than this are one
_COLUMN_GAP = 1.5  # of a character's size; a wider gap parts columns
_CUT = 0.3  # of a character that must stand in a table which ends in it
_BEFORE = 0.2  # of a character below a line that begins above it, as texts run over downwards
_PADDING = 0.8  # of a character's size: how far from its border a text stands at most
_CENTRED = 0.04  # of the text's width; a line that begins farther in is a title
_MAX_THICKNESS = 4.0  # points; a filled rectangle that is thicker is no line
_TAIL = 65_536  # bytes at the end of the file, where its end mark must be


def read(file: Path, say: Say) -> tuple[tuple[Piece, ...], int, tuple[ReaderRemark, ...]]:
    """The pieces of a PDF, how many characters it shows, and remarks.

    Raises:
        UnreadableError: It has a password, is broken or too long, or has no text.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font
    try:
        with file.open("rb") as stream:
            _has_end(stream)
            with pdfplumber.open(stream) as opened:
                return _read(opened, file, say)
    except (PSException, PdfminerException) as error:
        causes = (error, *error.args)
        if any(isinstance(one, (PDFPasswordIncorrect, PDFEncryptionError)) for one in causes):
            raise _encrypted() from None
        if any(isinstance(one, (MemoryError, RecursionError)) for one in causes):
            raise MemoryError from None
        raise rules.damaged() from None


def _has_end(stream: BinaryIO) -> None:
    """Refuse a file that ends before its end: pages of it may be found, but not all."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    if b"%%EOF" not in stream.read():
        raise rules.damaged()
    stream.seek(0)


def _encrypted() -> UnreadableError:
    return UnreadableError(
        rules.ENCRYPTED,
        "文件设有打开密码，没有读取。",
        "请用 PDF 阅读软件打开它，输入密码后另存或打印为没有密码的 PDF，再导入。",
    )


def _read(
    opened: PDF, file: Path, say: Say
) -> tuple[tuple[Piece, ...], int, tuple[ReaderRemark, ...]]:
    count = _count(opened)
    second, remarks = _second(file)
    scanned = Scanned(file, say)
    unrelated = unrelated_pages.lines_by_page(second.document) if second else {}
    pieces: list[TablePiece | Line] = []
    listed = PageNotes()
    visible = 0
    for number, painted in enumerate(painted_page.pages(opened), 1):
        say(f"正在读取第 {number} 页，共 {count} 页")
        if number in unrelated:
            pieces += unrelated[number]
            visible += sum(len(squeezed(line.text)) for line in unrelated[number])
            continue
        found = page_text.read(painted, second)
        page, chars = _drawn(found.page), found.chars
        inner = [char for char in chars if not _is_at_edge(char, page)]
        page, chars = scanned.read(page, chars, remarks, inner)
        own = [*_page(page, chars, number, remarks)]
        if _may_go_on(own):
            unrelated.pop(number + 1, None)
        pieces += [*own, *found.annotations]
        listed.add(found)
        remarks += found.remarks
        visible += len(chars) + sum(len(squeezed(line.text)) for line in found.annotations)
        painted.close()  # or every page stays in memory
        found.page.close()
    if not visible:
        raise _without_text(scanned.advice)
    aside = tuple(listed.texts())
    visible += sum(len(text.bare) for text in aside)
    body = tuple(with_paragraphs(pieces))
    return (*body, *aside), visible, (*scanned.remarks(), *remarks, *listed.hidden(body))


def _count(opened: PDF) -> int:
    """How many pages there are, as many as the file itself says, and not too many."""
    count = len(opened.pages)
    promised = resolve1(resolve1(opened.doc.catalog["Pages"]).get("Count"))
    if not count or promised != count:
        raise rules.damaged()
    if count > MAX_PAGES:
        raise UnreadableError(
            rules.TOO_LARGE,
            f"文件有 {count} 页，超过 {MAX_PAGES} 页，没有读取。",
            "请把文件拆开，分几次导入。",
        )
    return count


def _without_text(advice: str) -> UnreadableError:
    return UnreadableError(
        rules.NO_TEXT,
        "文件里没有文字，可能是扫描件。",
        "请先用文字识别（OCR）软件转成可以搜索的 PDF，再导入，并与原件逐字核对。" + advice,
    )


def _may_go_on(page: Sequence[TablePiece | Line]) -> bool:
    """Whether a page is one table from its head to its foot."""
    body = [piece for piece in page if not (isinstance(piece, Line) and piece.edge)]
    return len(body) == 1 and isinstance(body[0], TablePiece)


def _second(file: Path) -> tuple[SecondReading | None, list[ReaderRemark]]:
    """The document as another program reads it; a remark where that one cannot."""
    try:
        return SecondReading(file), []
    except pypdfium2.PdfiumError:
        return None, ["没有能用另一种程序核对文字是否读全，请对照原文核对。"]


def _drawn(page: Page) -> Page:
    """The page without what a reader does not see on it, and without what is laid over it."""
    if all(map(_is_drawn, chain.from_iterable(page.objects.values()))):
        return page
    return page.filter(_is_drawn)


def _is_drawn(thing: Char) -> bool:
    paint: Paint | None = thing.get("paint")
    return paint is None or not (paint.off or (paint.source and paint.source[1] != "Widget"))


class _PageGrid(Struct, frozen=True):
    """A table's place on its page: the borders between columns and rows, and the cell at each."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[tuple[int, int, int, int], ...]
    owner: dict[tuple[int, int], int]
    open: tuple[tuple[float, float], ...]

    def cell_of(self, char: Char) -> int | None:
        """The cell in which the middle of a character lies, or which a page cuts through it."""
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if self.ys and char["top"] < self.ys[-1] - char["size"] * _CUT:
            y = min(y, self.ys[-1] - 0.1)
        return self.owner.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    def lies_across(self, char: Char) -> bool:
        """Whether a line between two cells goes through a character, not only its edge."""
        column = bisect_right(self.xs, (char["x0"] + char["x1"]) / 2) - 1
        ends = (char["top"] + char["size"] * _BEFORE, char["bottom"] - char["size"] * _CUT)
        upper, lower = (self.owner.get((bisect_right(self.ys, y) - 1, column)) for y in ends)
        return upper is not None and lower is not None and upper != lower

    def below(self, chars: Iterable[Char]) -> dict[int, int]:
        """The cell of what stands below the table, by the identity of the glyph."""
        if not self.open:
            return {}
        loose: list[Char] = []
        end = self.ys[-1]
        for char in chars:
            if self.cell_of(char) is None:
                loose.append(char)
            else:
                end = max(end, char["bottom"])
        return {
            id(char): self.owner[len(self.ys) - 2, at]
            for char in open_cells.below(loose, end, self.open)
            if (len(self.ys) - 2, at := bisect_right(self.xs, char["x1"]) - 1) in self.owner
        }

    def ended(self, row: int, x: float) -> bool | None:
        """Whether a line closes a cell that ends before a row; None where no line tells."""
        if not self.open or row < len(self.ys) - 1:
            return None
        return not any(left <= x <= right for left, right in self.open)

    def sides(self) -> dict[int, overflow.CellBorders]:
        """The borders of each cell at its left and right."""
        return {
            at: overflow.CellBorders(
                self.xs[column], self.xs[min(column + columns, len(self.xs) - 1)]
            )
            for at, (_, column, _, columns) in enumerate(self.spans)
        }


def _grid(table: open_cells.PageTable) -> _PageGrid:
    """The grid behind the cells of a table."""
    cells = sorted(table.cells, key=lambda box: (round(box[1]), box[0]))
    xs = _borders(edge for box in cells for edge in (box[0], box[2]))
    ys = _borders(edge for box in cells for edge in (box[1], box[3]))
    spans: list[tuple[int, int, int, int]] = []
    owner: dict[tuple[int, int], int] = {}
    for left, top, right, bottom in cells:
        row, column = _index(ys, top), _index(xs, left)
        rows, columns = _index(ys, bottom) - row, _index(xs, right) - column
        if rows < 1 or columns < 1:
            continue
        for at in ((r, c) for r in range(row, row + rows) for c in range(column, column + columns)):
            owner.setdefault(at, len(spans))
        spans.append((row, column, rows, columns))
    return _PageGrid(xs, ys, tuple(spans), owner, table.open)


def _borders(edges: Iterable[float]) -> tuple[float, ...]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _SNAP:
            found.append(edge)
    return tuple(found)


def _index(borders: Sequence[float], edge: float) -> int:
    return bisect_right(borders, edge + 0.01) - 1


def _page(
    page: Page, chars: Sequence[Char], number: int, remarks: list[ReaderRemark]
) -> Iterator[TablePiece | Line]:
    """The tables and lines of a page from top to bottom."""
    tables, boxes = open_cells.tables(_ruled(page))
    grids = [*map(_grid, tables)]
    inside, outside = _by_cell(grids, chars, number, remarks)
    found: list[tuple[float, TablePiece | Line]] = [
        (grid.ys[0], _table(grid, held, number))
        for grid, held in zip(grids, inside, strict=True)
        if held
    ]
    for at, line in enumerate(turning.lines(outside), 1):
        read = _line(line, page, outside, f"第{number}页第{at}行")
        found.append((line[0]["top"], replace(read, box=boxed_rows.around(line, boxes))))
    yield from (piece for _, piece in sorted(found, key=lambda one: one[0]))


def _by_cell(
    grids: Sequence[_PageGrid], chars: Sequence[Char], page: int, remarks: list[ReaderRemark]
) -> tuple[list[dict[int, list[Char]]], list[Char]]:
    """The glyphs in each cell of each table, and those in none."""
    inside: list[dict[int, list[Char]]] = []
    outside = list(chars)
    for grid in grids:
        held: dict[int, list[Char]] = {}
        texts = [*overflow.overflowing(outside, grid.cell_of, grid.sides())]
        moved = {**overflow.places(texts), **grid.below(outside)}
        left: list[Char] = []
        for char in outside:
            cell = moved.get(id(char), grid.cell_of(char))
            if cell is None:
                left.append(char)
            else:
                held.setdefault(cell, []).append(char)
        inside.append(held)
        across = [char for char in outside if id(char) not in moved and grid.lies_across(char)]
        outside = left
        remarks += [
            PageRemark(
                page,
                f"第 {page} 页有文字越过了格线，不能确定属于哪一格：“{glyphs.text_of(chars)}”。"
                "请对照原文核对。",
            )
            for chars in (*(text.chars for text in texts if not text.certain), across)
            if chars
        ]
    return inside, outside


def _line(line: Sequence[Char], page: Page, others: Sequence[Char], place: str) -> Line:
    """A line of running text, and how it stands on its page."""
    left = min(char["x0"] for char in others)
    right = max(char["x1"] for char in others)
    size = max(char["size"] for char in line)
    gaps = any(b["x0"] - a["x1"] > size * _COLUMN_GAP for a, b in pairwise(line))
    return Line(
        glyphs.text_of(line),
        place,
        page.page_number,
        line[-1]["x1"] - left,
        edge=_is_at_edge(line[0], page),
        alone=gaps,
        centred=line[0]["x0"] - left > (right - left) * _CENTRED,
        size=size,
        recognised=scans.recognised(line),
    )


def _is_at_edge(char: Char, page: Page) -> bool:
    """Whether a character stands where running heads and page numbers stand."""
    edge = float(page.height) * EDGE
    return bool(char["bottom"] < edge or char["top"] > float(page.height) - edge)


def _ruled(page: Page) -> Page:
    """The page without coloured areas: their edges are no lines, and may frame a whole page."""
    return page.filter(_is_no_area) if any(map(_is_area, page.rects)) else page


def _is_area(rectangle: Char) -> bool:
    filled = rectangle.get("fill") and not rectangle.get("stroke")
    return bool(filled) and min(rectangle["width"], rectangle["height"]) > _MAX_THICKNESS


def _is_no_area(thing: Char) -> bool:
    return thing["object_type"] != "rect" or not _is_area(thing)


def _table(grid: _PageGrid, held: dict[int, list[Char]], page: int) -> TablePiece:
    cells: list[GridCell] = []
    for at, (row, column, rows, columns) in enumerate(grid.spans):
        place = f"第{page}页表格第{row + 1}行第{column + 1}列"
        text, marks = glyphs.without_marks(held.get(at, []))
        found = [*turning.lines(text)]
        words = joining.lines(map(glyphs.text_of, found))
        box = grid.xs[column], grid.ys[row], grid.xs[column + columns], grid.ys[row + rows]
        read = scans.recognised([*chain.from_iterable(found)], box)
        free_characters = _free_characters(found, grid.xs[column], grid.xs[column + columns])
        piece = TextPiece(words, place, page, recognised=read)
        ended = grid.ended(row + rows, (box[0] + box[2]) / 2)
        cells.append(GridCell(piece, row, column, rows, columns, free_characters, ended))
        cells += [
            GridCell(TextPiece(mark, place, page, mark=True), row, column + columns - 1)
            for mark in marks
        ]
    return TablePiece(tuple(cells), len(grid.xs) - 1, paged=page > 1, borders=grid.xs)


def _free_characters(lines: Sequence[Sequence[Char]], left: float, right: float) -> float | None:
    """How many more characters the last line of a cell has room for."""
    if not lines or any(turning.quarters(char) for char in lines[-1]):
        return None
    size = max(char["size"] for char in lines[-1])
    padding = min(min(line[0]["x0"] for line in lines) - left, size * _PADDING)
    return float((right - padding - lines[-1][-1]["x1"]) / size)
