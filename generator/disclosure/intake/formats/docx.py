"""Word documents: paragraphs and tables in order, merged cells as the form shows them.

Everything that shows text is taken: also text boxes, notes, comments, and the heads and feet of
pages. A change that nobody has accepted yet counts as accepted; what it would delete is given as a
text of its own, so that somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from disclosure.intake import rules
from disclosure.intake.formats import unread
from disclosure.intake.formats.pieces import Cell, Piece, Say, Table, Text, clean, squeezed

_TEXT, _MATH, _DELETED = qn("w:t"), qn("m:t"), qn("w:delText")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")
_BLANKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_ASIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_NAMES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注",
          "comments": "批注"}  # fmt: skip
_MOST_CELLS = 500_000


def read(file: Path, say: Say) -> tuple[tuple[Piece, ...], int, tuple[str, ...]]:
    """The pieces of a Word document, how many characters it shows, and remarks.

    Raises:
        UnreadableError: It is no Word document, or its tables are too large.
    """
    say("正在读取 Word 文件")
    try:
        opened = docx.Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError):
        raise rules.damaged() from None
    body = opened.element.body
    pieces = [*_blocks(body, "")]
    visible = _visible(body)
    for related in _aside(opened.part):
        root = etree.fromstring(related.blob, etree.XMLParser(resolve_entities=False))
        kind = _kind(related)
        visible += _visible(root)
        pieces += [
            Text(text.text, f"{_NAMES[kind]}{text.place}", edge=kind in {"header", "footer"})
            for text in _texts(root)
        ]
    return tuple(pieces), visible, unread.in_package(file)


def _kind(part: Part) -> str:
    return next((kind for kind in _ASIDE if kind in str(part.partname)), "")


def _aside(part: Part) -> list[Part]:
    """Heads, feet, notes and comments, each once, in a fixed order."""
    found = {str(rel.target_part.partname): rel.target_part for rel in part.rels.values()
             if not rel.is_external and _kind(rel.target_part)}  # fmt: skip
    return [found[name] for name in sorted(found) if found[name].content_type.endswith("+xml")]


def _visible(root: etree._Element) -> int:
    """How many characters the text elements hold, counted without regard to structure."""
    found = (
        element.text or ""
        for element in root.iter(_TEXT, _MATH, _DELETED)
        if not any(True for _ in element.iterancestors(_FALLBACK))
    )
    return sum(len(squeezed(clean(text))) for text in found) + sum(
        1 for _ in root.iter(qn("w:noBreakHyphen"))
    )


def _texts(root: etree._Element) -> Iterator[Text]:
    """Every paragraph anywhere in a part, tables or not."""
    for number, paragraph in enumerate(root.iter(qn("w:p")), 1):
        text = clean(_text(paragraph))
        if squeezed(text):
            yield Text(text.strip(), f"第{number}段")


def _blocks(parent: etree._Element, within: str) -> Iterator[Piece]:
    """The paragraphs and tables below an element, in order."""
    paragraphs = tables = 0
    for element in _children(parent):
        if element.tag == qn("w:p"):
            paragraphs += 1
            yield from _paragraph(element, f"{within}第{paragraphs}段")
        elif element.tag == qn("w:tbl"):
            tables += 1
            yield _table(element, f"第{tables}个表")
            yield from _floating(element)


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """The blocks of a body, those within content controls and insertions included."""
    for element in parent:
        if element.tag in {qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")}:
            yield element
        elif element.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"),
                             qn("w:moveTo"), qn("w:smartTag")}:  # fmt: skip
            yield from _children(element)


def _paragraph(element: etree._Element, place: str) -> Iterator[Text]:
    item = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    text = clean(_text(element))
    for part in text.split("\n"):
        if squeezed(part):
            yield Text(part.strip(), place, item=item)
    yield from _floating(element)


def _floating(element: etree._Element) -> Iterator[Text]:
    """What stands in text boxes, and what a change would delete."""
    for box in element.iter(_BOX):
        if not any(True for _ in box.iterancestors(_FALLBACK)):
            for text in _texts(box):
                yield Text(text.text, f"文本框{text.place}")
    deleted = clean("".join(one.text or "" for one in element.iter(_DELETED)))
    if squeezed(deleted):
        yield Text(deleted, "修订中删去的文字")


def _text(element: etree._Element) -> str:
    """The words of a paragraph, without those of text boxes in it."""
    parts: list[str] = []
    for inner in element:
        if inner.tag in {_BOX, _FALLBACK, qn("w:pPr"), qn("w:rPr")}:
            continue
        if inner.tag in {_TEXT, _MATH}:
            parts.append(inner.text or "")
        elif inner.tag in _BLANKS:
            parts.append(_BLANKS[inner.tag])
        elif inner.tag == qn("w:p"):
            parts.append(f"\n{_text(inner)}\n")
        else:
            parts.append(_text(inner))
    return "".join(parts)


def _table(element: etree._Element, place: str) -> Table:
    """A table as a grid: `gridSpan` joins columns, `vMerge` rows."""
    cells: list[Cell] = []
    open_: dict[int, int] = {}
    width = 0
    for row, line in enumerate(each for each in _children(element) if each.tag == qn("w:tr")):
        column = _number(line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        for cell in (each for each in _children(line) if each.tag == qn("w:tc")):
            span = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            text = Text(_cell_text(cell), f"{place}第{row + 1}行第{column + 1}列")
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
            if goes_on and column in open_ and not text.bare:
                above = cells[open_[column]]
                cells[open_[column]] = Cell(above.text, above.row, column, row - above.row + 1,
                                            above.columns)  # fmt: skip
            else:
                open_[column] = len(cells)
                cells.append(Cell(text, row, column, 1, span))
            column += span
            if len(cells) > _MOST_CELLS or column > _MOST_CELLS:
                raise rules.damaged()
        width = max(width, column)
    return Table(tuple(cells), width)


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 5 else otherwise


def _cell_text(cell: etree._Element) -> str:
    """The paragraphs of a cell, those of a table within it included."""
    paragraphs = (clean(_text(one)).strip() for one in cell.iter(qn("w:p")) if not _in_box(one))
    return "\n".join(filter(None, paragraphs))


def _in_box(element: etree._Element) -> bool:
    return any(True for _ in element.iterancestors(_BOX, _FALLBACK))
