"""Word documents written as XML, for what python-docx cannot make."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "other": "urn:other",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {"document": "document", "styles": "styles", "numbering": "numbering", "header": "hdr",
          "footer": "ftr", "footnotes": "footnotes", "comments": "comments"}  # fmt: skip


def document(file: Path, body: str, parts: Mapping[str, str] | None = None) -> Path:
    """A Word document.

    Args:
        file: Where to write it.
        body: What stands in its body, with the usual prefixes.
        parts: What stands in its other parts (`styles`, `numbering`, `header`, `footer`,
            `footnotes`, `comments`), by their names.
    """
    inner = {"styles": "", **(parts or {})}
    named = {f"word/{name}.xml": (name, text) for name, text in inner.items() if name in _ROOTS}
    other = {f"word/{name}": text for name, text in inner.items() if name not in _ROOTS}
    overrides = {"word/document.xml": f"{_WORD}.document.main+xml",
                 **{path: f"{_WORD}.{name}+xml" for path, (name, _) in named.items()}}  # fmt: skip
    related = [(f"{_OFFICE}/{name}", f"{name}.xml") for name in inner if name in _ROOTS]
    related += [(f"{_OFFICE}/aFChunk", path.removeprefix("word/")) for path in other]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _types(overrides))
        main = [(f"{_OFFICE}/officeDocument", "word/document.xml")]
        package.writestr("_rels/.rels", _relations(main))
        package.writestr("word/_rels/document.xml.rels", _relations(related))
        package.writestr("word/document.xml", _part("document", f"<w:body>{body}</w:body>"))
        for path, (name, text) in named.items():
            package.writestr(path, _part(name, text))
        for path, text in other.items():
            package.writestr(path, text)
    return file


def replace(file: Path, instead: Mapping[str, str]) -> None:
    """Put paragraphs that are given as XML in place of those that say certain words."""
    opened = docx.Document(str(file))
    for paragraph_ in list(opened.element.body.iter(qn("w:p"))):
        words = "".join(text.text or "" for text in paragraph_.iter(qn("w:t")))
        if words in instead:
            for each in parse_xml(f"<w:body {_SPACES}>{instead[words]}</w:body>"):
                paragraph_.addprevious(each)
            paragraph_.getparent().remove(paragraph_)
    if instead:
        opened.save(str(file))


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def _part(name: str, inner: str) -> str:
    return f"<w:{_ROOTS[name]} {_SPACES}>{inner}</w:{_ROOTS[name]}>"


def _types(overrides: Mapping[str, str]) -> str:
    elements = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>'
                   for path, kind in overrides.items())  # fmt: skip
    plain = {"rels": "application/vnd.openxmlformats-package.relationships+xml",
             "xml": "application/xml", "htm": "text/html", "txt": "text/plain",
             "rtf": "application/rtf"}  # fmt: skip
    elements += "".join(f'<Default Extension="{end}" ContentType="{kind}"/>'
                    for end, kind in plain.items())  # fmt: skip
    return f'<Types xmlns="{_TYPES}">{elements}</Types>'


def _relations(found: list[tuple[str, str]]) -> str:
    elements = "".join(f'<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>'
                   for at, (kind, target) in enumerate(found))  # fmt: skip
    return f'<Relationships xmlns="{_RELATIONS}">{elements}</Relationships>'
