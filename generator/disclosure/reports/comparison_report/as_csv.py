"""A comparison for spreadsheets: CSV with one line for every change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from disclosure.compare import ComparedYears, sums
from disclosure.compare.code_lists import SUCCESSION_KINDS
from disclosure.exports.writers.change_rows import growth_percent, pair_rows, table_lines
from disclosure.exports.writers.spreadsheet import harmless
from disclosure.reports.comparison_report.common import FullComparison

HEAD = (
    "部门标识", "部门", "前一年度", "后一年度", "项目情况", "前一年度项目编码", "前一年度项目名称",
    "后一年度项目编码", "后一年度项目名称", "三级指标", "栏目", "原内容", "现内容", "变化", "说明",
    "幅度（%）", "天数", "公开注释", "前一年度部门标识", "后一年度部门标识", "前一年度部门名称",
    "后一年度部门名称", "前一年度预算数（万元）", "后一年度预算数（万元）", "预算增减（%）",
)  # fmt: skip


def render_csv(comparison: FullComparison) -> str:
    """The changes as spreadsheets open them: with a byte order mark, and no formula in a cell.

    A cell of the data that would be taken for a formula, such as `=100%`, begins with `'`.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for cells in _rows(comparison):
        written = [*map(_written, cells)]
        writer.writerow(harmless(cell) for cell in (*written, *[""] * (len(HEAD) - len(written))))
    return "\ufeff" + text.getvalue()


def _rows(comparison: FullComparison) -> Iterator[Sequence[object]]:
    """Each department with its sums, its own table and its projects; then who stands alone."""
    years = comparison.old, comparison.new
    for data, pair in comparison.pairs:
        who = (data.department.id, data.department.name, *years)
        yield (*who, *_sums(pair))
        for line in table_lines(pair):
            yield (*who, "部门整体", "", "", "", "", *line)
        for row in pair_rows(pair):
            yield (*who, SUCCESSION_KINDS[row.kind], *row[1:])
    for year, departments in zip(years, (comparison.only_old, comparison.only_new), strict=True):
        for data in departments:
            yield (data.department.id, data.department.name, *years, f"只公开了{year}年，不能比较")


def _sums(pair: ComparedYears) -> Sequence[object]:
    """What the department's projects in force have together."""
    old, new = sums(pair).budgets
    nothing = [""] * (HEAD.index("前一年度预算数（万元）") - HEAD.index("栏目") - 1)
    return (
        *("部门合计", "", "", "", "", "", "项目预算数合计（万元）"),
        *nothing,
        *(old, new, growth_percent(old, new)),
    )


def _written(cell: object) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
