"""What Excel and WPS show for a value under a number format, or that this is not certain.

A format has up to four sections (positive; negative; zero; text), each perhaps with a condition.
The grammar is that of ECMA-376 part 1, 18.8.30 and 18.8.31, as a Chinese Excel reads it. Whatever
is outside what is understood here gives no text at all: a number that may be shown differently
must not be taken for what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from msgspec import Struct

from disclosure.intake.formats.xlsx import date_formats, vulgar_fractions
from disclosure.intake.formats.xlsx.format_tokens import (
    FormatSection,
    Token,
    UnknownFormatError,
    literal,
    sections,
)

GENERAL = "General"
_MAX_DIGITS = 15  # that Excel keeps
_MAX_GENERAL = 11  # characters, with the point; more are rounded or shown with an exponent
_MIN_GENERAL = Decimal("0.0001")
_SPACES = re.compile(r" {2,}")

_OF_SETTINGS = ";[?]"  # how a negative amount is shown depends on Windows' settings
_YUAN = '"¥"#,##0{};[?]'
_LEDGER = '_ {0}* #,##0{1}_ ;_ {0}* -#,##0{1}_ ;_ {0}* "-"{2}_ ;_ @_ '
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_HALF_DAY, _HALF_DAY_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'

#: The formats that have a number and no text in the file, as a Chinese Excel shows them.
BUILT_IN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: _YUAN.format(""), 6: _YUAN.format(""), 7: _YUAN.format(".00"), 8: _YUAN.format(".00"),
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _HALF_DAY, 35: _HALF_DAY_SECONDS,
    36: _YEAR_MONTH,
    37: "#,##0;[?]", 38: "#,##0;[?]", 39: "#,##0.00;[?]", 40: "#,##0.00;[?]",
    41: _LEDGER.format("", "", ""), 42: _LEDGER.format('"¥"', "", ""),
    43: _LEDGER.format("", ".00", "??"), 44: _LEDGER.format('"¥"', ".00", "??"),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY,
    55: _HALF_DAY, 56: _HALF_DAY_SECONDS, 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip


class Shown(Struct, frozen=True):
    """What is shown in a cell.

    Attributes:
        text: The words, with single spaces.
        color: The colour that the format names, such as `white`; "" for the cell's own.
    """

    text: str
    color: str = ""


def number(value: Decimal, code: str, *, date1904: bool = False) -> Shown | None:
    """A number as a format shows it, or None where that is not certain.

    Args:
        value: The number in the cell; a date is the number of its day.
        code: The format as the file writes it, such as `0.00"万元"`.
        date1904: Whether days are counted from 1904, as old Macintosh files do.
    """
    exact = _kept(value)
    if exact >= 0:
        code = code.removesuffix(_OF_SETTINGS)
    try:
        section, signed = _of_number(_parsed(code), exact)
        text = _text(section, exact, date1904=date1904)
    except UnknownFormatError:
        return None
    if signed and exact < 0:
        if not any(char in "123456789" for char in text):
            return None  # programs differ in whether -0.001 is 0.00 or -0.00
        text = f"-{text}"
    return Shown(_single_spaced(text), section.color)


def words(value: str, code: str) -> Shown | None:
    """A text as a format shows it, or None where that is not certain."""
    try:
        found = _parsed(code)
    except UnknownFormatError:
        return None
    section = found[3] if len(found) == 4 else found[-1]
    if len(found) < 4 and not section.has("text"):
        return Shown(value)
    text = "".join(value if token.kind == "text" else token.value for token in section.tokens)
    if not all(token.kind in {"text", "literal"} for token in section.tokens):
        return Shown(value) if section.has("general") and len(section.tokens) == 1 else None
    return Shown(text, section.color)


def is_general(code: str) -> bool:
    """Whether a format shows a number as it is, so that a narrow column may round it."""
    try:
        return any(section.has("general") for section in _parsed(code))
    except UnknownFormatError:
        return False


@lru_cache(maxsize=1000)
def _parsed(code: str) -> tuple[FormatSection, ...]:
    return sections(code)


def _kept(value: Decimal) -> Decimal:
    """The digits that Excel keeps; the further ones of a binary number are its own."""
    with localcontext() as context:
        context.prec = _MAX_DIGITS
        context.rounding = ROUND_HALF_UP
        return +value


def _single_spaced(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _of_number(found: Sequence[FormatSection], value: Decimal) -> tuple[FormatSection, bool]:
    """The section for a number, and whether a minus sign is put before a negative one."""
    numeric = found[:3]
    if len(found) < 4 and len(found) > 1 and found[-1].has("text"):
        numeric = found[:-1]
    if any(section.condition for section in numeric):
        return _by_condition(numeric, value)
    if len(numeric) == 1:
        return numeric[0], True
    if value < 0:
        return numeric[1], False
    return numeric[2 if value == 0 and len(numeric) == 3 else 0], False


def _by_condition(numeric: Sequence[FormatSection], value: Decimal) -> tuple[FormatSection, bool]:
    """The section whose condition holds, or the last one, which then has none."""
    if value < 0:  # whether a minus sign is put before it differs between programs
        raise UnknownFormatError
    for section in numeric:
        if section.condition:
            if section.holds(value):
                return section, False
        elif section is numeric[-1]:
            return section, False
        elif section is numeric[1]:
            continue  # without a condition it is the one for negative numbers
        else:
            raise UnknownFormatError
    raise UnknownFormatError  # filled with #


def _text(section: FormatSection, value: Decimal, *, date1904: bool) -> str:
    if section.is_date:
        return date_formats.shown(section, value, date1904=date1904)
    if section.numerals:  # 二十, 贰拾 or 二〇, by the place and the program
        raise UnknownFormatError
    if section.has("general") or section.has("text"):
        text = _general(abs(value))
        return "".join(
            text if token.kind in {"general", "text"} else literal(token)
            for token in section.tokens
        )
    if section.has("slash"):
        return vulgar_fractions.shown(section.tokens, abs(value))
    if section.has("exponent"):
        return _scientific(section.tokens, abs(value))
    return _plain(section.tokens, abs(value))


def _general(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    if len(text) > _MAX_GENERAL or 0 < value < _MIN_GENERAL:
        raise UnknownFormatError
    return text


def _plain(tokens: Sequence[Token], value: Decimal) -> str:
    """A number with a fixed count of decimal places, perhaps scaled and grouped."""
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    points = [at for at, token in enumerate(tokens) if token.kind == "point"]
    if len(points) > 1:
        raise UnknownFormatError
    if not places:
        if points:
            raise UnknownFormatError
        return "".join(literal(token) for token in tokens)
    point = points[0] if points else len(tokens)
    grouped, thousands = _commas(tokens, places, point)
    percents = sum(token.kind == "percent" for token in tokens)
    before = [at for at in places if at < point]
    after = [at for at in places if at > point]
    scaled = value.scaleb(2 * percents - 3 * thousands)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    texts = _whole(tokens, before, "" if whole == "0" else whole, grouped=grouped)
    texts |= _rest(tokens, after, rest)
    if not before and points:
        texts[point] = f"{'' if whole == '0' else whole}."
    return "".join(
        texts.get(at, "" if token.kind == "comma" else token.value)
        for at, token in enumerate(tokens)
    )


def _commas(tokens: Sequence[Token], places: Sequence[int], point: int) -> tuple[bool, int]:
    """Whether digits are grouped, and by how many thousands the number is divided."""
    grouped, thousands = False, 0
    for at, token in enumerate(tokens):
        if token.kind != "comma":
            continue
        later = [place for place in places if at < place]
        if not any(place < at for place in places):
            raise UnknownFormatError
        if at < point and any(place < point for place in later):
            grouped = True
        elif later and not (at < point < later[0]):
            raise UnknownFormatError
        else:
            thousands += 1
    return grouped, thousands


def _whole(
    tokens: Sequence[Token], before: Sequence[int], digits: str, *, grouped: bool
) -> dict[int, str]:
    """What stands in the places before the point, filled from the right."""
    inner = tokens[before[0] : before[-1]] if before else ()
    if grouped and any(token.kind == "literal" for token in inner):
        raise UnknownFormatError
    texts: dict[int, str] = {}
    count = 0
    left = digits
    for at in reversed(before):
        last = at == before[0]
        taken, left = (left, "") if last else (left[-1:], left[:-1])
        if not taken:
            taken = {"0": "0", "?": " "}.get(tokens[at].value, "")
        parts = []
        for digit in reversed(taken):
            if grouped and count and count % 3 == 0:
                parts.append("," if digit != " " else " ")
            parts.append(digit)
            count += 1
        texts[at] = "".join(reversed(parts))
    return texts


def _rest(tokens: Sequence[Token], after: Sequence[int], digits: str) -> dict[int, str]:
    """What stands in the places behind the point; zeros at the end are shown only by `0`."""
    texts: dict[int, str] = {}
    ends = True
    for at, digit in reversed(list(zip(after, digits, strict=True))):
        ends = ends and digit == "0" and tokens[at].value != "0"
        texts[at] = {"#": "", "?": " "}[tokens[at].value] if ends else digit
    return texts


def _scientific(tokens: Sequence[Token], value: Decimal) -> str:
    """A number with an exponent, if one digit stands before the point."""
    at = next(at for at, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, exponent, width = tokens[:at], tokens[at], 0
    rest = list(tokens[at + 1 :])
    while rest and rest[0].kind == "digit":
        width += 1
        rest.pop(0)
    point = next((at for at, one in enumerate(mantissa) if one.kind == "point"), len(mantissa))
    wholes = [one for one in mantissa[:point] if one.kind == "digit"]
    places = sum(one.kind == "digit" for one in mantissa[point:])
    if [one.value for one in wholes] != ["0"] or not width:
        raise UnknownFormatError
    power = value.adjusted() if value else 0
    rounded = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded >= 10:
        rounded, power = (rounded / 10).quantize(rounded), power + 1
    sign = "-" if power < 0 else "+" if exponent.value == "+" else ""
    tail = "".join(literal(token) for token in rest)
    return f"{_plain(mantissa, rounded)}E{sign}{abs(power):0{width}}{tail}"
