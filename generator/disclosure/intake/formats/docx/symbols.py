"""Symbols that Word keeps as a font and a code: what they are in Unicode.

The fonts Symbol, Wingdings and Webdings have glyphs of their own on the codes 0x20 to 0xFF, which
Word also writes as U+F020 to U+F0FF. The table is mammoth's (`dingbat-to-unicode`); for Symbol it
agrees with Unicode's `MAPPINGS/VENDORS/ADOBE/symbol.txt`. The boxes and ticks of forms become the
characters that forms are otherwise written with, which every machine can show.
"""

from __future__ import annotations

from mammoth.docx.dingbats import dingbats

from disclosure.intake.formats.pieces import is_private

UNREADABLE = "\ufffd"

_FONTS = {font for font, _ in dingbats}
_PRIVATE = range(0xF000, 0xF100)
#: Boxes and ticks, for which the table has characters that few fonts hold.
_ON_FORMS = {
    ("Wingdings", 0x6F): "☐",
    ("Wingdings", 0x70): "☐",
    ("Wingdings", 0x71): "☐",
    ("Wingdings", 0x72): "☐",
    ("Wingdings", 0x78): "☒",
    ("Wingdings", 0xA8): "☐",
    ("Wingdings", 0xFB): "✗",
    ("Wingdings", 0xFC): "✓",
    ("Wingdings", 0xFD): "☒",
    ("Wingdings", 0xFE): "☑",
    ("Wingdings 2", 0x4F): "✗",
    ("Wingdings 2", 0x50): "✓",
    ("Wingdings 2", 0x51): "☒",
    ("Wingdings 2", 0x52): "☑",
    ("Wingdings 2", 0x53): "☒",
    ("Wingdings 2", 0x54): "☒",
    ("Wingdings 2", 0xA3): "☐",
}
_RAISED = str.maketrans("0123456789+-−=()（）ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()（）", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₍₎")


def is_symbol_font(font: str) -> bool:
    """Whether a font has symbols in the places of letters."""
    return font in _FONTS


def symbol(font: str, code: int) -> str:
    """The character that a font shows for a code, or U+FFFD where that is not known.

    Args:
        font: The font's name.
        code: The code, with Word's offset of 0xF000 or without.
    """
    if font in _FONTS:
        low = code - 0xF000 if code in _PRIVATE else code
        known = dingbats.get((font, low))
        return _ON_FORMS.get((font, low)) or (chr(known) if known else UNREADABLE)
    if not 0x20 <= code < 0x110000 or is_private(chr(code)):
        return UNREADABLE
    return chr(code)


def raised(text: str) -> str:
    """A power on the line: 10³, or 10^x where no raised character exists.

    What is neither letter nor figure, such as the mark of a note, is no power and stays.
    """
    return _shifted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """An index on the line: H₂O, or a_x where no lowered character exists."""
    return _shifted(text, _LOWERED, "_")


def _shifted(text: str, table: dict[int, int], sign: str) -> str:
    stripped = text.strip()
    if any(char.isascii() and char.isalnum() and ord(char) not in table for char in stripped):
        return f"{sign}{stripped}" if len(stripped) == 1 else f"{sign}({stripped})"
    return stripped.translate(table)
