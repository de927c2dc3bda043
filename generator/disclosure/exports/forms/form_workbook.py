"""The official forms as a workbook that is filled in with Excel or WPS, and read back.

One sheet for part one, then one for each project, laid out as on the form: its heads are locked,
its fields are open, and each says what belongs there. Everything is text, amounts too: a field
keeps what was typed, `150.00` its cents, `=100%` its sign, and nothing is ever computed.

The workbook holds what is in force: dates and source, part one, each project's last version, and
self-evaluations that were printed as tables. What these files say and no form has a cell for, such
as public notes and statements of succession, stands in a last sheet. The earlier versions,
self-evaluations of which only single values are known and the document's checksum are not in it; an
import leaves them as they are in the data.
"""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from rich.cells import cell_len
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from disclosure.exports.forms import unprinted_rows
from disclosure.exports.forms.form_layout import (
    Field,
    Placed,
    form_cells,
    part_one_cells,
    widths,
)
from disclosure.exports.forms.unprinted_rows import HEADS, UnprintedRow
from disclosure.exports.writers.as_xlsx import new_workbook
from disclosure.exports.writers.table_sheet import MAX_CELL_TEXT, length, literal
from disclosure.pages.form_table import FormTable
from disclosure.pages.printing import PrintedForm, PrintView

#: What Excel allows in the name of a sheet.
_MAX_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'\n\r\t", " "))
_PART_ONE_WIDTH = 84.0
_UNPRINTED_WIDTHS = (26.0, 32.0, 16.0, 60.0)
#: In points: a line of text, and the highest that a row can be.
_LINE, _MAX_HEIGHT = 15.0, 409.0
#: Locked are the heads; rows and columns may still be resized.
_PROTECTION = {"format_rows": True, "format_columns": True, "insert_rows": True}

_FIELD = {"locked": False, "num_format": "@", "text_wrap": True, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"},
    "label": {"valign": "vcenter", "text_wrap": True},
    "heading": {"bold": True, "valign": "vcenter"},
    "right": {"align": "right"},
    "plain": _FIELD,
    "open": {**_FIELD, "valign": "top"},
    "head": {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True,
             "bg_color": "#EEF2F6"},
    "text": {**_FIELD, "border": 1},
    "center": {**_FIELD, "border": 1, "align": "center"},
    "amount": {**_FIELD, "border": 1, "align": "right"},
}  # fmt: skip


class TooLongError(Exception):
    """A text that no cell of a workbook holds; `str()` says in Chinese which."""

    def __init__(self, sheet: str, text: str) -> None:
        super().__init__(
            f"工作表“{sheet}”里有一格的文字超过 {MAX_CELL_TEXT} 个字，电子表格放不下，没有写入。"
            f"开头是：{text[:30]}"
        )


def year_workbook(view: PrintView, unprinted: Sequence[UnprintedRow] = ()) -> bytes:
    """A department's whole year: part one, every project's form, the evaluations printed as tables.

    Args:
        view: The year.
        unprinted: What no table of it prints.

    Raises:
        TooLongError: A text is longer than a cell.
    """
    year = view.disclosure
    sheets = [_Sheet("第一部分", (_PART_ONE_WIDTH,), [*part_one_cells(view)])]
    whole = (view.whole,) if view.whole else ()
    sheets += [
        _sheet_of(form.table, _name_of(form), _version(form)) for form in (*whole, *view.forms)
    ]
    sheets += [_sheet_of(form.table, f"自评{_name_of(form)}") for form in view.evaluations]
    if unprinted:
        sheets.append(
            _Sheet(unprinted_rows.SHEET, _UNPRINTED_WIDTHS, [*_unprinted_cells(unprinted)])
        )
    return _workbook(year.title, year.publication.published, sheets)


def project_workbook(table: FormTable, name: str) -> bytes:
    """One project's form; `name` is what its sheet is called.

    Raises:
        TooLongError: A text is longer than a cell.
    """
    return _workbook(name, "", [_sheet_of(table, name)])


