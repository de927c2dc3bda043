"""The names of OpenDocument, with the addresses of their namespaces."""

from __future__ import annotations

from lxml import etree

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
DRAW, OFFICE, STYLE, TABLE, TEXT = (
    f"{_OASIS}{room}:1.0}}" for room in ("drawing", "office", "style", "table", "text")
)
FO = f"{_OASIS}xsl-fo-compatible:1.0}}"
CALC_EXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def name_of(element: etree._Element) -> str:
    """The name of an element; "" for a comment."""
    return element.tag if isinstance(element.tag, str) else ""
