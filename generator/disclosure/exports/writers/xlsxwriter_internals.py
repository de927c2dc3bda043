"""The private parts of XlsxWriter that this program uses, all of them.

XlsxWriter makes an object of each cell and looks again at each when it writes them, which for all
the tables of a site took longer than everything else about its data files. It has no public way
to write a row at once. What is used here may change in any version, so pyproject.toml has an upper
bound and `tests/exports/test_xlsxwriter_internals.py` says in one sentence which part has changed.
"""

# ruff: noqa: SLF001 - that is what it is for

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


class RowSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows below the head are given as XML."""

    _rows_as_xml: Sequence[str] = ()

    def add_rows(self, rows: Sequence[str], columns: int) -> None:
        """Take finished rows, the first of which is the second of the sheet."""
        self._rows_as_xml = rows
        self.str_table.count += sum(row.count(' t="s"') for row in rows)  # no text is in a row
        self._check_dimensions(len(rows), columns - 1)  # XlsxWriter says how far the sheet goes

    def _write_rows(self) -> None:
        """The rows as XlsxWriter has them, which is the head, then the others."""
        super()._write_rows()
        self.fh.write("".join(self._rows_as_xml))

    @property
    def string_index(self) -> Callable[[str], int]:
        """The number of a text in the workbook's table of all texts.

        It may be asked for once and used in many cells, which `add_rows` counts.
        """
        texts = self.str_table

        def index(text: str) -> int:
            number: int = texts._get_shared_string_index(text)
            texts.count -= 1
            return number

        return index

    def serial_number(self, day: date) -> float:
        """A date as a spreadsheet counts it."""
        number: float = self._convert_date_time(day)
        return number


def format_index(style: Format) -> int:
    """The number of a format in the workbook."""
    index: int = style._get_xf_index()
    return index