def _unprinted_cells(rows: Sequence[UnprintedRow]) -> Iterator[Placed]:
    """What no table prints, with what the sheet is for; only the texts are open."""
    last = len(HEADS) - 1
    yield Placed(0, 0, unprinted_rows.EXPLANATION, columns=len(HEADS), look="label")
    for column, head in enumerate(HEADS):
        yield Placed(1, column, head, look="head")
    for at, row in enumerate(rows, start=2):
        for column, text in enumerate((row.file, row.way, row.title)):
            yield Placed(at, column, text, look="label")
        field = Field(row.title, "可以修改；清空的，数据文件里这一项就是空的。")
        yield Placed(at, last, row.text, field=field)


class _Sheet(Struct, frozen=True):
    """A sheet: its name, how wide its columns are, its cells, how it lies on paper."""

    name: str
    columns: Sequence[float]
    cells: Sequence[Placed]
    landscape: bool = False


def _version(form: PrintedForm) -> Sequence[str]:
    """Which version a form is and why, where it is not as first published."""
    return [f"版本：{form.version}", f"调整原因：{form.reason}"] if form.reason else []


def _name_of(form: PrintedForm) -> str:
    return f"{form.number}.{form.title}" if form.number else form.title


def _sheet_of(table: FormTable, name: str, version: Sequence[str] = ()) -> _Sheet:
    return _Sheet(name, widths(table), [*form_cells(table, version)], landscape=table.landscape)


def _workbook(title: str, day: str, sheets: Iterable[_Sheet]) -> bytes:
    file = io.BytesIO()
    workbook = new_workbook(file, title, day)
    formats = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
    for made in sheets:
        sheet = workbook.add_worksheet(_sheet_name(made.name))
        _set_up(sheet, made)
        _write(sheet, made.cells, formats)
        for row, height in _heights(made.cells, made.columns).items():
            sheet.set_row(row, height)
    workbook.close()
    return file.getvalue()


def _sheet_name(name: str) -> str:
    """A name that Excel takes; the number before it keeps two of them apart."""
    return name.translate(_FORBIDDEN)[:_MAX_NAME].strip()


def _set_up(sheet: Worksheet, made: _Sheet) -> None:
    for column, width in enumerate(made.columns):
        sheet.set_column(column, column, width)
    if made.landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.protect("", _PROTECTION)


def _write(sheet: Worksheet, cells: Iterable[Placed], formats: dict[str, Any]) -> None:
    for cell in cells:
        if length(literal(cell.text)) > MAX_CELL_TEXT:
            raise TooLongError(sheet.name, cell.text)
        last = cell.row + cell.rows - 1, cell.column + cell.columns - 1
        look = formats[cell.look]
        if last != (cell.row, cell.column):
            sheet.merge_range(cell.row, cell.column, *last, "", look)
        if cell.text:
            sheet.write_string(cell.row, cell.column, literal(cell.text), look)
        else:
            sheet.write_blank(cell.row, cell.column, None, look)
        if cell.field:
            sheet.data_validation(cell.row, cell.column, *last, _validation(cell, cell.field))


def _validation(cell: Placed, field: Field) -> dict[str, Any]:
    """What is chosen and what the hint says; whatever else is typed is taken as well."""
    messages = {
        "input_title": field.title,
        "input_message": field.hint,
        "error_title": field.title,
        "error_message": f"请核对：{field.hint}",
        "error_type": "warning",
    }
    if field.choices:
        return {**messages, "validate": "list", "source": list(field.choices), "show_error": False}
    if field.is_amount:
        place = xl_rowcol_to_cell(cell.row, cell.column)
        return {**messages, "validate": "custom", "value": f"=ISNUMBER(VALUE({place}))"}
    return {**messages, "validate": "any"}


def _heights(cells: Iterable[Placed], columns: Sequence[float]) -> dict[int, float]:
    """How high rows must be for their text: no program finds that out for merged cells."""
    lines: defaultdict[int, int] = defaultdict(lambda: 1)
    for cell in cells:
        if cell.rows == 1:
            width = sum(columns[cell.column : cell.column + cell.columns])
            lines[cell.row] = max(lines[cell.row], _lines(cell.text, width))
    return {row: min(number * _LINE + 4, _MAX_HEIGHT) for row, number in lines.items()}


def _lines(text: str, width: float) -> int:
    """How many lines a text takes, Chinese characters being two wide."""
    return sum(max(math.ceil(cell_len(line) / (width - 1)), 1) for line in text.split("\n"))
