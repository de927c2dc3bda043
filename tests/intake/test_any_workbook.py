"""Whatever a worksheet shows is read, and nothing else: workbooks made at random."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from openpyxl.utils import get_column_letter

from disclosure.intake.formats import reader
from disclosure.intake.formats.pieces import TablePiece
from tests.support.workbooks import Sheet, Style, workbook

WORDS = st.text("项目完成率数量公里Aa09，。：（）≥%±—·/.<&", min_size=1, max_size=8)
AFFIXES = ("", "≥", "≤", "约", "公里", "万元", "%", "人/次")
STRUCK, WHITE = "<strike/>", '<color rgb="FFFFFFFF"/>'


class MadeCell(Struct, frozen=True):
    """A cell: its value as XML, how it looks, what it shows, and whether that can be seen."""

    kind: str
    value: str
    style: Style
    shown: str
    seen: bool = True


@st.composite
def numbers(draw: st.DrawFn) -> MadeCell:
    """A number with words around it, scaled or in percent, grouped or not."""
    places, thousands = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    before, after = draw(st.sampled_from(AFFIXES)), draw(st.sampled_from(AFFIXES))
    grouped, percent = draw(st.booleans()), draw(st.booleans())
    value = draw(st.decimals(0, 9_999_999, places=draw(st.integers(0, 3))))
    code = (
        (f'"{before}"' if before else "")
        + ("#,##0" if grouped else "0")
        + ("." + "0" * places if places else "")
        + "," * thousands
        + ("%" if percent else "")
        + (f'"{after}"' if after else "")
    )
    scaled = value / Decimal(1000) ** thousands * (100 if percent else 1)
    # Halves are rounded away from zero, as the tests of formats say; here their digits suffice.
    whole = int(scaled * 10**places * 2 + 1) // 2
    digits = f"{whole // 10**places:{',' if grouped else ''}}"
    shown = f"{digits}.{whole % 10**places:0{places}}" if places else digits
    in_excel = f"{before}{shown}{'%' if percent else ''}{after}"
    return MadeCell("n", f"<v>{value}</v>", Style(code=code), in_excel)


@st.composite
def dates(draw: st.DrawFn) -> MadeCell:
    """A day in one of the formats that have a number only, or in one with a text."""
    day = date(2000, 1, 1) + timedelta(draw(st.integers(0, 20_000)))
    looks = draw(st.sampled_from([
        (Style(31), f"{day.year}年{day.month}月{day.day}日"),
        (Style(57), f"{day.year}年{day.month}月"),
        (Style(58), f"{day.month}月{day.day}日"),
        (Style(14), f"{day.year}/{day.month}/{day.day}"),
        (Style(code='yyyy"."mm"."dd'), f"{day:%Y.%m.%d}"),
    ]))  # fmt: skip
    return MadeCell("n", f"<v>{(day - date(1899, 12, 30)).days}</v>", *looks)


@st.composite
def texts(draw: st.DrawFn) -> MadeCell:
    """A text of several stretches, of which some are struck out or white."""
    parts = draw(st.lists(st.tuples(WORDS, st.sampled_from(["", "<b/>", STRUCK, WHITE])),
                          min_size=1, max_size=3))  # fmt: skip
    inner = "".join(
        f'<r><rPr>{font}</rPr><t xml:space="preserve">{escape(words)}</t></r>'
        for words, font in parts
    )
    shown = "".join(words for words, font in parts if font in {"", "<b/>"})
    return MadeCell("inlineStr", f"<is>{inner}</is>", Style(), shown,
                all(font in {"", "<b/>"} for _, font in parts))  # fmt: skip


@st.composite
def hidden(draw: st.DrawFn) -> MadeCell:
    """A number whose look hides it."""
    look = draw(st.sampled_from([Style(code=";;;"), Style(font=WHITE), Style(font=STRUCK)]))
    return MadeCell("n", "<v>7</v>", look, "", seen=False)


CELLS = st.none() | numbers() | dates() | texts() | hidden()


class Grid(Struct, frozen=True):
    """A sheet: its rows, what of it is hidden, and the first of two cells that are merged."""

    rows: list[list[MadeCell | None]]
    hidden_rows: set[int]
    hidden_columns: set[int]
    merged: tuple[int, int] | None

    def cells(self) -> Iterator[tuple[int, int, MadeCell]]:
        """Row, column and content of each cell that holds something."""
        for at, row in enumerate(self.rows, 1):
            for column, cell in enumerate(row, 1):
                if cell is not None:
                    yield at, column, cell

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether a cell's place is not shown."""
        over = self.merged == (row, column)
        columns = {column, column + 1} if over else {column}
        covered = self.merged == (row, column - 1)
        return row in self.hidden_rows or columns <= self.hidden_columns or covered

    def inner(self) -> str:
        """The XML of the sheet; the cells have the styles 1, 2, 3 in their order."""
        columns = "".join(f'<col min="{at}" max="{at}" width="9" hidden="1"/>'
                          for at in sorted(self.hidden_columns))  # fmt: skip
        inner = f"<cols>{columns}</cols>" if columns else ""
        rows = dict.fromkeys(range(1, len(self.rows) + 1), "")
        for number, (row, column, cell) in enumerate(self.cells(), 1):
            rows[row] += f'<c r="{name(row, column)}" s="{number}" t="{cell.kind}">{cell.value}</c>'
        cells_xml = "".join(f'<row r="{at}" hidden="{int(at in self.hidden_rows)}">{cells}</row>'
                       for at, cells in rows.items())  # fmt: skip
        inner += f"<sheetData>{cells_xml}</sheetData>"
        if self.merged is not None:
            row, column = self.merged
            area = f"{name(row, column)}:{name(row, column + 1)}"
            inner += f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'
        return inner


def name(row: int, column: int) -> str:
    """A cell's name."""
    return f"{get_column_letter(column)}{row}"


GRIDS = st.builds(
    Grid,
    st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=6),
    st.sets(st.integers(1, 6), max_size=2),
    st.sets(st.integers(1, 4), max_size=1),
    st.none() | st.tuples(st.integers(1, 6), st.integers(1, 3)),
)


@given(grid=GRIDS)
@settings(max_examples=80, deadline=None, derandomize=True, phases=(Phase.generate,))
def test_any_sheet_is_read_as_it_is_shown(grid: Grid) -> None:
    """Each visible cell is read with its text; a remark is made if and only if one is not."""
    cells = list(grid.cells())
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet("表", grid.inner())
        file = workbook(Path(folder) / "a.xlsx", [sheet], [cell.style for *_, cell in cells])
        document = reader.document(file, lambda _: None)
    found = {text.place.removeprefix("工作表“表”"): text.text
             for text in document.texts() if text.bare}  # fmt: skip
    assert found == {
        name(row, column): cell.shown
        for row, column, cell in cells
        if cell.shown and not grid.is_hidden(row, column)
    }
    left = any(not cell.seen or grid.is_hidden(row, column) for row, column, cell in cells)
    assert bool(document.remarks) == left
    assert document.held() == document.visible
    for piece in document.pieces:
        assert isinstance(piece, TablePiece)
        taken = [(cell.row + down, cell.column + right) for cell in piece.cells
                 for down in range(cell.rows) for right in range(cell.columns)]  # fmt: skip
        assert len(taken) == len(set(taken))
