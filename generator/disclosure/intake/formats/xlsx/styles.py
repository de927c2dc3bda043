"""How the cells of a workbook look: their number formats, and what of a text cannot be seen."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from typing import TypeVar
from xml.etree.ElementTree import Element

from lxml import etree
from msgspec import Struct, field
from openpyxl.cell.text import InlineFont
from openpyxl.styles.cell_style import CellStyle
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.fills import PatternFill
from openpyxl.styles.fonts import Font
from openpyxl.styles.stylesheet import Stylesheet

from disclosure.intake import rules
from disclosure.intake.formats.xlsx import number_formats
from disclosure.intake.formats.xlsx.cells import Run
from disclosure.intake.formats.xlsx.package import MAIN, Package

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5",
          "accent6", "hlink", "folHlink")  # fmt: skip
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_NAMED = {"white": _WHITE, "black": _BLACK, "red": (255, 0, 0), "green": (0, 255, 0),
          "blue": (0, 0, 255), "yellow": (255, 255, 0), "cyan": (0, 255, 255),
          "magenta": (255, 0, 255)}  # fmt: skip
_ALIKE = 8  # of 255: nearer colours cannot be told apart
_TOO_SMALL = 2  # points
_SYMBOLS = ("wingdings", "webdings", "symbol", "marlett")
_FOREGROUND, _BACKGROUND = 64, 65  # the system's colours of text and window

_Rgb = tuple[int, int, int]
_T = TypeVar("_T")


class CellStyles(Struct, frozen=True):
    """The cell styles of a workbook.

    Attributes:
        formats: The number format of each; None where its number has no known meaning.
        fonts: The font of each.
        backgrounds: The colour behind the text of each; None where there is no single one.
        theme: The colours of the theme.
        conditional: What conditions may change, by number.
        boxes: The styles that show a truth value as a check box.
    """

    formats: tuple[str | None, ...]
    fonts: tuple[Font, ...]
    backgrounds: tuple[_Rgb | None, ...]
    theme: tuple[_Rgb | None, ...]
    conditional: tuple[DifferentialStyle, ...] = field(default=())
    boxes: frozenset[int] = frozenset()

    def code(self, style: int) -> str | None:
        """The number format of a style; None where it is not known."""
        return self.formats[style] if style < len(self.formats) else None

    def is_struck(self, style: int, run: Run) -> bool:
        """Whether a stretch of text is struck out."""
        return bool(self._font(style, run).strike)

    def is_raised(self, style: int, run: Run) -> bool:
        """Whether a stretch of text is set high and small, as a power is."""
        return self._font(style, run).vertAlign == "superscript"

    def symbols(self, style: int, run: Run) -> str:
        """The name of the font, where its letters are drawn as symbols; else ""."""
        name = str(self._font(style, run).name or "")
        return name if name.lower().startswith(_SYMBOLS) else ""

    def is_unseen(self, style: int, run: Run, named: str = "") -> bool:
        """Whether a text has the colour of what is behind it, or no size.

        Args:
            style: The cell's style.
            run: The stretch of text.
            named: The colour that the number format names, which goes before the font's.
        """
        font = self._font(style, run)
        if font.sz is not None and font.sz < _TOO_SMALL:
            return True
        color = _NAMED.get(named) or _rgb(font.color, self.theme) or _BLACK
        background = self.backgrounds[style] if style < len(self.backgrounds) else _WHITE
        return background is not None and _alike(color, background)

    def may_hide(self, conditions: set[int]) -> bool:
        """Whether one of some conditions could change what is shown, or make it unseen."""
        found = [self.conditional[at] for at in conditions if at < len(self.conditional)]
        return any(
            one.numFmt is not None
            or (one.font is not None and (one.font.strike or self._is_white(one.font)))
            for one in found
        )

    def _is_white(self, font: Font) -> bool:
        color = _rgb(font.color, self.theme)
        return color is not None and _alike(color, _WHITE)

    def _font(self, style: int, run: Run) -> Font:
        if run.font is None:
            return self.fonts[style] if style < len(self.fonts) else Font()
        inline = InlineFont.from_tree(run.font)
        return Font(name=inline.rFont, strike=inline.strike, color=inline.color, sz=inline.sz,
                    vertAlign=inline.vertAlign)  # fmt: skip


def read(package: Package) -> CellStyles:
    """The styles of a workbook.

    Raises:
        UnreadableError: They are damaged.
    """
    parts = package.related(package.book, "styles")
    theme = _theme(package)
    if not parts:
        return CellStyles(("General",), (Font(),), (_WHITE,), theme)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(package.file.read(parts[0]), parser)
        boxes = [at for at, look in enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))
                 if look.find(".//{*}xfComplement") is not None]  # fmt: skip
        found = Stylesheet.from_tree(root)
    except (KeyError, ValueError, TypeError, AttributeError, etree.XMLSyntaxError):
        raise rules.damaged() from None
    codes = {one.numFmtId: one.formatCode for one in found.numFmts.numFmt}
    styles: list[CellStyle] = found.cellXfs.xf
    return CellStyles(
        tuple(_code(one.numFmtId or 0, codes) for one in styles),
        tuple(_at(found.fonts, one.fontId, Font()) for one in styles),
        tuple(_behind(_at(found.fills, one.fillId, None), theme) for one in styles),
        theme,
        tuple(found.dxfs),
        frozenset(boxes),
    )


def _code(number: int, codes: dict[int, str]) -> str | None:
    return codes.get(number, number_formats.BUILT_IN.get(number))


def _at(found: Sequence[_T], number: int | None, otherwise: _T) -> _T:
    return found[number or 0] if (number or 0) < len(found) else otherwise


def _behind(fill: object, theme: tuple[_Rgb | None, ...]) -> _Rgb | None:
    """The colour behind a cell's text; a pattern has no single one."""
    if fill is None or (isinstance(fill, PatternFill) and fill.patternType in {None, "none"}):
        return _WHITE
    if isinstance(fill, PatternFill) and fill.patternType == "solid":
        return _rgb(fill.fgColor, theme)
    return None


