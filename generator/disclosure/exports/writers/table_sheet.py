"""A sheet of a workbook that is filled with the rows of a table.

Text is always written as text, with the mark that Excel itself sets for a leading `'`, so that no
cell becomes a formula, not even when it is edited; nothing is added to the text. A number
keeps the digits it was printed with as its format. A spreadsheet calculates with 15 digits, so an
amount that has more is written as text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from disclosure.exports.schema import Table, Type
from disclosure.exports.writers.row import Row
from disclosure.exports.writers.rows import converted
from disclosure.exports.writers.xlsxwriter_internals import RowSheet, format_index

#: What a cell of a spreadsheet holds.
MAX_CELL_TEXT = 32_767
CUT = "……（全文过长，见 JSON 或 CSV）"
_MAX_DIGITS = 15


class Formats:
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


class TableSheet(RowSheet):
    """A sheet that is filled with the rows of a table."""

    def fill(self, table: Table, rows: Sequence[Row], formats: Formats) -> None:
        """Put the rows of a table below its head; what is empty stays empty."""
        letters = [f'<c r="{xl_col_to_name(index)}' for index in range(len(table.columns))]
        cells = converted(table, rows, self._forms(formats))
        filled = [_row(letters, number, row) for number, row in enumerate(cells, start=2)]
        self.add_rows(filled, len(table.columns))

    def _forms(self, formats: Formats) -> Mapping[Type, Callable[[Any], str]]:
        """How a cell of each type goes on after its place."""
        words, string_index = format_index(formats.text), self.string_index

        def number(value: Decimal | float, shown: str) -> str:
            return f'" s="{format_index(formats.number(shown))}"><v>{value:.16G}</v></c>'

        def text(value: str) -> str:
            place = string_index(literal(_fitting(value)))
            return f'" s="{words}" t="s"><v>{place}</v></c>'

        @cache  # many amounts are the same, and to look at the digits of one takes long
        def decimal(printed: str) -> str:
            value = Decimal(printed)
            long = len(value.as_tuple().digits) > _MAX_DIGITS
            return text(printed) if long else number(value, _shape(value))

        return {
            Type.TEXT: text,
            Type.DECIMAL: lambda value: decimal(str(value)),
            Type.INTEGER: lambda value: number(value, "0"),
            Type.DATE: lambda value: number(self.serial_number(value), "yyyy-mm-dd"),
            Type.BOOLEAN: lambda value: f'" t="b"><v>{value:d}</v></c>',
        }


def _row(letters: Sequence[str], number: int, cells: Row) -> str:
    """A row as XML; a cell that is left out is empty."""
    placed = [
        f"{letter}{number}{cell}"
        for letter, cell in zip(letters, cells, strict=True)
        if cell is not None
    ]
    return f'<row r="{number}">{"".join(placed)}</row>'


def _shape(value: Decimal) -> str:
    """The format that shows a number with the digits it was printed with: `0.00`."""
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return f"0.{'0' * digits}" if digits > 0 else "0"


def literal(text: str) -> str:
    """A text as XlsxWriter is to be given it: what begins and ends like this is markup to it."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(text)}</t></r>'
    return text


def length(text: str) -> int:
    """How much of a cell a text fills: Excel counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _fitting(text: str) -> str:
    """The text, or as much of it as a cell holds, with where the rest stands."""
    if len(text) <= MAX_CELL_TEXT // 2 or length(text) <= MAX_CELL_TEXT:
        return text
    start = text.encode("utf-16-le")[: 2 * (MAX_CELL_TEXT - len(CUT))]
    return start.decode("utf-16-le", "ignore") + CUT
