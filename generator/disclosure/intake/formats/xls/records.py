"""The records of an old workbook, walked through apart from its reader.

What xlrd does not tell stands here: heads and feet of pages, text boxes, pictures; and where a
cell holds something, against which the first reading is held.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import olefile
from msgspec import Struct, field

_BOF, _EOF, _CONTINUE, _SHEET, _OBJECT, _TEXT = 0x0809, 0x000A, 0x003C, 0x0085, 0x005D, 0x01B6
_EDGES = {0x0014: "oddHeader", 0x0015: "oddFooter"}
#: A cell each: labels, numbers, formulas, truth values and errors.
_CELLS = {0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x0006, 0x0205}
_ROW_OF_NUMBERS = 0x00BD
_WORKSHEET = 0x0010
_BOX, _CHART, _PICTURE, _NOTE = 6, 5, 8, 25  # kinds of objects
_VERSION_97 = 0x0600
_NAMES = {_PICTURE: "图片或嵌入的文件", _CHART: "图表"}


class Workbook(Struct):
    """What the records of a workbook say beside its cells; its worksheets are counted from 0.

    Attributes:
        cells: The rows and columns, from 0, of the cells of each worksheet that hold something.
        edges: Heads and feet of each worksheet's pages.
        boxes: The texts of its boxes.
        pictures: How many pictures and charts there are.
    """

    cells: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    edges: dict[int, dict[str, str]] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)
    pictures: dict[int, int] = field(default_factory=dict)

    def remarks(self) -> Iterator[str]:
        """What holds text that cannot be read."""
        for kind, count in self.pictures.items():
            yield f"文件里有{_NAMES[kind]} {count} 个，其中的文字没有读取，请对照原文核对。"


def walk(content: bytes) -> Workbook:
    """Walk through the records of a workbook of Excel 97 or newer; one of before says nothing."""
    reader = _RecordReader()
    for place, kind, data in _records(_stream(content)):
        if not reader.take(place, kind, data):
            break
    return reader.found


def _stream(content: bytes) -> bytes:
    if not olefile.isOleFile(content):
        return content
    with olefile.OleFileIO(BytesIO(content)) as package:
        name = next((one for one in ("Workbook", "Book") if package.exists(one)), None)
        return bytes(package.openstream(name).read()) if name else b""


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The place, the kind and the data of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _RecordReader(Struct):
    found: Workbook = field(default_factory=Workbook)
    places: dict[int, int] = field(default_factory=dict)
    sheet: int | None = None
    object: int = 0
    depth: int = 0
    length: int = 0  # of the text that the next record goes on with

    def take(self, place: int, kind: int, data: bytes) -> bool:
        """Take one record; whether others may follow."""
        if kind == _BOF:
            if not self.depth and place == 0 and data[:2] != _VERSION_97.to_bytes(2, "little"):
                return False
            self.sheet = self.sheet if self.depth else self.places.get(place)
            self.depth += 1
        elif kind == _EOF:
            self.depth -= 1
        elif kind == _SHEET and len(data) > 5:
            if data[5] == 0:  # and no chart or sheet of macros
                self.places[int.from_bytes(data[:4], "little")] = len(self.places)
        elif self.sheet is not None and self.depth == 1:
            self._in_sheet(self.sheet, kind, data)
        return True

    def _in_sheet(self, sheet: int, kind: int, data: bytes) -> None:
        if kind in _EDGES and len(data) > 3:
            length = int.from_bytes(data[:2], "little")
            self.found.edges.setdefault(sheet, {})[_EDGES[kind]] = _characters(data[2:], length)
        elif kind in _CELLS and len(data) >= 6:
            self.found.cells.setdefault(sheet, []).append(struct.unpack_from("<HH", data))
        elif kind == _ROW_OF_NUMBERS and len(data) >= 6:
            row, first = struct.unpack_from("<HH", data)
            last = int.from_bytes(data[-2:], "little")
            places = [(row, column) for column in range(first, last + 1)]
            self.found.cells.setdefault(sheet, []).extend(places)
        elif kind == _OBJECT and len(data) >= 6:
            self.object = int.from_bytes(data[4:6], "little")
            if self.object in _NAMES:
                self.found.pictures[self.object] = self.found.pictures.get(self.object, 0) + 1
        elif kind == _TEXT and len(data) >= 12 and self.object != _NOTE:
            self.length = int.from_bytes(data[10:12], "little")
            self.found.boxes += [""] if self.length else []
        elif kind == _CONTINUE and self.length:
            text = _characters(data, self.length)
            self.found.boxes[-1] += text
            self.length -= len(text)


def _characters(data: bytes, length: int) -> str:
    """Characters, before which stands whether each takes two bytes."""
    if data[:1] == b"\x01":
        return data[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return data[1 : 1 + length].decode("latin-1")
