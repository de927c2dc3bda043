"""What a worksheet shows: a grid of texts, and a list of what it holds and does not show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from msgspec import Struct, field
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_ISO8601, to_excel

from disclosure.intake import rules
from disclosure.intake.formats.pieces import TablePiece, TextPiece, clean
from disclosure.intake.formats.xlsx import number_formats
from disclosure.intake.formats.xlsx.cells import Area, RawCell, RawSheet, Run
from disclosure.intake.formats.xlsx.grid import MAX_GAP, MergedAreas, SheetGrid
from disclosure.intake.formats.xlsx.styles import CellStyles
from disclosure.model.whitespace import squeezed

ERROR = re.compile(
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|GETTING_DATA|BLOCKED!"
    r"|CONNECT!|BUSY!|UNKNOWN!|EXTERNAL!|PYTHON!)|#{3,}"
)
_PICTURE = re.compile(r"\b(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_POWERS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_RAISED = re.compile(r"[0-9+\-−n]+")
_MAX_NAMED = 20


class HiddenContent(Struct):
    """What a sheet holds and does not show.

    Attributes:
        rows: How many characters hidden rows hold.
        columns: How many characters hidden columns hold.
        struck: Cells with text that is struck out, and that text.
        unseen: Cells whose text has the colour of what is behind it, or that a format hides.
        covered: Cells beneath a merged area.
    """

    rows: Counter[int] = field(default_factory=Counter)
    columns: Counter[int] = field(default_factory=Counter)
    struck: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)

    def remarks(self, title: str) -> Iterator[str]:
        """One remark that names all of it, if there is any."""
        parts = [
            _named("隐藏的行", [f"{at}（{count} 字）" for at, count in sorted(self.rows.items())]),
            _named("隐藏的列", [f"{get_column_letter(at)}（{count} 字）"
                             for at, count in sorted(self.columns.items())]),
            _named("划了删除线的文字", self.struck),
            _named("看不见的文字（颜色与底色相同，或者数字格式不显示）", self.unseen),
            _named("被合并单元格盖住的文字", self.covered),
        ]  # fmt: skip
        if found := [part for part in parts if part]:
            yield (
                f"工作表“{title}”里有文件没有显示的内容，没有读取：{'；'.join(found)}。"
                "请核对是否应当公开；应当公开的，请让它显示出来（取消隐藏、删除线等），另存后再导入。"
            )


def _named(what: str, found: Sequence[str]) -> str:
    more = f" 等 {len(found)} 处" if len(found) > _MAX_NAMED else ""
    return f"{what} {'、'.join(found[:_MAX_NAMED])}{more}" if found else ""


class WorksheetContent(Struct):
    """A worksheet that was read.

    Attributes:
        title: Its name.
        table: What it shows, as a grid.
        unread: What stands in a cell and cannot be taken for what is shown.
        hidden: What it does not show.
        remarks: What else is to be said of it, in Chinese.
        uncalculated: The places of formulas without a value.
    """

    title: str
    table: TablePiece = field(default_factory=lambda: TablePiece((), 0))
    unread: list[TextPiece] = field(default_factory=list)
    hidden: HiddenContent = field(default_factory=HiddenContent)
    remarks: list[str] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)


def read(
    sheet: RawSheet, styles: CellStyles, title: str, *, date1904: bool = False
) -> WorksheetContent:
    """What a worksheet shows."""
    reader = _WorksheetReader(sheet, styles, WorksheetContent(title), date1904)
    reader.read()
    return reader.found


def place(title: str, row: int, column: int) -> str:
    """Where a cell stands, in Chinese."""
    return f"工作表“{title}”{get_column_letter(column)}{row}"


class _WorksheetReader(Struct, dict=True):
    sheet: RawSheet
    styles: CellStyles
    found: WorksheetContent
    date1904: bool
    texts: dict[tuple[int, int], TextPiece] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    errors: bool = False

    def read(self) -> None:
        """Read all cells, then make a grid of what they show."""
        self.merged = MergedAreas(self.sheet.merged)
        for cell in self.sheet.cells:
            self._cell(cell)
        self.found.table = SheetGrid(self.sheet, self.merged, self.texts).table()
        self.found.remarks += self.found.hidden.remarks(self.found.title)
        if self.pictures:
            self.found.remarks.append(
                f"工作表“{self.found.title}”的单元格 {_named('', self.pictures).strip()} 里是图片"
                "或者特殊数据，其中的文字没有读取，请对照原文核对。"
            )
        if self.errors:
            self.found.remarks.append(
                f"工作表“{self.found.title}”里有出错的单元格（如 #REF!、#DIV/0!），没有读取。"
                "请用 Excel 或 WPS 打开它，改正公式并保存，再导入。"
            )
        if self.styles.may_hide(self.sheet.conditional):
            self.found.remarks.append(
                f"工作表“{self.found.title}”有条件格式会改变或者遮住显示的内容，"
                "导入按没有条件格式读取，请对照原文核对。"
            )

    def _cell(self, cell: RawCell) -> None:
        area = self.merged.over(cell.row, cell.column)
        name = f"{get_column_letter(cell.column)}{cell.row}"
        if area is not None and (cell.row, cell.column) != area[:2]:
            self.found.hidden.covered.append(name)
            return
        shown_at = self._shown_at(area or (cell.row, cell.column, cell.row, cell.column), cell)
        if shown_at is None:
            return
        if cell.value is None and not cell.runs and cell.formula is not None:
            self.found.uncalculated.append(place(self.found.title, cell.row, cell.column))
            return
        text = clean(self._shown(cell, name, area)).rstrip().lstrip("\n")
        if squeezed(text):
            self.texts[shown_at] = TextPiece(text, place(self.found.title, cell.row, cell.column))

    def _shown_at(self, area: Area, cell: RawCell) -> tuple[int, int] | None:
        """The first row and column of an area that are not hidden."""
        rows, columns = range(area[0], area[2] + 1), range(area[1], area[3] + 1)
        row = next((at for at in rows if not self.sheet.row_is_hidden(at)), None)
        column = next((at for at in columns if not self.sheet.column_is_hidden(at)), None)
        if row is None:
            self.found.hidden.rows[cell.row] += len(squeezed(cell.text))
        elif column is None:
            self.found.hidden.columns[cell.column] += len(squeezed(cell.text))
        return None if row is None or column is None else (row, column)

    def _shown(self, cell: RawCell, name: str, area: Area | None) -> str:
        """What is shown in a cell; "" where nothing is, or it is not certain what."""
        is_picture = _PICTURE.search(cell.formula or "") or _PICTURE.search(cell.text)
        if is_picture or cell.has_more:
            self.pictures.append(name)
            return ""
        if cell.kind == "e" or ERROR.fullmatch(cell.text.strip()):
            self.errors = True
            self._unread(cell, "的错误值")
            return ""
        if cell.runs:
            return self._words(cell, name)
        return self._value(cell, name, area)

    def _words(self, cell: RawCell, name: str) -> str:
        """A text without what is struck out or cannot be seen."""
        code = self.styles.code(cell.style)
        shown = number_formats.words("x", code) if code is not None else None
        kept: list[str] = []
        struck: list[str] = []
        for run in cell.runs:
            if not squeezed(run.text):
                kept.append(run.text)
            elif self.styles.is_struck(cell.style, run):
                struck.append(run.text)
            elif self.styles.is_unseen(cell.style, run, shown.color if shown else ""):
                self.found.hidden.unseen.append(name)
            elif font := self.styles.symbols(cell.style, run):
                self._unread(cell, f"（用符号字体 {font} 写的）", run.text)
            else:
                kept.append(self._raised(cell, run, "".join(kept)))
        if struck:
            self.found.hidden.struck.append(f"{name}“{''.join(struck).strip()}”")
        text = "".join(kept)
        whole = number_formats.words(text, code) if code is not None else None
        if squeezed(text) and whole is None:
            self._unread(cell, self._uncertain(code), text)
        elif squeezed(text) and whole and not squeezed(whole.text):
            self.found.hidden.unseen.append(name)
        return whole.text if whole and squeezed(text) else ""

    def _raised(self, cell: RawCell, run: Run, before: str) -> str:
        """A stretch of text; a power behind a figure is written as one, for 10³ is not 103."""
        figure = before[-1:].isdigit() and _RAISED.fullmatch(run.text)
        raised = figure and self.styles.is_raised(cell.style, run)
        return run.text.translate(_POWERS) if raised else run.text

    def _value(self, cell: RawCell, name: str, area: Area | None) -> str:
        """A number, date or truth value as its format shows it."""
        if cell.kind == "b":
            names = ("☐", "☑") if cell.style in self.styles.boxes else ("FALSE", "TRUE")
            text, color = names[cell.value == "1"], ""
        else:
            number, code = self._number(cell), self.styles.code(cell.style)
            if number == 0 and not self.sheet.shows_zeros:
                return ""
            shown = None
            if code is not None:
                shown = number_formats.number(number, code or "General", date1904=self.date1904)
            if shown is None or not self._fits(cell, shown.text, code or "General", area):
                self._unread(cell, self._uncertain(code))
                return ""
            text, color = shown.text, shown.color
            if not squeezed(text):
                if number:
                    self.found.hidden.unseen.append(name)
                return ""
        if self.styles.is_struck(cell.style, Run(text)):
            self.found.hidden.struck.append(f"{name}“{text}”")
            return ""
        if self.styles.is_unseen(cell.style, Run(text), color):
            self.found.hidden.unseen.append(name)
            return ""
        return text

    def _number(self, cell: RawCell) -> Decimal:
        value = (cell.value or "").strip()
        try:
            if cell.kind == "d":
                moment = from_ISO8601(value)  # type: ignore[no-untyped-call]
                assert isinstance(moment, (date, datetime, time))
                epoch = CALENDAR_MAC_1904 if self.date1904 else CALENDAR_WINDOWS_1900
                return Decimal(repr(to_excel(moment, epoch)))  # type: ignore[no-untyped-call]
            number = Decimal(value)
        except (InvalidOperation, ValueError, AssertionError):
            raise rules.damaged() from None
        if not number.is_finite():
            raise rules.damaged()
        return number

    def _fits(self, cell: RawCell, text: str, code: str, area: Area | None) -> bool:
        """Whether a number without a format of its own is not rounded to fit its column."""
        if "." not in text or not number_formats.is_general(code):
            return True
        last = area[3] if area else cell.column
        return len(text) <= self.sheet.width_in_digits(
            cell.column, min(last, cell.column + MAX_GAP)
        )

    @staticmethod
    def _uncertain(code: str | None) -> str:
        shown = f"“{code}”" if code else ""
        return f"（数字格式{shown}显示成什么不能确定，这是文件里存的）"

    def _unread(self, cell: RawCell, why: str, text: str = "") -> None:
        where = f"{place(self.found.title, cell.row, cell.column)}{why}"
        self.found.unread.append(
            TextPiece(clean(text or cell.text).strip(), where, out_of_flow=True)
        )
