"""The cells of a worksheet as the file writes them: only those that hold something.

A sheet may say of a million cells that they are empty and have a border. What is read, and how
long that takes, must depend on what the sheet shows; so its part is read as a stream, and empty
cells leave no trace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO

from lxml import etree
from msgspec import Struct, field
from openpyxl.utils import coordinate_to_tuple, range_boundaries

from disclosure.intake import rules
from disclosure.intake.formats.xlsx.package import MAIN, Package, is_true
from disclosure.intake.rules import UnreadableError

MAX_CELLS = 500_000
_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_BREAKS = {"\r\n": "\n", "\r": "\n", "\x0b": "\n", "\x0c": "\n"}
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384
_TEXTS = {"s", "str", "inlineStr"}
_DEFAULT_WIDTH = 8.0
_PADDING = 0.71  # of a column's width in the file

Area = tuple[int, int, int, int]
"""The first row, first column, last row and last column of a merged area."""


class Run(Struct, frozen=True):
    """A stretch of a text in one font; the font is None where it is the cell's."""

    text: str
    font: etree._Element | None = None


class RawCell(Struct, frozen=True):
    """A cell that holds something.

    Attributes:
        row: Its row, from 1.
        column: Its column, from 1.
        style: Which of the workbook's cell styles it has.
        kind: How its value is written: `n`, `s`, `str`, `inlineStr`, `b`, `e` or `d`.
        value: The value; None where a formula has none.
        runs: The stretches of a text; empty for any other value.
        formula: The formula, or None.
        has_more: Whether it shows something richer than its value, such as a picture.
    """

    row: int
    column: int
    style: int
    kind: str
    value: str | None
    runs: tuple[Run, ...] = ()
    formula: str | None = None
    has_more: bool = False

    @property
    def text(self) -> str:
        """What the file says it holds."""
        return "".join(run.text for run in self.runs) if self.runs else self.value or ""


class RawSheet(Struct):
    """A worksheet as the file writes it.

    Attributes:
        cells: The cells that hold something, in the order of the file.
        merged: The merged areas.
        hidden_rows: Rows that are hidden, filtered out, folded away or without height.
        listed_rows: All rows that the file describes.
        others_hidden: Whether rows that it does not describe are hidden.
        columns: First column, last column, width in characters, and whether it is hidden.
        width: The width of all other columns.
        edges: What stands at the head and foot of its pages, by the name of the place.
        conditional: The numbers of the styles that conditions may give its cells.
        shows_zeros: Whether a cell that holds 0 shows anything.
    """

    cells: list[RawCell] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    listed_rows: set[int] = field(default_factory=set)
    others_hidden: bool = False
    columns: list[tuple[int, int, float, bool]] = field(default_factory=list)
    width: float = _DEFAULT_WIDTH
    edges: dict[str, str] = field(default_factory=dict)
    conditional: set[int] = field(default_factory=set)
    shows_zeros: bool = True

    def row_is_hidden(self, row: int) -> bool:
        """Whether a row is not shown."""
        return row in self.hidden_rows or (self.others_hidden and row not in self.listed_rows)

    def column_is_hidden(self, column: int) -> bool:
        """Whether a column is not shown."""
        return any(first <= column <= last and off for first, last, _, off in self.columns)

    def width_in_digits(self, first: int, last: int) -> float:
        """How many figures some columns have room for, as the file says."""
        return sum(self._width(column) for column in range(first, last + 1))

    def _width(self, column: int) -> float:
        for first, last, width, _ in self.columns:
            if first <= column <= last:
                return width
        return self.width


def read(package: Package, part: str, strings: Sequence[tuple[Run, ...]]) -> RawSheet:
    """A worksheet.

    Args:
        package: The workbook.
        part: The sheet's part.
        strings: The strings that the sheets share.

    Raises:
        UnreadableError: It is damaged, or holds too much.
    """
    try:
        return _CellReader(strings).read(package.sheet(part))
    except (KeyError, IndexError, ValueError, etree.XMLSyntaxError):
        raise rules.damaged() from None


def shared_strings(package: Package) -> list[tuple[Run, ...]]:
    """The strings that the sheets share."""
    found: list[tuple[Run, ...]] = []
    for part in package.related(package.book, "sharedStrings"):
        try:
            with package.file.open(part) as stream:
                for _, item in etree.iterparse(
                    stream, tag=f"{MAIN}si", resolve_entities=False, no_network=True
                ):
                    found.append(_runs(item))
                    item.clear(keep_tail=False)
        except (KeyError, etree.XMLSyntaxError):
            raise rules.damaged() from None
    return found


def unescaped(text: str) -> str:
    """A string with the characters that a file writes by their numbers, such as `_x000D_`."""
    text = _ESCAPED.sub(_characters, text)
    for odd, plain in _BREAKS.items():
        text = text.replace(odd, plain)
    return text


def _characters(found: re.Match[str]) -> str:
    parts = re.findall("_x(....)_", found[0])
    units = b"".join(int(part, 16).to_bytes(2, "little") for part in parts)
    return units.decode("utf-16-le", "replace")


