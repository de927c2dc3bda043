"""The life of an undertaking as one CSV for a file of papers: a line for each thing that was said.

Every event of the page stands in it in order of time, first its money, then each indicator that it
speaks of. The heads are Chinese, because the file is read and not processed; for that there is the
data beside the page. `as_csv` says how such a file is written, `spreadsheet` how text is harmless.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from disclosure.exports.writers.spreadsheet import harmless
from disclosure.pages.formatting import ungrouped
from disclosure.pages.history import HistoryView
from disclosure.pages.life_events import Entry, LifeEvent

HEADS = (
    "日期", "事项", "预算年度", "部门", "项目编码", "项目名称", "与本项目的关系", "文件或文号",
    "预算数（万元）", "全年执行数（万元）", "一级指标", "二级指标", "三级指标", "指标值",
    "自评表上的指标值", "实际完成值", "结论", "结论的理由", "按首次公开和按调整后", "分值", "得分",
    "偏差原因分析", "改进措施", "说明", "数据文件",
)  # fmt: skip


def life_csv(view: HistoryView) -> bytes:
    """Everything that the page tells, a line for each event and for each indicator in it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for event in view.events:
        for line in _lines(event):
            assert len(line) == len(HEADS)
            writer.writerow(map(harmless, line))
    return ("\ufeff" + text.getvalue()).encode()


def _lines(event: LifeEvent) -> Iterator[tuple[str, ...]]:
    who = (
        event.date,
        event.label,
        str(event.year),
        event.department,
        event.code,
        event.name,
        event.relation,
        event.document,
    )
    nothing = ("",) * 9
    details = "；".join(event.details)
    money = (ungrouped(event.budget), ungrouped(event.spent))
    yield (*who, *money, *nothing, "", event.score, "", "", details, event.file)
    for entry in event.entries:
        yield (*who, "", "", *_indicator(entry), "", event.file)


def _indicator(entry: Entry) -> tuple[str, ...]:
    return (
        entry.level1,
        entry.level2,
        entry.level3,
        entry.target,
        entry.stated,
        entry.actual,
        entry.outcome,
        entry.reason,
        entry.first,
        entry.points,
        entry.score,
        entry.deviation,
        entry.improvement,
    )
