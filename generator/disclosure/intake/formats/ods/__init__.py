"""OpenDocument spreadsheets (.ods): every cell is written with the text that it shows.

So no number format has to be understood. What is merged, hidden, struck out or has the colour of
what is behind it means the same as in a workbook of Excel, and goes the same way from there.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from disclosure.intake import rules
from disclosure.intake.formats import xlsx
from disclosure.intake.formats.ods import sheets
from disclosure.intake.formats.ods.looks import Looks
from disclosure.intake.formats.ods.namespaces import DRAW, STYLE, TABLE, TEXT, name_of
from disclosure.intake.formats.ods.sheets import SheetReader
from disclosure.intake.formats.pieces import Piece, Say, TextPiece, clean
from disclosure.intake.formats.xlsx import outside_cells, worksheet
from disclosure.model.whitespace import squeezed

_OBJECTS = {f"{DRAW}image": "图片", f"{DRAW}object": "图表或嵌入的文件"}
_EDGES = {f"{STYLE}header": "oddHeader", f"{STYLE}footer": "oddFooter"}


def read(file: Path, say: Say) -> tuple[tuple[Piece, ...], int, tuple[str, ...]]:
    """The pieces of a spreadsheet, how many characters it shows, and remarks.

    Raises:
        UnreadableError: It is damaged, too large, or has formulas without their results.
    """
    say("正在读取工作簿")
    try:
        with zipfile.ZipFile(file) as package:
            content = _tree(package, "content.xml")
            common = _tree(package, "styles.xml") if "styles.xml" in package.namelist() else None
    except (zipfile.BadZipFile, EOFError, KeyError, etree.XMLSyntaxError):
        raise rules.damaged() from None
    looks = Looks([one for one in (common, content) if one is not None])
    pieces: list[Piece] = []
    remarks: list[str] = []
    uncalculated: list[str] = []
    for table in content.iterfind(f".//{{*}}spreadsheet/{TABLE}table"):
        title = table.get(f"{TABLE}name", "")
        say(f"正在读取工作表“{title}”")
        if not looks.is_shown(table):
            if squeezed("".join(table.itertext())):
                remarks.append(f"工作表“{title}”是隐藏的，没有读取。")
            continue
        reader = SheetReader(looks, title)
        raw = reader.read(table)
        raw.edges.update(_edges(common, table, looks))
        found = worksheet.read(raw, looks.styles(), title)
        remarks += found.remarks
        uncalculated += found.uncalculated
        pieces += [found.table] if found.table.cells else []
        pieces += found.unread
        pieces += outside_cells.edges(raw, title)
        pieces += reader.comments
        pieces += _boxes(table, title)
        pieces += reader.only_seen_second(table)
    if uncalculated:
        raise xlsx.not_calculated(uncalculated)
    visible = sum(map(xlsx.characters, pieces))
    return tuple(pieces), visible, (*remarks, *_remarks(content))


def _tree(package: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(part), parser)


def _boxes(table: etree._Element, title: str) -> Iterator[TextPiece]:
    """The texts of boxes and shapes."""
    number = 0
    for paragraph in table.iter(f"{TEXT}p"):
        if sheets.is_drawn(paragraph):
            text = clean("".join(sheets.words(paragraph))).strip()
            if squeezed(text):
                number += 1
                yield TextPiece(text, f"工作表“{title}”文本框第{number}段")


def _remarks(content: etree._Element) -> Iterator[str]:
    """What holds text that cannot be read; a picture beside an object only stands for it."""
    found: list[str] = []
    for frame in content.iter(f"{DRAW}frame"):
        inner = {child.tag for child in frame}
        found += [what for tag, what in reversed(_OBJECTS.items()) if tag in inner][:1]
    for what in dict.fromkeys(found):
        yield f"文件里有{what} {found.count(what)} 个，其中的文字没有读取，请对照原文核对。"


def _edges(
    common: etree._Element | None, table: etree._Element, looks: Looks
) -> Iterator[tuple[str, str]]:
    """What stands at the head and foot of a sheet's pages."""
    if common is None:
        return
    wanted = looks.page_of(table)
    for page in common.iter(f"{STYLE}master-page"):
        for edge in page if page.get(f"{STYLE}name") == wanted else ():
            if edge.tag in _EDGES and edge.get(f"{STYLE}display") != "false":
                parts = ["".join(sheets.words(one)) for one in edge.iter(f"{TEXT}p")]
                text = "&C".join(part.replace("&", "&&") for part in parts)
                yield _EDGES[name_of(edge)], text