def _theme(package: Package) -> tuple[_Rgb | None, ...]:
    """The colours of the theme, in the order in which they are numbered."""
    parts = package.related(package.book, "theme")
    scheme = package.tree(parts[0]).find(f".//{_DRAWN}clrScheme") if parts else None
    if scheme is None:
        return (_WHITE, _BLACK)
    return tuple(_scheme_color(scheme.find(f"{_DRAWN}{name}")) for name in _THEME)


def _scheme_color(element: Element | None) -> _Rgb | None:
    inner = next(iter(element), None) if element is not None else None
    if inner is None:
        return None
    return _hexadecimal(inner.get("lastClr") or inner.get("val") or "")


def _rgb(color: Color | None, theme: tuple[_Rgb | None, ...]) -> _Rgb | None:
    """A colour as red, green and blue; None where none is stated or known."""
    if color is None:
        return None
    found: _Rgb | None = None
    if color.type == "rgb":
        found = _hexadecimal(str(color.rgb)[-6:])
    elif color.type == "theme":
        found = theme[color.theme] if color.theme < len(theme) else None
    elif color.type == "indexed":
        if color.indexed in {_FOREGROUND, _BACKGROUND}:
            found = _BLACK if color.indexed == _FOREGROUND else _WHITE
        elif color.indexed < len(COLOR_INDEX):
            found = _hexadecimal(COLOR_INDEX[color.indexed][-6:])
    return _tinted(found, color.tint or 0.0) if found is not None else None


def _hexadecimal(text: str) -> _Rgb | None:
    try:
        red, green, blue = bytes.fromhex(text)
    except ValueError:
        return None
    return red, green, blue


def _tinted(color: _Rgb, tint: float) -> _Rgb:
    """A colour made lighter or darker, as ECMA-376 part 1, 18.8.19 says."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, light, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _alike(one: _Rgb, other: _Rgb) -> bool:
    return all(abs(left - right) <= _ALIKE for left, right in zip(one, other, strict=True))
