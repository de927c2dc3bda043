"""Tables as one workbook: a sheet for each, with a head that stays in sight and filters."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from disclosure.exports.downloads_page import TYPES
from disclosure.exports.schema import TABLES, Column, Table, Type
from disclosure.exports.writers.about import About
from disclosure.exports.writers.row import Row
from disclosure.exports.writers.rows import Rows
from disclosure.exports.writers.table_sheet import Formats, TableSheet, literal

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
    formats = Formats(workbook)
    shown = [table for table in TABLES if rows.get(table.name)]
    _explain(workbook.add_worksheet("说明"), shown, about, formats)
    for table in shown:
        sheet = workbook.add_worksheet(table.title, TableSheet)
        _sheet(sheet, table, rows[table.name], formats)
    workbook.close()
    return file.getvalue()


def _explain(sheet: Worksheet, tables: Iterable[Table], about: About, formats: Formats) -> None:
    """What the workbook is, and the data dictionary of what is in it."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 2, 22)
    sheet.set_column(3, 3, 60)
    sheet.set_column(4, 6, 14)
    sheet.write_string(0, 0, literal(about.title), formats.title)
    for number, text in enumerate((about.address, about.licence, about.citation), start=1):
        sheet.write_string(number, 0, literal(text))
    for index, title in enumerate(("工作表", "栏目", "英文名", "含义", "类型", "单位", "来源")):
        sheet.write_string(5, index, title, formats.head)
    number = 6
    for table in tables:
        for one in table.columns:
            words = (table.title, one.title, one.name, one.meaning, TYPES[one.type])
            for index, text in enumerate((*words, one.unit, one.source)):
                sheet.write_string(number, index, text, formats.text)
            number += 1


def _sheet(sheet: TableSheet, table: Table, rows: Sequence[Row], formats: Formats) -> None:
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, _width(column))
        sheet.write_string(0, index, _head(column), formats.head)
    sheet.fill(table, rows, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)


def _width(column: Column) -> int:
    return 48 if column.name in _LONG else _WIDTHS[column.type]


def _head(column: Column) -> str:
    return f"{column.title}（{column.unit}）" if column.unit else column.title
