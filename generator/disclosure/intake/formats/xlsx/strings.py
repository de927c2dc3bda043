"""A second reading of a worksheet, against which the first is held: its strings, as they come.

This knows nothing of rows, merged areas or styles. It takes each cell's characters in the plainest
way, so that what the reader of cells passes over is seen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from disclosure.intake.formats.xlsx.package import MAIN, Package
from disclosure.model.whitespace import squeezed

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain(text: str) -> str:
    """The characters of a string that two readings must agree on."""
    units = text.encode("utf-16-le", "surrogatepass")
    return squeezed(units.decode("utf-16-le", "replace"))


def read(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """The place of each cell of a sheet that holds something, if the file says it, and its text.

    A number, a truth value or an error is given as the file writes it.
    """
    shared = [_text(item) for item in _shared(package)]
    with package.sheet(part) as stream:
        for _, element in ElementTree.iterparse(stream, forbid_dtd=True):
            if element.tag == f"{MAIN}c":
                value = element.findtext(f"{MAIN}v") or ""
                text = shared[int(value)] if element.get("t") == "s" and value else value
                inline = element.find(f"{MAIN}is")
                text = _text(inline) if inline is not None else text
                text = plain(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text))
                if text:
                    yield element.get("r", ""), text
            if element.tag in {f"{MAIN}c", f"{MAIN}row"}:
                element.clear()


def holds_anything(package: Package, part: str) -> bool:
    """Whether there is a value, a text or a formula in a sheet."""
    kinds = {f"{MAIN}{name}" for name in ("v", "t", "f")}
    with package.sheet(part) as stream:
        for _, element in ElementTree.iterparse(stream, forbid_dtd=True):
            if element.tag in kinds and (element.text or "").strip():
                return True
            element.clear()
    return False


def _shared(package: Package) -> Iterator[Element]:
    for part in package.related(package.book, "sharedStrings"):
        yield from package.tree(part).iter(f"{MAIN}si")


def _text(item: Element) -> str:
    """All text below an element, but for how it is pronounced."""
    if item.tag == f"{MAIN}rPh":
        return ""
    if item.tag == f"{MAIN}t":
        return item.text or ""
    return "".join(_text(child) for child in item)
