"""Old workbooks (.xls, and .et of WPS): read by xlrd, shown as those of today are.

A cell of an old workbook holds what a cell of a new one does, so it goes the same way from there:
number formats, merged areas and what is hidden mean the same. The records of the file are walked
through a second time, and a cell that only this second reading sees is listed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import xlrd
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from openpyxl.styles.fonts import Font
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as OldSheet

from disclosure.intake import rules
from disclosure.intake.formats.pieces import Piece, Say, TextPiece, clean
from disclosure.intake.formats.xls import records
from disclosure.intake.formats.xls.records import Workbook
from disclosure.intake.formats.xlsx import characters, number_formats, outside_cells, worksheet
from disclosure.intake.formats.xlsx.cells import MAX_CELLS, RawCell, RawSheet, Run, too_large
from disclosure.intake.formats.xlsx.styles import CellStyles
from disclosure.model.whitespace import squeezed

_EXCEL_5, _EXCEL_97 = 50, 80
_SIZE, _WIDTH = 20, 256  # twips to a point, parts of a column's width to a figure
_DEFAULT_WIDTH = 8.0
_PADDING = 0.71  # of a column's width in the file
_SOLID, _SUPERSCRIPT = 1, 1
_WHITE = (255, 255, 255)
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n"})
_KINDS = {xlrd.XL_CELL_TEXT: "str", xlrd.XL_CELL_NUMBER: "n", xlrd.XL_CELL_DATE: "n",
          xlrd.XL_CELL_BOOLEAN: "b", xlrd.XL_CELL_ERROR: "e"}  # fmt: skip


def read(file: Path, say: Say) -> tuple[tuple[Piece, ...], int, tuple[str, ...]]:
    """The pieces of an old workbook, how many characters it shows, and remarks.

    Raises:
        UnreadableError: It is damaged, too large or has a password.
    """
    say("正在读取工作簿")
    content = file.read_bytes()
    book = _opened(content)
    again = records.walk(content)
    looks = _looks(book)
    pieces: list[Piece] = []
    remarks: list[str] = []
    for number, old in enumerate(book.sheets()):
        say(f"正在读取工作表“{old.name}”")
        if old.visibility:
            if any(_cells(old)):
                remarks.append(f"工作表“{old.name}”是隐藏的，没有读取。")
            continue
        raw = _raw(book, old)
        raw.edges.update(again.edges.get(number, {}))
        found = worksheet.read(raw, looks, old.name, date1904=bool(book.datemode))
        remarks += found.remarks
        pieces += [found.table] if found.table.cells else []
        pieces += found.unread
        pieces += _only_seen_second(old, again.cells.get(number, ()))
        pieces += outside_cells.edges(raw, old.name)
        pieces += _notes(old)
    pieces += _boxes(again)
    visible = sum(map(characters, pieces))
    return tuple(pieces), visible, (*remarks, *again.remarks())


def _opened(content: bytes) -> Book:
    log = io.StringIO()  # what the library thinks of the file is no report of ours
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=log)
        if book.biff_version < _EXCEL_97 and book.codepage is None:
            return xlrd.open_workbook(
                file_contents=content, formatting_info=True, logfile=log,
                encoding_override="gb18030",
            )  # fmt: skip
    except XLRDError as error:
        raise (rules.encrypted() if "encrypted" in str(error) else rules.damaged()) from None
    except AssertionError:  # the library's word for a damaged file, and ours for a bug
        raise rules.damaged() from None
    return book


def _looks(book: Book) -> CellStyles:
    """The cell styles of a workbook, by the numbers that its cells name."""
    return CellStyles(
        tuple(_code(book, style.format_key) for style in book.xf_list),
        tuple(_font(book, style.font_index) for style in book.xf_list),
        tuple(_behind(book, style) for style in book.xf_list),
        (_WHITE,),
    )  # fmt: skip


def _behind(book: Book, style: XF) -> tuple[int, int, int] | None:
    """The colour behind a cell's text; a pattern has no single one."""
    fill = style.background
    if fill is None or not fill.fill_pattern:
        return _WHITE
    if fill.fill_pattern != _SOLID:
        return None
    return book.colour_map.get(fill.pattern_colour_index) or _WHITE


def _code(book: Book, number: int) -> str | None:
    """A number format: of those that every Excel knows, as it shows them in Chinese."""
    if book.biff_version >= _EXCEL_5 and number in number_formats.BUILT_IN:
        return number_formats.BUILT_IN[number]
    known = book.format_map.get(number)
    return known.format_str if known else None


