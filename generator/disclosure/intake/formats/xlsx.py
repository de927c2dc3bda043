"""Workbooks: each sheet is one grid, and every cell says what Excel would show.

A cell holds a number and, apart from it, how it is shown: 150 as `150.00`. What is shown is what
was published, so that is taken.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

import openpyxl
from defusedxml import ElementTree
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.intake import rules
from disclosure.intake.formats import unread
from disclosure.intake.formats.pieces import Cell, Piece, Say, Table, Text, clean, squeezed
from disclosure.intake.rules import UnreadableError

_MOST_CELLS = 500_000
_DIGITS = 15  # that Excel keeps
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_AROUND = r"[¥￥$\"元\s_\-*)(]*"
_FIXED = re.compile(
    rf"{_AROUND}(?P<thousands>#,##)?0?(?:\.(?P<places>0+))?(?P<percent>%)?{_AROUND}"
)
_CODES = re.compile(r"&(?:\[[^\]]*\]|[A-Z])")  # what Excel fills in: &P is the page's number
_LITERALS = re.compile(r"\[[^\]]*\]|\\(.)|\"([^\"]*)\"")


def read(file: Path, say: Say) -> tuple[tuple[Piece, ...], int, tuple[str, ...]]:
    """The pieces of a workbook, how many characters it shows, and remarks.

    Raises:
        UnreadableError: It is no workbook, too large, or has formulas without their results.
    """
    say("正在读取工作簿")
    _look_ahead(file)
    try:
        book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise rules.damaged() from None
    pieces: list[Piece] = []
    remarks: list[str] = []
    visible = 0
    for sheet in book.worksheets:
        say(f"正在读取工作表“{sheet.title}”")
        table, shown = _sheet(sheet)
        if sheet.sheet_state == "visible":
            pieces.append(table)
            visible += shown
            pieces += _aside(sheet)
        elif shown:
            remarks.append(f"工作表“{sheet.title}”是隐藏的，没有读取。")
    pieces += unread.boxes(file)
    visible += sum(len(piece.bare) for piece in pieces if isinstance(piece, Text))
    return tuple(pieces), visible, (*remarks, *unread.in_package(file))


def _look_ahead(file: Path) -> None:
    """Count cells and merged areas before a library makes room for them."""
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
                continue
            with package.open(name) as stream:
                _count(stream)


def _count(stream: IO[bytes]) -> None:
    cells = 0
    for _, element in ElementTree.iterparse(stream, forbid_dtd=True):
        if element.tag == f"{_MAIN}c":
            cells += 1
            _calculated(element)
            element.clear()
        elif element.tag == f"{_MAIN}mergeCell":
            cells += _area(element.get("ref", ""))
        if cells > _MOST_CELLS:
            raise UnreadableError(
                rules.TOO_LARGE,
                f"工作表的单元格超过 {_MOST_CELLS} 个，没有读取。",
                "请只保留绩效目标表，另存后再导入。",
            )


def _calculated(cell: Element) -> None:
    """Refuse a formula without its result; one whose result is no text at all says so itself."""
    result = cell.find(f"{_MAIN}v")
    has_result = result is not None and (result.text or cell.get("t") == "str")
    if cell.find(f"{_MAIN}f") is not None and not has_result:
        raise UnreadableError(
            rules.NOT_CALCULATED,
            f"单元格 {cell.get('r', '')} 是公式，但文件里没有保存它的计算结果。",
            "请用 Excel 或 WPS 打开它，重新计算并保存，再导入。",
        )


def _area(reference: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        raise rules.damaged() from None
    return (int(right or 0) - int(left or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)


def _sheet(sheet: Worksheet) -> tuple[Table, int]:
    """A sheet as a grid, and how many characters its cells show."""
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    cells: list[Cell] = []
    visible = 0
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, SheetCell):
                continue  # covered by a merged one
            area = merged.get((cell.row, cell.column))
            said = clean(shown(cell)).strip()
            visible += len(squeezed(said))
            place = f"工作表“{sheet.title}”{cell.coordinate}"
            rows = area.max_row - area.min_row + 1 if area else 1
            columns = area.max_col - area.min_col + 1 if area else 1
            text = Text(said, place)
            cells.append(Cell(text, cell.row - 1, cell.column - 1, rows, columns))
    return Table(tuple(cells), sheet.max_column), visible


def _aside(sheet: Worksheet) -> Iterator[Text]:
    """What a sheet says outside its cells: heads and feet of its pages, comments."""
    for name, part in (("页眉", sheet.oddHeader), ("页脚", sheet.oddFooter)):
        for side in (part.left, part.center, part.right) if part else ():
            said = clean(_CODES.sub("", (side.text if side else "") or ""))
            if squeezed(said):
                yield Text(said, f"工作表“{sheet.title}”{name}", edge=True)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and squeezed(cell.comment.text):
                place = f"工作表“{sheet.title}”{cell.coordinate}的批注"
                yield Text(clean(cell.comment.text), place)


def shown(cell: SheetCell) -> str:
    """What Excel shows in a cell."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number(value, cell.number_format)
    if isinstance(value, (datetime, date, time)):
        return _date(value, cell.number_format)
    return str(value)


def number(value: float, format_: str) -> str:
    """A number as a format shows it; with a format that is not understood, all its digits.

    Excel keeps 15 digits; a float's further ones are its own.
    """
    exact = Decimal(f"{value:.{_DIGITS}g}")
    found = _FIXED.fullmatch(format_.partition(";")[0]) if format_ != "General" else None
    if found is None:
        return f"{exact:f}"
    percent = "%" if found["percent"] else ""
    exact = exact * 100 if percent else exact
    places = len(found["places"] or "")
    if abs(exact) >= Decimal(10) ** _DIGITS:
        return f"{exact:f}"
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:{',' if found['thousands'] else ''}f}{percent}"


def _date(value: datetime | date | time, format_: str) -> str:
    """A date as it is usually written; the order of its parts is the format's."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    if "年" in _LITERALS.sub(lambda found: found[1] or found[2] or "", format_):
        day = f"{value.day}日" if "d" in format_.lower() else ""
        return f"{value.year}年{value.month}月{day}"
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
