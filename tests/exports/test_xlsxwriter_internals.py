"""A canary: what we use of XlsxWriter without being promised it is there and means the same."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import xlsxwriter

from disclosure.exports.writers.xlsxwriter_internals import RowSheet, format_index

CHANGED = "XlsxWriter has changed: adapt exports/writers/xlsxwriter_internals.py ({})."


def test_rows_as_xml_are_read_as_they_were_meant() -> None:
    """A text, a date and their formats, given as XML, are what another program reads."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    style = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet("表", RowSheet)
    sheet.write_string(0, 0, "栏目")
    text, day = sheet.string_index("内容"), sheet.serial_number(date(2024, 2, 29))
    cells = (
        f'<c r="A2" t="s"><v>{text}</v></c>',
        f'<c r="B2" s="{format_index(style)}"><v>{day}</v></c>',
        f'<c r="C2" t="s"><v>{text}</v></c>',
    )
    sheet.add_rows([f'<row r="2">{"".join(cells)}</row>'], 3)
    workbook.close()
    read = openpyxl.load_workbook(file)["表"]
    assert read["A1"].value == "栏目", CHANGED.format("_write_rows")
    assert read["A2"].value == "内容", CHANGED.format("_get_shared_string_index")
    assert read["B2"].value == datetime(2024, 2, 29), CHANGED.format("_convert_date_time")  # noqa: DTZ001
    assert read["B2"].number_format == "yyyy-mm-dd", CHANGED.format("_get_xf_index")
    with zipfile.ZipFile(file) as parts:
        texts = parts.read("xl/sharedStrings.xml")
    assert b'count="3" uniqueCount="2"' in texts, CHANGED.format("str_table.count")
    assert read.dimensions == "A1:C2", CHANGED.format("_check_dimensions")
