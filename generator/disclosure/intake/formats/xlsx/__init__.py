"""Workbooks: each sheet is one grid, and every cell says what Excel and WPS show.

A cell holds a number and, apart from it, how it is shown: 150 as `150.00`. What is shown is what
was published, so that is taken. What a sheet holds and does not show is named and not taken. The
strings of the file are read a second time in another way, and what only the second reading sees
is listed.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from disclosure.intake import rules
from disclosure.intake.formats import embedded
from disclosure.intake.formats.pieces import Piece, Say, TablePiece, TextPiece
from disclosure.intake.formats.xlsx import cells, outside_cells, strings, styles, worksheet
from disclosure.intake.formats.xlsx.cells import RawSheet
from disclosure.intake.formats.xlsx.package import Package, Sheet, opened
from disclosure.intake.rules import UnreadableError

_MAX_NAMED = 10


def read(file: Path, say: Say) -> tuple[tuple[Piece, ...], int, tuple[str, ...]]:
    """The pieces of a workbook, how many characters it shows, and remarks.

    Raises:
        UnreadableError: It is no workbook, too large, or has formulas without their results.
    """
    say("正在读取工作簿")
    try:
        with zipfile.ZipFile(file) as archive:
            pieces, remarks = _book(opened(archive), say)
    except (zipfile.BadZipFile, EOFError):
        raise rules.damaged() from None
    visible = sum(map(characters, pieces))
    return tuple(pieces), visible, (*remarks, *embedded.in_package(file))


def characters(piece: Piece) -> int:
    """How many characters a piece shows, without white space."""
    texts = [cell.text for cell in piece.cells] if isinstance(piece, TablePiece) else [piece]
    return sum(len(text.bare) for text in texts)


def _book(package: Package, say: Say) -> tuple[list[Piece], list[str]]:
    """The pieces of all visible sheets, and remarks."""
    looks, shared = styles.read(package), cells.shared_strings(package)
    date1904 = package.date1904()
    pieces: list[Piece] = []
    remarks: list[str] = []
    uncalculated: list[str] = []
    for sheet in package.sheets():
        say(f"正在读取工作表“{sheet.title}”")
        if not sheet.is_visible:
            if strings.holds_anything(package, sheet.part):
                remarks.append(f"工作表“{sheet.title}”是隐藏的，没有读取。")
            continue
        raw = cells.read(package, sheet.part, shared)
        found = worksheet.read(raw, looks, sheet.title, date1904=date1904)
        uncalculated += found.uncalculated
        remarks += found.remarks
        pieces += [found.table] if found.table.cells else []
        pieces += found.unread
        pieces += _only_seen_second(package, sheet, raw)
        pieces += outside_cells.texts(package, sheet, raw)
    if uncalculated:
        raise not_calculated(uncalculated)
    return pieces, remarks


def _only_seen_second(package: Package, sheet: Sheet, raw: RawSheet) -> Iterator[TextPiece]:
    """What the second reading of a sheet sees and the first does not."""
    first = Counter(strings.plain(cell.text) for cell in raw.cells)
    for place, text in strings.read(package, sheet.part):
        if first[text]:
            first[text] -= 1
        else:
            yield TextPiece(text, f"工作表“{sheet.title}”{place}，核对时才看到", out_of_flow=True)


def not_calculated(places: Sequence[str]) -> UnreadableError:
    """A workbook with formulas whose results it does not hold."""
    more = f" 等 {len(places)} 处" if len(places) > _MAX_NAMED else ""
    return UnreadableError(
        rules.NOT_CALCULATED,
        f"{'、'.join(places[:_MAX_NAMED])}{more} 是公式，但文件里没有保存它的计算结果。",
        "请用 Excel 或 WPS 打开它，重新计算并保存，再导入。",
    )
