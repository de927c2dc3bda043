"""How the cells of an OpenDocument spreadsheet look: what of a text cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from openpyxl.styles.fonts import Font

from disclosure.intake.formats.ods.namespaces import FO, STYLE, TABLE
from disclosure.intake.formats.xlsx.styles import CellStyles

_COLOR = re.compile(r"#([0-9A-Fa-f]{6})")
_SIZE = re.compile(r"([0-9.]+)pt")
_WHITE = (255, 255, 255)
_MAX_DEPTH = 50  # styles above a style
_PROPERTIES = (f"{STYLE}text-properties", f"{STYLE}table-cell-properties")
_LINE_THROUGH = (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type")
_STRUCK = "struck"
#: The formats of a text as it is, of a value that is hidden, and of one whose look is unknown.
AS_IT_IS, HIDDEN, UNKNOWN = "@", ";;;", None

Properties = Mapping[str, str]


class Looks:
    """The styles of a spreadsheet, common and automatic ones; made into those of a workbook."""

    def __init__(self, parts: Iterable[etree._Element]) -> None:
        self._named: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        for part in parts:
            for style in part.iter(f"{STYLE}style"):
                key = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
                self._named[key] = style
            for style in part.iter(f"{STYLE}default-style"):
                self._defaults[style.get(f"{STYLE}family", "")] = style
        self._numbers: dict[tuple[str, str | None], int] = {}

    def is_shown(self, table: etree._Element) -> bool:
        """Whether a sheet is not hidden."""
        style = self._of("table", table.get(f"{TABLE}style-name", ""))
        about = style.find(f"{STYLE}table-properties") if style is not None else None
        return about is None or about.get(f"{TABLE}display") != "false"

    def page_of(self, table: etree._Element) -> str:
        """The name of the page that a sheet is printed on."""
        style = self._of("table", table.get(f"{TABLE}style-name", ""))
        return style.get(f"{STYLE}master-page-name", "") if style is not None else ""

    def number(self, name: str, code: str | None = AS_IT_IS) -> int:
        """The number of a cell style, with a format, among those of `styles`."""
        return self._numbers.setdefault((name, code), len(self._numbers))

    def styles(self) -> CellStyles:
        """The cell styles that were asked for, by their numbers."""
        about = [self._cell(name) for name, _ in self._numbers]
        return CellStyles(
            tuple(code for _, code in self._numbers),
            tuple(map(_font, about)),
            tuple(_color(one.get(f"{FO}background-color")) or _WHITE for one in about),
            (_WHITE,),
        )

    def run(self, cell: str, names: Iterable[str]) -> etree._Element | None:
        """The font of a stretch of text in a cell; None where it is the cell's."""
        about = {key: value for name in names for key, value in self._all("text", name).items()}
        return _inline({**self._cell(cell), **about}).to_tree("rPr") if about else None

    def _cell(self, name: str) -> Properties:
        return self._all("table-cell", name or "Default")

    def _of(self, family: str, name: str) -> etree._Element | None:
        return self._named.get((family, name))

    def _all(self, family: str, name: str) -> Properties:
        """What a style says, with what those above it say."""
        found: dict[str, str] = {}
        style = self._of(family, name)
        for _ in range(_MAX_DEPTH):
            if style is None:
                break
            found = {**_attributes(style), **found}
            style = self._of(family, style.get(f"{STYLE}parent-style-name", ""))
        default = self._defaults.get(family)
        return found if default is None else {**_attributes(default), **found}


def _attributes(style: etree._Element) -> dict[str, str]:
    parts = [part for tag in _PROPERTIES for part in style.iterfind(tag)]
    attributes = {str(key): str(value) for part in parts for key, value in part.attrib.items()}
    # Of a solid line only the type stands there.
    lines = [attributes[key] for key in _LINE_THROUGH if key in attributes]
    return {**attributes, _STRUCK: "" if "none" in lines else "true"} if lines else attributes


def _font(about: Properties) -> Font:
    inline = _inline(about)
    return Font(name=inline.rFont, strike=inline.strike, color=inline.color, sz=inline.sz,
                vertAlign=inline.vertAlign)  # fmt: skip


def _inline(about: Properties) -> InlineFont:
    seen = about.get(f"{STYLE}use-window-font-color") != "true"
    color = _COLOR.fullmatch(about.get(f"{FO}color", "")) if seen else None
    size = _SIZE.fullmatch(about.get(f"{FO}font-size", ""))
    raised = about.get(f"{STYLE}text-position", "").startswith(("super", "33%"))
    return InlineFont(
        rFont=about.get(f"{STYLE}font-name"),
        strike=bool(about.get(_STRUCK)) or None,
        color=Color(rgb=color[1].upper()) if color else None,
        sz=float(size[1]) if size else None,
        vertAlign="superscript" if raised else None,
    )


def _color(value: str | None) -> tuple[int, int, int] | None:
    found = _COLOR.fullmatch(value or "")
    if not found:
        return None
    red, green, blue = bytes.fromhex(found[1])
    return red, green, blue
