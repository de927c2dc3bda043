"""Whatever stands in whatever cell: every character is accounted for, and nothing breaks."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from disclosure import reading
from disclosure.intake.drafts import drafting, yamltext
from disclosure.intake.formats.pieces import Document, GridCell, Piece, TablePiece, TextPiece
from disclosure.intake.understanding.interpreting import interpret
from tests.support.accounts import assert_conserved
from tests.support.repository import ROOT
from tests.support.taking import DEPARTMENT, YEAR

(SEED,) = reading.read(ROOT / "data").dataset.departments
HEADS = (
    "一级指标", "二级指标", "三级指标", "绩效指标描述", "计算符号", "指标值", "计量单位",
    "绩效标准", "实际完成值", "分值", "得分", "偏差原因分析及改进措施", "改进措施", "备注",
    "权重", "绩效指标",
)  # fmt: skip
LABELS = (
    "项目编码", "项目名称", "预算单位", "主管部门", "预算规模及资金用途", "预算数", "其他资金",
    "其中：财政资金", "资金用途", "资金支出计划", "资金支出计划（%）", "绩效目标", "预期目标",
    "实际完成情况", "年初预算数", "全年预算数", "全年执行数", "执行率", "总分", "合计",
    "资金（元）",
)  # fmt: skip
VALUES = (
    "", "", "产出指标", "产出指标（50分）", "满意度指标", "数量指标", "≥", "≥8次", "8", "次",
    "%", "150.00", "1,234.50", "100元", "3月底", "12月底", "13080324P00514210001L",
    "开放外联招商引资专项经费", "322001承德市双滦区商务局本级", "承德市双滦区商务局",
    "1.完成任务；2.再完成", "—", "/", "定性", "10分", "9.5分", "大部分", "指标1：", "★", "注1",
    "文字\n文字", "序号",
)  # fmt: skip
LINES = (
    "第一部分", "第二部分", "部门整体绩效目标", "一、总体绩效目标", "二、分项绩效目标",
    "（一）甲", "三、工作保障措施", "绩效目标：丙", "绩效指标：丁", "1.某某项目绩效目标表",
    "2.某某绩效自评表", "项目支出绩效目标申报表", "（2024年度）", "金额单位：元",
    "322001承德市双滦区商务局本级单位：万元", "目录", "第一部分…………1", "—1—",
    "注1·指标值：某某", "批复日期：2024-01-01", "批复日期：明天", "来源：某标题", "来源：a.pdf",
    "版本：首次公开", "版本：预算调整，2024-03-03，某财〔2024〕1号", "版本：更正",
    "调整原因：某某", "2024年项目一览（单位：万元）", "项目数：1个", "一些文字。", "附件1：",
    f"网址：本站/{DEPARTMENT}/{YEAR}/",
)  # fmt: skip

WORDS = st.one_of([st.sampled_from(one) for one in (HEADS, LABELS, VALUES, VALUES, LINES)])
TEXTS = st.builds(
    TextPiece, st.sampled_from(LINES), st.just("某处"), st.integers(0, 3), edge=st.booleans()
)


@st.composite
def tables(draw: st.DrawFn) -> TablePiece:
    """A grid, with a row of heads or without, cells merged over columns and rows."""
    width, height = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    heads = draw(st.lists(st.sampled_from(HEADS), max_size=width, unique=True))
    cells = [GridCell(TextPiece(head, "表头"), 0, at) for at, head in enumerate(heads)]
    taken: set[tuple[int, int]] = set()
    for row, column in ((r, c) for r in range(1, height + 1) for c in range(width)):
        if (row, column) in taken:
            continue
        rows, columns = draw(st.sampled_from([(1, 1), (1, 1), (1, 2), (2, 1), (1, 8)]))
        columns = min(columns, width - column)
        area = {(row + r, column + c) for r in range(rows) for c in range(columns)}
        if area & taken:
            rows, columns, area = 1, 1, {(row, column)}
        taken |= area
        cells.append(GridCell(TextPiece(draw(WORDS), "某格"), row, column, rows, columns))
    return TablePiece(tuple(cells), width, paged=draw(st.booleans()))


@example([TablePiece((GridCell(TextPiece("", "某格"), 0, 0),), 1)])
@given(st.lists(st.one_of(TEXTS, TEXTS, tables()), max_size=12))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_nothing_is_lost_and_nothing_breaks(pieces: list[Piece]) -> None:
    """What is placed stands in its field, and each rest in a comment of exactly one draft."""
    texts = [one for piece in pieces for one in Document("", "", (piece,), 0).texts()]
    document = Document("a.pdf", "0" * 64, tuple(pieces), sum(len(one.bare) for one in texts))
    found = interpret(document, SEED, YEAR)
    drafts = drafting.drafts([found], YEAR, drafting.KnownData())
    assert_conserved(found, drafts)
    left = [rest.part for rest in found.ledger.unplaced()]
    remarks = [
        remark
        for one in drafts
        for remarks_of_one in one.comments.values()
        for remark in remarks_of_one
    ]
    assert sorted(remark.partition("：")[2] for remark in remarks) == sorted(left if drafts else [])
    files = "".join(yamltext.document(one.head, one.record, one.comments) for one in drafts)
    assert sum(line.startswith("# 未能归入") for line in files.splitlines()) == len(remarks)
