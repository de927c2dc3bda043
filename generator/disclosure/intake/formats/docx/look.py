"""How a run of a Word document looks: whether anybody sees it, raised or not, in which font.

The properties come from the run itself, its character style, the paragraph's style, the table's
style and the defaults of the document, in this order (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property, lru_cache

from docx.oxml.ns import qn
from lxml import etree

_OFF = {"0", "false", "off", "none"}
_BOX = qn("w:txbxContent")
_MAX_DIFFERENCE = 16  # of a channel of 255: what is closer to its ground nobody sees
_MIN_SIZE = 4  # half points: two points are a hairline
_FLAT = 40  # twips: a row of exactly two points shows no text
#: The colours of a marker as Word shows them.
_HIGHLIGHTS = {
    "white": "FFFFFF", "black": "000000", "yellow": "FFFF00", "green": "00FF00",
    "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080",
    "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_THEME = {"background1": "FFFFFF", "light1": "FFFFFF", "text1": "000000", "dark1": "000000"}
_WHITES = dict.fromkeys(("bg1", "lt1", "white", "#fff", "#ffffff", "#FFFFFF"), "FFFFFF")
_PAGE, _OTHER_COLOUR = "FFFFFF", ""
_FAINT = qn("w:textFill").replace(
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.microsoft.com/office/word/2010/wordml",
)


class Unseen(StrEnum):
    """Why the document does not show a text, or no longer means it."""

    HIDDEN = "文件中隐藏的文字"
    DELETED = "修订中删去的文字"
    MOVED = "修订中移走的文字"
    STRUCK = "加了删除线的文字"
    COLOURLESS = "与底色相同、看不见的文字"
    TINY = "小得看不见的文字"
    ROW = "隐藏的表格行里的文字"
    COVERED = "合并单元格盖住的文字"
    PROMPT = "没有填写的提示文字"
    CODE = "域代码里的文字"
    GUIDE = "注在文字上方的文字"
    WATERMARK = "水印或艺术字"
    COMMENT = "批注"
    ROWS = "不能写成一行的公式"
    LOST = "没有读到的文字"


def is_on(element: etree._Element | None) -> bool:
    """Whether a property that is there or not is there."""
    return element is not None and element.get(qn("w:val"), "1") not in _OFF


def row_unseen(row: etree._Element) -> Unseen | None:
    """Why a row of a table is not shown, if it is not."""
    for properties in row.findall(qn("w:trPr")):
        if properties.find(qn("w:del")) is not None:
            return Unseen.DELETED
        height = properties.find(qn("w:trHeight"))
        flat = height is not None and height.get(qn("w:hRule")) == "exact"
        if flat and height is not None and _integer(height, "w:val", _FLAT) < _FLAT:
            return Unseen.ROW
        if is_on(properties.find(qn("w:hidden"))):
            return Unseen.ROW
    return None


class RunStyles:
    """Looks runs up in the styles of a document.

    Attributes:
        defaults: The properties that the document gives to every run.
    """

    def __init__(self, root: etree._Element) -> None:
        """Take the styles from their root, `w:styles`."""
        self._styles = {each.get(qn("w:styleId")): each for each in root.iter(qn("w:style"))}
        self._default = {each.get(qn("w:type")): each.get(qn("w:styleId"))
                         for each in root.iter(qn("w:style"))
                         if each.get(qn("w:default")) not in {None, *_OFF}}  # fmt: skip
        defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self.defaults = [] if defaults is None else [defaults]
        self.chain = lru_cache(maxsize=None)(self._chain)

    def _chain(self, identifier: str | None) -> tuple[etree._Element, ...]:
        """A style and those that it is based on."""
        found: list[etree._Element] = []
        style = self._styles.get(identifier)
        while style is not None and style not in found:
            found.append(style)
            base = style.find(qn("w:basedOn"))
            style = self._styles.get(base.get(qn("w:val"))) if base is not None else None
        return tuple(found)

    def of_paragraph(self, paragraph: etree._Element | None) -> tuple[etree._Element, ...]:
        """The styles of a paragraph, the nearest first."""
        named = None if paragraph is None else paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        default = self._default.get("paragraph")
        return self.chain(default if named is None else named.get(qn("w:val")))

    def _levels(self, properties: etree._Element | None, paragraph: etree._Element | None,
                table: etree._Element | None) -> list[list[etree._Element]]:  # fmt: skip
        """The properties of the character's, the paragraph's and the table's styles."""
        named = properties.find(qn("w:rStyle")) if properties is not None else None
        chains = [
            self.chain(named.get(qn("w:val"))) if named is not None else (),
            self.of_paragraph(paragraph),
            self._of_table(table),
        ]
        return [
            [found for style in chain if (found := style.find(qn("w:rPr"))) is not None]
            for chain in chains
        ]

    def _of_table(self, table: etree._Element | None) -> tuple[etree._Element, ...]:
        if table is None:
            return ()
        named = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        default = self._default.get("table")
        return self.chain(default if named is None else named.get(qn("w:val")))

    def look(self, run: etree._Element) -> Look:
        """How a run looks, `w:r` or `m:r`."""
        properties = run.find(qn("w:rPr"))
        paragraph = _nearest(run, qn("w:p"))
        table = _nearest(run, qn("w:tbl"))
        return Look(self, run, properties, self._levels(properties, paragraph, table))

    def ground(self, run: etree._Element, properties: list[etree._Element]) -> str:
        """The colour behind a run, or "" where it is not known."""
        for found in properties:
            light = found.find(qn("w:highlight"))
            if light is not None and light.get(qn("w:val")) != "none":
                return _HIGHLIGHTS.get(light.get(qn("w:val"), ""), _OTHER_COLOUR)
            if (colour := _fill(found.find(qn("w:shd")))) is not None:
                return colour
        for place in self._around(run):
            if (colour := _fill(place.find(qn("w:shd")))) is not None:
                return colour
        table = _nearest(run, qn("w:tbl"))
        if any(True for style in self._of_table(table) for _ in style.iter(qn("w:shd"))):
            return _OTHER_COLOUR
        box = _nearest(run, _BOX)
        page = run.getroottree().getroot().find(qn("w:background"))
        background = _PAGE if page is None else _OTHER_COLOUR
        return background if box is None else _box_fill(box, background)

    def _around(self, run: etree._Element) -> Iterator[etree._Element]:
        """The properties of paragraph, cell and table, up to the text box in which they stand."""
        names = {qn("w:p"): "w:pPr", qn("w:tc"): "w:tcPr", qn("w:tbl"): "w:tblPr"}
        for outer in run.iterancestors():
            if outer.tag == _BOX:
                return
            name = names.get(outer.tag)
            found = outer.find(qn(name)) if name else None
            if found is not None:
                yield found
            if name == "w:pPr":
                for style in self.of_paragraph(outer):
                    yield from style.iterchildren(qn("w:pPr"))


