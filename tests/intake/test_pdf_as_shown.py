"""A PDF is read as it is shown: what it holds besides never enters a cell, and is listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure.intake.formats import reader
from disclosure.intake.formats.pdf import page_text
from disclosure.intake.formats.pieces import LOST, Document, TablePiece, clean
from tests.support.painted_pdfs import HEIGHT, LEFT, ROW, SIZE, TOP, WIDTH, Sheet, cell, grid, write
from tests.support.painted_pdfs import pdf as make

ROWS = (("三级指标", "指标值", "依据"), ("清清渠长度", "≥100.00公里", "年度计划"),
        ("合格率", "100%", "验收报告"))  # fmt: skip
AT = cell(1, 1)
SAID = "内部备注"
WHITE, GREY, RED = "1 g", "0.75 g", "1 0 0 rg"


def document(folder: Path, *content: str, more: str = "", rows: Sequence[Sequence[str]] = ROWS,
             before: str = "") -> Document:  # fmt: skip
    """A page with the table and what is painted before and after it, read."""
    sheet = Sheet([before, *grid(rows), *content], more)
    return reader.document(make(folder / "a.pdf", [sheet]), lambda _: None)


def cells(found: Document) -> tuple[tuple[str, ...], ...]:
    """What stands in the cells of the tables."""
    tables = (piece for piece in found.pieces if isinstance(piece, TablePiece))
    return tuple(tuple(one.bare for one in row) for table in tables for row in table.rows())


def listed(found: Document) -> list[str]:
    """What is listed and has no place."""
    return [text.bare for text in found.texts() if text.out_of_flow]


HIDDEN = {
    "所在图层已关闭": f"/OC /Off BDC {write(*AT, SAID)} EMC",
    "所在图层已关闭 ": f"/OC /AnyOff BDC {write(*AT, SAID)} EMC",
    "文字设为不可见": write(*AT, SAID, state="3 Tr"),
    "文字设为不可见 ": write(*AT, SAID, state="/Z gs"),
    "与背景同色": write(*AT, SAID, state=WHITE),
    "与背景同色 ": f"0.8 g {LEFT} 100 200 40 re f {write(LEFT + 9, 110, SAID, state='0.8 g')}",
    "在页面以外": write(WIDTH + 40, 500, SAID),
    "在页面以外 ": write(60, HEIGHT + 30, SAID),
    "被裁切": f"q 0 0 50 50 re W n {write(*AT, SAID)} Q",
    "被遮盖": f"{write(60, 100, SAID)} 1 g 50 90 120 30 re f 0 g",
    "被遮盖 ": f"{write(60, 100, SAID)} 0 g 50 90 120 30 re f",
    "字号不到 1 磅": write(*AT, SAID, size=0.5),
    "已划掉": f"{write(60, 100, SAID)} 60 103.5 m 100 103.5 l S",
    "已划掉 ": f"{write(60, 100, SAID)} 59 103 42 0.7 re f",
}


@pytest.mark.parametrize("why", HIDDEN)
def test_what_is_not_shown(tmp_path: Path, why: str) -> None:
    """It is in no piece, so that no draft can hold it; a remark says what it is and why."""
    found = document(tmp_path, HIDDEN[why])
    assert cells(found) == ROWS
    assert not any(SAID in text.bare for text in found.texts())
    (remark,) = found.said()
    assert remark == (
        f"第 1 页有文件上不显示的文字（{why.strip()}），没有导入：“{SAID}”。"
        "请对照原件，确认是否应当公开。"
    )
    assert found.held() == found.visible


def test_a_line_across_cells_that_the_next_page_shows(tmp_path: Path) -> None:
    """A row that a page cuts is on both pages; what is clipped on one may be several cells."""
    clipped = f"q 0 0 50 50 re W n {write(*AT, '327.340000' + SAID)} Q"
    shown = [Sheet([*grid(ROWS), clipped]), Sheet([*grid([["327.340000", SAID, "报告"]])])]
    found = reader.document(make(tmp_path / "a.pdf", shown), lambda _: None)
    assert [*found.said()] == []


def test_a_comment_strikes_text_out(tmp_path: Path) -> None:
    """Text below a StrikeOut annotation is struck out like text below a line."""
    quads = "60 112 105 112 60 96 105 96"
    more = f"/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[60 96 105 112]/QuadPoints[{quads}]>>]"
    found = document(tmp_path, write(60, 100, SAID), more=more)
    assert cells(found) == ROWS
    assert "（已划掉）" in next(found.said())
    assert SAID in next(found.said())


SHOWN = {
    "a layer that is on": f"/OC /On BDC {write(60, 100, SAID)} EMC",
    "white on dark": f"0.2 g 50 90 120 30 re f {write(60, 100, SAID, state=WHITE)}",
    "an underline": f"{write(60, 100, SAID)} 60 98 m 100 98 l S",
    "marked with a pen": f"{write(60, 100, SAID)} q /M gs 1 1 0 rg 50 90 120 30 re f Q",
    "a border through the text": f"{write(60, 100, SAID)} 10 103.5 m 500 103.5 l S",
    "clipped to a box around it": f"q 50 90 200 40 re W n {write(60, 100, SAID)} Q",
    "outlined": write(60, 100, SAID, state="1 Tr"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_shown(tmp_path: Path, case: str) -> None:
    """What only looks like hidden text is read, without a remark."""
    found = document(tmp_path, SHOWN[case])
    assert cells(found)[: len(ROWS)] == ROWS
    assert SAID in "".join(text.bare for text in found.texts())
    assert found.remarks == ()


LAID = {
    "slanted": write(*cell(2, 1), SAID, size=40, angle=30, state=GREY),
    "slanted and small, often": "\n".join(
        write(LEFT + 20 + 90 * at, 600 + 35 * (at % 3), SAID, size=10, angle=45, state=GREY)
        for at in range(4)
    ),
    "level, large and grey": write(60, 630, SAID, size=60, state=GREY),
    "level and translucent": write(60, 630, SAID, size=48, state="/T gs"),
    "small, red, across the cells": write(AT[0] - 3, AT[1] - 4, SAID, state=RED),
    "named by the document": "/Artifact <</Subtype/Watermark/Type/Pagination>> BDC "
    f"{write(*AT, SAID)} EMC",
}


@pytest.mark.parametrize("case", LAID)
def test_a_watermark(tmp_path: Path, case: str) -> None:
    """It enters no cell and is listed once, whatever it crosses."""
    found = document(tmp_path, LAID[case])
    assert cells(found) == ROWS
    assert listed(found) == [SAID]
    assert found.remarks == ()


def test_a_round_seal(tmp_path: Path) -> None:
    """The one letter of a seal that stands upright goes with the others."""
    name = "测试专用章局"
    letters = [write(250 + 9 * at, 655, one, size=12, angle=60 - 24 * at, state=RED)
               for at, one in enumerate(name)]  # fmt: skip
    upright = write(286, 690, "财", size=12, state=RED)
    found = document(tmp_path, *letters, upright)
    assert cells(found) == ROWS
    assert set("".join(listed(found))) == {*name, "财"}


@pytest.mark.parametrize(("apart", "times"), [(0.0, 2), (0.1, 2), (0.4, 2), (1.0, 2), (0.3, 4)])
def test_bold_that_is_printed_twice(tmp_path: Path, apart: float, times: int) -> None:
    """Each character is there once, and real doubles (清清, 00) stay."""
    again = [write(cell(row, column)[0] + apart * at, cell(row, column)[1], text)
             for at in range(1, times) for row, texts in enumerate(ROWS)
             for column, text in enumerate(texts)]  # fmt: skip
    found = document(tmp_path, *again)
    assert cells(found) == ROWS
    assert found.remarks == ()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_on_its_side(tmp_path: Path, rotate: int) -> None:
    """A page that is shown on its side is read as it stands upright."""
    found = document(tmp_path, more=f"/Rotate {rotate}")
    assert cells(found) == ROWS


@pytest.mark.parametrize(("turn", "box"), [("0 1 -1 0 842 0", "0 0 842 595"),
                                           ("-1 0 0 -1 595 842", "0 0 595 842"),
                                           ("0 -1 1 0 0 595", "0 0 842 595")])  # fmt: skip
def test_text_that_is_drawn_sideways(tmp_path: Path, turn: str, box: str) -> None:
    """The same where the page's own operators turn it, with and without /Rotate."""
    for rotate in (0, 90):
        sheet = Sheet([f"q {turn} cm", *grid(ROWS), "Q"], f"/Rotate {rotate}", box)
        found = reader.document(make(tmp_path / "a.pdf", [sheet]), lambda _: None)
        assert cells(found) == ROWS


