"""The numbers that Word sets before paragraphs by itself: 1. 2. 3., （一）, 第二条, ●.

Formats as in ECMA-376 part 1, 17.18.59; the number of each paragraph is counted as Word does it
(17.9): one count for each level of a list, a higher level restarts the lower ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from docx.oxml.ns import qn
from lxml import etree
from msgspec import Struct, field

from disclosure.intake.formats.docx.look import RunStyles, is_on
from disclosure.intake.formats.docx.symbols import UNREADABLE, is_symbol_font, symbol
from disclosure.intake.formats.pieces import is_private

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


def _counted(digits: str, ten: str, *, one_ten: bool = False) -> Callable[[int], str]:
    def numeral(number: int) -> str:
        if not 0 < number < 100:
            return UNREADABLE
        tens, ones = divmod(number, 10)
        before = digits[tens] if tens > 1 or (tens and one_ten) else ""
        return before + (ten if tens else "") + (digits[ones] if ones else "")

    return numeral


def _row(characters: str) -> Callable[[int], str]:
    """A format that has one character for each number and goes on with plain figures."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _block(first: int, most: int) -> Callable[[int], str]:
    return _row("".join(map(chr, range(first, first + most))))


def _letters(number: int) -> str:
    """Letters: a to z, aa to zz, as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    numeral = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
                        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
                        (1, "i")):  # fmt: skip
        numeral += sign * (number // value)
        number %= value
    return numeral


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "numberInDash": lambda number: f"-{number}-",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _counted(_DIGITS, "十"),
    "chineseCountingThousand": _counted(_DIGITS, "十"),
    "taiwaneseCounting": _counted(_DIGITS, "十"),
    "taiwaneseCountingThousand": _counted(_DIGITS, "十"),
    "japaneseCounting": _counted(_DIGITS, "十"),
    "chineseLegalSimplified": _counted(_LEGAL, "拾", one_ten=True),
    "ideographDigital": lambda number: "".join(_DIGITS[int(one)] for one in str(number)),
    "ideographTraditional": _row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _row("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _block(0x2460, 20),
    "decimalEnclosedCircleChinese": _block(0x2460, 20),
    "decimalEnclosedParen": _block(0x2474, 20),
    "decimalEnclosedFullstop": _block(0x2488, 20),
    "ideographEnclosedCircle": _block(0x3280, 10),
    "none": lambda _: "",
}  # fmt: skip


class ListNumber(Struct, frozen=True):
    """A number that stands before a paragraph.

    Attributes:
        text: What it says, with U+FFFD where that is not known.
        level: How deep its list is, from 0.
        bullet: Whether it is a bullet and no number.
    """

    text: str
    level: int
    bullet: bool


class _Counts(Struct):
    """How far the levels of one list have come."""

    levels: dict[int, int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)


class Numbers:
    """Gives the paragraphs of a document their numbers, one after the other."""

    def __init__(self, root: etree._Element | None, styles: RunStyles) -> None:
        """Take the lists.

        Args:
            root: The element `w:numbering`, if the document has one.
            styles: The styles, which may number as well.
        """
        lists = () if root is None else root.iter(qn("w:num"))
        bases = () if root is None else root.iter(qn("w:abstractNum"))
        self._lists = {each.get(qn("w:numId")): each for each in lists}
        self._bases = {each.get(qn("w:abstractNumId")): each for each in bases}
        self._styles = styles
        self._counts: dict[str | None, _Counts] = defaultdict(_Counts)

    def of(self, paragraph: etree._Element) -> ListNumber | None:
        """The number of the next paragraph, if it has one."""
        identifier, level = self._place(paragraph)
        found = self._lists.get(identifier)
        if identifier is None or found is None or not 0 <= level < _LEVELS:
            return None
        base = self._base(found)
        own = self._level(found, base, level)
        if own is None:
            return None
        counts = self._counts[base.get(qn("w:abstractNumId"))]
        self._count(counts, identifier, level, found, base)
        bullet = _value(own, "w:numFmt") == "bullet"
        return ListNumber(self._text(own, level, counts, found, base), level, bullet)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """In which list and how deep in it a paragraph stands, by itself or by its style."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        chain = self._styles.of_paragraph(paragraph)
        ways = [(own, None), *((style.find(f"{qn('w:pPr')}/{qn('w:numPr')}"), style)
                               for style in chain)]  # fmt: skip
        identifier, level = None, None
        for found, style in ways:
            if found is None:
                continue
            name, depth = _value(found, "w:numId"), _value(found, "w:ilvl")
            if identifier is None and name is not None:
                identifier = name
                if level is None and style is not None and depth is None:
                    depth = self._level_of_style(name, style.get(qn("w:styleId")))
            level = depth if level is None else level
        return identifier, _integer(level, 0)

    def _level_of_style(self, identifier: str, style: str) -> str | None:
        found = self._lists.get(identifier)
        for each in () if found is None else self._base(found).iter(qn("w:lvl")):
            if _value(each, "w:pStyle") == style:
                return str(each.get(qn("w:ilvl")))
        return None

    def _base(self, found: etree._Element) -> etree._Element:
        """The list that defines the levels of another, by way of a list style too."""
        base = self._bases.get(_value(found, "w:abstractNumId"))
        if base is None:
            return found
        link = _value(base, "w:numStyleLink")
        linked = (each for each in self._bases.values() if _value(each, "w:styleLink") == link)
        return next(linked, base) if link else base

    @staticmethod
    def _level(found: etree._Element, base: etree._Element, level: int) -> etree._Element | None:
        overrides = (inner for each in found.iter(qn("w:lvlOverride"))
                     for inner in each.iter(qn("w:lvl")))  # fmt: skip
        for each in (*overrides, *base.iterchildren(qn("w:lvl"))):
            if each.get(qn("w:ilvl")) == str(level):
                return each
        return None

    def _count(self, counts: _Counts, identifier: str, level: int, found: etree._Element,
               base: etree._Element) -> None:  # fmt: skip
        again = None
        for each in found.iter(qn("w:lvlOverride")):
            if each.get(qn("w:ilvl")) == str(level) and (identifier, level) not in counts.started:
                again = _value(each, "w:startOverride")
        counts.started.add((identifier, level))
        if again is not None:
            counts.levels[level] = _integer(again, 1)
        elif level in counts.levels:
            counts.levels[level] += 1
        else:
            counts.levels[level] = self._start(found, base, level)
        for lower in [each for each in counts.levels if each > level]:
            own = self._level(found, base, lower)
            restart = _value(own, "w:lvlRestart") if own is not None else None
            if restart is None or (restart != "0" and level < _integer(restart, _LEVELS)):
                del counts.levels[lower]

    def _start(self, found: etree._Element, base: etree._Element, level: int) -> int:
        own = self._level(found, base, level)
        return _integer(_value(own, "w:start") if own is not None else None, 0)

    def _text(self, own: etree._Element, level: int, counts: _Counts, found: etree._Element,
              base: etree._Element) -> str:  # fmt: skip
        """What a level prints, with its own figure and those of the levels above it."""
        if is_on(own.find(f"{qn('w:rPr')}/{qn('w:vanish')}")):
            return ""
        text = _value(own, "w:lvlText") or ""
        if _value(own, "w:numFmt") == "bullet":
            return _bullet(own, text)
        plain = is_on(own.find(qn("w:isLgl")))
        for depth in range(level + 1):
            each = self._level(found, base, depth)
            format_ = _format(each) if each is not None else "decimal"
            number = counts.levels.get(depth, self._start(found, base, depth))
            say = _FORMATS.get("decimal" if plain and depth < level else format_)
            text = text.replace(f"%{depth + 1}", say(number) if say else UNREADABLE)
        return text.strip()


def _format(level: etree._Element) -> str:
    """The format of a level's figures; Word writes newer ones beside an older fallback."""
    return _value(level, "w:numFmt") or next(
        (each.get(qn("w:val"), "") for each in level.iter(qn("w:numFmt"))), "decimal"
    )


def _bullet(level: etree._Element, text: str) -> str:
    fonts = level.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii"), "") if fonts is not None else ""
    return "".join(
        symbol(font, ord(char)) if is_symbol_font(font) or is_private(char) else char
        for char in text
    ).strip()


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else otherwise
