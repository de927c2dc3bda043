"""What lies over a page of a PDF: form fields, stamps, comments, lines that strike text out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Rect, decode_text

from disclosure.intake.formats.pieces import clean
from disclosure.model.whitespace import squeezed

_HIDDEN = 2 | 32  # bits of /F: hidden, not to be viewed
_SILENT = {"Link", "Popup"}  # say nothing of their own
_PAINTED = {"Widget", "Stamp", "Watermark"}
_MAX_DEPTH = 20  # how many fields may lie within one another

Annotation = dict[str, Any]


def every(page: PDFPage) -> list[Annotation]:
    """The annotations of a page."""
    found = resolve1(page.annots)
    every_ = map(resolve1, found if isinstance(found, list) else ())
    return [one for one in every_ if isinstance(one, dict)]


def kind(found: Annotation) -> str:
    """Its subtype; `Button` and `Signature` for form fields that hold no words."""
    subtype = _name(found.get("Subtype"))
    special = {"Btn": "Button", "Sig": "Signature"}
    return special.get(_name(_inherited(found, "FT")), subtype) if subtype == "Widget" else subtype


def is_hidden(found: Annotation) -> bool:
    """Whether a viewer shows nothing of it."""
    flags = resolve1(found.get("F"))
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def rect(found: Annotation) -> Rect:
    """Its place in the coordinates of the file."""
    x0, y0, x1, y1 = (float(resolve1(one)) for one in resolve1(found["Rect"]))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def appearance(found: Annotation) -> PDFStream | None:
    """What it paints, if that is to be read: a field or a stamp, or a text without contents."""
    own = _name(found.get("Subtype"))
    wanted = own in _PAINTED or (own == "FreeText" and not text_of(found))
    if not wanted or is_hidden(found) or kind(found) == "Button" or "Rect" not in found:
        return None
    ways = resolve1(found.get("AP"))
    shown = resolve1(ways.get("N")) if isinstance(ways, dict) else None
    if isinstance(shown, dict):
        shown = resolve1(shown.get(_name(found.get("AS"))))
    box = resolve1(shown.get("BBox")) if isinstance(shown, PDFStream) else None
    return shown if isinstance(box, list) and len(box) == 4 else None


def text_of(found: Annotation) -> str:
    """What a field holds, or a comment says."""
    own = _name(found.get("Subtype"))
    if own in _SILENT:
        return ""
    if kind(found) == "Button":
        return ""
    return _text(_inherited(found, "V") if own == "Widget" else found.get("Contents"))


def ticked(found: Annotation) -> str:
    """The name of a box that is ticked; empty if it is none."""
    state = _name(found.get("AS"))
    if kind(found) != "Button" or state in {"", "Off"}:
        return ""
    return _text(_inherited(found, "TU") or _inherited(found, "T")) or state


def what(found: Annotation) -> str:
    """What it is called in Chinese."""
    return "表单域" if _name(found.get("Subtype")) == "Widget" else "批注"


def struck(page: PDFPage) -> Iterator[Rect]:
    """The places that a comment strikes out, in the coordinates of the file."""
    for found in every(page):
        if kind(found) != "StrikeOut" or is_hidden(found):
            continue
        quads = [float(resolve1(one)) for one in resolve1(found.get("QuadPoints")) or ()]
        for at in range(0, len(quads) - 7, 8):
            xs, ys = quads[at : at + 8 : 2], quads[at + 1 : at + 8 : 2]
            yield min(xs), min(ys), max(xs), max(ys)
        if not quads:
            yield rect(found)


def _inherited(found: Annotation, key: str) -> Any:
    """A value of a field, or of the field that it is a part of."""
    at: Any = found
    for _ in range(_MAX_DEPTH):
        if not isinstance(at, dict):
            return None
        if key in at:
            return resolve1(at[key])
        at = resolve1(at.get("Parent"))
    return None


def _text(value: Any) -> str:
    """A string, or each of a list of them, as one line."""
    value = resolve1(value)
    if isinstance(value, list):
        return "，".join(filter(None, map(_text, value)))
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, PSLiteral):
        return str(value.name)
    text = clean(decode_text(value)) if isinstance(value, bytes) else ""
    return text.replace("\n", " ").strip() if squeezed(text) else ""


def _name(found: Any) -> str:
    resolved = resolve1(found)
    return str(resolved.name) if isinstance(resolved, PSLiteral) else ""
