"""Tables as one workbook: a sheet for each, with a head that stays in sight and can be filtered.

Text is always written as text, with the mark that Excel itself sets for a leading `'`, so that no
cell becomes a formula, not even when somebody edits it; nothing is added to the text. A number
keeps the digits it was printed with as its format. A spreadsheet calculates with 15 digits, so an
amount that has more is written as text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.exports.about import About
from generator.exports.rows import Row, Rows
from generator.opendata import TABLES, Column, Table, Type
from generator.opendata.columns import Value
from generator.pages.downloads import TYPES

#: What a cell of a spreadsheet holds.
LONGEST = 32_767
CUT = "……（全文过长，见 JSON 或 CSV）"
_DIGITS = 15
_WIDTHS = {Type.TEXT: 22, Type.DECIMAL: 14, Type.INTEGER: 9, Type.DATE: 12, Type.BOOLEAN: 8}
_LONG = {"overall_goal", "goal", "safeguard", "indicators", "description", "purpose", "note"}


def new_workbook(file: io.BytesIO, title: str, day: str) -> xlsxwriter.Workbook:
    """A workbook that is the same every time: its date is that of the data, not of today."""
    made = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False})
    created = datetime.fromisoformat(day or "2000-01-01")
    made.set_properties({"title": title, "created": created})
    return made


def xlsx_file(rows: Rows, about: About) -> bytes:
    """A workbook of all tables that have rows, after a sheet that explains them."""
    file = io.BytesIO()
    workbook = new_workbook(file, about.title, about.day)
    formats = _Formats(workbook)
    shown = [table for table in TABLES if rows.get(table.name)]
    _explain(workbook.add_worksheet("说明"), shown, about, formats)
    for table in shown:
        _sheet(workbook.add_worksheet(table.title), table, rows[table.name], formats)
    workbook.close()
    return file.getvalue()


class _Formats:
    """The workbook's formats, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._numbers: dict[str, Format] = {}
        self.head = workbook.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "top", "text_wrap": True}
        )
        self.text = workbook.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.title = workbook.add_format({"bold": True, "font_size": 14})

    def number(self, shape: str) -> Format:
        """Numbers and dates that are shown like `0.00`."""
        if shape not in self._numbers:
            self._numbers[shape] = self._workbook.add_format({"num_format": shape, "valign": "top"})
        return self._numbers[shape]


def _explain(sheet: Worksheet, tables: Iterable[Table], about: About, formats: _Formats) -> None:
    """What the workbook is, and the data dictionary of what is in it."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 2, 22)
    sheet.set_column(3, 3, 60)
    sheet.set_column(4, 6, 14)
    sheet.write_string(0, 0, about.title, formats.title)
    for number, text in enumerate((about.address, about.licence, about.citation), start=1):
        sheet.write_string(number, 0, text)
    for index, title in enumerate(("工作表", "栏目", "英文名", "含义", "类型", "单位", "来源")):
        sheet.write_string(5, index, title, formats.head)
    number = 6
    for table in tables:
        for one in table.columns:
            words = (table.title, one.title, one.name, one.meaning, TYPES[one.type])
            for index, text in enumerate((*words, one.unit, one.source)):
                sheet.write_string(number, index, text, formats.text)
            number += 1


def _sheet(sheet: Worksheet, table: Table, rows: Iterable[Row], formats: _Formats) -> None:
    last = 0
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, _width(column))
        sheet.write_string(0, index, _head(column), formats.head)
    for last, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            write(sheet, last, index, value, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _width(column: Column) -> int:
    return 48 if column.name in _LONG else _WIDTHS[column.type]


def _head(column: Column) -> str:
    return f"{column.title}（{column.unit}）" if column.unit else column.title


def write(sheet: Worksheet, row: int, index: int, value: Value, formats: _Formats) -> None:
    """A cell with the value's own type; an empty one stays empty."""
    if value is None:
        return
    if isinstance(value, str):  # most of them, so they come first
        sheet.write_string(row, index, _fitting(value), formats.text)
    elif isinstance(value, bool):
        sheet.write_boolean(row, index, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, value, formats.number("yyyy-mm-dd"))
    elif isinstance(value, int):
        sheet.write_number(row, index, value, formats.number("0"))
    elif len(value.as_tuple().digits) <= _DIGITS:
        sheet.write_number(row, index, value, formats.number(shape(value)))
    else:
        sheet.write_string(row, index, _fitting(str(value)), formats.text)


def shape(value: Decimal) -> str:
    """The format that shows a number with the digits it was printed with: `0.00`."""
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return f"0.{'0' * digits}" if digits > 0 else "0"


def _fitting(text: str) -> str:
    """The text, or as much of it as a cell holds, with where the rest stands."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