class Look:
    """How one run looks."""

    def __init__(self, styles: RunStyles, run: etree._Element, direct: etree._Element | None,
                 levels: list[list[etree._Element]]) -> None:  # fmt: skip
        """Take what `RunStyles.look` found."""
        self._styles, self._run = styles, run
        self._direct = [] if direct is None else [direct]
        self._levels = levels
        self._all = [*self._direct, *(one for level in levels for one in level),
                     *styles.defaults]  # fmt: skip

    def unseen(self) -> Unseen | None:
        """Why nobody sees the run, if nobody does."""
        if self._toggle("w:vanish"):
            return Unseen.HIDDEN
        if self._toggle("w:strike") or self._toggle("w:dstrike"):
            return Unseen.STRUCK
        size = self._find("w:sz")
        if size is not None and _integer(size, "w:val", _MIN_SIZE + 1) <= _MIN_SIZE:
            return Unseen.TINY
        return Unseen.COLOURLESS if self._is_colourless() else None

    def shift(self) -> str:
        """`superscript`, `subscript` or nothing."""
        found = self._find("w:vertAlign")
        return found.get(qn("w:val"), "") if found is not None else ""

    def position(self) -> int:
        """By how many half points the run is raised; negative where it is lowered."""
        found = self._find("w:position")
        return _integer(found, "w:val", 0) if found is not None else 0

    def is_capital(self) -> bool:
        """Whether its letters are shown as capitals."""
        return self._toggle("w:caps")

    def font(self, char: str) -> str:
        """The font of a letter, figure or sign; "" where it is not stated."""
        return self._fonts["ascii" if char.isascii() else "hAnsi"]

    @cached_property
    def _fonts(self) -> dict[str, str]:
        stated = [fonts for each in self._all if (fonts := each.find(qn("w:rFonts"))) is not None]
        kinds = ("ascii", "hAnsi")
        named = {kind: next(filter(None, (each.get(qn(f"w:{kind}")) for each in stated)), "")
                 for kind in kinds}  # fmt: skip
        return {kind: named[kind] or named["ascii"] or named["hAnsi"] for kind in kinds}

    def _find(self, name: str) -> etree._Element | None:
        return next((found for each in self._all if (found := each.find(qn(name))) is not None),
                    None)  # fmt: skip

    def _toggle(self, name: str) -> bool:
        """A property that styles switch: where two levels of styles set it, it is off again."""
        for found in self._direct:
            if (direct := found.find(qn(name))) is not None:
                return is_on(direct)
        state = False
        for level in self._levels:
            first = next((one for each in level if (one := each.find(qn(name))) is not None), None)
            state ^= is_on(first)
        return state or any(is_on(each.find(qn(name))) for each in self._styles.defaults)

    def _is_colourless(self) -> bool:
        for found in self._all:
            fill = found.find(_FAINT)
            if fill is not None and len(fill) and etree.QName(fill[0]).localname == "noFill":
                return True
            colour = found.find(qn("w:color"))
            if colour is None:
                continue
            value = colour.get(qn("w:val"), "auto")
            theme = _THEME.get(colour.get(qn("w:themeColor"), ""), "")
            value = theme if value == "auto" and theme else value
            ground = self._styles.ground(self._run, self._all)
            return value != "auto" and _same(value, ground)
        return False