def test_one_cell_is_turned(tmp_path: Path) -> None:
    """A word on its side in a page that is upright is read as a word."""
    rows = (*ROWS[:2], ("", "100%", "验收"))
    x, y = cell(2, 0)
    found = document(tmp_path, write(x + 20, y - 8, "合格", angle=90), rows=rows)
    assert cells(found)[2] == ("合格", "100%", "验收")


def test_a_scan_with_recognised_text(tmp_path: Path) -> None:
    """Invisible text over a picture of the page is read, and a remark says where it is from."""
    picture = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q"
    sheet = Sheet([picture, "3 Tr", *grid(ROWS)])
    found = reader.document(make(tmp_path / "a.pdf", [sheet]), lambda _: None)
    assert cells(found) == ROWS
    assert [remark[:7] for remark in found.said()] == ["第 1 页是图"]


def test_a_form_within_the_page(tmp_path: Path) -> None:
    """Text of an XObject stands where it is put, unless its layer is off."""
    found = document(tmp_path, "q 1 0 0 1 60 100 cm /X Do Q")
    assert "表单内文" in "".join(text.bare for text in found.texts())
    found = document(tmp_path, "/OC /Off BDC q 1 0 0 1 60 100 cm /X Do Q EMC")
    assert "（所在图层已关闭）" in next(found.said())