def _font(book: Book, number: int) -> Font:
    looks = _about_font(book, number)
    return Font(name=looks.rFont, strike=looks.strike, color=looks.color, sz=looks.sz,
                vertAlign=looks.vertAlign)  # fmt: skip


def _about_font(book: Book, number: int) -> InlineFont:
    old = book.font_list[number]
    color = book.colour_map.get(old.colour_index)
    return InlineFont(
        rFont=old.name,
        strike=bool(old.struck_out),
        color=Color(rgb="{:02X}{:02X}{:02X}".format(*color)) if color else None,
        sz=old.height / _SIZE,
        vertAlign="superscript" if old.escapement == _SUPERSCRIPT else None,
    )


def _raw(book: Book, old: OldSheet) -> RawSheet:
    """A worksheet as the reader of today's takes it."""
    raw = RawSheet(
        cells=[_cell(book, old, *at) for at in _cells(old)],
        merged=[(top + 1, left + 1, bottom, right)
                for top, bottom, left, right in old.merged_cells],
        hidden_rows={row + 1 for row, about in old.rowinfo_map.items()
                     if about.hidden or not about.height},
        listed_rows={row + 1 for row in old.rowinfo_map},
        others_hidden=bool(old.default_row_hidden),
        columns=[(at + 1, at + 1, max(about.width / _WIDTH - _PADDING, 0.0),
                  bool(about.hidden or not about.width))
                 for at, about in old.colinfo_map.items()],
        width=(old.standardwidth / _WIDTH - _PADDING if old.standardwidth else old.defcolwidth)
        or _DEFAULT_WIDTH,
        shows_zeros=bool(getattr(old, "show_zero_values", True)),
    )  # fmt: skip
    if len(raw.cells) > MAX_CELLS or len(raw.merged) > MAX_CELLS:
        raise too_large()
    return raw


def _cells(old: OldSheet) -> Iterator[tuple[int, int, Cell]]:
    """The cells that hold something, by row and column from 0."""
    for row in range(old.nrows):
        for column in range(old.row_len(row)):
            cell = old.cell(row, column)
            empty = cell.ctype not in _KINDS or (
                cell.ctype == xlrd.XL_CELL_TEXT and not str(cell.value).strip()
            )
            if not empty:
                yield row, column, cell


def _cell(book: Book, old: OldSheet, row: int, column: int, cell: Cell) -> RawCell:
    kind = _KINDS[cell.ctype]
    runs: tuple[Run, ...] = ()
    if kind == "str":
        value = _with_breaks(str(cell.value))
        runs = tuple(_runs(book, str(cell.value), old.rich_text_runlist_map.get((row, column))))
    elif kind == "n":
        value = _number(float(cell.value))
    elif kind == "e":
        value = xlrd.error_text_from_code.get(int(cell.value), "#N/A")
    else:
        value = str(int(cell.value))
    return RawCell(row + 1, column + 1, cell.xf_index or 0, kind, value, runs)


def _with_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_BREAKS)


def _runs(book: Book, text: str, fonts: Sequence[tuple[int, int]] | None) -> Iterator[Run]:
    """The stretches of a text; each font holds from its place to the next."""
    begins = [(0, None), *(fonts or ()), (len(text), None)]
    for (begin, font), (end, _) in pairwise(begins):
        if end > begin:
            yield Run(_with_breaks(text[begin:end]), None if font is None else _element(book, font))


def _element(book: Book, font: int) -> Element:
    return _about_font(book, font).to_tree("rPr")


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _only_seen_second(old: OldSheet, cells: Sequence[tuple[int, int]]) -> Iterator[TextPiece]:
    """Cells that the second reading sees and the first does not."""
    for row, column in cells:
        if row >= old.nrows or column >= old.row_len(row) or old.cell_type(row, column) in {
            xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK
        }:  # fmt: skip
            place = worksheet.place(old.name, row + 1, column + 1)
            yield TextPiece("［没有读到］", f"{place}，核对时才看到", out_of_flow=True)


def _notes(old: OldSheet) -> Iterator[TextPiece]:
    for (row, column), note in sorted(old.cell_note_map.items()):
        if squeezed(text := clean(_with_breaks(note.text)).strip()):
            yield TextPiece(text, f"{worksheet.place(old.name, row + 1, column + 1)}的批注")


def _boxes(again: Workbook) -> Iterator[TextPiece]:
    for number, text in enumerate(again.boxes, 1):
        if squeezed(words := clean(_with_breaks(text)).strip()):
            yield TextPiece(words, f"工作簿里第{number}个文本框")