def _runs(item: etree._Element) -> tuple[Run, ...]:
    """The stretches of a string; how it is pronounced is not shown."""
    runs: list[Run] = []
    for child in item:
        if child.tag == f"{MAIN}t":
            runs.append(Run(child.text or ""))
        elif child.tag == f"{MAIN}r":
            words = "".join(inner.text or "" for inner in child.iter(f"{MAIN}t"))
            runs.append(Run(words, child.find(f"{MAIN}rPr")))
    return tuple(Run(unescaped(run.text), run.font) for run in runs)


class _CellReader:
    """Takes the elements of a worksheet one after the other."""

    def __init__(self, strings: Sequence[tuple[Run, ...]]) -> None:
        self.strings = strings
        self.sheet = RawSheet()
        self.row = self.column = 0
        self.take = {
            "c": self._cell, "row": self._row, "mergeCell": self._merged,
            "col": self._columns, "sheetFormatPr": self._defaults,
            "headerFooter": self._edges, "cfRule": self._condition, "sheetView": self._view,
        }  # fmt: skip

    def read(self, stream: IO[bytes]) -> RawSheet:
        """Read the whole sheet."""
        tags = [f"{MAIN}{name}" for name in self.take]
        events = etree.iterparse(
            stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True
        )
        for event, element in events:
            name = etree.QName(element).localname
            if (event == "start") == (name == "row"):  # its cells need the number of their row
                self.take[name](element)
            if event == "end" and name in {"c", "row", "mergeCell"}:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            if len(self.sheet.cells) > MAX_CELLS or len(self.sheet.merged) > MAX_CELLS:
                raise too_large()
        return self.sheet

    def _row(self, element: etree._Element) -> None:
        self.row = int(element.get("r") or self.row + 1)
        self.column = 0
        without_height = float(element.get("ht", "1")) == 0
        self.sheet.listed_rows.add(self.row)
        if is_true(element.get("hidden")) or without_height:
            self.sheet.hidden_rows.add(self.row)

    def _cell(self, element: etree._Element) -> None:
        place = element.get("r")
        row, column = coordinate_to_tuple(place) if place else (self.row, self.column + 1)
        self.column = column
        if not (1 <= row <= _MAX_ROWS and 1 <= column <= _MAX_COLUMNS):
            raise ValueError(place)
        kind = element.get("t", "n")
        formula = element.find(f"{MAIN}f")
        value = element.findtext(f"{MAIN}v")
        runs: tuple[Run, ...] = ()
        if kind == "inlineStr":
            inner = element.find(f"{MAIN}is")
            runs = _runs(inner) if inner is not None else ()
        elif kind == "s":
            runs = self.strings[int(value)] if value else ()
        elif kind == "str":
            runs = (Run(unescaped(value or "")),)
        text = "".join(run.text for run in runs) if runs or kind in _TEXTS else value or ""
        lacks_value = formula is not None and not value and kind != "str"
        if not text.strip() and not lacks_value:
            return
        self.sheet.cells.append(
            RawCell(row, column, int(element.get("s", "0")), kind,
                    None if lacks_value else value, runs,
                    None if formula is None else formula.text or "",
                    element.get("vm") is not None)
        )  # fmt: skip

    def _merged(self, element: etree._Element) -> None:
        left, top, right, bottom = range_boundaries(element.get("ref", ""))
        if None in {left, top, right, bottom}:
            raise ValueError(element.get("ref"))
        self.sheet.merged.append((int(top), int(left), int(bottom), int(right)))  # type: ignore[arg-type]  # none is None

    def _columns(self, element: etree._Element) -> None:
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        width = float(element.get("width") or self.sheet.width + _PADDING)
        hidden = is_true(element.get("hidden")) or width == 0
        self.sheet.columns.append((first, last, max(width - _PADDING, 0.0), hidden))

    def _defaults(self, element: etree._Element) -> None:
        self.sheet.others_hidden = is_true(element.get("zeroHeight"))
        if element.get("defaultColWidth"):
            self.sheet.width = float(element.get("defaultColWidth", "")) - _PADDING
        elif element.get("baseColWidth"):
            self.sheet.width = float(element.get("baseColWidth", ""))

    def _edges(self, element: etree._Element) -> None:
        for child in element:
            name = etree.QName(child).localname
            used = (
                name.startswith("odd")
                or (name.startswith("even") and is_true(element.get("differentOddEven")))
                or (name.startswith("first") and is_true(element.get("differentFirst")))
            )
            if used and child.text:
                self.sheet.edges[name] = unescaped(child.text)

    def _view(self, element: etree._Element) -> None:
        if element.get("showZeros"):
            self.sheet.shows_zeros = is_true(element.get("showZeros"))

    def _condition(self, element: etree._Element) -> None:
        if element.get("dxfId"):
            self.sheet.conditional.add(int(element.get("dxfId", "")))


def too_large() -> UnreadableError:
    """A sheet that holds more than can be read."""
    return UnreadableError(
        rules.TOO_LARGE,
        f"工作表的单元格超过 {MAX_CELLS} 个，没有读取。",
        "请只保留绩效目标表，另存后再导入。",
    )
