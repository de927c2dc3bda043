"""A comparison for spreadsheets: CSV with one line for every change."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from disclosure.exports.writers.changes import change_rows, table_lines
from disclosure.exports.writers.spreadsheet import harmless
from disclosure.pages.code_lists import SUCCESSION_KINDS
from disclosure.reports.comparison_report.common import FullComparison

HEAD = (
    "部门标识", "部门", "前一年度", "后一年度", "项目情况", "前一年度项目编码", "前一年度项目名称",
    "后一年度项目编码", "后一年度项目名称", "三级指标", "栏目", "原内容", "现内容", "变化", "说明",
    "幅度（%）", "天数", "公开注释",
)  # fmt: skip


def render_csv(comparison: FullComparison) -> str:
    """The changes as spreadsheets open them: with a byte order mark, and no formula in a cell.

    A cell of the data that would be taken for a formula, such as `=100%`, begins with `'`.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for data, pair in comparison.pairs:
        department = data.department
        who = (department.id, department.name, str(comparison.old), str(comparison.new))
        for line in table_lines(pair.table) if pair.table else ():
            cells = (*who, "部门整体", "", "", "", "", *line)
            writer.writerow(harmless(_written(cell)) for cell in cells)
        for change in pair.changes:
            for row in change_rows(change):
                cells = (*who, SUCCESSION_KINDS[row.fate], *row[1:-2])
                writer.writerow(harmless(_written(cell)) for cell in cells)
    return "\ufeff" + text.getvalue()


def _written(cell: object) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
