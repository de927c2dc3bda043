"""A sheet of an OpenDocument spreadsheet, as the reader of worksheets takes it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.intake.formats.ods.looks import AS_IT_IS, HIDDEN, UNKNOWN, Looks
from disclosure.intake.formats.ods.namespaces import CALC_EXT, DRAW, OFFICE, TABLE, TEXT, name_of
from disclosure.intake.formats.pieces import TextPiece, clean
from disclosure.intake.formats.xlsx import worksheet
from disclosure.intake.formats.xlsx.cells import MAX_CELLS, RawCell, RawSheet, Run, too_large
from disclosure.model.whitespace import squeezed

_PARAGRAPH, _ANNOTATION = f"{TEXT}p", f"{OFFICE}annotation"
_CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}
_BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
#: What a text holds and does not show in its place, or shows another value of on each page.
_SILENT = {_ANNOTATION, f"{TEXT}page-number", f"{TEXT}page-count", f"{TEXT}ruby-text"}
_NOT_SHOWN = {"collapse", "filter"}
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384


class SheetReader(Struct):
    """Takes the rows of a sheet one after the other.

    Attributes:
        looks: The styles of the spreadsheet.
        title: The name of the sheet.
        comments: The comments on its cells.
    """

    looks: Looks
    title: str
    comments: list[TextPiece] = field(default_factory=list)
    _sheet: RawSheet = field(default_factory=RawSheet)
    _row: int = 1
    _unseen: list[range] = field(default_factory=list)
    _read: set[etree._Element] = field(default_factory=set)

    def read(self, table: etree._Element) -> RawSheet:
        """The whole sheet."""
        self._columns(table)
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table"), None) is table:
                self._take(row)
        last = max((cell.row for cell in self._sheet.cells), default=0)
        for rows in self._unseen:
            self._sheet.hidden_rows.update(range(rows.start, min(rows.stop, last + 1)))
        return self._sheet

    def only_seen_second(self, table: etree._Element) -> Iterator[TextPiece]:
        """Paragraphs that stand in the sheet and that nothing of the first reading took."""
        for paragraph in table.iter(_PARAGRAPH):
            text = clean("".join(words(paragraph))).strip()
            left_out = paragraph not in self._read and not is_drawn(paragraph)
            if squeezed(text) and left_out and not _is_aside(paragraph):
                yield TextPiece(text, f"工作表“{self.title}”，核对时才看到", out_of_flow=True)

    def _columns(self, table: etree._Element) -> None:
        at = 1
        for column in table.iter(f"{TABLE}table-column"):
            count = _count(column, "number-columns-repeated", _MAX_COLUMNS)
            if column.get(f"{TABLE}visibility") in _NOT_SHOWN:
                self._sheet.columns.append((at, at + count - 1, 0.0, True))
            at += count

    def _take(self, row: etree._Element) -> None:
        count = _count(row, "number-rows-repeated", _MAX_ROWS)
        if row.get(f"{TABLE}visibility") in _NOT_SHOWN:
            self._unseen.append(range(self._row, self._row + count))
        first, column = len(self._sheet.cells), 1
        for cell in row:
            if name_of(cell) in _CELLS:
                column += self._cell(cell, column)
        again = self._sheet.cells[first:]
        for below in range(1, count if again else 1):
            self._sheet.cells += [_moved(cell, below) for cell in again]
            self._within_limits()
        self._row += count

    def _cell(self, cell: etree._Element, column: int) -> int:
        """Take a cell, and those that repeat it; how many they are."""
        count = _count(cell, "number-columns-repeated", _MAX_COLUMNS)
        down = _count(cell, "number-rows-spanned", _MAX_ROWS)
        over = _count(cell, "number-columns-spanned", _MAX_COLUMNS)
        if down > 1 or over > 1:
            self._sheet.merged.append((self._row, column, self._row + down - 1, column + over - 1))
        for note in cell.iterfind(_ANNOTATION):
            text = clean("\n".join("".join(words(one)) for one in note.iter(_PARAGRAPH))).strip()
            if squeezed(text):
                place = worksheet.place(self.title, self._row, column)
                self.comments.append(TextPiece(text, f"{place}的批注"))
        if made := self._made(cell, column):
            for further in range(count):
                self._sheet.cells.append(_moved(made, 0, further))
                self._within_limits()
        return count

    def _within_limits(self) -> None:
        if max(len(self._sheet.cells), len(self._sheet.merged)) > MAX_CELLS:
            raise too_large()

    def _made(self, cell: etree._Element, column: int) -> RawCell | None:
        """What a cell holds; None for nothing."""
        style, kind = cell.get(f"{TABLE}style-name", ""), cell.get(f"{OFFICE}value-type", "")
        formula = cell.get(f"{TABLE}formula")
        paragraphs = cell.findall(_PARAGRAPH)
        self._read.update(paragraphs)
        runs = tuple(self._runs(style, paragraphs))
        if any(run.text.strip() for run in runs):
            is_error = cell.get(f"{CALC_EXT}value-type") == "error"
            number = self.looks.number(style, AS_IT_IS)
            return RawCell(
                self._row, column, number, "e" if is_error else "str", None, runs, formula
            )
        value = _value(cell)
        if kind and value:
            number = self.looks.number(style, HIDDEN if paragraphs else UNKNOWN)
            held = "n" if kind in {"float", "percentage", "currency"} else "str"
            runs = () if held == "n" else (Run(value),)
            return RawCell(self._row, column, number, held, value, runs, formula)
        if formula is not None and not kind:
            return RawCell(self._row, column, self.looks.number(style), "n", None, (), formula)
        return None

    def _runs(self, style: str, paragraphs: list[etree._Element]) -> Iterator[Run]:
        for number, paragraph in enumerate(paragraphs):
            if number:
                yield Run("\n")
            for text, names in _spans(paragraph, ()):
                yield Run(text, self.looks.run(style, names) if names else None)


def words(paragraph: etree._Element) -> Iterator[str]:
    """The words of a paragraph, in order."""
    yield from (text for text, _ in _spans(paragraph, ()))


def is_drawn(element: etree._Element) -> bool:
    """Whether an element is part of a drawing."""
    return any(name_of(one).startswith(DRAW) for one in element.iterancestors())


def _is_aside(element: etree._Element) -> bool:
    return next(element.iterancestors(_ANNOTATION), None) is not None


def _spans(
    element: etree._Element, names: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The stretches of a text, each with the names of the styles that it has."""
    if element.text:
        yield element.text, names
    for child in element:
        name = name_of(child)
        if name == f"{TEXT}s":
            yield " " * _count(child, f"{TEXT}c", _MAX_COLUMNS), names
        elif name in _BREAKS:
            yield _BREAKS[name], names
        elif name == f"{TEXT}span":
            yield from _spans(child, (*names, child.get(f"{TEXT}style-name", "")))
        elif name and name not in _SILENT and not name.startswith(DRAW):
            yield from _spans(child, names)
        if child.tail:
            yield child.tail, names


def _count(element: etree._Element, name: str, most: int) -> int:
    """How often something is repeated, or how far it reaches; 1 where that is not said."""
    value = element.get(name if name.startswith("{") else f"{TABLE}{name}", "1")
    return min(max(int(value), 1), most) if value.isdecimal() else 1


def _value(cell: etree._Element) -> str:
    """The value that a cell holds beside the text that it shows."""
    names = ("value", "date-value", "time-value", "boolean-value", "string-value")
    return next((value for name in names if (value := cell.get(f"{OFFICE}{name}"))), "")


def _moved(cell: RawCell, down: int, over: int = 0) -> RawCell:
    return replace(cell, row=cell.row + down, column=cell.column + over)