def _nearest(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _integer(element: etree._Element, name: str, otherwise: int) -> int:
    value = element.get(qn(name), "")
    digits = value.removeprefix("-")
    return int(value) if digits.isdecimal() and len(digits) < 7 else otherwise


def _fill(shading: etree._Element | None) -> str | None:
    """The colour of a shading: None where it has none, "" where it is a pattern."""
    if shading is None:
        return None
    kind, fill = shading.get(qn("w:val"), "clear"), shading.get(qn("w:fill"), "auto")
    if kind == "solid":
        fill = shading.get(qn("w:color"), "auto")
        return _OTHER_COLOUR if fill == "auto" else fill
    if kind not in {"clear", "nil"}:
        return _OTHER_COLOUR
    if fill == "auto":
        return _THEME.get(shading.get(qn("w:themeFill"), ""))
    return str(fill)


def _box_fill(box: etree._Element, background: str) -> str:
    """The colour of a text box: what is behind it, where it has none of its own."""
    for shape in box.iterancestors("{*}wsp"):
        colour = shape.find("{*}spPr/{*}solidFill/*")
        if colour is not None:
            scheme = _WHITES.get(colour.get("val", ""), _OTHER_COLOUR)
            return str(colour.get("val")) if colour.tag.endswith("}srgbClr") else scheme
        style = shape.find("{*}style/{*}fillRef")
        if shape.find("{*}spPr/{*}noFill") is None and style is not None:
            return background if style.get("idx") == "0" else _OTHER_COLOUR
        return background
    for shape in box.iterancestors("{urn:schemas-microsoft-com:vml}*"):
        if "fillcolor" in shape.keys():  # noqa: SIM118 - an element holds its children
            return _WHITES.get(shape.get("fillcolor", ""), _OTHER_COLOUR)
    return background


def _same(one: str, other: str) -> bool:
    """Whether two colours are too close to be told apart."""
    try:
        pairs = list(zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))
    except ValueError:
        return False
    return len(pairs) == 3 and all(abs(a - b) <= _MAX_DIFFERENCE for a, b in pairs)
