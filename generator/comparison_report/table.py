"""A comparison for spreadsheets: CSV with one line for every change."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from generator.compare import Comparison, Fate, Piece, ProjectChange
from generator.comparison_report.common import LIKELY, names
from generator.pages.changes import FATES, ChangeLine, IndicatorLine, differences, evidence
from generator.pages.common import money
from generator.target import Change

HEAD = (
    "部门标识", "部门", "前一年度", "后一年度", "项目情况", "前一年度项目编码", "前一年度项目名称",
    "后一年度项目编码", "后一年度项目名称", "三级指标", "栏目", "原内容", "现内容", "变化", "说明",
)  # fmt: skip

#: What one change adds to the columns of its project: from 三级指标 to 说明.
Row = tuple[str, str, str, str, str, str]

# A spreadsheet would compute a cell that begins like this; a mere number does no harm.
_FORMULA = re.compile(r"[=+@\t\r-]|[＝＋＠－]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def render_csv(comparison: Comparison) -> str:
    """The changes as spreadsheets open them: with a byte order mark, and no formula in a cell.

    A cell of the data that would be taken for a formula, such as `=100%`, begins with `'`.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for data, pair in comparison.pairs:
        department = data.department
        who = (department.id, department.name, str(comparison.old), str(comparison.new))
        for change in pair.changes:
            project = (*who, *_project(change))
            for row in _rows(change):
                writer.writerow(harmless(cell) for cell in (*project, *row))
    return "\ufeff" + text.getvalue()


def harmless(cell: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _project(change: ProjectChange) -> tuple[str, ...]:
    succession = change.succession
    return (
        FATES[succession.fate],
        "、".join(project.current.code for project in succession.old),
        names(succession.old),
        "、".join(project.current.code for project in succession.new),
        names(succession.new),
    )


def _rows(change: ProjectChange) -> Iterator[Row]:
    """The change of the project as such, then everything that changed in it."""
    succession = change.succession
    if succession.fate is not Fate.CONTINUED:
        old, new = names(succession.old), names(succession.new)
        yield "", "项目", old, new, FATES[succession.fate], evidence(succession)
    if change.difference is None:
        old = money(change.old_budget) if succession.old else ""
        new = money(change.new_budget) if succession.new else ""
        if old != new:
            yield "", "预算数（万元）", old, new, "改动", ""
        return
    worded = differences(change.difference)
    for line in worded.lines:
        yield _line("", line, "")
    for item in worded.indicators:
        yield from _indicator(item)


def _line(indicator: str, line: ChangeLine, why: str) -> Row:
    return indicator, line.field, _text(line.old), _text(line.new), "改动", why


def _indicator(item: IndicatorLine) -> Iterator[Row]:
    likely = "" if item.certain else LIKELY
    if item.state.key != Change.SAME or item.old != item.new:
        why = "；".join(filter(None, (item.state.reason, likely)))
        yield item.name, "指标值", item.old, item.new, item.state.label, why
    for line in item.lines:
        yield _line(item.name, line, likely)


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