def test_a_form_field_in_a_cell(tmp_path: Path) -> None:
    """What a field shows is read in its cell; a hidden field is only listed."""
    x, y = cell(2, 1)
    field = f"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[{x} {y - 5} {x + 100} {y + 15}]{{}}>>"
    value = f"/V<FEFF{'表单内文'.encode('utf-16-be').hex()}>/AP<</N 5 0 R>>"
    rows = (*ROWS[:2], ("合格率", "", "验收报告"))
    found = document(tmp_path, more=f"/Annots[{field.format(value)}]", rows=rows)
    assert cells(found)[2] == ("合格率", "表单内文", "验收报告")
    found = document(tmp_path, more=f"/Annots[{field.format(value + '/F 2')}]", rows=rows)
    assert cells(found) == rows
    assert "（隐藏的表单域）" in next(found.said())


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_a_glyph_that_nobody_can_read(tmp_path: Path, code: str) -> None:
    """Only its font knows what it is: it is lost, and stays where it stood."""
    x, y = cell(2, 1)
    glyph = f"BT /G {SIZE} Tf {x + 22} {y} Td ({code}) Tj ET"
    found = document(tmp_path, glyph)
    assert cells(found)[2][1] == f"100%{LOST}"
    assert listed(found) == []


@pytest.mark.parametrize("char", ["\ue000", "\ud83d", "\U0010fffd"])
def test_a_character_that_nobody_can_read(char: str) -> None:
    """One for private use, or half a surrogate pair, is not left out: it is lost where it stood."""
    assert clean(f"完成{char}率") == f"完成{LOST}率"


def test_a_code_that_its_encoding_does_not_know(tmp_path: Path) -> None:
    """One reader passes over it without a word; the other one sees that something stands there."""
    found = document(tmp_path, rows=(*ROWS[:2], ("合格率", "\uf0b390%", "验收报告")))
    assert listed(found) == [LOST]


def test_what_only_the_other_reader_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that the first reader does not give is listed with its page."""
    read = page_text._readable

    def blind(page: object) -> object:
        return (char for char in read(page) if char["text"] not in "公里")  # type: ignore[arg-type]

    monkeypatch.setattr(page_text, "_readable", blind)
    found = document(tmp_path)
    assert cells(found)[1][1] == "≥100.00"
    (text,) = (text for text in found.texts() if text.out_of_flow)
    assert (text.bare, text.place) == ("公里", "第1页，只有另一种程序读到")


def test_without_the_other_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot open a file, a remark says that nothing was compared."""

    def fail(*_: object) -> None:
        raise pypdfium2.PdfiumError("no")

    monkeypatch.setattr(pypdfium2, "PdfDocument", fail)
    assert "没有能用另一种程序核对" in next(document(tmp_path).said())


_TEXTS = st.text("公里清渠度计划验收0123456789%≥（）万元", min_size=1, max_size=7)


@st.composite
def _content(draw: st.DrawFn) -> tuple[list[list[str]], list[str], str]:
    """A table, what is painted over it, and how the page is turned."""
    wide, high = draw(st.integers(2, 3)), draw(st.integers(2, 5))
    rows = [[draw(_TEXTS) for _ in range(wide)] for _ in range(high)]
    over: list[str] = []
    for row in range(high):
        for column in range(wide):
            x, y = cell(row, column)
            apart = draw(st.sampled_from([0, 0, 0.2, 0.7, 1.0]))
            if apart:
                over.append(write(x + apart, y, rows[row][column]))
            hidden = draw(st.sampled_from(["", "", "3 Tr", WHITE, "/Z gs"]))
            if hidden:
                over.append(write(x + 20, y + 3, draw(_TEXTS), state=hidden))
    if draw(st.booleans()):
        angle = draw(st.integers(10, 80))
        over.append(write(LEFT + 20, TOP - high * ROW, SAID, size=30, angle=angle, state=GREY))
    return rows, over, f"/Rotate {draw(st.sampled_from([0, 90, 180, 270]))}"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_content())
def test_any_table(tmp_path: Path, content: tuple[list[list[str]], list[str], str]) -> None:
    """Whatever is painted over it, the cells hold what was written, and every glyph is counted."""
    rows, over, turn = content
    found = document(tmp_path, *over, more=turn, rows=rows)
    assert cells(found) == tuple(map(tuple, rows))
    assert found.held() == found.visible
    assert not [text for text in listed(found) if text != SAID]
