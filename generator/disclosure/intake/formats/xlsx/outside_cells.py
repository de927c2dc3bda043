"""What a worksheet says outside its cells: heads and feet of pages, comments, boxes, controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from disclosure.intake.formats.pieces import TextPiece, clean
from disclosure.intake.formats.xlsx.cells import RawSheet, unescaped
from disclosure.intake.formats.xlsx.package import MAIN, Package, Sheet, is_true
from disclosure.intake.rules import UnreadableError
from disclosure.model.whitespace import squeezed

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CONTROL = "{http://schemas.microsoft.com/office/drawing/2010/main}compatExt"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VML, _VML_EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
_EDGES = {"Header": "页眉", "Footer": "页脚"}
#: What Excel fills in at the edge of a page or takes for a font: `&P` is the page's number.
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]+|\[[^\]]*\]|[A-Z])')
_BOXES = {"Checkbox": ("☑", "☐"), "Radio": ("◉", "○")}
_SILENT = {"Note", "Pict", "Scroll", "Spin", "GBox", "Dialog"}


def texts(package: Package, sheet: Sheet, raw: RawSheet) -> Iterator[TextPiece]:
    """Everything of a sheet that is no cell, with its place."""
    yield from edges(raw, sheet.title)
    yield from _comments(package, sheet)
    for part in package.related(sheet.part, "drawing"):
        yield from _boxes(package.tree(part), sheet.title)
    for part in package.related(sheet.part, "vmlDrawing"):
        yield from _controls(package, part, sheet.title)


def edges(raw: RawSheet, title: str) -> Iterator[TextPiece]:
    """Heads and feet of the pages of a sheet, without what Excel fills in."""
    for name, text in raw.edges.items():
        for side in re.split(r"(?<!&)&[LCR]", text):
            words = clean(_CODES.sub("", side).replace("&&", "&")).strip()
            if squeezed(words):
                yield TextPiece(words, f"工作表“{title}”{_EDGES[name[-6:]]}", edge=True)


def _comments(package: Package, sheet: Sheet) -> Iterator[TextPiece]:
    for part in package.related(sheet.part, "comments"):
        for comment in package.tree(part).iter(f"{MAIN}comment"):
            text = clean(unescaped(_text_of(comment))).strip()
            if squeezed(text):
                yield TextPiece(text, f"工作表“{sheet.title}”{comment.get('ref', '')}的批注")


def _text_of(element: Element) -> str:
    """All text below an element, but for how it is pronounced."""
    if element.tag == f"{MAIN}rPh":
        return ""
    if element.tag == f"{MAIN}t":
        return element.text or ""
    return "".join(map(_text_of, element))


def _boxes(drawing: Element, title: str) -> Iterator[TextPiece]:
    """The text boxes of a sheet; those that are hidden are named apart."""
    shapes = [shape for shape in _shapes(drawing) if shape.find(f".//{_CONTROL}") is None]
    number = 0
    for shape in shapes:
        about = shape.find(f".//{_PLACED}cNvPr")
        hidden = about is not None and is_true(about.get("hidden"))
        for paragraph in shape.iter(f"{_DRAWN}p"):
            text = clean("".join(_drawn(paragraph))).strip()
            if not squeezed(text):
                continue
            number += 1
            if hidden:
                yield TextPiece(text, f"工作表“{title}”里隐藏的文本框", out_of_flow=True)
            else:
                yield TextPiece(text, f"工作表“{title}”文本框第{number}段")


def _drawn(paragraph: Element) -> Iterator[str]:
    """The words of a paragraph of a drawing; what is struck out is no part of it."""
    for element in paragraph:
        if element.tag == f"{_DRAWN}br":
            yield "\n"
        about = element.find(f"{_DRAWN}rPr")
        if about is None or about.get("strike", "noStrike") == "noStrike":
            yield from (inner.text or "" for inner in element.iter(f"{_DRAWN}t"))


def _shapes(element: Element) -> Iterator[Element]:
    """The shapes of a drawing, in order; what is only there for older programs is not taken."""
    for child in element:
        if child.tag in {f"{_PLACED}sp", f"{_PLACED}cxnSp"}:
            yield child
        elif child.tag != _FALLBACK:
            yield from _shapes(child)


def _controls(package: Package, part: str, title: str) -> Iterator[TextPiece]:
    """Check boxes and other controls of a form, with what is written beside them."""
    try:
        drawing = package.tree(part)
    except UnreadableError:  # a drawing of older programs need not be well-formed
        yield TextPiece("控件", f"工作表“{title}”里读不懂的控件", out_of_flow=True)
        return
    for shape in drawing.iter(f"{_VML}shape"):
        about = shape.find(f"{_VML_EXCEL}ClientData")
        kind = about.get("ObjectType", "") if about is not None else ""
        if about is None or kind in _SILENT:
            continue
        words = _words(shape)
        checked = (about.findtext(f"{_VML_EXCEL}Checked") or "0").strip() != "0"
        on, off = _BOXES.get(kind, ("", ""))
        text = clean(f"{on if checked else off}{words}").strip()
        if squeezed(text):
            yield TextPiece(text, f"工作表“{title}”里的控件", out_of_flow=True)


def _words(shape: Element) -> str:
    return "".join("".join(box.itertext()) for box in shape.iter(f"{_VML}textbox")).strip()
