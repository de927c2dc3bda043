"""What tests ask of Atom documents."""

from __future__ import annotations

from lxml import etree

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def texts(document: bytes, path: str) -> list[str]:
    """What an XPath finds in a feed."""
    return [str(found) for found in etree.fromstring(document).xpath(path, namespaces=ATOM)]
