"""Makes workbooks from the XML of their parts, so that a test says exactly what a file holds."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from msgspec import Struct, field

_SPACE = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_SPACE}/spreadsheetml/2006/main"'
_RELATIONS = f"{_SPACE}/officeDocument/2006/relationships"
_DOCUMENT = f'xmlns:r="{_RELATIONS}"'
_TYPES = (
    f'<Types xmlns="{_SPACE}/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


class Style(Struct, frozen=True):
    """How a cell looks: the number or the text of its format, and the XML of its font and fill."""

    number: int = 0
    code: str = ""
    font: str = ""
    fill: str = ""


class Sheet(Struct, frozen=True):
    """A worksheet: the XML within it, whether it is hidden, and what is related to it."""

    title: str
    inner: str
    state: str = "visible"
    related: Mapping[str, str] = field(default_factory=dict)


def workbook(
    file: Path,
    sheets: Sequence[Sheet],
    styles: Sequence[Style] = (),
    strings: Sequence[str] = (),
    *,
    more: str = "",
    parts: Mapping[str, str] | None = None,
) -> Path:
    """Write a workbook.

    Args:
        file: Where to.
        sheets: Its sheets.
        styles: Those of its cells, from number 1; number 0 is the plain one.
        strings: The XML within each shared string.
        more: XML in the workbook's part, before the sheets.
        parts: Further parts by their names.
    """
    written = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": _book(sheets, more),
        "xl/_rels/workbook.xml.rels": relations(
            {"styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}, len(sheets)
        ),
        "xl/styles.xml": _styles((Style(), *styles)),
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{''.join(f'<si>{one}</si>' for one in strings)}"
        "</sst>",
        **(parts or {}),
    }
    for at, sheet in enumerate(sheets):
        inner = (
            sheet.inner if "<sheetData" in sheet.inner else f"<sheetData>{sheet.inner}</sheetData>"
        )
        written[f"xl/worksheets/sheet{at}.xml"] = (
            f"<worksheet {_MAIN} {_DOCUMENT}>{inner}</worksheet>"
        )
        if sheet.related:
            written[f"xl/worksheets/_rels/sheet{at}.xml.rels"] = relations(sheet.related)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in written.items():
            made.writestr(name, content)
    return file


def relations(targets: Mapping[str, str], sheets: int = 0) -> str:
    """The part that names related parts, by their kind."""
    found = [
        *targets.items(),
        *(("worksheet", f"worksheets/sheet{at}.xml") for at in range(sheets)),
    ]
    inner = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(found)
    )
    return f'<Relationships xmlns="{_SPACE}/package/2006/relationships">{inner}</Relationships>'


def _book(sheets: Sequence[Sheet], more: str) -> str:
    inner = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{at + 1}" state="{sheet.state}" '
        f'r:id="r{at + 2}"/>'
        for at, sheet in enumerate(sheets)
    )
    return f"<workbook {_MAIN} {_DOCUMENT}>{more}<sheets>{inner}</sheets></workbook>"


def _styles(styles: Sequence[Style]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode={quoteattr(one.code)}/>'
        for at, one in enumerate(styles)
        if one.code
    )
    fonts = "".join(f"<font>{one.font}</font>" for one in styles)
    fills = "".join(f"<fill>{one.fill or '<patternFill/>'}</fill>" for one in styles)
    looks = "".join(
        f'<xf numFmtId="{164 + at if one.code else one.number}" fontId="{at}" fillId="{at}" '
        'borderId="0"/>'
        for at, one in enumerate(styles)
    )
    return (
        f"<styleSheet {_MAIN}><numFmts>{codes}</numFmts><fonts>{fonts}</fonts>"
        f"<fills>{fills}</fills><borders><border/></borders><cellXfs>{looks}</cellXfs></styleSheet>"
    )
