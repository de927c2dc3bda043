"""The form workbooks that the program makes, opened again."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.repository import Run

#: A project of the real data.
CODE = "13080324P00514210001L"


def exported(run: Run, project: Path, target: Path) -> list[Path]:
    """The workbooks of a project's folder."""
    code, _, errors = run("-C", project, "export", "--format", "xlsx", target)
    assert code == 0, errors
    return sorted(target.iterdir())


def opened(file: Path, **options: bool) -> Workbook:
    """A workbook to be read, without borders around merged cells, which nobody here looks at.

    openpyxl draws them cell by cell, three quarters of the time that it takes for a form.
    """
    with mock.patch.object(MergedCellRange, "format"):
        return openpyxl.load_workbook(file, **options)


def grid(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """The texts of a sheet by row and column; a merged cell's text is in all that it covers."""
    found = {
        (cell.row, cell.column): str(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    for merged in sheet.merged_cells.ranges:
        text = found.get((merged.min_row, merged.min_col))
        for row, column in merged.cells if text is not None else ():
            found[row, column] = text or ""
    return found
